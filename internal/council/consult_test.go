package council

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
)

// asking is a written consultation of n members, an hour long, under an open rule
// that allows it.
func asking(n int, change func(*Rule)) Input {
	r := openRule
	r.Consult, r.Absent = true, AbsentNone // in writing is the only way, whatever a meeting would do
	if change != nil {
		change(&r)
	}
	in := input(n, r)
	in.Mode, in.Until = ModeWritten, start.Add(time.Hour)
	return in
}

// answer casts members' answers in writing.
func (d *driver) answer(choices string, who ...string) {
	d.t.Helper()
	for _, m := range who {
		d.do(ActionCast, "member", CastData{Member: m, Choices: choices, Written: true}, by(m))
	}
}

func TestConsultationTakesAnswersUntilItsTime(t *testing.T) {
	t.Parallel()
	d := opened(t, asking(10, nil), 0)
	d.answer("y", members(1, 7)...)
	d.refuse(envelope.CodeStage, ActionClose, "chair", nil)
	d.now = start.Add(2 * time.Hour)
	d.refuse(envelope.CodeStage, ActionCast, "member", CastData{Member: "m8", Choices: "y", Written: true}, by("m8"))
	row := d.do(ActionClose, "chair", nil).Results[0]
	require.Equal(t, Sum{Yes: 7, Written: 7, Base: 10, Needed: 7, Met: true}, row.Sum, "who did not answer stays in the base")
}

func TestConsultationIsCountedOnceAllHaveAnswered(t *testing.T) {
	t.Parallel()
	d := opened(t, asking(3, nil), 0)
	d.answer("n", members(1, 3)...)
	require.Equal(t, Sum{No: 3, Written: 3, Base: 3, Needed: 3}, d.do(ActionClose, "chair", nil).Results[0].Sum)
}

func TestFewerAnswersThanAQuorumDecideNothing(t *testing.T) {
	t.Parallel()
	d := opened(t, asking(10, nil), 0)
	d.answer("y", members(1, 6)...) // two thirds of ten are seven
	d.now = start.Add(2 * time.Hour)
	d.refuse(envelope.CodeStage, ActionClose, "chair", nil)
	d.do(ActionCancel, "chair", map[string]string{"reason": "too few answers"})
}

func TestSilenceAgreesOnlyWhereTheRuleSaysSo(t *testing.T) {
	t.Parallel()
	in := asking(10, func(r *Rule) { r.Silence = SilenceAgrees })
	in.Agenda[0].Recused = []string{"m10"}
	d := opened(t, in, 0)
	d.answer("n", members(1, 3)...)
	d.now = start.Add(2 * time.Hour)
	row := d.do(ActionClose, "chair", nil).Results[0]
	require.Equal(t, Sum{Yes: 6, No: 3, Written: 3, Silent: 6, Recused: 1, Base: 10, Needed: 7}, row.Sum, "nobody is silent for a member who is barred")

	in.Rules[0].ChairMustAgree, in.Rules[0].Threshold = true, Fraction{1, 2}
	d = opened(t, in, 0)
	d.now = start.Add(2 * time.Hour)
	require.False(t, d.do(ActionClose, "chair", nil).Results[0].Passed, "a chair who must agree has to say so")
}

func TestWhatNoConsultationTakes(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*Input)
		says   string
	}{
		"a rule that asks for a meeting": {func(in *Input) { in.Rules[0].Consult = false }, "asks for a meeting"},
		"no time to answer by":           {func(in *Input) { in.Until = time.Time{} }, "time to answer by"},
		"a meeting with a time":          {func(in *Input) { in.Mode = ModeMeeting }, "no day to answer by"},
		"another mode":                   {func(in *Input) { in.Mode = ModeNone }, "or a written consultation"},
	} {
		in := asking(5, nil)
		c.change(&in)
		err := in.check()
		require.Equal(t, envelope.CodeData, envelope.CodeOf(err), name)
		require.True(t, strings.Contains(err.Error(), c.says), "%s: %v", name, err)
	}
	d := convene(t, asking(5, nil))
	d.refuse(envelope.CodeData, ActionOpen, "chair", OpenData{Present: members(1, 5)})
	d.do(ActionOpen, "chair", OpenData{})
	d.refuse(envelope.CodeRole, ActionCast, "member", CastData{Member: "m2", Choices: "y"}, by("m2"))
}

// TestSecretConsultation: papers come in by post and are counted twice.
func TestSecretConsultation(t *testing.T) {
	t.Parallel()
	in := asking(10, func(r *Rule) { r.Ballot = BallotSecret })
	d := opened(t, in, 0)
	d.now = start.Add(2 * time.Hour)
	papers := PaperData{Issued: 10, Collected: 8, Written: 8, Items: []PaperItem{{Item: "a1", Yes: 7, No: 1}}}
	d.do(ActionCountPaper, "secretary", papers)
	d.do(ActionCountPaper, "member", papers, by("m2"))
	require.Equal(t, Sum{Yes: 7, No: 1, Written: 8, Base: 10, Needed: 7, Met: true}, d.do(ActionClose, "chair", nil).Results[0].Sum)
}

// TestOutlookOfAConsultation: everybody may answer, wherever he is.
func TestOutlookOfAConsultation(t *testing.T) {
	t.Parallel()
	in := asking(10, nil)
	in.Agenda[0].Recused = members(1, 3)
	require.Equal(t, Outlook{Base: 10, Needed: 7, Entitled: 7, Possible: true}, in.Outlook(0, nil))
}
