package app

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"vinhdanh/internal/act"
	"vinhdanh/internal/decision"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/evidence"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// SubmitDecision submits a draft for signature. Submitting again after a lost
// answer gives the first submission's outcome.
func (a *App) SubmitDecision(ctx context.Context, s Session, id string) (Done, error) {
	row, draft, err := a.readDecision(ctx, s, id)
	if err != nil {
		return Done{}, err
	}
	actor, ok := s.may("decision.submit", decisionPlace(row).In(""))
	if !ok {
		return Done{}, a.refuse(ctx, s, proposal.ActionSubmit, row.CaseID, readable(CodeForbidden,
			"Chỉ lãnh đạo cơ quan thường trực trình ký.", "only the head of the standing body submits for signature"))
	}
	if row.Number > 0 || revokes(row) {
		return Done{}, readable(CodeConflict, "Quyết định đã được trình ký.", "the decision was submitted already")
	}
	in, err := a.issuanceInput(ctx, s, row, draft, actor)
	if err != nil {
		return Done{}, err
	}
	nonce, err := a.startNonce(ctx, row.CaseID, proposal.ActionSubmit)
	if err != nil {
		return Done{}, err
	}
	return a.do(ctx, s, "", act.Request{
		Workflow: workflows.TypeIssuance, Case: row.CaseID, Action: proposal.ActionSubmit, Number: 1,
		Data: proposal.SendData{Content: row.Content}, Actor: actor, Nonce: nonce,
		Start: func(m envelope.Message) any { in.Submit = m; return in },
	})
}

// issuanceInput checks that the draft still says what was decided: every item in
// play of its cases, none held, and the same text as when it was drafted.
func (a *App) issuanceInput(ctx context.Context, s Session, row postgres.Decision, draft decision.Input, actor act.Actor) (proposal.IssuanceInput, error) {
	in := proposal.IssuanceInput{
		Case: row.CaseID, Decision: row.ID, Standing: row.Standing, Authority: row.Authority, Content: row.Content,
	}
	items, err := a.mayDecide(ctx, s, row, proposal.ActionSubmit, actor)
	if err != nil {
		return in, err
	}
	if row.Corrects != nil {
		return a.correctionInput(ctx, row, draft, in)
	}
	ids := []string{}
	for _, it := range items {
		ids = addOnce(ids, it.Proposal)
	}
	open, err := a.Store.ItemsToDecide(ctx, ids)
	if err != nil {
		return in, internal("read the items", err)
	}
	content, err := contentOfDecision(draft)
	if err != nil {
		return in, fromDecision(err)
	}
	if len(open) != len(items) || slices.ContainsFunc(open, notToDecide) || content != row.Content {
		return in, readable(CodeConflict, "Hồ sơ đã thay đổi sau khi dự thảo; hãy bỏ dự thảo và lập lại.",
			"the proposals changed after the draft; discard it and draft anew")
	}
	in.Cases = casesOf(items)
	return in, nil
}

// casesOf groups a decision's items by case, in printed order.
func casesOf(items []postgres.CouncilItem) []proposal.IssuanceCase {
	var out []proposal.IssuanceCase
	at := map[string]int{}
	for _, it := range items {
		i, ok := at[it.CaseID]
		if !ok {
			i = len(out)
			at[it.CaseID] = i
			out = append(out, proposal.IssuanceCase{Case: it.CaseID})
		}
		out[i].Items = append(out[i].Items, it.Item)
	}
	return out
}

// SignInput signs what the signer was shown.
type SignInput struct {
	Content string `json:"content" validate:"required,len=64,hexadecimal"` // the decision's content hash, as shown
	Mode    string `json:"mode,omitempty" validate:"omitempty,max=10"`     // empty: as drafted
	Nonce   string `json:"nonce,omitempty" validate:"omitempty,max=120"`
}

// SignDecision signs a submitted decision. Who signs, and in whose name, is part
// of the text, so it must be who was named in the draft.
func (a *App) SignDecision(ctx context.Context, s Session, id string, in SignInput) (Done, error) {
	row, draft, actor, err := a.maySign(ctx, s, id, in)
	if err != nil {
		return Done{}, err
	}
	signed, err := a.signedPDF(ctx, s, row, draft)
	if err != nil {
		return Done{}, err
	}
	return a.decisionAct(ctx, s, row, actor, proposal.ActionSign, formNonce(s, in.Nonce),
		proposal.SignData{Content: row.Content, Mode: string(draft.Signing.Mode), Document: signed})
}

// RehearseSigning tells whether SignDecision would sign; nothing is signed.
func (a *App) RehearseSigning(ctx context.Context, s Session, id string, in SignInput) error {
	row, _, _, err := a.maySign(ctx, s, id, in)
	if err == nil && row.Phase != proposal.IssuanceSubmitted {
		err = notToSign()
	}
	if err == nil && a.Signing.Mode == SignDigital && a.Signing.Keys.Find(s.Login) == "" {
		err = noCertificate()
	}
	if err != nil {
		return err
	}
	return a.mayAct(ctx, s, act.Request{Workflow: evidence.KindOf(row.CaseID), Action: proposal.ActionSign, Case: row.CaseID})
}

func notToSign() *Error {
	return readable(CodeConflict, "Quyết định không còn chờ ký.", "the decision does not wait for a signature any more")
}

// maySign checks all that does not depend on the workflow.
func (a *App) maySign(ctx context.Context, s Session, id string, in SignInput) (postgres.Decision, decision.Input, act.Actor, error) {
	var row postgres.Decision
	var draft decision.Input
	var actor act.Actor
	if err := a.check(in); err != nil {
		return row, draft, actor, err
	}
	row, draft, actor, err := a.decisionActor(ctx, s, id, proposal.ActionSign)
	if err != nil {
		return row, draft, actor, err
	}
	switch {
	case in.Content != row.Content:
		err = a.refuse(ctx, s, proposal.ActionSign, row.CaseID, readable(CodeConflict,
			"Văn bản bạn xem không phải văn bản đang trình; hãy mở lại.", "you were shown another text than is submitted; open it again"))
	case row.Signer == nil || *row.Signer != s.User:
		err = a.refuse(ctx, s, proposal.ActionSign, row.CaseID, readable(CodeForbidden,
			fmt.Sprintf("Văn bản ghi người ký là %s.", draft.Signing.Name), "the text names another signer; send it back to have it drafted anew"))
	case in.Mode != "" && in.Mode != string(draft.Signing.Mode):
		err = readable(CodeConflict, "Hình thức ký (KT., Q. …) đã ghi trong văn bản; muốn đổi hãy trả lại dự thảo.",
			"the signing mode is part of the text; send it back to change it")
	default:
		_, err = a.mayDecide(ctx, s, row, proposal.ActionSign, actor)
	}
	return row, draft, actor, err
}

// SendBackDecision returns a submitted decision unsigned, with the reason. Its
// items are free for a new draft.
func (a *App) SendBackDecision(ctx context.Context, s Session, id string, in CancelInput) (Done, error) {
	if err := a.check(in); err != nil {
		return Done{}, err
	}
	row, _, actor, err := a.decisionActor(ctx, s, id, proposal.ActionSendBack)
	if err != nil {
		return Done{}, err
	}
	reason, err := a.reason(ctx, s, row.CaseID, in.Reason, "send-back", "")
	if err != nil {
		return Done{}, err
	}
	return a.decisionAct(ctx, s, row, actor, proposal.ActionSendBack, formNonce(s, in.Nonce), proposal.ReasonData{Reason: reason})
}

// DiscardDecision deletes a draft that was never submitted and frees its items.
func (a *App) DiscardDecision(ctx context.Context, s Session, id string) error {
	row, _, err := a.readDecision(ctx, s, id)
	if err != nil {
		return err
	}
	if _, ok := s.may("decision.discard", decisionPlace(row).In("")); !ok {
		return a.refuse(ctx, s, "discard-decision", row.CaseID, readable(CodeForbidden,
			"Chỉ cơ quan thường trực bỏ dự thảo.", "only the standing body discards a draft"))
	}
	dropped, err := a.Store.DropDraftDecision(ctx, row.ID)
	if err != nil {
		return internal("discard the draft", err)
	}
	if !dropped {
		return readable(CodeConflict, "Quyết định đã được trình ký; người ký có thể trả lại.",
			"the decision was submitted; its signer can send it back")
	}
	return nil
}

// decisionActor reads a decision and the capacity in which the reader acts for
// its authority.
func (a *App) decisionActor(ctx context.Context, s Session, id, action string) (postgres.Decision, decision.Input, act.Actor, error) {
	row, in, err := a.readDecision(ctx, s, id)
	if err != nil {
		return row, in, act.Actor{}, err
	}
	actor, ok := s.may("decision."+action, decisionPlace(row).In(""))
	if !ok {
		return row, in, actor, a.refuse(ctx, s, action, row.CaseID, readable(CodeForbidden,
			"Việc này thuộc cơ quan có thẩm quyền quyết định.", "this is for an office of the deciding authority"))
	}
	return row, in, actor, nil
}

func (a *App) decisionAct(ctx context.Context, s Session, row postgres.Decision, actor act.Actor, action, nonce string, data any) (Done, error) {
	return a.do(ctx, s, "", act.Request{
		Workflow: evidence.KindOf(row.CaseID), Case: row.CaseID, Action: action, Number: row.Number + 1,
		Stage: row.Phase, Data: data, Actor: actor, Nonce: nonce,
	})
}

// mayDecide refuses a person who is named in the decision, or whose earlier role
// in one of its cases, or in the decision, excludes this one; of an act on
// somebody's behalf either of the two. The cases would refuse the decision for that
// after it is issued; here it is not too late. It returns the decision's items.
func (a *App) mayDecide(ctx context.Context, s Session, row postgres.Decision, action string, actor act.Actor) ([]postgres.CouncilItem, error) {
	items, err := a.Store.ItemsOfDecision(ctx, row.ID)
	if err != nil {
		return nil, internal("read the decision's items", err)
	}
	acted, err := a.Store.ActedOn(ctx, row.ID)
	if err != nil {
		return nil, internal("read who acted", err)
	}
	own, err := a.Store.Trail(ctx, row.CaseID)
	if err != nil {
		return nil, internal("read the decision's trail", err)
	}
	for _, t := range own {
		var step envelope.Step
		if err := json.Unmarshal(t.Body, &step); err != nil {
			return nil, internal("read the decision's trail", err)
		}
		acted = append(acted, postgres.Acted{Person: step.Actor, Role: step.Role})
		if step.OnBehalfOf != "" {
			acted = append(acted, postgres.Acted{Person: step.OnBehalfOf, Role: step.Role})
		}
	}
	for _, who := range s.behind(actor) {
		if err := bars(items, acted, who.user, who.self, proposal.Role(actor.Role)); err != nil {
			return nil, a.refuse(ctx, s, action, row.CaseID, err)
		}
	}
	return items, nil
}

// bars says why a person may not take a role in a decision over the items; nil
// when nothing bars it. An empty case in acted means the decision itself.
func bars(items []postgres.CouncilItem, acted []postgres.Acted, user, self string, role proposal.Role) *Error {
	held := map[string][]string{} // by case
	for _, x := range acted {
		if x.Person == user {
			held[x.CaseID] = append(held[x.CaseID], x.Role)
		}
	}
	for _, it := range items {
		if self != "" && it.Subject == self && role != proposal.RoleRegistrar {
			return readable(envelope.CodeOwnCase, "Không ai quyết định về chính mình; cần người khác ký.",
				"nobody decides on themselves; another person has to do this")
		}
		if it.Route == nil {
			continue
		}
		for _, earlier := range append(slices.Clone(held[it.CaseID]), held[""]...) {
			pair, back := [2]proposal.Role{proposal.Role(earlier), role}, [2]proposal.Role{role, proposal.Role(earlier)}
			if slices.Contains(it.Route.Exclusive, pair) || slices.Contains(it.Route.Exclusive, back) {
				return readable(envelope.CodeSeparation,
					fmt.Sprintf("Bạn đã tham gia hồ sơ %s với vai trò khác; cần người khác làm bước này.", it.ProposalRef),
					fmt.Sprintf("you acted as %s in proposal %s; another person has to do this", earlier, it.ProposalRef))
			}
		}
	}
	return nil
}
