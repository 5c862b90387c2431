package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"vinhdanh/internal/act"
	"vinhdanh/internal/council"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// Convene freezes a draft's roster and agenda and starts the session. Convening
// again after a lost answer gives the first convening's outcome.
func (a *App) Convene(ctx context.Context, s Session, id string) (Done, error) {
	row, actor, err := a.seated(ctx, s, council.ActionConvene, id)
	if err != nil {
		return Done{}, err
	}
	in, err := a.conveneInput(ctx, row)
	if err != nil {
		return Done{}, err
	}
	frozen, err := a.Store.FreezeSession(ctx, row.ID, in)
	if err != nil {
		return Done{}, internal("freeze the agenda", err)
	}
	if !frozen {
		return Done{}, readable(CodeConflict, "Phiên họp đã được triệu tập.", "the session was convened already")
	}
	nonce, err := a.startNonce(ctx, row.CaseID, council.ActionConvene)
	if err != nil {
		return Done{}, err
	}
	done, err := a.do(ctx, s, "", act.Request{
		Workflow: workflows.TypeCouncil, Case: row.CaseID, Action: council.ActionConvene, Number: 1,
		Data: council.ConveneData{Content: in.Content}, Actor: actor, Nonce: nonce,
		Start: func(m envelope.Message) any { in.Convene = m; return in },
	})
	return done, a.afterConvene(ctx, row.ID, nonce, in, err)
}

// startNonce makes the nonce of an act that starts a workflow: the same for
// everybody who tries at the same time, so that one start is stored; another one
// only after a refusal.
func (a *App) startNonce(ctx context.Context, caseID, action string) (string, error) {
	refused, err := a.Store.RefusedAttempts(ctx, caseID, action)
	if err != nil {
		return "", internal("read attempts", err)
	}
	return fmt.Sprintf("%s#%s.%d", caseID, action, refused+1), nil
}

// afterConvene leaves the row as the outcome asks: with the input that was really
// sent (somebody may have convened a moment before), or open for changes again.
func (a *App) afterConvene(ctx context.Context, id, nonce string, in council.Input, outcome error) error {
	if outcome != nil {
		if err := a.Store.ThawSession(ctx, id); err != nil {
			return internal("free the agenda", err)
		}
		return outcome
	}
	sent, err := a.Store.Attempt(ctx, nonce)
	if err != nil {
		return internal("read the convening", err)
	}
	var real council.Input
	if err := json.Unmarshal(sent.Start, &real); err != nil {
		return internal("read the convening", err)
	}
	if real.Content != in.Content {
		if _, err := a.Store.FreezeSession(ctx, id, real); err != nil {
			return internal("freeze the agenda", err)
		}
	}
	return nil
}

// conveneInput takes the roster of the session's day and the agenda as it stands.
func (a *App) conveneInput(ctx context.Context, row postgres.CouncilSession) (council.Input, error) {
	roster, err := a.Store.CouncilRoster(ctx, row.Unit, row.HeldOn)
	if err != nil {
		return council.Input{}, internal("read the roster", err)
	}
	roster = whoSits(row, roster)
	if ofStanding(row) && len(roster) < 2 {
		return council.Input{}, readable(CodeNotReady, "Hội đồng chưa có thành viên nào được đánh dấu là Thường trực (ngoài Chủ tịch); quản trị đánh dấu ở vai trò của từng người.",
			"nobody but the chair is marked as a standing member of the council: an administrator marks them at each person's role")
	}
	items, err := a.Store.AgendaOf(ctx, row.ID)
	if err != nil {
		return council.Input{}, internal("read the agenda", err)
	}
	told, err := a.declaredIn(ctx, row.ID)
	if err != nil {
		return council.Input{}, err
	}
	in := council.Input{Case: row.CaseID, Session: row.ID, Unit: row.Unit, Electronic: row.Electronic}
	if in.Cuts, err = a.cutsOf(ctx, items); err != nil {
		return in, err
	}
	if ofStanding(row) {
		in.Mode = council.ModeStanding
	}
	if err := a.consulting(row, &in); err != nil {
		return in, err
	}
	return frozenSession(in, roster, items, told)
}

// frozenSession fills a session's input. Rules are kept once each; a member who
// is the subject of an item, or has declared an interest in it, is barred from it.
func frozenSession(in council.Input, roster []postgres.RosterSeat, items []postgres.CouncilItem, told declared) (council.Input, error) {
	chairs := 0
	for _, r := range roster {
		in.Roster = append(in.Roster, council.Seat{Person: r.User, Chair: r.Chair})
		if r.Chair {
			chairs++
		}
	}
	if chairs != 1 {
		return in, readable(CodeNotReady,
			fmt.Sprintf("Hội đồng phải có đúng một Chủ tịch vào ngày họp; hiện có %d. Quản trị cần sửa danh sách thành viên.", chairs),
			fmt.Sprintf("the council must have exactly one chair on the day of the session; it has %d. An administrator corrects the membership.", chairs))
	}
	if len(items) == 0 {
		return in, readable(CodeNotReady, "Chương trình họp chưa có hồ sơ nào.", "the agenda is empty; put proposals on it first")
	}
	if len(items) > council.MaxAgenda {
		return in, tooMany(len(items))
	}
	for _, it := range items {
		line, err := agendaLine(&in, roster, it, told)
		if err != nil {
			return in, err
		}
		if err := fits(in, in.Rules[line.Rule], it); err != nil {
			return in, err
		}
		in.Agenda = append(in.Agenda, line)
	}
	var err error
	in.Content, err = sessionContent(in)
	return in, err
}

// fits says why a session of this manner cannot deal with an item of a rule; nil if it can.
func fits(in council.Input, r council.Rule, it postgres.CouncilItem) error {
	switch {
	case in.Consultation() && !r.Consults():
		return mustMeet(it)
	case in.Mode == council.ModeStanding && !r.StandsAlone():
		return mustAll(it)
	}
	return nil
}

func agendaLine(in *council.Input, roster []postgres.RosterSeat, it postgres.CouncilItem, told declared) (council.AgendaItem, error) {
	rule := ruleOf(it)
	if rule == nil || it.Stage != string(proposal.StageCouncil) || it.Closed {
		return council.AgendaItem{}, readable(CodeConflict,
			fmt.Sprintf("Hồ sơ %s không còn chờ Hội đồng xét; hãy đưa ra khỏi chương trình.", it.ProposalRef),
			fmt.Sprintf("proposal %s does not wait for the council any more; take it off the agenda", it.ProposalRef))
	}
	line := council.AgendaItem{ID: it.Item, Case: it.CaseID, Rule: slices.Index(in.Rules, *rule)}
	if line.Rule < 0 {
		line.Rule = len(in.Rules)
		in.Rules = append(in.Rules, *rule)
	}
	for _, r := range roster {
		_, interest := told.items[r.User][it.Item]
		if interest || r.Self != "" && r.Self == it.Subject {
			line.Recused = append(line.Recused, r.User)
		}
	}
	return line, nil
}

// sessionContent is the commitment to roster, rules and agenda: SHA-256 over
// their JSON, whose field order the types fix.
func sessionContent(in council.Input) (string, error) {
	var buf bytes.Buffer
	err := json.NewEncoder(&buf).Encode(struct {
		Session string               `json:"session"`
		Roster  []council.Seat       `json:"roster"`
		Rules   []council.Rule       `json:"rules"`
		Agenda  []council.AgendaItem `json:"agenda"`
		Mode    council.Mode         `json:"mode,omitempty"`
		Until   time.Time            `json:"until,omitzero"`
		Sealed  bool                 `json:"electronic,omitempty"`
		Cuts    []council.Cut        `json:"cuts,omitempty"`
	}{in.Session, in.Roster, in.Rules, in.Agenda, in.Mode, in.Until, in.Electronic, in.Cuts})
	if err != nil {
		return "", fmt.Errorf("app: encode the session: %w", err)
	}
	sum := sha256.Sum256(buf.Bytes())
	return hex.EncodeToString(sum[:]), nil
}
