package app

import (
	"context"
	"slices"

	"vinhdanh/internal/act"
	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// Ability is one thing that people do on a case at its present place, and whether
// this reader may do it now. Where not, Code, Vi and En say why, and Unit, Roles
// and People say who can.
type Ability struct {
	Action   string   `json:"action"` // forward, return, reconsidered, accept, appraise, hold, …
	Allowed  bool     `json:"allowed"`
	Code     string   `json:"code,omitempty"`
	Vi       string   `json:"vi,omitempty"`
	En       string   `json:"en,omitempty"`
	Unit     string   `json:"unit,omitempty"`
	UnitName string   `json:"unit_name,omitempty"`
	Roles    []string `json:"roles,omitempty"`
	People   []string `json:"people,omitempty"`
	To       []string `json:"to,omitempty"` // of a return: the kinds of stages that it may go to
}

// trial is one kind of act with data that the rules would take, so that they say
// what else stands against it.
type trial struct {
	name   string
	action proposal.Action
	data   func(*proposal.Case) any
	unit   string
	roles  []proposal.Role
	// shown tells whether the act has any sense at the case's place; what has none
	// is not offered at all.
	shown func(*proposal.Case) bool
}

// row is the act's row in the table of permissions.
func (t trial) row() string {
	if t.name == proposal.VerdictReconsidered {
		return "case.reconsidered"
	}
	return "case." + string(t.action)
}

// stand is a stand-in for a commitment, where the rules ask that there is one.
const stand = "-"

// trials are what people of a case do, in the order in which pages offer them.
func (a *App) trials(p postgres.Proposal) []trial {
	here, head, own := currentStage(p), a.table().RolesOf("case.withdraw", permission.Own), a.table().RolesOf("case.recall", permission.Own)
	review, reception := stageOf(p, proposal.StageReview), stageOf(p, proposal.StageReception)
	at := func(kinds ...proposal.StageKind) func(*proposal.Case) bool {
		return func(c *proposal.Case) bool { return !c.Place().Returned && slices.Contains(kinds, c.Place().Stage) }
	}
	open := func(c *proposal.Case) bool { return !c.Place().Returned }
	back := func(c *proposal.Case) bool { return c.Place().Returned }
	forward := proposal.Opinions{Default: proposal.OpinionPropose}
	reason := func(*proposal.Case) any { return proposal.ReasonData{Reason: stand} }
	looks := func(c *proposal.Case) bool {
		return slices.ContainsFunc(c.Items(), func(i proposal.Item) bool { return i.Reconsider })
	}
	holder := here
	if p.StageIndex > 0 && reception.Unit != "" && here.Kind != proposal.StageReview {
		holder = reception
	}
	return append([]trial{
		{"forward", proposal.ActionDecide, func(*proposal.Case) any {
			return proposal.DecideData{Verdict: proposal.VerdictForward, Opinions: forward, Minutes: stand}
		}, here.Unit, here.Roles, at(proposal.StageReview)},
		{"accept", proposal.ActionAccept, func(*proposal.Case) any {
			return proposal.AcceptData{Regime: p.Regime, LawHash: p.LawHash}
		}, here.Unit, here.Roles, at(proposal.StageReception)},
		{"appraise", proposal.ActionAppraise, func(*proposal.Case) any {
			return proposal.AppraiseData{Opinions: forward}
		}, here.Unit, here.Roles, at(proposal.StageAppraisal)},
		{"return", proposal.ActionDecide, func(*proposal.Case) any {
			return proposal.DecideData{Verdict: proposal.VerdictReturn, Reason: stand, To: firstReturn(p)}
		}, here.Unit, here.Roles, at(beforeVote...)},
		{"reconsidered", proposal.ActionDecide, func(*proposal.Case) any {
			return proposal.DecideData{Verdict: proposal.VerdictReconsidered, Opinions: forward, Minutes: stand}
		}, review.Unit, review.Roles, looks},
		{"hold", proposal.ActionHold, reason, holder.Unit, holder.Roles, func(c *proposal.Case) bool { return open(c) && !c.Place().OnHold }},
		{"release", proposal.ActionRelease, reason, holder.Unit, holder.Roles, func(c *proposal.Case) bool { return c.Place().OnHold }},
		{"resubmit", proposal.ActionResubmit, resubmission, p.Unit, head, back},
		{"recall", proposal.ActionRecall, reason, p.Unit, own, at(proposal.StageReview, proposal.StageReception)},
		{"reconsider", proposal.ActionReconsider, refusedItems, p.Unit, head, func(c *proposal.Case) bool {
			return len(refusedItems(c).(proposal.ItemsData).Items) > 0
		}},
		{"lower", proposal.ActionLower, func(c *proposal.Case) any {
			return proposal.LowerData{Item: firstInPlay(c), Award: stand, Link: stand}
		}, p.Unit, head, at(beforeVote...)},
		{"withdraw", proposal.ActionWithdraw, reason, p.Unit, head, func(*proposal.Case) bool { return true }},
	}, a.upwardTrials(p)...)
}

// beforeVote are the stages at which a case may go back or an item be lowered.
var beforeVote = []proposal.StageKind{
	proposal.StageReview, proposal.StageReception, proposal.StageAppraisal, proposal.StageConsultation, proposal.StagePublication,
}

// firstReturn is a place that the case's stage may return it to; the nomination is not
// named.
func firstReturn(p postgres.Proposal) proposal.StageKind {
	if to := returnTargets(p); len(to) > 0 && to[0] != string(proposal.StageNomination) {
		return proposal.StageKind(to[0])
	}
	return ""
}

func refusedItems(c *proposal.Case) any {
	var d proposal.ItemsData
	for _, it := range c.Items() {
		if it.Outcome == proposal.OutcomeNotProposed && !it.Reconsider && !it.Reconsidered {
			d.Items = append(d.Items, it.ID)
		}
	}
	return d
}

func resubmission(c *proposal.Case) any {
	d := proposal.ResubmitData{Content: stand}
	for _, it := range c.Items() {
		if it.Outcome == proposal.OutcomeNone || it.Outcome == proposal.OutcomePassed {
			d.Items = append(d.Items, it.InputItem)
		}
	}
	return d
}

func firstInPlay(c *proposal.Case) string {
	for _, it := range c.Items() {
		if it.Outcome == proposal.OutcomeNone {
			return it.ID
		}
	}
	return ""
}

// abilities says what this reader may do on a case now, by asking the rules. A
// reader without any role on the case's way (an auditor) is offered nothing.
func (a *App) abilities(ctx context.Context, s Session, p postgres.Proposal, c *proposal.Case) ([]Ability, error) {
	out := []Ability{}
	if p.Closed || p.Number == 0 {
		return out, nil
	}
	for _, t := range a.trials(p) {
		if t.unit == "" || !t.shown(c) {
			continue
		}
		ab := Ability{Action: t.name, Unit: t.unit, Roles: roleWords(t.roles)}
		if t.name == proposal.VerdictReturn {
			ab.To = returnTargets(p)
		}
		if err := a.tryOut(s, p, c, t); err != nil {
			e := ErrorOf(err)
			ab.Code = e.Code
			ab.Vi, ab.En = e.Text("vi"), e.Text("en")
		} else {
			ab.Allowed = true
		}
		if !ab.Allowed && !a.concerns(s, p, t) {
			continue
		}
		out = append(out, ab)
	}
	return out, a.whoCan(ctx, out)
}

// tryOut asks the rules about one trial for this reader.
func (a *App) tryOut(s Session, p postgres.Proposal, c *proposal.Case, t trial) error {
	if t.action == proposal.ActionRecall && p.OpenedAt != nil {
		return fail(CodeAlreadyOpen, "")
	}
	actor, ok := s.may(t.row(), casePlace(p).In(""))
	if !ok {
		return fail(CodeForbidden, "")
	}
	r := act.Request{
		Workflow: workflows.TypeCommendation, Case: p.CaseID, Action: string(t.action), Stage: p.Stage,
		Revision: p.Revision, Number: p.Number + 1, Data: t.data(c), Actor: actor,
	}
	if t.action == proposal.ActionResubmit {
		r.Revision++
	}
	_, err := a.foresee(c, r)
	return err
}

// concerns tells whether to show a disabled act: the reader's own unit does it,
// or could see somebody of it do it.
func (a *App) concerns(s Session, p postgres.Proposal, t trial) bool {
	if len(s.scope().Roles) == 0 {
		return false // sees cases by no office of a case's way
	}
	own := t.unit == p.Unit
	return own == slices.Contains(s.where("case.read", permission.Own), p.Unit)
}

// whoCan names the unit and the people of each act.
func (a *App) whoCan(ctx context.Context, abs []Ability) error {
	type key struct{ unit, role string }
	people, units := map[key][]string{}, map[string]string{}
	for i := range abs {
		b := &abs[i]
		if _, known := units[b.Unit]; !known {
			u, err := a.Store.UnitByID(ctx, b.Unit)
			if err != nil {
				return internal("read unit", err)
			}
			units[b.Unit] = u.Name
		}
		b.UnitName = units[b.Unit]
		for _, r := range b.Roles {
			k := key{b.Unit, r}
			if _, known := people[k]; !known {
				seats, err := a.Store.Seats(ctx, b.Unit, []string{r})
				if err != nil {
					return internal("read who can act", err)
				}
				people[k] = []string{}
				for _, seat := range seats {
					people[k] = append(people[k], seat.Name)
				}
			}
			for _, name := range people[k] {
				if !slices.Contains(b.People, name) {
					b.People = append(b.People, name)
				}
			}
		}
	}
	return nil
}

func roleWords(rs []proposal.Role) []string {
	out := make([]string, len(rs))
	for i, r := range rs {
		out[i] = string(r)
	}
	return out
}
