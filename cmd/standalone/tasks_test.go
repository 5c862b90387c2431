package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/app"
	"vinhdanh/internal/service"
	"vinhdanh/internal/web/browsertest"
)

// desk is one person at a browser of one width in one language, for the main task
// of each role from sign-in to result.
type desk struct {
	*browsertest.Tab
	w    *town
	name string
}

// sit signs a person in by the page.
func (w *town) sit(login string, width int, english, keys bool, run string) *desk {
	w.t.Helper()
	tab := browsertest.Open(w.t, w.url(), width).Vietnamese()
	if english {
		tab.English()
	}
	if keys {
		tab.ByKeys()
	}
	password, err := service.ReadSamplePassword(w.path("tokens.json"))
	require.NoError(w.t, err)
	tab.Go("/").WaitPath("/sign-in")
	tab.Fill("login", login).Fill("password", password).Send("/sign-in").WaitAt("/")
	d := &desk{Tab: tab, w: w, name: "tasks/" + run + "-"}
	d.shot("home-" + login)
	return d
}

// on opens a page.
func (d *desk) on(path string) *desk { d.Go(path); return d }

func (d *desk) shot(step string) { d.Axe().Fits().Shot(d.name + step) }

// file is a paper to be attached.
func (w *town) file(name string) string {
	w.t.Helper()
	content, err := paper(name)
	require.NoError(w.t, err)
	path := filepath.Join(w.outDir, name+".pdf")
	require.NoError(w.t, os.WriteFile(path, content, 0o600))
	return path
}

// TestTasks takes one dossier through the pages, each role at a browser of its own:
// from a blank account to the signed decision and its verification. On the desktop
// it is done by the keyboard alone, on the phone by touch. The language changes from
// one person to the next, and the other way round in the second run: so each role is
// seen in both languages and at both widths, and all four meet in each run.
func TestTasks(t *testing.T) {
	for _, run := range []struct {
		name   string
		width  int
		first  bool // the first person reads English
		number string
	}{{"keys-desktop", browsertest.Desktop, false, "7101"}, {"touch-phone", browsertest.Phone, true, "7102"}} {
		t.Run(run.name, func(t *testing.T) {
			w := shared(t)
			english := !run.first
			sit := func(login string) *desk {
				english = !english
				lang := map[bool]string{true: "-en", false: "-vi"}[english]
				return w.sit(login, run.width, english, run.width == browsertest.Desktop, run.name+lang)
			}
			submission := sit("pgd-clerk").prepares(run.name)
			proposal := sit("pgd-head").sends(submission)
			sit("ph-reviewer").forwards(proposal)
			sit("snv-appraiser").appraises(proposal)
			session := sit("hd-secretary").convenes(proposal)
			w.everybodyVotes(session, sit)
			sit("hg-chair").closes(session)
			decision := sit("snv-director").drafts(proposal)
			sit("hg-chair").signs(decision)
			sit("hg-registrar").numbers(decision, run.number)
			w.waitFor("the decision's issue", func() (bool, error) { return w.now(proposal).Closed, nil })
			sit("hg-auditor").verifies(proposal)
			sit("hg-admin").founds("truong-mau-" + run.number)
		})
	}
}

// prepares is the clerk's task: a submission of one person, by following the page.
func (d *desk) prepares(title string) string {
	d.Go("/submissions").Follow("/submissions/new").WaitPath("/submissions/new")
	d.Fill("title", "Về việc đề nghị khen thưởng "+title).Send("/submissions/new")
	d.w.waitFor("the submission's page", func() (bool, error) {
		return strings.HasPrefix(d.Path(), "/submissions/") && d.Path() != "/submissions/new", nil
	})
	at := d.Path()
	d.shot("clerk-begun")
	d.Follow("/items/new?kind=individual").WaitAt(at + "/items/new")
	d.Choose("award", "BKT-PT").Fill("name", "Nguyễn Thị Mẫu "+strings.ToUpper(title)).Fill("position", "Giáo viên").Fill("workplace", "Trường Tiểu học Mẫu")
	d.Choose("period_kind", "school").Fill("period", "2022-2023")
	d.shot("clerk-add")
	d.Send(at + "/items/new").WaitPath("/items/")
	d.Fill("achievement", "Dạy giỏi cấp huyện").Fill("birth_year", "1980")
	d.shot("clerk-item")
	d.Leave(`button[value="list"]`).WaitAt(at)
	d.Go(at+"/letter").Fill("letter_number", "45/TTr-PGDĐT").Choose("letter_date", "2023-11-15").Send("/letter").WaitAt(at)
	d.on(at + "/declaration").shot("clerk-declaration")
	for field, value := range map[string]string{"facts.proposer_manages": "yes", "facts.on_hold": "no", "facts.already_rewarded": "no", "facts.unit_dissolved": "no"} {
		d.Choose(field, value)
	}
	d.Send("/declaration").WaitAt(at)
	for _, kind := range []string{"TO_TRINH", "BAO_CAO", "BIEN_BAN"} {
		d.Go(at+"/papers?kind="+kind).Attach("file", d.w.file(kind)).Send("/papers").Wait(kind + ".pdf")
	}
	d.shot("clerk-papers")
	d.on(at + "/check").shot("clerk-check")
	d.Send("/hand-over").WaitAt(at)
	d.Clean()
	return strings.TrimPrefix(at, "/submissions/")
}

// sends is the head's task.
func (d *desk) sends(submission string) string {
	d.Go("/approvals").Follow("/approvals/" + submission).WaitAt("/approvals/" + submission)
	d.shot("head-approves")
	d.Send("/send")
	var proposal string
	d.w.waitFor("the sending", func() (bool, error) {
		v, err := d.w.app.Submission(d.w.ctx, d.w.who("pgd-head"), submission, false)
		if err != nil || len(v.Proposals) == 0 || v.Proposals[0].Number == 0 {
			return false, err
		}
		proposal = v.Proposals[0].ID
		return true, nil
	})
	d.on("/proposals/" + proposal).shot("head-case")
	sent := d.w.now(proposal).Number
	d.Back().Back().WaitPath("/") // after a submit, the back button does no harm:
	d.shot("head-back")
	if again := `form[action$="/send"] button:not([type="button"])`; d.Eval(`document.querySelector(`+"`"+again+"`"+`) ? "yes" : ""`) != "" {
		d.Leave(again) // not even where the old form is sent once more
	}
	require.Equal(d.w.t, sent, d.w.now(proposal).Number)
	d.Clean()
	return proposal
}

// forwards is the reviewer's task.
func (d *desk) forwards(proposal string) {
	before := d.w.now(proposal).Number
	d.on("/review").shot("review-queue")
	d.on("/review/cases/" + proposal).shot("review-desk")
	d.Attach("minutes", d.w.file("minutes")).Send("/forward")
	d.moved(proposal, before)
}

// moved waits until a case has gone on.
func (d *desk) moved(proposal string, before int) {
	d.w.waitFor("the next transition", func() (bool, error) { return d.w.now(proposal).Number > before, nil })
	d.Clean()
}

// appraises is the appraiser's task: complete, and worth the Council's time.
func (d *desk) appraises(proposal string) {
	before := d.w.now(proposal).Number
	d.on("/review/cases/" + proposal).shot("review-accept")
	d.Send("/accept")
	d.moved(proposal, before)
	d.on("/review/cases/" + proposal).shot("review-appraise")
	d.Fill("text", "Hồ sơ đủ điều kiện.").Send("/appraise")
	d.moved(proposal, before+1)
}

// convenes is the secretary's task.
func (d *desk) convenes(proposal string) string {
	d.Go("/sessions").Follow("/sessions/new").WaitPath("/sessions/new")
	d.Fill("title", "Phiên họp xét khen thưởng").Choose("held_on", "2023-11-20").Send("/sessions")
	d.w.waitFor("the session's page", func() (bool, error) {
		return strings.HasPrefix(d.Path(), "/sessions/") && d.Path() != "/sessions/new", nil
	})
	session := strings.Split(strings.TrimPrefix(d.Path(), "/sessions/"), "/")[0]
	at := "/sessions/" + session
	d.on(at + "/agenda").shot("council-agenda")
	d.Leave(`button[name="add"][value*="` + proposal + `"]`).WaitAt(at + "/agenda")
	d.on(at + "/convene").shot("council-convene")
	d.Send("/convene").WaitAt(at)
	d.Go(at + "/presence").Leave(`button[name="all"]`)
	d.on(at + "/presence").shot("council-presence")
	d.Send(at + "/open").WaitAt(at + "/run")
	d.shot("council-run")
	d.on(at + "/projector").shot("council-projector")
	d.Clean()
	return session
}

// everybodyVotes: one member by the pages, the others by the same application.
func (w *town) everybodyVotes(session string, sit func(string) *desk) {
	w.t.Helper()
	for _, login := range provincial.members {
		if login == "hg-member-1" {
			sit(login).votes(session)
			continue
		}
		_, err := w.app.DeclareInterests(w.ctx, w.who(login), session, app.InterestsInput{None: true})
		require.NoError(w.t, err)
		_, err = w.app.Cast(w.ctx, w.who(login), session, app.CastInput{Default: "yes"})
		require.NoError(w.t, err)
	}
}

// votes is the member's task: declare, fill in, look again, cast.
func (d *desk) votes(session string) {
	at := "/sessions/" + session
	d.on(at + "/declare").shot("member-declares")
	d.Leave(`#none button`).WaitAt(at + "/ballot")
	d.shot("member-ballot")
	for _, name := range strings.Fields(d.Eval(`[...new Set([...document.querySelectorAll('#ballot input[type="radio"]')].map((i) => i.name))].join(" ")`)) {
		d.Choose(name, "yes") // others' cases may stand on the agenda too
	}
	d.Leave(`button[name="do"][value="check"]`).WaitAt(at + "/ballot/check")
	d.shot("member-check")
	d.Send("/cast")
	d.w.waitFor("the ballot", func() (bool, error) {
		v, err := d.w.app.SessionView(d.w.ctx, d.w.who("hd-secretary"), session)
		for _, s := range v.Roster {
			if s.User == d.w.who("hg-member-1").User {
				return s.Voted, err
			}
		}
		return false, err
	})
	d.Clean()
}
