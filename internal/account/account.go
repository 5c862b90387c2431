// Package account tells a case's trail in plain language, Vietnamese and English:
// who did what, when, on whose behalf, why, under which rules. It knows nobody's
// name and no reason's text by itself; the caller resolves them.
package account

import (
	"encoding/json"
	"fmt"
	"strings"

	"vinhdanh/internal/council"
	"vinhdanh/internal/law"
	"vinhdanh/internal/proposal"
)

// Teller tells trail rows. Its callbacks return "" for what is not known.
type Teller struct {
	Name   func(id string) string         // of a person, by opaque id
	Unit   func(id string) string         // of a unit
	Reason func(commitment string) string // free text
}

// Row tells one row: caseID says of which kind of case, body is its transition.
func (t Teller) Row(caseID string, body []byte) (law.Text, error) {
	kind, _, _ := strings.Cut(caseID, "/")
	switch kind {
	case "commendation":
		var tr proposal.Transition
		if err := json.Unmarshal(body, &tr); err != nil {
			return law.Text{}, fmt.Errorf("account: %w", err)
		}
		return t.commendation(tr), nil
	case "council":
		var tr council.Transition
		if err := json.Unmarshal(body, &tr); err != nil {
			return law.Text{}, fmt.Errorf("account: %w", err)
		}
		return t.council(tr), nil
	case "issuance":
		var tr proposal.IssuanceTransition
		if err := json.Unmarshal(body, &tr); err != nil {
			return law.Text{}, fmt.Errorf("account: %w", err)
		}
		return t.issuance(tr), nil
	case "revocation":
		var tr proposal.RevocationTransition
		if err := json.Unmarshal(body, &tr); err != nil {
			return law.Text{}, fmt.Errorf("account: %w", err)
		}
		return t.revocation(tr), nil
	}
	return law.Text{}, fmt.Errorf("account: no kind of case is called %q", kind)
}

// who is the subject of a sentence: name, office, unit, and for whom.
func (t Teller) who(actor, onBehalfOf, role, unit string) law.Text {
	r := roles[role]
	out := law.Text{VI: t.name(actor), EN: t.name(actor)}
	if body := Body(actor); body.VI != "" {
		out = body
	}
	name := out.EN
	if r.VI != "" {
		out.VI, out.EN = out.VI+" ("+r.VI, name+" ("+r.EN
		if u := t.unit(unit); u != "" {
			out.VI, out.EN = out.VI+", "+u, out.EN+", "+u
		}
		out.VI, out.EN = out.VI+")", out.EN+")"
	}
	if onBehalfOf != "" {
		out.VI += ", xử lý thay " + t.name(onBehalfOf) + ","
		out.EN += ", on behalf of " + t.name(onBehalfOf) + ","
	}
	return out
}

// Body is a session or a decision that acts, in words; empty for a person.
func Body(actor string) law.Text {
	switch kind, _, _ := strings.Cut(actor, ":"); kind {
	case "session":
		return law.Text{VI: "Phiên họp Hội đồng", EN: "The Council's session"}
	case "decision", "issuance":
		return law.Text{VI: "Quyết định", EN: "The decision"}
	}
	return law.Text{}
}

func (t Teller) name(id string) string {
	if t.Name != nil {
		if n := t.Name(id); n != "" {
			return n
		}
	}
	return id
}

func (t Teller) unit(id string) string {
	if t.Unit == nil {
		return ""
	}
	return t.Unit(id)
}

// because appends the reason's text, where there is one.
func (t Teller) because(s law.Text, commitment string) law.Text {
	if commitment == "" || t.Reason == nil {
		return s
	}
	if body := t.Reason(commitment); body != "" {
		s.VI += "; lý do: “" + body + "”"
		s.EN += "; reason: “" + body + "”"
	}
	return s
}

func (t Teller) commendation(tr proposal.Transition) law.Text {
	s := t.who(tr.Actor, tr.OnBehalfOf, tr.Role, tr.Unit)
	v := verb(tr)
	s.VI, s.EN = s.VI+" "+v.VI, s.EN+" "+v.EN
	s = tallied(s, tr)
	if len(tr.Also) > 0 {
		s.VI += "; trong hồ sơ này người đó cũng đã là " + many(tr.Also, false)
		s.EN += "; in this case the same official was also " + many(tr.Also, true)
	}
	s = t.because(s, tr.Reason)
	for _, ch := range tr.Items {
		s = t.because(s, ch.Reason)
	}
	s.VI += fmt.Sprintf("; quy định %s, dữ liệu luật %.12s.", tr.Regime, tr.LawHash)
	s.EN += fmt.Sprintf("; regime %s, law data %.12s.", tr.Regime, tr.LawHash)
	return s
}

// verb is what an act did, in words.
func verb(tr proposal.Transition) law.Text {
	key := tr.Action
	if _, told := verbs[key+":"+tr.Verdict]; told || tr.Action == string(proposal.ActionDecide) {
		key += ":" + tr.Verdict
	}
	v := verbs[key]
	if tr.Decision != nil {
		v.VI += " số " + tr.Decision.Number + " ngày " + vn(tr.Decision.Date)
		v.EN += " No. " + tr.Decision.Number + " of " + tr.Decision.Date
	}
	if u := tr.Letter; u != nil && u.Number != "" {
		v.VI, v.EN = v.VI+" số "+u.Number+" ngày "+vn(u.Date), v.EN+" No. "+u.Number+" of "+u.Date
	}
	if d := tr.Above; d != nil && d.Number != "" {
		v.VI, v.EN = v.VI+": Quyết định số "+d.Number+" ngày "+vn(d.Date), v.EN+": Decision "+d.Number+" of "+d.Date
	}
	if v.VI == "" {
		return law.Text{VI: "thực hiện “" + tr.Action + "”", EN: "did “" + tr.Action + "”"}
	}
	return v
}

// tallied counts what became of the items.
func tallied(s law.Text, tr proposal.Transition) law.Text {
	counts := map[proposal.Outcome]int{}
	for _, ch := range tr.Items {
		counts[ch.Outcome]++
	}
	for _, o := range order {
		if n := counts[o]; n > 0 {
			s.VI += fmt.Sprintf("; %s: %d", outcomes[o].VI, n)
			s.EN += fmt.Sprintf("; %s: %d", outcomes[o].EN, n)
		}
	}
	return s
}

func (t Teller) council(tr council.Transition) law.Text {
	s := t.who(tr.Actor, tr.OnBehalfOf, tr.Role, tr.Unit)
	v := verbs["council:"+tr.Action]
	s.VI, s.EN = s.VI+" "+v.VI, s.EN+" "+v.EN
	switch tr.Action {
	case council.ActionOpen:
		s.VI, s.EN = s.VI+fmt.Sprintf(", có mặt %d", tr.Present), s.EN+fmt.Sprintf(", %d present", tr.Present)
	case council.ActionCountPaper:
		if tr.Entry == 2 {
			s.VI, s.EN = s.VI+" (lần 2, khớp)", s.EN+" (second entry, agrees)"
		} else if tr.Entry == 0 {
			s.VI, s.EN = s.VI+" (lần 2, không khớp: nhập lại từ đầu)", s.EN+" (second entry differs: both start again)"
		}
	case council.ActionAdmitLate, council.ActionRecuse:
		n := changed(tr.Change)
		s.VI, s.EN = s.VI+fmt.Sprintf(" (%d trường hợp)", n), s.EN+fmt.Sprintf(" (%d items)", n)
	case council.ActionClose:
		if tr.Change != nil {
			s.VI += fmt.Sprintf(" lần thứ nhất: %d trường hợp biểu quyết lần hai", len(tr.Change.Second))
			s.EN += fmt.Sprintf(" of the first ballot: %d items go to a second", len(tr.Change.Second))
			break
		}
		passed := 0
		for _, r := range tr.Results {
			if r.Passed {
				passed++
			}
		}
		s.VI += fmt.Sprintf(": %d trên %d trường hợp đạt", passed, len(tr.Results))
		s.EN += fmt.Sprintf(": %d of %d items passed", passed, len(tr.Results))
	}
	s = t.because(s, tr.LastNote)
	return law.Text{VI: s.VI + ".", EN: s.EN + "."}
}

// changed counts the items that a change of a session is about.
func changed(c *council.Change) int {
	switch {
	case c != nil && c.Late != nil:
		return len(c.Late.Items)
	case c != nil && c.Recuse != nil:
		return len(c.Recuse.Items)
	}
	return 0
}

func (t Teller) issuance(tr proposal.IssuanceTransition) law.Text {
	s := t.who(tr.Actor, tr.OnBehalfOf, tr.Role, tr.Unit)
	v := verbs["issuance:"+tr.Action]
	s.VI, s.EN = s.VI+" "+v.VI, s.EN+" "+v.EN
	if tr.Given != "" {
		s.VI, s.EN = s.VI+" "+tr.Given+", ngày "+vn(tr.Date), s.EN+" "+tr.Given+" of "+tr.Date
	}
	s = t.because(s, tr.Reason)
	return law.Text{VI: s.VI + ".", EN: s.EN + "."}
}

func (t Teller) revocation(tr proposal.RevocationTransition) law.Text {
	s := t.who(tr.Actor, tr.OnBehalfOf, tr.Role, tr.Unit)
	v := verbs["revocation:"+tr.Action]
	if tr.Verdict != "" {
		v = verbs["revocation:"+tr.Action+":"+tr.Verdict]
	}
	s.VI, s.EN = s.VI+" "+v.VI, s.EN+" "+v.EN
	if tr.Given != "" {
		s.VI, s.EN = s.VI+" "+tr.Given+", ngày "+vn(tr.Date), s.EN+" "+tr.Given+" of "+tr.Date
	}
	s = t.because(s, tr.Reason)
	return law.Text{VI: s.VI + ".", EN: s.EN + "."}
}

// vn writes an ISO date as dd/MM/yyyy.
func vn(iso string) string {
	d, err := law.ParseDate(iso)
	if err != nil {
		return iso
	}
	return d.VN()
}

func many(rs []string, english bool) string {
	words := make([]string, len(rs))
	for i, r := range rs {
		words[i] = roles[r].VI
		if english {
			words[i] = roles[r].EN
		}
	}
	return strings.Join(words, ", ")
}
