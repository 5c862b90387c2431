package app

import (
	"context"
	"errors"

	"vinhdanh/internal/council"
	"vinhdanh/internal/law"
)

// SessionCheck is what the convener sees before roster, rules and agenda are frozen.
type SessionCheck struct {
	Session     SessionView `json:"session"`
	Content     string      `json:"content,omitempty"` // commitment, if it could be convened now
	Problem     *Error      `json:"problem,omitempty"` // why it cannot
	Quorum      int         `json:"quorum"`            // members who must be present
	Rules       []RuleCheck `json:"rules"`
	Undeclared  []string    `json:"undeclared"`  // members who have not declared interests yet
	Unreachable []Hopeless  `json:"unreachable"` // items that cannot get their majority
}

// RuleCheck is one vote rule with what it asks of this roster.
type RuleCheck struct {
	council.Rule
	Awards []law.Text `json:"awards"`
	Items  int        `json:"items"`
	Needed int        `json:"needed"` // votes in favour if everybody takes part
	Of     int        `json:"of"`     // what they are counted against
}

// Hopeless is an item on which too few members may vote for its majority.
type Hopeless struct {
	Item string `json:"item"`
	Line string `json:"line"`
	council.Outlook
}

// CheckSession rehearses a draft's convening and changes nothing.
func (a *App) CheckSession(ctx context.Context, s Session, id string) (SessionCheck, error) {
	row, _, err := a.seated(ctx, s, council.ActionConvene, id)
	if err != nil {
		return SessionCheck{}, err
	}
	out := SessionCheck{Rules: []RuleCheck{}, Undeclared: []string{}, Unreachable: []Hopeless{}}
	if out.Session, err = a.SessionView(ctx, s, row.ID); err != nil {
		return out, err
	}
	for _, seat := range out.Session.Roster {
		if !seat.Declared {
			out.Undeclared = append(out.Undeclared, seat.User)
		}
	}
	in, err := a.conveneInput(ctx, row)
	var told *Error
	if errors.As(err, &told) {
		out.Problem = told
		return out, nil
	}
	if err != nil {
		return out, err
	}
	out.Content, out.Quorum = in.Content, in.Quorum()
	a.outlook(in, &out)
	return out, nil
}

// outlook says what each rule asks, and which items cannot get it.
func (a *App) outlook(in council.Input, out *SessionCheck) {
	for _, r := range in.Rules {
		out.Rules = append(out.Rules, RuleCheck{Rule: r, Needed: r.Required(len(in.Roster)), Of: len(in.Roster)})
	}
	seen := map[int]map[string]bool{}
	for i, line := range in.Agenda {
		it := out.Session.Agenda[i] // both in the agenda's order
		rule := &out.Rules[line.Rule]
		rule.Items++
		if seen[line.Rule] == nil {
			seen[line.Rule] = map[string]bool{}
		}
		if !seen[line.Rule][it.Award] {
			seen[line.Rule][it.Award] = true
			rule.Awards = append(rule.Awards, a.awardName(it.Award))
		}
		if o := in.Outlook(i, nil); !o.Possible {
			out.Unreachable = append(out.Unreachable, Hopeless{Item: it.Item, Line: it.Line, Outlook: o})
		}
	}
}
