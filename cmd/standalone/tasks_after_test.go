package main

import (
	"strings"

	"github.com/stretchr/testify/require"
)

// closes is the chair's task.
func (d *desk) closes(session string) {
	at := "/sessions/" + session
	d.on(at + "/close").shot("chair-close")
	phrase := d.Eval(`(document.querySelector("[data-phrase]") || {dataset: {}}).dataset.phrase || ""`)
	if phrase == "" {
		phrase = map[bool]string{true: "CLOSE", false: "KẾT THÚC"}[d.Eval(`document.documentElement.lang`) == "en"]
	}
	d.Fill("phrase", phrase).Send("/close").WaitAt(at + "/result")
	d.shot("council-result")
	d.on(at + "/minutes").shot("council-minutes")
	d.Clean()
}

// drafts is the standing body's task after the Council.
func (d *desk) drafts(proposal string) string {
	d.w.waitFor("the delivery of the result", func() (bool, error) { return d.w.now(proposal).Stage == "issuance", nil })
	d.on("/decision-drafts").shot("decision-candidates")
	d.Leave(`a[href^="/decision-drafts/new"]`).WaitPath("/decision-drafts/new")
	d.shot("decision-new")
	d.Fill("occasion", "trong phong trào thi đua").Send("/decision-drafts")
	d.w.waitFor("the draft's page", func() (bool, error) {
		return strings.HasPrefix(d.Path(), "/decision-drafts/") && !strings.HasPrefix(d.Path(), "/decision-drafts/new"), nil
	})
	decision := strings.TrimPrefix(d.Path(), "/decision-drafts/")
	d.shot("decision-draft")
	d.Send("/submit")
	d.phase(decision, "submitted")
	d.Clean()
	return decision
}

// phase waits until a decision has come so far.
func (d *desk) phase(decision, phase string) {
	d.w.waitFor("the decision "+phase, func() (bool, error) {
		v, err := d.w.app.DecisionView(d.w.ctx, d.w.who("snv-director"), decision)
		return string(v.Phase) == phase, err
	})
}

// signs is the signer's task: what it is, who, the text, sign.
func (d *desk) signs(decision string) {
	d.on("/signing").shot("signer-desk")
	d.on("/signing/" + decision).shot("signer-brief")
	d.Send("/signing")
	d.phase(decision, "signed")
	d.Clean()
}

// numbers is the registrar's task.
func (d *desk) numbers(decision, number string) {
	d.on("/numbering").shot("registrar-desk")
	d.Fill("number-"+decision, number).Send("/numbering")
	d.w.waitFor("the number", func() (bool, error) {
		v, err := d.w.app.DecisionView(d.w.ctx, d.w.who("snv-director"), decision)
		return strings.HasPrefix(v.NumberText, number), err
	})
	d.on("/register").shot("registrar-register")
	d.on("/register/" + decision).shot("registrar-handover")
	d.Clean()
}

// verifies is the auditor's task: find the case, read it, and see that it holds.
func (d *desk) verifies(proposal string) {
	p := d.w.now(proposal)
	d.Go("/audit").Fill("q", p.Ref).Leave(`main form button`).Wait(p.Ref)
	d.shot("auditor-search")
	at := "/audit/case/" + p.CaseID
	d.on(at).shot("auditor-timeline")
	d.on(at + "/state").shot("auditor-state")
	d.on(at + "/events").shot("auditor-events")
	d.on(at + "/integrity?check=now").shot("auditor-integrity")
	require.Equal(d.w.t, "yes", d.Eval(`document.querySelector(".notice.good .sentence") ? "yes" : document.body.innerText`))
	d.Clean()
}

// founds is the admin's task: a unit that is new.
func (d *desk) founds(id string) {
	d.Go("/admin/units").Follow("/admin/unit-new").WaitAt("/admin/unit-new")
	d.Fill("name", "Trường Tiểu học "+id).Fill("short_name", id).Fill("id", id)
	d.Choose("kind", "office").Choose("level", "district").Choose("parent", "ubnd-phung-hiep").Fill("place", "Phụng Hiệp").Fill("symbol", "TM")
	d.shot("admin-unit")
	d.Send("/admin/unit-new").WaitAt("/admin/units/" + id)
	d.shot("admin-founded")
	d.Clean()
}
