package web_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/app"
	"vinhdanh/internal/proposal"
)

// The table of permissions, read by other code than the program's own, says what
// each person of the sample may find of each planted mark. That is the whole
// expectation of TestNobodyFindsMoreThanTheTableSays: no list of secrets is kept by hand.

type rights struct {
	Actions []struct {
		Name   string
		Grants []right
	}
	Fields []struct {
		Name string
		Read []right
	}
}

type right struct {
	Roles, States []string
	At            string
	Declared      bool
}

func readRights(t *testing.T) rights {
	t.Helper()
	raw, err := os.ReadFile("../identity/permissions.yaml")
	require.NoError(t, err)
	var out rights
	require.NoError(t, yaml.Unmarshal(raw, &out))
	return out
}

// of is the rows of an action or a field.
func (r rights) of(name string) []right {
	for _, a := range r.Actions {
		if a.Name == name {
			return a.Grants
		}
	}
	for _, f := range r.Fields {
		if f.Name == name {
			return f.Read
		}
	}
	panic("the table has no row " + name)
}

// seat is a role in a unit.
type seat struct{ unit, role string }

// planted is a case with its marks and where it stands.
type planted struct {
	code    string // two letters, in every mark of it
	state   string // as the table names it
	p       app.ProposalRow
	item    string
	meeting *meeting
	paper   *paper
}

// meeting is a session of the province's Council.
type meeting struct {
	id, unit, phase string
	declared        []string // logins
	conflict        []string // logins, in every item of it
}

// paper is a decision.
type paper struct{ id, phase string }

// over tells whether the case has ended, archived or not.
func (c planted) over() bool { return c.state == "closed" || c.state == "archived" }

// stands tells whether a seat has a relation to the case.
func (c planted) stands(at string, s seat) bool {
	route := func(kind proposal.StageKind) string {
		if c.p.Route != nil {
			for _, st := range c.p.Route.Stages {
				if st.Kind == kind {
					return st.Unit
				}
			}
		}
		return ""
	}
	switch at {
	case "anywhere":
		return true
	case "own":
		return s.unit == c.p.Unit
	case "reached":
		return c.p.Number > 0 && slices.ContainsFunc(c.p.Route.Stages[:c.p.StageIndex+1], func(st proposal.Stage) bool {
			return st.Unit == s.unit && slices.Contains(st.Roles, proposal.Role(s.role))
		})
	case "council":
		return c.meeting != nil && s.unit == c.meeting.unit
	case "served", "standing":
		return s.unit == route(proposal.StageReception)
	case "deciding":
		return s.unit == route(proposal.StageIssuance)
	}
	return false
}

// has tells whether a row of the table gives somebody something of the case, in a
// state; met is the state in which it is asked.
func (c planted) has(rows []right, who *viewer, state string) bool {
	for _, r := range rows {
		for _, s := range who.seats {
			if !slices.Contains(r.Roles, s.role) || !c.stands(r.At, s) || len(r.States) > 0 && !slices.Contains(r.States, state) {
				continue
			}
			// A member finds a case by its place on the agenda of a convened session, which stands.
			if s.role == "member" && r.At == "reached" && (c.meeting == nil || c.meeting.phase == "draft" || c.meeting.phase == "cancelled") {
				continue
			}
			if r.Declared && c.meeting != nil && (c.owes(who, r.At) || slices.Contains(c.meeting.conflict, who.login)) {
				continue
			}
			return true
		}
	}
	return false
}

// owes tells whether somebody has still to declare interests on the case's session.
// In a cancelled session nobody declares any more, and what it held back stays so.
func (c planted) owes(who *viewer, at string) bool {
	live := slices.Contains([]string{"draft", "convened", "open"}, c.meeting.phase) || at == "council" && c.meeting.phase == "cancelled"
	return live && !slices.Contains(c.meeting.declared, who.login)
}

// sees tells whether somebody may see the case as such.
func (r rights) sees(c planted, who *viewer) bool { return c.has(r.of("case.read"), who, c.state) }

// grants tells whether somebody may find a mark of the case on a surface. Kinds of
// marks: n a name, f what it is praised for, r a reason, d what is typed and not sent.
func (r rights) grants(kind byte, c planted, who *viewer, where string) bool {
	sees := r.sees(c, who)
	switch kind {
	case 'd':
		return c.has(r.of("case.draft"), who, c.state)
	case 'r':
		return sees && c.has(r.of("item.opinion"), who, c.state)
	}
	if sees {
		return true
	}
	session := strings.Contains(where, "/sessions/")
	if c.meeting != nil {
		if kind == 'f' {
			return session && c.has(r.of("session.prepare"), who, c.meeting.phase)
		}
		// Who is on the agenda, in the session; who has a conflict there has named it.
		if session && (c.has(r.of("session.names"), who, c.meeting.phase) || slices.Contains(c.meeting.conflict, who.login)) {
			return true
		}
		if (strings.HasSuffix(where, "/declare") || strings.HasSuffix(where, "/interests")) && c.has(r.of("session.declare"), who, c.meeting.phase) {
			return true
		}
	}
	if c.paper == nil || kind != 'n' {
		return false
	}
	if !c.has(r.of("decision.read"), who, c.paper.phase) {
		// The signed document is one for all whom it names.
		return c.paper.phase == "numbered" && strings.HasSuffix(where, ".pdf") && slices.ContainsFunc(who.seats, func(s seat) bool {
			return slices.Contains([]string{"clerk", "unit_head"}, s.role) && slices.Contains([]string{unitA, unitB}, s.unit)
		})
	}
	return c.has(r.of("decision.line"), who, c.paper.phase) || strings.HasSuffix(where, ".pdf")
}
