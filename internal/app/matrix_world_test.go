package app

import (
	"context"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"
	"os"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/postgres"
)

// rows is the table of permissions as its file says it, read by other code than the
// program's own.
type rows struct {
	Actions []struct {
		Name      string
		Do        []string
		Everybody bool
		Grants    []row
	}
	Fields []struct {
		Name string
		Read []row
	}
}

type row struct {
	Roles, States []string
	At            string
}

func readRows(t *testing.T) rows {
	t.Helper()
	raw, err := os.ReadFile("../identity/permissions.yaml")
	require.NoError(t, err)
	var out rows
	require.NoError(t, yaml.Unmarshal(raw, &out))
	return out
}

func (r rows) of(action string) []row {
	for _, a := range r.Actions {
		if a.Name == action {
			return a.Grants
		}
	}
	return nil
}

func (r rows) field(name string) []row {
	for _, f := range r.Fields {
		if f.Name == name {
			return f.Read
		}
	}
	return nil
}

// seat is one role in one unit; stands says which relations that unit has to the
// thing that is tried, for that role.
type seat struct{ role, unit string }

// granted is what the rows say: in the state, and in any state at all.
func granted(rs []row, s seat, state string, stands func(at string, s seat) bool) (now, ever bool) {
	for _, g := range rs {
		if !contains(g.Roles, s.role) || s.unit == "" || (g.At != "anywhere" && !stands(g.At, s)) {
			continue
		}
		ever = true
		now = now || len(g.States) == 0 || contains(g.States, state)
	}
	return now, ever
}

func contains(list []string, x string) bool {
	for _, y := range list {
		if y == x {
			return true
		}
	}
	return false
}

var everyRole = []string{"clerk", "unit_head", "reviewer", "appraiser", "standing_head", "secretary", "member", "chair", "signer", "registrar", "auditor", "admin"}

// sitting is a session of a person without a past who holds that one role there.
func (w *world) sitting(s seat) Session {
	out := Session{User: w.users["tanlong1-clerk"], Name: "Người Thử", SignedIn: "token", Scopes: []Scope{ScopeAll}}
	if s.unit != "" {
		out.Memberships = []postgres.Membership{{Unit: s.unit, Role: s.role}}
	}
	return out
}

// deaf lets acts be signed by a key that no case knows: what the application lets
// through is refused by the case itself, so that nothing changes and every
// combination meets the same world.
func (w *world) deaf() {
	stranger, err := envelope.GenerateSigner(envelope.PurposeApp)
	require.NoError(w.t, err)
	w.Desk.Signer = stranger
}

// offices of a case of the province under regime R1: which unit acts at which stage
// in which roles.
type spot struct {
	relation, unit string
	roles          []string
	from           int // index of the stage
}

var provincial = []spot{
	{"own", proposer, []string{"clerk", "unit_head"}, 0},
	{"review", district, []string{"reviewer"}, 1},
	{"standing", standing, []string{"appraiser", "standing_head"}, 2},
	{"standing", standing, []string{"appraiser", "standing_head"}, 3},
	{"council", theCouncil, []string{"secretary", "chair", "member"}, 4},
	{"deciding", authority, []string{"standing_head", "signer", "registrar"}, 5},
}

var stageIndex = map[string]int{"nomination": 0, "review": 1, "reception": 2, "appraisal": 3, "council": 4, "issuance": 5}

// caseRelation tells whether a seat has a relation to a case of the province whose
// stage has that index; a draft has no route yet.
func caseRelation(stage int, sent bool) func(at string, s seat) bool {
	return func(at string, s seat) bool {
		if at == "own" {
			return s.unit == proposer
		}
		for _, o := range provincial {
			if !sent || s.unit != o.unit || !contains(o.roles, s.role) {
				continue
			}
			switch at {
			case "reached":
				if o.from <= stage {
					return true
				}
			case "stage":
				if o.from == stage {
					return true
				}
			case o.relation:
				return true
			}
		}
		return false
	}
}

// advance takes a case of the province on to a stage by the people of the sample.
func (w *world) advance(p postgres.Proposal, to string) {
	t, ctx := w.t, context.Background()
	t.Helper()
	target := Target{Proposal: p.ID}
	paper := func(login string) string {
		row, err := w.AddPaper(ctx, w.as(login), PaperInput{Proposal: p.ID, Kind: "minutes", FileName: "bb.pdf"}, []byte("%PDF-1.7 "+p.ID))
		require.NoError(t, err)
		return row.SHA256
	}
	steps := []struct {
		to string
		do func() error
	}{
		{"reception", func() error {
			_, err := w.Decide(ctx, w.as("ph-reviewer"), DecideInput{Target: target, Verdict: "forward", Minutes: paper("ph-reviewer")})
			return err
		}},
		{"appraisal", func() error { _, err := w.Accept(ctx, w.as("snv-appraiser"), AcceptInput{Target: target}); return err }},
		{"council", func() error {
			_, err := w.Appraise(ctx, w.as("snv-appraiser"), AppraiseInput{Target: target, Report: paper("snv-appraiser")})
			return err
		}},
		{"issuance", func() error {
			now, err := w.Store.ProposalIn(ctx, postgres.Scope{All: true}, p.ID)
			require.NoError(t, err)
			require.Equal(t, 1, w.finishCouncil(w.vote(nil, now)).Delivered)
			return nil
		}},
	}
	for _, s := range steps {
		if stageIndex[s.to] > stageIndex[to] {
			return
		}
		require.NoError(t, s.do(), s.to)
	}
}
