package app

import (
	"context"
	"errors"

	"vinhdanh/internal/act"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// SendInput is the head's sending of a submission.
type SendInput struct {
	Submission   string `json:"submission" validate:"required"`
	LetterSigner string `json:"letter_signer,omitempty" validate:"max=200"` // who signed the paper letter; empty: the head
	Nonce        string `json:"nonce,omitempty" validate:"omitempty,max=60"`
}

// Sent is what became of each proposal of a submission.
type Sent struct {
	Submission postgres.Submission `json:"submission"`
	Proposals  []SentProposal      `json:"proposals"`
}

// SentProposal is one proposal's sending.
type SentProposal struct {
	Proposal postgres.Proposal `json:"proposal"`
	Done     Done              `json:"done"`
	Error    *Error            `json:"error,omitempty"`
}

// Send sends each proposal of a submission that was not sent yet. It may be
// repeated: what is sent stays sent.
func (a *App) Send(ctx context.Context, s Session, in SendInput) (Sent, error) {
	if err := a.check(in); err != nil {
		return Sent{}, err
	}
	sub, err := a.editable(ctx, s, "send", in.Submission)
	if err != nil {
		return Sent{}, err
	}
	actor, ok := s.can("submission.send", permission.Own, sub.Unit)
	if !ok {
		return Sent{}, a.refuse(ctx, s, "send", sub.Ref, fail(CodeForbidden, "the head of the unit sends"))
	}
	ps, err := a.Store.ProposalsOfSubmission(ctx, sub.ID)
	if err != nil {
		return Sent{}, internal("read proposals", err)
	}
	if err := a.complete(ctx, sub, ps); err != nil {
		return Sent{}, a.refuse(ctx, s, "send", sub.Ref, asError(err))
	}
	if a, err = a.steady(ctx); err != nil {
		return Sent{}, internal("law data in force", err)
	}
	if err := a.Store.KeepLaw(ctx, a.law().Hash(), a.law().Files()); err != nil {
		return Sent{}, internal("keep law data", err)
	}
	if in.LetterSigner == "" {
		in.LetterSigner = s.Name
	}
	var out Sent
	sent := true
	for _, p := range ps {
		r := SentProposal{Proposal: p}
		if p.Number == 0 {
			r = a.sendOne(ctx, s, p, actor, in.Nonce)
		}
		sent = sent && r.Error == nil
		out.Proposals = append(out.Proposals, r)
	}
	if sent {
		if err := a.Store.MarkSent(ctx, sub.ID, in.LetterSigner); err != nil {
			return out, internal("mark sent", err)
		}
	}
	out.Submission, err = a.Store.SubmissionByID(ctx, sub.ID)
	return out, err
}

// complete asks for what a letter cannot do without.
func (a *App) complete(ctx context.Context, sub postgres.Submission, ps []postgres.Proposal) error {
	if len(ps) == 0 {
		return &Error{Code: CodeNotReady, Detail: "no items", Vi: "Hồ sơ chưa có trường hợp nào.", En: "The submission has no items yet."}
	}
	if sub.LetterNumber == "" || sub.LetterDate == nil {
		return &Error{
			Code: CodeNotReady, Detail: "no letter number or date",
			Vi: "Cần số và ngày của tờ trình trước khi gửi.", En: "Give the letter's number and date before sending.",
		}
	}
	return a.allNamed(ctx, ps)
}

func (a *App) sendOne(ctx context.Context, s Session, p postgres.Proposal, actor act.Actor, nonce string) SentProposal {
	out := SentProposal{Proposal: p}
	done, err := a.start(ctx, s, p, actor, nonce)
	if err != nil {
		out.Error = asError(err)
		return out
	}
	out.Done = done
	if done.Proposal != nil {
		out.Proposal = *done.Proposal
	}
	return out
}

func (a *App) start(ctx context.Context, s Session, p postgres.Proposal, actor act.Actor, nonce string) (Done, error) {
	if err := a.linkedReady(ctx, p); err != nil {
		return Done{}, err
	}
	regime, route, err := a.lawOf(ctx, p)
	if err != nil {
		return Done{}, err
	}
	pinned, err := a.Store.Pin(ctx, p.ID, regime, a.law().Hash(), route, a.Today().String())
	if err != nil {
		return Done{}, internal("pin the case", err)
	}
	if !pinned {
		return a.finishSending(ctx, s, p, proposal.ActionSend)
	}
	in, err := a.inputFor(ctx, p, regime, route)
	if err != nil {
		return Done{}, err
	}
	if nonce != "" {
		nonce = formNonce(s, nonce+"/"+p.Award)
	}
	done, err := a.do(ctx, s, p.ID, act.Request{
		Workflow: workflows.TypeCommendation, Case: p.CaseID, Action: string(proposal.ActionSend),
		Stage: string(proposal.StageNomination), Revision: 1, Number: 1, Actor: actor, Nonce: nonce,
		Data: proposal.SendData{Content: in.Content},
		Start: func(m envelope.Message) any {
			in.Send = m
			return in
		},
	})
	return done, a.unseal(ctx, p, err)
}

// finishSending brings a sending that is under way to its end: the same act, not
// another one.
func (a *App) finishSending(ctx context.Context, s Session, p postgres.Proposal, action proposal.Action) (Done, error) {
	at, err := a.Store.OpenAttempt(ctx, p.CaseID, string(action))
	if errors.Is(err, postgres.ErrNotFound) {
		return Done{}, fail(CodeConflict, "the case was sent in between")
	}
	if err != nil {
		return Done{}, internal("read the attempt", err)
	}
	wait, cancel := context.WithTimeout(ctx, settleWait)
	defer cancel()
	return a.doneFrom(ctx, s, p.ID, a.Desk.Settle(wait, at))
}

// unseal opens the content again if its sending was refused. An outage leaves it
// sealed: the sweep may still send what was signed.
func (a *App) unseal(ctx context.Context, p postgres.Proposal, err error) error {
	if err == nil {
		return nil
	}
	if uerr := a.Store.Unseal(ctx, p.ID); uerr != nil {
		return errors.Join(err, uerr)
	}
	return err
}

// lawOf is what today's law asks of a proposal: regime and route.
func (a *App) lawOf(ctx context.Context, p postgres.Proposal) (string, proposal.Route, error) {
	regime, err := a.law().RegimeOn(a.Today())
	if err != nil {
		return "", proposal.Route{}, fromLaw(err)
	}
	route, err := a.routeFor(ctx, p, regime.ID)
	return regime.ID, route, err
}

// inputFor builds what the case's workflow starts with: ids, codes, commitments.
func (a *App) inputFor(ctx context.Context, p postgres.Proposal, regime string, route proposal.Route) (proposal.Input, error) {
	items, err := a.Store.ItemsOf(ctx, p.ID, postgres.Latest)
	if err != nil {
		return proposal.Input{}, internal("read items", err)
	}
	in := proposal.Input{
		Case: p.CaseID, Proposal: p.ID, Revision: 1, Award: p.Award, Regime: regime, LawHash: a.law().Hash(), Route: route,
		Items: inputItems(p, items),
	}
	in.Content = proposal.ContentOf(p.Award, in.Items)
	return in, nil
}

func inputItems(p postgres.Proposal, items []postgres.Item) []proposal.InputItem {
	out := make([]proposal.InputItem, 0, len(items))
	for _, it := range items {
		out = append(out, proposal.InputItem{ID: it.ID, Subject: it.Subject, Unit: p.Unit, Commitment: it.Commitment})
	}
	return out
}
