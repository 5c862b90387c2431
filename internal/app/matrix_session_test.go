package app

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/council"
	"vinhdanh/internal/proposal"
)

// thing is a session or a decision in one state.
type thing struct {
	state, id string
	proposals []string
	item      string
}

// attempt tries one row of the table on a thing; through are the codes behind the
// door.
type attempt struct {
	action  string
	do      func(ctx context.Context, w *world, s Session, x thing) error
	through []string
	only    []string // states in which it is tried
}

var someone = uuid.NewString()

var sessionAttempts = []attempt{
	{"session.open", func(ctx context.Context, w *world, s Session, x thing) error {
		_, err := w.OpenSession(ctx, s, x.id, OpenInput{Present: []string{someone}})
		return err
	}, beyond, []string{"convened"}},
	{"session.count-paper", func(ctx context.Context, w *world, s Session, x thing) error {
		_, err := w.CountPaper(ctx, s, x.id, CountInput{Items: []council.PaperItem{{Item: x.item}}})
		return err
	}, beyond, []string{"open"}},
	{"session.close", func(ctx context.Context, w *world, s Session, x thing) error {
		_, err := w.CloseSession(ctx, s, x.id, "")
		return err
	}, beyond, []string{"open"}},
	{"session.write", func(ctx context.Context, w *world, s Session, x thing) error {
		_, err := w.Cast(ctx, s, x.id, CastInput{Member: someone, Default: "yes", Written: true})
		return err
	}, beyond, []string{"open"}},
	{"session.cast", func(ctx context.Context, w *world, s Session, x thing) error {
		_, err := w.Cast(ctx, s, x.id, CastInput{Default: "yes"})
		return err
	}, append([]string{CodeNotReady, CodeInvalid}, beyond...), []string{"open"}},
	{"session.ask-late", func(ctx context.Context, w *world, s Session, x thing) error {
		_, err := w.AskLate(ctx, s, x.id, LateInput{Proposals: []string{someone}, Reason: "x"})
		return err
	}, []string{CodeNotReady}, []string{"convened"}},
	{"session.drop-late", func(ctx context.Context, w *world, s Session, x thing) error {
		_, err := w.DropLate(ctx, s, x.id, AgendaInput{Proposals: []string{someone}})
		return err
	}, []string{""}, []string{"convened"}},
	{"session.admit-late", func(ctx context.Context, w *world, s Session, x thing) error {
		_, err := w.AdmitLate(ctx, s, x.id, AdmitInput{Proposals: []string{someone}})
		return err
	}, []string{CodeNotReady}, []string{"convened"}},
	{"session.counting-team", func(ctx context.Context, w *world, s Session, x thing) error {
		_, err := w.NameTeam(ctx, s, x.id, TeamInput{Head: someone, Members: []string{uuid.NewString()}})
		return err
	}, []string{CodeInvalid}, []string{"convened", "open"}},
	{"session.set-priority", func(ctx context.Context, w *world, s Session, x thing) error {
		_, err := w.SetPriority(ctx, s, x.id, PriorityInput{Items: []string{someone, uuid.NewString()}, Reason: "r"})
		return err
	}, []string{CodeNotReady}, []string{"open"}},
	{"session.sign-count", func(ctx context.Context, w *world, s Session, x thing) error {
		_, err := w.SignCount(ctx, s, x.id, "")
		return err
	}, []string{CodeNotReady}, []string{"open"}},
	{"session.ballot-key", func(ctx context.Context, w *world, s Session, x thing) error {
		_, err := w.MakeBallotKey(ctx, s, x.id)
		return err
	}, beyond, []string{"convened"}},
	{"session.cast-sealed", func(ctx context.Context, w *world, s Session, x thing) error {
		_, err := w.CastSecret(ctx, s, x.id, SecretInput{Items: map[string]string{x.item: "yes"}})
		return err
	}, append([]string{CodeNotReady, CodeNotFound}, beyond...), []string{"open"}},
	{"session.freeze-ballots", func(ctx context.Context, w *world, s Session, x thing) error {
		_, err := w.FreezeBallots(ctx, s, x.id, BoxInput{})
		return err
	}, beyond, []string{"open"}},
	{"session.count-sealed", func(ctx context.Context, w *world, s Session, x thing) error {
		_, err := w.CountSecret(ctx, s, x.id, SharesInput{Chair: "x", Secretary: "y"})
		return err
	}, append([]string{CodeNotReady}, beyond...), []string{"open"}},
	{"session.attest-count", func(ctx context.Context, w *world, s Session, x thing) error {
		_, err := w.AttestCount(ctx, s, x.id, BoxInput{})
		return err
	}, append([]string{CodeNotReady}, beyond...), []string{"open"}},
	{"session.put-on-agenda", func(ctx context.Context, w *world, s Session, x thing) error {
		_, err := w.PutOnAgenda(ctx, s, x.id, AgendaInput{Proposals: []string{someone}})
		return err
	}, []string{CodeNotReady, CodeConflict}, []string{"draft"}},
	{"session.take-off-agenda", func(ctx context.Context, w *world, s Session, x thing) error {
		_, err := w.TakeOffAgenda(ctx, s, x.id, AgendaInput{Proposals: []string{someone}})
		return err
	}, []string{"", CodeConflict, CodeNotReady}, []string{"draft"}},
	{"session.mark-presence", func(ctx context.Context, w *world, s Session, x thing) error {
		_, err := w.MarkPresence(ctx, s, x.id, PresenceInput{Members: []Attendance{{Member: someone, State: "present"}}})
		return err
	}, []string{CodeInvalid}, []string{"draft", "convened"}},
	{"session.declare", func(ctx context.Context, w *world, s Session, x thing) error {
		_, err := w.DeclareInterests(ctx, s, x.id, InterestsInput{})
		return err
	}, []string{CodeInvalid}, []string{"draft", "convened", "open"}},
	{"session.convene", func(ctx context.Context, w *world, s Session, x thing) error {
		_, err := w.CheckSession(ctx, s, x.id)
		return err
	}, []string{""}, []string{"draft"}},
	{"session.read", func(ctx context.Context, w *world, s Session, x thing) error {
		_, err := w.SessionView(ctx, s, x.id)
		return err
	}, []string{""}, nil},
}

var decisionAttempts = []attempt{
	{"decision.sign", func(ctx context.Context, w *world, s Session, x thing) error {
		_, err := w.SignDecision(ctx, s, x.id, SignInput{Content: fmt.Sprintf("%064x", 1)})
		return err
	}, []string{CodeConflict}, []string{"submitted"}},
	{"decision.send-back", func(ctx context.Context, w *world, s Session, x thing) error {
		_, err := w.SendBackDecision(ctx, s, x.id, CancelInput{Reason: "x"})
		return err
	}, beyond, []string{"submitted"}},
	{"decision.number", func(ctx context.Context, w *world, s Session, x thing) error {
		_, err := w.NumberDecision(ctx, s, x.id, NumberInput{Number: 7, Date: "2023-11-15"})
		return err
	}, beyond, []string{"signed"}},
	{"decision.submit", func(ctx context.Context, w *world, s Session, x thing) error {
		_, err := w.SubmitDecision(ctx, s, x.id)
		return err
	}, beyond, []string{"draft"}},
	{"decision.draft", func(ctx context.Context, w *world, s Session, x thing) error {
		_, err := w.DraftDecision(ctx, s, DraftDecisionInput{Proposals: x.proposals})
		return err
	}, []string{CodeConflict, CodeNotReady}, []string{"draft"}},
	{"decision.correct", func(ctx context.Context, w *world, s Session, x thing) error {
		_, err := w.CorrectionForm(ctx, s, x.id)
		return err
	}, []string{""}, []string{"numbered"}},
	{"decision.read", func(ctx context.Context, w *world, s Session, x thing) error {
		_, err := w.DecisionView(ctx, s, x.id)
		return err
	}, []string{""}, nil},
}

// tryAll tries every attempt in every state by every seat.
func tryAll(t *testing.T, w *world, attempts []attempt, things []thing, seats []seat, read string, stands func(at string, s seat) bool) {
	t.Helper()
	table := readRows(t)
	for _, a := range attempts {
		require.NotEmpty(t, table.of(a.action), a.action)
		for _, x := range things {
			if a.only != nil && !contains(a.only, x.state) {
				continue
			}
			for _, s := range seats {
				now, _ := granted(table.of(a.action), s, x.state, stands)
				sees, _ := granted(table.of(read), s, x.state, stands)
				code := codeOf(a.do(context.Background(), w, w.sitting(s), x))
				what := fmt.Sprintf("%s of %q tries %s in state %s: %q", s.role, s.unit, a.action, x.state, code)
				switch {
				case now:
					assert.Contains(t, a.through, code, what)
				case !sees && a.action != "decision.draft":
					assert.Equal(t, CodeNotFound, code, "what may not be seen reads like nothing: %s", what)
				default:
					assert.Contains(t, []string{CodeForbidden, CodeNotFound}, code, what)
				}
			}
		}
	}
}

func TestThePermissionMatrixOnSessionsAndDecisions(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	secretary, chair := w.as("hd-secretary"), w.as("hg-chair")
	var sessions []thing
	for _, state := range []string{"draft", "convened", "open", "cancelled"} {
		p := w.send("BKT-PT", voting, person("Nguyễn Văn "+state))
		v, err := w.DraftSession(ctx, secretary, DraftSessionInput{Title: "Họp", HeldOn: "2023-11-20"})
		require.NoError(t, err)
		v, err = w.PutOnAgenda(ctx, secretary, v.ID, AgendaInput{Proposals: []string{p.ID}})
		require.NoError(t, err)
		if state != "draft" {
			_, err = w.Convene(ctx, secretary, v.ID)
			require.NoError(t, err)
		}
		var present []string
		for _, seat := range v.Roster {
			present = append(present, seat.User)
		}
		switch state {
		case "open":
			_, err = w.OpenSession(ctx, secretary, v.ID, OpenInput{Present: present})
		case "cancelled":
			_, err = w.CancelSession(ctx, chair, v.ID, CancelInput{Reason: "x"})
		}
		require.NoError(t, err)
		sessions = append(sessions, thing{state: state, id: v.ID, item: v.Agenda[0].Item})
	}
	decisions := w.decisionsInEveryState()
	w.deaf()

	var seats []seat
	for _, unit := range []string{theCouncil, standing, authority, proposer, district, "hoi-dong-tdkt-phung-hiep", "phong-noi-vu-phung-hiep", ""} {
		for _, r := range everyRole {
			seats = append(seats, seat{r, unit})
		}
	}
	tryAll(t, w, sessionAttempts, sessions, seats, "session.read", func(at string, s seat) bool {
		return at == "council" && s.unit == theCouncil || at == "served" && s.unit == standing
	})
	tryAll(t, w, decisionAttempts, decisions, seats, "decision.read", func(at string, s seat) bool {
		return at == "standing" && s.unit == standing || at == "deciding" && s.unit == authority || at == "own" && s.unit == proposer
	})
}

// decisionsInEveryState makes one decision per state.
func (w *world) decisionsInEveryState() []thing {
	t, ctx := w.t, context.Background()
	t.Helper()
	head := w.as(w.standingLogin())
	var out []thing
	for _, state := range []string{"draft", "submitted", "signed", "numbered"} {
		ps := w.passed("Lê Văn " + state)
		d, err := w.DraftDecision(ctx, head, DraftDecisionInput{Proposals: []string{ps[0].ID}})
		require.NoError(t, err)
		if state != "draft" {
			_, err = w.SubmitDecision(ctx, head, d.ID)
			require.NoError(t, err)
		}
		if state == "signed" || state == "numbered" {
			_, err = w.SignDecision(ctx, w.as(w.holder(authority, proposal.RoleSigner)), d.ID, SignInput{Content: d.Content})
			require.NoError(t, err)
		}
		if state == "numbered" {
			_, err = w.NumberDecision(ctx, w.as("hg-registrar"), d.ID, NumberInput{Number: 5, Date: "2023-11-15"})
			require.NoError(t, err)
			_, err = w.Store.SetDocument(ctx, d.ID, fmt.Sprintf("%064x", 1)) // issued: its units see it
			require.NoError(t, err)
		}
		row, err := w.Store.DecisionByID(ctx, d.ID)
		require.NoError(t, err)
		require.Equal(t, state, row.Phase)
		out = append(out, thing{state: state, id: d.ID, proposals: []string{ps[0].ID}})
	}
	return out
}
