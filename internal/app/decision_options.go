package app

import (
	"context"
	"errors"

	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// DecisionOptions is what can be chosen for a decision over proposals, and what it
// would say if nothing is chosen.
type DecisionOptions struct {
	DecisionGroup
	AuthorityName string           `json:"authority_name"`
	StandingName  string           `json:"standing_name"`
	Signers       []SignerOption   `json:"signers"`
	Regimes       []string         `json:"regimes"`
	Missing       []string         `json:"missing"`    // items for which the law's data has no sum
	Total         int64            `json:"total"`      // đồng, by the law's data
	Posthumous    bool             `json:"posthumous"` // the award can be given posthumously (truy tặng)
	Defaults      DecisionDefaults `json:"defaults"`
}

// SignerOption is somebody who may sign, and in whose name by their title.
type SignerOption struct {
	User  string `json:"user"`
	Name  string `json:"name"`
	Title string `json:"title"`
	Mode  string `json:"mode"` // "", KT., Q.
}

// DecisionDefaults are the texts that are composed where nothing is entered.
type DecisionDefaults struct {
	Bases       []string `json:"bases"`
	Proposer    string   `json:"proposer"`
	Achievement string   `json:"achievement"`
	Period      string   `json:"period"`
	Fund        string   `json:"fund"`
	Executors   string   `json:"executors"`
	Recipients  []string `json:"recipients"`
}

// DecisionOptionsInput names the proposals of a decision to be drafted.
type DecisionOptionsInput struct {
	Proposals []string `json:"proposals" validate:"required,min=1,max=5000,unique,dive,required"`
}

// DecisionOptions shows what can be chosen for a decision over the proposals. They
// must be of one award and one authority, as DraftDecision asks.
func (a *App) DecisionOptions(ctx context.Context, s Session, in DecisionOptionsInput) (DecisionOptions, error) {
	if err := a.check(in); err != nil {
		return DecisionOptions{}, err
	}
	ask := DraftDecisionInput{Proposals: in.Proposals}
	g, err := a.groupToDecide(ctx, s, ask)
	if err != nil {
		return DecisionOptions{}, err
	}
	out := DecisionOptions{DecisionGroup: *g, Signers: []SignerOption{}, Missing: []string{}}
	parts, err := a.parts(ctx, g, &ask)
	if err != nil {
		return out, err
	}
	if err := a.amounts(ctx, g, nil); err != nil {
		return out, err
	}
	out.Items = nil
	for _, it := range g.items {
		line := decisionLine(it)
		line.Several = noteOf(g.several, it.Item)
		out.Items, out.Total = append(out.Items, line), out.Total+it.Amount
		_, err := a.bonusOf(ctx, g.Award, it, a.Today())
		var known *law.Error
		if errors.As(err, &known) {
			out.Missing = append(out.Missing, it.Item)
		}
	}
	for _, r := range parts.regimes {
		out.Regimes = append(out.Regimes, r.ID)
	}
	out.Posthumous = parts.award.Posthumous != ""
	out.AuthorityName, out.StandingName = parts.path[0].Name, parts.standing.Name
	draft, err := parts.compose(ask)
	if err != nil {
		return out, err
	}
	out.Defaults = DecisionDefaults{
		Bases: draft.Bases, Proposer: draft.Proposer, Achievement: draft.Awards[0].Achievement, Period: draft.Awards[0].Period,
		Fund: draft.Fund, Executors: draft.Executors, Recipients: draft.Recipients,
	}
	return out, a.signers(ctx, parts, &out)
}

func (a *App) signers(ctx context.Context, p parts, out *DecisionOptions) error {
	people, err := a.Store.Officers(ctx, p.group.Authority, proposal.RoleSigner, a.Today().String())
	if err != nil {
		return internal("read the signers", err)
	}
	all, err := a.withDelegates(ctx, p.group.Authority, people, &DraftDecisionInput{})
	if err != nil {
		return err
	}
	for i, o := range all {
		mode := modeOf(p.head, o)
		if i >= len(people) { // by a delegation
			for _, m := range a.law().SigningModes(proposal.RoleSigner, a.Today()) {
				if m.How == law.SignsByDelegation {
					mode = m.Mode
				}
			}
		}
		out.Signers = append(out.Signers, SignerOption{User: o.User, Name: o.Name, Title: o.Title, Mode: mode})
	}
	return nil
}

// modeOf is in whose name somebody signs by the titles.
func modeOf(head, signer postgres.RosterSeat) string {
	return string(signingOf(head, signer, "", nil).Mode)
}
