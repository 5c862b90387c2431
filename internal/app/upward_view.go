package app

import (
	"context"

	"vinhdanh/internal/law"
	"vinhdanh/internal/proposal"
)

// UpwardView is how a case stands on its way above the province.
type UpwardView struct {
	CaseView
	Kind      string        `json:"kind"` // consultation, publication, submission, outcome; "" before and after
	Agencies  []AgencyView  `json:"agencies,omitempty"`
	From      string        `json:"from,omitempty"` // of the public comment
	To        string        `json:"to,omitempty"`
	Comments  []CommentView `json:"comments,omitempty"`
	Letter    string        `json:"letter,omitempty"` // SHA-256 of its text
	Phase     string        `json:"phase,omitempty"`  // prepared, signed; "": to be prepared
	SentBack  string        `json:"sent_back,omitempty"`
	Number    string        `json:"number,omitempty"` // of the letter that was sent
	Date      string        `json:"date,omitempty"`
	Above     []AboveView   `json:"above,omitempty"`
	Authority law.Text      `json:"authority"`
}

// AgencyView is one agency that is, or may be, consulted.
type AgencyView struct {
	Code   string   `json:"code"`
	Names  law.Text `json:"names"`
	Asked  bool     `json:"asked"`
	Due    string   `json:"due,omitempty"`
	Late   bool     `json:"late,omitempty"` // the last day passed without an answer
	Answer string   `json:"answer,omitempty"`
	Text   string   `json:"text,omitempty"`
	Items  []string `json:"items,omitempty"`
	Mark   law.Mark `json:"mark,omitempty"`
}

// CommentView is one comment of the public.
type CommentView struct {
	Date    string   `json:"date"`
	Against bool     `json:"against"`
	Items   []string `json:"items,omitempty"`
	Text    string   `json:"text,omitempty"`
}

// AboveView is one answer from above.
type AboveView struct {
	Issuer string               `json:"issuer,omitempty"`
	Number string               `json:"number,omitempty"`
	Date   string               `json:"date,omitempty"`
	Items  []proposal.AboveItem `json:"items"`
}

// Upward reads how a case stands above the province. What agencies and the public said
// is not the proposing unit's to read.
func (a *App) Upward(ctx context.Context, s Session, id string) (UpwardView, error) {
	cv, err := a.Case(ctx, s, id, false)
	if err != nil {
		return UpwardView{}, err
	}
	v := UpwardView{CaseView: cv}
	p := cv.Proposal
	if p.Number == 0 || p.Route == nil || p.Route.Above == "" {
		return v, fail(CodeNotReady, "the award is decided within the province")
	}
	rec, err := a.record(ctx, p)
	if err != nil {
		return v, err
	}
	v.Authority = a.authorityName(p.Route.Above)
	u := rec.machine.Upward()
	v.From, v.To, v.Letter, v.Phase = u.From, u.To, u.Letter, u.Phase
	if k := currentStage(p).Kind; !p.Closed && !p.Returned {
		v.Kind = string(k)
	}
	v.Agencies = a.agenciesOf(*p.Route, u)
	v.tell(rec, s.reads("case.consulted", casePlace(p)))
	return v, nil
}

// authorityName is who decides above, as the law's data calls it.
func (a *App) authorityName(code string) law.Text {
	for _, x := range a.law().Authorities {
		if x.Code == code && len(x.Offices) > 0 {
			return x.Offices[0].Name
		}
	}
	return law.Text{VI: code, EN: code}
}

// agenciesOf lists those that the route names, asked or not.
func (a *App) agenciesOf(r proposal.Route, u proposal.Upward) []AgencyView {
	var out []AgencyView
	for _, st := range r.Stages {
		for _, code := range st.Agencies {
			v := AgencyView{Code: code, Names: law.Text{VI: code, EN: code}}
			if known, err := a.law().Agency(code); err == nil {
				v.Names, v.Mark = known.Names, known.Mark
			}
			for _, x := range u.Consulted {
				if x.Agency == code {
					v.Asked, v.Due, v.Answer = true, x.Due, string(x.Answer)
					v.Late = x.Answer == "" && a.Today().String() > x.Due
				}
			}
			out = append(out, v)
		}
	}
	return out
}

// tell fills in what the trail says: answers, comments, the letter, what came back.
func (v *UpwardView) tell(rec record, words bool) {
	for _, t := range rec.steps {
		switch {
		case t.Consult != nil && t.Consult.Verdict == proposal.VerdictAnswered && words:
			for i := range v.Agencies {
				if v.Agencies[i].Code == t.Consult.Agency {
					v.Agencies[i].Text, v.Agencies[i].Items = rec.text(t.Consult.Reason), t.Consult.Items
				}
			}
		case t.Publish != nil && t.Publish.Verdict == proposal.VerdictReceived && words:
			v.Comments = append(v.Comments, CommentView{
				Date: t.Publish.Date, Against: t.Publish.Against, Items: t.Publish.Items, Text: rec.text(t.Publish.Reason),
			})
		case t.Letter != nil:
			v.SentBack = ""
			if t.Letter.Verdict == proposal.VerdictSentBack && words {
				v.SentBack = rec.text(t.Reason)
			}
			v.Number, v.Date = t.Letter.Number, t.Letter.Date
		case t.Above != nil:
			v.Above = append(v.Above, AboveView{Issuer: t.Above.Issuer, Number: t.Above.Number, Date: t.Above.Date, Items: t.Above.Items})
		}
	}
}

// upwardStages are the stages of a case whose award is decided above the province.
var upwardStages = []string{
	string(proposal.StageConsultation), string(proposal.StagePublication), string(proposal.StageSubmission), string(proposal.StageOutcome),
}

// UpwardQueue lists what waits for the reader on the way above the province, in the
// order of its stages.
func (a *App) UpwardQueue(ctx context.Context, s Session) ([]QueueRow, error) {
	out := []QueueRow{}
	for _, stage := range upwardStages {
		q, err := a.Queue(ctx, s, QueueQuery{Stage: stage}, maxUpward, 0)
		if err != nil {
			return nil, err
		}
		out = append(out, q.Cases...)
	}
	return out, nil
}

// maxUpward bounds the list of a stage: State-level awards are few.
const maxUpward = 200
