package app

import (
	"context"
	"errors"
	"strings"

	"vinhdanh/internal/act"
	"vinhdanh/internal/decision"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/internal/vietnamese"
	"vinhdanh/workflows"
)

// AnswerRevocationInput is what a unit says, for itself and for the awarded.
type AnswerRevocationInput struct {
	Position string `json:"position" validate:"required,oneof=agree disagree"`
	Reason   string `json:"reason,omitempty" validate:"required_if=Position disagree,max=4000"`
	Document []byte `json:"document,omitempty"` // the statement of the awarded, say
	Name     string `json:"document_name,omitempty" validate:"required_with=Document,max=255"`
	Nonce    string `json:"nonce,omitempty" validate:"omitempty,max=120"`
}

// AppraiseRevocationInput is the standing body's appraisal.
type AppraiseRevocationInput struct {
	Verdict string `json:"verdict" validate:"required,oneof=revoke keep"`
	Reason  string `json:"reason" validate:"required,max=4000"`
	Nonce   string `json:"nonce,omitempty" validate:"omitempty,max=120"`
}

// RevokingDraftInput chooses who signs the revoking decision.
type RevokingDraftInput struct {
	Signer string  `json:"signer,omitempty" validate:"omitempty,uuid"` // empty: the head of the authority
	Mode   *string `json:"mode,omitempty" validate:"omitempty,oneof='' 'KT.' 'Q.' 'TUQ.' 'TM.' 'TM. KT.'"`
	Nonce  string  `json:"nonce,omitempty" validate:"omitempty,max=120"`
}

// AnswerRevocation puts a unit's answer on record; each unit answers once.
func (a *App) AnswerRevocation(ctx context.Context, s Session, id string, in AnswerRevocationInput) (Done, error) {
	if err := a.check(in); err != nil {
		return Done{}, err
	}
	row, actor, err := a.revocationActor(ctx, s, id, proposal.ActionAnswer, in.Nonce)
	if err != nil {
		return Done{}, err
	}
	d := proposal.AnswerData{Position: in.Position}
	if len(in.Document) > 0 {
		if _, err := a.checkFile(ctx, s, row.CaseID, in.Name, in.Document); err != nil {
			return Done{}, err
		}
		if d.Document, err = a.keepFile(ctx, in.Document); err != nil {
			return Done{}, err
		}
	}
	if d.Reason, err = a.revocationReason(ctx, s, row, in.Reason, proposal.ActionAnswer); err != nil {
		return Done{}, err
	}
	return a.revocationAct(ctx, s, row, actor, proposal.ActionAnswer, in.Nonce, d)
}

// AppraiseRevocation says whether the awards are to be revoked, once every unit has
// answered or the last day for answers is over.
func (a *App) AppraiseRevocation(ctx context.Context, s Session, id string, in AppraiseRevocationInput) (Done, error) {
	if err := a.check(in); err != nil {
		return Done{}, err
	}
	row, actor, err := a.revocationActor(ctx, s, id, string(proposal.ActionAppraise), in.Nonce)
	if err != nil {
		return Done{}, err
	}
	answers, err := a.Store.RevocationAnswers(ctx, row.ID)
	if err != nil {
		return Done{}, internal("read answers", err)
	}
	today := civilDay(a.Today())
	for _, x := range answers {
		if x.Position == "" && !today.After(row.Due) {
			return Done{}, readable(CodeNotReady, "Chưa hết hạn lấy ý kiến và còn đơn vị chưa có ý kiến ("+x.UnitName+").",
				"a unit has not answered and the last day for answers is not over ("+x.UnitName+")")
		}
	}
	d := proposal.RevocationVerdict{Verdict: in.Verdict}
	if d.Reason, err = a.revocationReason(ctx, s, row, in.Reason, string(proposal.ActionAppraise)); err != nil {
		return Done{}, err
	}
	return a.revocationAct(ctx, s, row, actor, string(proposal.ActionAppraise), in.Nonce, d)
}

// PreviewRevocation renders the revoking decision as it would be submitted.
func (a *App) PreviewRevocation(ctx context.Context, s Session, id string, in RevokingDraftInput) ([]byte, error) {
	row, _, err := a.revocationActor(ctx, s, id, "draft", "")
	if err != nil {
		return nil, err
	}
	d, err := a.composeRevoking(ctx, s, row, in)
	if err != nil {
		return nil, err
	}
	doc, err := decision.Build(d.Input.(decision.Input))
	if err != nil {
		return nil, fromDecision(err)
	}
	pdf, err := decision.Render(doc)
	if err != nil {
		return nil, fromDecision(err)
	}
	return pdf, nil
}

// SubmitRevocation composes the revoking decision and submits it for signature. From
// there on it is signed, sent back and numbered like every decision.
func (a *App) SubmitRevocation(ctx context.Context, s Session, id string, in RevokingDraftInput) (Done, error) {
	if err := a.check(in); err != nil {
		return Done{}, err
	}
	row, actor, err := a.revocationActor(ctx, s, id, proposal.ActionSubmit, in.Nonce)
	if err != nil {
		return Done{}, err
	}
	if row.Verdict != proposal.VerdictRevoke {
		return Done{}, readable(CodeNotReady, "Kết quả thẩm định là không hủy bỏ; hãy rút đề nghị.", "the appraisal keeps the award; withdraw the revocation")
	}
	d, err := a.composeRevoking(ctx, s, row, in)
	if err != nil {
		return Done{}, err
	}
	if err := a.Store.SaveRevokingDraft(ctx, row, d); err != nil {
		if errors.Is(err, postgres.ErrFrozen) {
			return Done{}, readable(CodeConflict, "Quyết định đã được trình ký.", "the decision was submitted already")
		}
		return Done{}, internal("store the draft", err)
	}
	return a.revocationAct(ctx, s, row, actor, proposal.ActionSubmit, in.Nonce, proposal.SendData{Content: d.Content})
}

// RefuseRevocation ends a revocation that was submitted: the authority keeps the award.
func (a *App) RefuseRevocation(ctx context.Context, s Session, id string, in CancelInput) (Done, error) {
	return a.endRevocation(ctx, s, id, proposal.ActionRefuse, in)
}

// WithdrawRevocation ends a revocation at the standing body's wish.
func (a *App) WithdrawRevocation(ctx context.Context, s Session, id string, in CancelInput) (Done, error) {
	return a.endRevocation(ctx, s, id, string(proposal.ActionWithdraw), in)
}

func (a *App) endRevocation(ctx context.Context, s Session, id, action string, in CancelInput) (Done, error) {
	if err := a.check(in); err != nil {
		return Done{}, err
	}
	row, actor, err := a.revocationActor(ctx, s, id, action, in.Nonce)
	if err != nil {
		return Done{}, err
	}
	reason, err := a.revocationReason(ctx, s, row, in.Reason, action)
	if err != nil {
		return Done{}, err
	}
	return a.revocationAct(ctx, s, row, actor, action, in.Nonce, proposal.ReasonData{Reason: reason})
}

// revocationActor reads a revocation and the capacity in which the reader acts.
func (a *App) revocationActor(ctx context.Context, s Session, id, action, nonce string) (postgres.RevocationRow, act.Actor, error) {
	row, err := a.Store.RevocationIn(ctx, s.revocationScope(), id)
	if err != nil {
		return row, act.Actor{}, internal("read revocation", err)
	}
	lines, err := a.Store.RevocationLines(ctx, row.ID)
	if err != nil {
		return row, act.Actor{}, internal("read what is to be revoked", err)
	}
	var units []string
	for _, l := range lines {
		units = addOnce(units, l.Unit)
	}
	at := revocationPlace(row, units...)
	actor, ok := s.may("revocation."+action, at.In(""))
	if !ok {
		return row, actor, a.refuse(ctx, s, action, row.CaseID, readable(CodeForbidden,
			"Việc này thuộc vai trò hoặc đơn vị khác.", "this is for another role or unit"))
	}
	return row, actor, a.inState(ctx, s, "revocation."+action, row.CaseID, at, nonce)
}

func (a *App) revocationReason(ctx context.Context, s Session, row postgres.RevocationRow, text, action string) (string, error) {
	return a.reason(ctx, s, row.CaseID, vietnamese.NFC(strings.TrimSpace(text)), action, "")
}

func (a *App) revocationAct(ctx context.Context, s Session, row postgres.RevocationRow, actor act.Actor, action, nonce string, data any) (Done, error) {
	return a.do(ctx, s, "", act.Request{
		Workflow: workflows.TypeRevocation, Case: row.CaseID, Action: action, Number: row.Number + 1, Stage: row.Phase,
		Data: data, Actor: actor, Nonce: formNonce(s, nonce),
	})
}

// composeRevoking composes the revoking decision in the frame of the one that awarded.
func (a *App) composeRevoking(ctx context.Context, s Session, v postgres.RevocationRow, in RevokingDraftInput) (postgres.DecisionDraft, error) {
	var none postgres.DecisionDraft
	row, err := a.Store.DecisionByID(ctx, v.Decision)
	if err != nil {
		return none, internal("read the decision", err)
	}
	was, err := draftOf(row)
	if err != nil || row.NumberDate == nil || len(was.Awards) == 0 {
		return none, internal("read the draft", errors.Join(err, errors.New("decision "+row.ID)))
	}
	p := parts{group: &DecisionGroup{Authority: row.Authority, Standing: row.Standing}, today: a.Today()}
	ask := DraftDecisionInput{Signer: in.Signer, Mode: in.Mode}
	if err := a.people(ctx, &p, &ask); err != nil {
		return none, err
	}
	ground, err := a.law().Ground(v.Ground)
	if err != nil {
		return none, fromLaw(err)
	}
	regime, err := a.law().RegimeOn(a.Today())
	if err != nil {
		return none, fromLaw(err)
	}
	lines, err := a.Store.RevocationLines(ctx, v.ID)
	if err != nil {
		return none, internal("read what is to be revoked", err)
	}
	part := revokePart(row, v, was, ground, lines)
	d := decision.Input{
		Issuer: was.Issuer, Superior: was.Superior, Authority: was.Authority, AuthorityText: was.AuthorityText, Symbol: was.Symbol, Place: was.Place,
		Drafted: civilDay(p.today), Bases: legalBases([]*law.Regime{regime}), Proposer: p.proposer, Executors: was.Executors, Recipients: was.Recipients, Filing: was.Filing,
		Signing: signingOf(p.head, p.signer, was.Issuer[0], ask.Mode), Revokes: part, Code: decision.NewCode(), Verify: a.verifyAt(),
	}
	if d.Wording, err = a.documentWords(ctx); err != nil {
		return none, err
	}
	content, err := contentOfDecision(d)
	if err != nil {
		return none, fromDecision(err)
	}
	return postgres.DecisionDraft{
		Authority: row.Authority, Standing: row.Standing, Award: row.Award, Input: d, Content: content, Signer: p.signer.User, Year: p.today.Year, User: s.User,
	}, nil
}

// revokePart is what the decision takes back, from what was awarded and on which ground.
func revokePart(row postgres.Decision, v postgres.RevocationRow, was decision.Input, ground *law.RevocationGround, lines []postgres.RevocationLine) *decision.RevokePart {
	part := &decision.RevokePart{
		Number: row.NumberText, Date: *row.NumberDate, Award: was.Awards[0].Verb + " " + was.Awards[0].Award, Whole: v.Whole,
		Ground: ground.Text.VI, Clause: ground.Article, Fund: was.Fund,
	}
	for _, r := range lines {
		l := revocationLine(r)
		part.Items = append(part.Items, decision.Item{Kind: decision.Kind(l.Kind), Entry: decision.Entry{
			Form: r.Content.Form, Name: r.Content.Name, Position: l.Office, Workplace: l.Workplace, Money: l.Owed,
		}})
	}
	return part
}
