package app

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"vinhdanh/internal/act"
	"vinhdanh/internal/council"
	"vinhdanh/internal/postgres"
)

// OpenInput says who of the roster is present.
type OpenInput struct {
	Present []string `json:"present" validate:"max=500,unique,dive,required"` // nobody at a written consultation
	Nonce   string   `json:"nonce,omitempty" validate:"omitempty,max=120"`
}

// CastInput is one open ballot for the whole list: a default and exceptions.
type CastInput struct {
	// Member is whose ballot it is; empty: the reader's own. The secretary names
	// the absent member whose written opinion is entered, with its scan in Paper.
	Member  string            `json:"member,omitempty" validate:"omitempty,uuid"`
	Default string            `json:"default,omitempty" validate:"omitempty,oneof=yes no abstain"` // empty: every item is named
	Items   map[string]string `json:"items,omitempty" validate:"dive,keys,required,endkeys,oneof=yes no abstain"`
	Written bool              `json:"written,omitempty"`
	Paper   string            `json:"paper,omitempty" validate:"omitempty,len=64,hexadecimal"`
	Round   int               `json:"round,omitempty" validate:"min=0,max=2"` // which ballot this is: 0 and 1 the first
	Nonce   string            `json:"nonce,omitempty" validate:"omitempty,max=120"`
}

// CountInput is one entry of the counting team's paper counts.
type CountInput struct {
	Issued    int                 `json:"issued" validate:"min=0,max=1000"`       // ballot papers given out
	Collected int                 `json:"collected" validate:"min=0,max=1000"`    // taken in
	Written   int                 `json:"written" validate:"min=0,max=1000"`      // of those, sent in by absent members
	Items     []council.PaperItem `json:"items" validate:"required,min=1"`        // every item with a secret ballot once
	Round     int                 `json:"round,omitempty" validate:"min=0,max=2"` // which ballot is counted: 0 and 1 the first
	Nonce     string              `json:"nonce,omitempty" validate:"omitempty,max=120"`
}

// OpenSession opens a convened session with who is present.
func (a *App) OpenSession(ctx context.Context, s Session, id string, in OpenInput) (Done, error) {
	if err := a.check(in); err != nil {
		return Done{}, err
	}
	row, actor, err := a.seated(ctx, s, council.ActionOpen, id)
	if err != nil {
		return Done{}, err
	}
	return a.sessionAct(ctx, s, row, actor, council.ActionOpen, in.Nonce, council.OpenData{Present: in.Present})
}

// Cast casts a ballot for the whole list.
func (a *App) Cast(ctx context.Context, s Session, id string, in CastInput) (Done, error) {
	if err := a.check(in); err != nil {
		return Done{}, err
	}
	action := council.ActionCast
	if in.Member == "" {
		in.Member = s.User
	}
	if in.Member != s.User {
		action = "write" // an absent member's opinion on paper
	}
	row, actor, err := a.seated(ctx, s, action, id)
	if err != nil {
		return Done{}, err
	}
	frozen, err := inputOf(row)
	if err != nil {
		return Done{}, err
	}
	if err := a.thisRound(ctx, s, row, frozen, council.ActionCast, in.Round); err != nil {
		return Done{}, err
	}
	if in, err = a.afterDeclaring(ctx, s, row, frozen, in); err != nil {
		return Done{}, err
	}
	choices, err := choicesOf(frozen, in)
	if err != nil {
		return Done{}, err
	}
	done, err := a.sessionAct(ctx, s, row, actor, council.ActionCast, in.Nonce, council.CastData{
		Member: in.Member, Choices: choices, Written: in.Written, Paper: in.Paper, Round: roundOf(frozen),
	})
	if err == nil && done.Status != act.Pending {
		a.forgetDraft(ctx, row.ID, in.Member)
	}
	return done, err
}

var choiceBytes = map[string]byte{"yes": council.ChoiceYes, "no": council.ChoiceNo, "abstain": council.ChoiceAbstain}

// choicesOf writes a ballot as the session wants it: one byte per agenda item,
// with '-' where this voter is not asked. It names the items that are left open
// and those that are not asked of this voter.
func choicesOf(in council.Input, c CastInput) (string, error) {
	var out strings.Builder
	var missing, foreign []string
	named := 0
	for _, it := range in.Agenda {
		choice, given := c.Items[it.ID]
		if given {
			named++
		}
		if !asked(in, it, c.Member, c.Written) {
			if given {
				foreign = append(foreign, it.ID)
			}
			out.WriteByte(council.ChoiceNone)
			continue
		}
		if !given {
			choice = c.Default
		}
		if choice == "" {
			missing = append(missing, it.ID)
			continue
		}
		out.WriteByte(choiceBytes[choice])
	}
	switch {
	case named < len(c.Items):
		return "", readable(CodeInvalid, "Phiếu nêu trường hợp không có trong chương trình họp.",
			"the ballot names an item that is not on the agenda")
	case len(foreign) > 0:
		return "", ballotError(foreign, "Thành viên không được biểu quyết công khai các trường hợp này (bỏ phiếu kín, hoặc liên quan đến bản thân)",
			"this member has no open vote on these items (secret ballot, or an own interest)")
	case len(missing) > 0:
		return "", ballotError(missing, "Phiếu còn bỏ trống các trường hợp", "the ballot leaves items open")
	}
	return out.String(), nil
}

func ballotError(items []string, vi, en string) *Error {
	e := readable(CodeInvalid, fmt.Sprintf("%s (%d).", vi, len(items)), fmt.Sprintf("%s (%d)", en, len(items)))
	for _, id := range items {
		e.Fields = append(e.Fields, FieldError{Field: "items." + id, Rule: "required"})
	}
	return e
}

// asked tells whether an open ballot of this member must say something on an item.
func asked(in council.Input, it council.AgendaItem, member string, written bool) bool {
	r := in.Rules[it.Rule]
	if r.Ballot == council.BallotSecret || !in.Voting(it) || slices.Contains(it.Recused, member) {
		return false
	}
	return !written || in.TakesWriting(r)
}

// CountPaper enters the counts of the secret ballots. Two people enter them
// independently; only equal entries are taken.
func (a *App) CountPaper(ctx context.Context, s Session, id string, in CountInput) (Done, error) {
	if err := a.check(in); err != nil {
		return Done{}, err
	}
	row, actor, err := a.seated(ctx, s, council.ActionCountPaper, id)
	if err != nil {
		return Done{}, err
	}
	if err := a.ofTeam(ctx, s, row, council.ActionCountPaper); err != nil {
		return Done{}, err
	}
	frozen, err := inputOf(row)
	if err != nil {
		return Done{}, err
	}
	if err := a.thisRound(ctx, s, row, frozen, council.ActionCountPaper, in.Round); err != nil {
		return Done{}, err
	}
	return a.sessionAct(ctx, s, row, actor, council.ActionCountPaper, in.Nonce, council.PaperData{
		Issued: in.Issued, Collected: in.Collected, Written: in.Written, Items: inAgendaOrder(frozen, in.Items), Round: roundOf(frozen),
	})
}

// inAgendaOrder sorts counts as the agenda has their items; an item that is not
// on it goes to the end, where the session refuses it by name.
func inAgendaOrder(in council.Input, counts []council.PaperItem) []council.PaperItem {
	at := map[string]int{}
	for i, it := range in.Agenda {
		at[it.ID] = i + 1
	}
	place := func(id string) int {
		if n := at[id]; n > 0 {
			return n
		}
		return len(in.Agenda) + 1
	}
	out := slices.Clone(counts)
	slices.SortStableFunc(out, func(x, y council.PaperItem) int { return place(x.Item) - place(y.Item) })
	return out
}

// CloseSession counts and ends a session; only its chair does. The result then
// goes to each proposal. Where items fell short by so little that their rule votes
// again, it opens their second ballot instead, and the next closing ends the session.
func (a *App) CloseSession(ctx context.Context, s Session, id, nonce string) (Done, error) {
	row, actor, err := a.seated(ctx, s, council.ActionClose, id)
	if err != nil {
		return Done{}, err
	}
	if err := a.mayCount(ctx, row); err != nil {
		return Done{}, a.refuse(ctx, s, council.ActionClose, row.CaseID, asError(err))
	}
	if err := a.ofTeam(ctx, s, row, council.ActionClose); err != nil {
		return Done{}, err
	}
	if err := a.prioritySettled(ctx, s, row); err != nil {
		return Done{}, err
	}
	done, err := a.sessionAct(ctx, s, row, actor, council.ActionClose, nonce, struct{}{})
	if err != nil || done.Status == act.Pending {
		return done, err
	}
	a.forgetDraft(ctx, row.ID, "")
	done.Next, err = a.afterClosing(ctx, row.ID, done)
	return done, err
}

// CancelInput says why something ends before its time.
type CancelInput struct {
	Reason string `json:"reason" validate:"required,max=4000"`
	Nonce  string `json:"nonce,omitempty" validate:"omitempty,max=120"`
}

// CancelSession cancels a session; what stood on its agenda is free again. A
// draft that nobody convened simply ends.
func (a *App) CancelSession(ctx context.Context, s Session, id string, in CancelInput) (Done, error) {
	if err := a.check(in); err != nil {
		return Done{}, err
	}
	row, actor, err := a.seated(ctx, s, council.ActionCancel, id)
	if err != nil {
		return Done{}, err
	}
	if row.Number == 0 {
		dropped, err := a.Store.DropDraftSession(ctx, row.ID)
		if err != nil {
			return Done{}, internal("cancel the draft", err)
		}
		if !dropped {
			return Done{}, fromStore("cancel the draft", postgres.ErrFrozen)
		}
		return Done{Status: "accepted", Recorded: true}, nil
	}
	reason, err := a.reason(ctx, s, row.CaseID, in.Reason, "cancel", "")
	if err != nil {
		return Done{}, err
	}
	done, err := a.sessionAct(ctx, s, row, actor, council.ActionCancel, in.Nonce, map[string]string{"reason": reason})
	if err == nil && done.Status != act.Pending {
		a.forgetDraft(ctx, row.ID, "")
	}
	return done, err
}

// inputOf reads a session's frozen roster and agenda, with what changed since.
func inputOf(row postgres.CouncilSession) (council.Input, error) {
	var in council.Input
	if len(row.Input) == 0 || row.Number == 0 {
		return in, readable(CodeNotReady, "Phiên họp chưa được triệu tập.", "the session was not convened yet")
	}
	if err := json.Unmarshal(row.Input, &in); err != nil {
		return in, internal("read the frozen session", err)
	}
	return amended(in, row)
}
