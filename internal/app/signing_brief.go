package app

import (
	"context"
	"slices"

	"vinhdanh/internal/council"
	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/proposal"
)

// Kinds of what was contested, in the order in which a signer wants them.
const (
	ContestedConflict = "conflict"     // members were barred from the vote on it
	ContestedClose    = "close-vote"   // it passed by few votes, or with votes against
	ContestedDissent  = "dissent"      // a level did not propose it
	ContestedPerson   = "needs-person" // a criterion needed a person's judgement
	ContestedUnmet    = "not-met"      // a criterion was not met
	ContestedEnded    = "ended-below"  // of the same proposals, not in this decision
)

// closeMargin is how few votes above what the rule asks count as a close vote.
const closeMargin = 2

// SigningBrief is what a signer reads in two minutes: what it is, who, and what was
// contested on the way.
type SigningBrief struct {
	DecisionView
	Abstract  string          `json:"abstract"` // trích yếu
	Kinds     []SigningCount  `json:"kinds"`    // by kind of recipient
	Units     []SigningCount  `json:"units"`    // by proposing unit
	Contested []ContestedItem `json:"contested"`
	Mine      bool            `json:"mine"`                // it waits for the reader's own signature
	NeedsPIN  bool            `json:"needs_pin,omitempty"` // signing it takes the PIN of the reader's key
}

// SigningCount counts recipients under a code or name.
type SigningCount struct {
	Code  string `json:"code"`
	Name  string `json:"name,omitempty"`
	Count int    `json:"count"`
	Total int64  `json:"total"` // đồng
}

// ContestedItem is one item that was not plain sailing, and why.
type ContestedItem struct {
	Why         string       `json:"why"` // one of the Contested codes
	Item        string       `json:"item"`
	Line        string       `json:"line"`
	UnitName    string       `json:"unit_name"`
	ProposalRef string       `json:"proposal_ref"`
	Outcome     string       `json:"outcome,omitempty"`
	Reason      string       `json:"reason,omitempty"` // in the words of who said so
	Sum         *council.Sum `json:"sum,omitempty"`
}

// SigningBrief reads a decision for its signer. Whoever may see the decision's
// delivery may read it; the contested part is nobody else's business.
func (a *App) SigningBrief(ctx context.Context, s Session, id string) (SigningBrief, error) {
	v, err := a.DecisionView(ctx, s, id)
	if err != nil {
		return SigningBrief{}, err
	}
	if !s.reads("decision.delivery", decisionPlace(v.Decision)) {
		return SigningBrief{}, fail(CodeNotFound, "")
	}
	b := SigningBrief{DecisionView: v, Contested: []ContestedItem{}}
	if v.Text != nil {
		b.Abstract = v.Text.Abstract
	}
	_, signs := s.can("decision.sign", permission.Deciding, v.Authority)
	b.Mine = signs && v.Phase == proposal.IssuanceSubmitted && deref(v.Signer) == s.User
	b.NeedsPIN = b.Mine && a.needsPIN(s)
	b.count()
	return b, a.contested(ctx, &b)
}

func (b *SigningBrief) count() {
	add := func(list *[]SigningCount, code, name string, amount int64) {
		i := slices.IndexFunc(*list, func(c SigningCount) bool { return c.Code == code })
		if i < 0 {
			i = len(*list)
			*list = append(*list, SigningCount{Code: code, Name: name})
		}
		(*list)[i].Count++
		(*list)[i].Total += amount
	}
	for _, l := range b.Lines {
		add(&b.Kinds, l.Kind, "", l.Amount)
		add(&b.Units, l.Unit, l.UnitName, l.Amount)
	}
}

// SigningDesk lists what waits for the reader's own signature, oldest first.
func (a *App) SigningDesk(ctx context.Context, s Session) ([]SigningBrief, error) {
	waiting, err := a.Store.DecisionsWaiting(ctx, s.where("decision.sign", permission.Deciding), []string{})
	if err != nil {
		return nil, internal("list what waits for a signature", err)
	}
	out := []SigningBrief{}
	for _, d := range waiting {
		b, err := a.SigningBrief(ctx, s, d.ID)
		if err != nil {
			return nil, err
		}
		if b.Mine {
			out = append(out, b)
		}
	}
	return out, nil
}
