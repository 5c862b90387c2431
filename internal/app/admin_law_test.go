package app

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/dossier"
	"vinhdanh/internal/law"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/postgres"
)

// zipped is a directory of law data as an administrator uploads it: the built-in one
// with texts replaced.
func zipped(t *testing.T, file string, replace ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range law.Default().Files() {
		if name == file {
			for i := 0; i < len(replace); i += 2 {
				require.Contains(t, text, replace[i])
			}
			text = strings.NewReplacer(replace...).Replace(text)
		}
		f, err := z.Create("law/" + name)
		require.NoError(t, err)
		_, err = f.Write([]byte(text))
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return b.Bytes()
}

// dearer is the built-in data with another base salary.
func dearer(t *testing.T) []byte {
	return zipped(t, "money.yaml", "from: 2023-07-01, dong: 1800000", "from: 2023-07-01, dong: 1900000")
}

func TestLawDataAreCheckedToldAndActivated(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	admin := w.as("hg-admin")
	before := w.sent(t)["CSTDT"]
	got, err := w.UploadLaw(ctx, admin, LawUpload{File: dearer(t), Note: "mức lương mới"})
	require.NoError(t, err)
	require.True(t, got.Valid, "%v", got.Problems)
	require.Len(t, got.Changes, 1)
	assert.Contains(t, got.Changes[0].Sentence.VI, "từ 1.800.000 đồng thành 1.900.000 đồng")
	assert.Equal(t, law.Default().Hash(), w.law().Hash(), "an upload changes nothing that holds")

	_, err = w.ActivateLaw(ctx, admin, ActivateInput{Hash: got.Summary.Hash, From: "2023-11-19", Note: "x"})
	assert.Equal(t, CodeInvalid, asError(err).Code, "not in the past")
	_, err = w.ActivateLaw(ctx, admin, ActivateInput{Hash: strings.Repeat("0", 64), From: "2023-11-20", Note: "x"})
	assert.Equal(t, CodeNotFound, asError(err).Code)
	_, err = w.ActivateLaw(ctx, admin, ActivateInput{Hash: got.Summary.Hash, From: "2023-12-01", Note: "Nghị định mới"})
	require.NoError(t, err)
	assert.Equal(t, law.Default().Hash(), w.law().Hash(), "not before its day")

	// Another process takes it up on its day.
	rules, err := eval.New(law.Default())
	require.NoError(t, err)
	other := dossier.NewInForce(w.Store, dossier.NewPinned(w.Store, law.Default(), rules), law.Default(), rules, func() law.Date { return law.MustDate("2023-12-01") })
	require.NoError(t, other.Refresh(ctx))
	assert.Equal(t, got.Summary.Hash, other.Law().Hash())

	w.Today = func() law.Date { return law.MustDate("2023-12-01") }
	status, err := w.LawStatus(ctx, w.as("hg-auditor"))
	require.NoError(t, err)
	assert.Equal(t, got.Summary.Hash, status.InForce.Hash)
	assert.Equal(t, law.Default().Hash(), status.BuiltIn)
	assert.Equal(t, postgres.LawUse{Hash: law.Default().Hash(), Cases: status.Uses[0].Cases}, status.Uses[0], "open cases keep theirs and say which")
	p, err := w.Proposal(ctx, w.as("hg-auditor"), before.ID, false)
	require.NoError(t, err)
	assert.Equal(t, law.Default().Hash(), p.LawHash)

	// Back again: the later word of one day holds.
	_, err = w.ActivateLaw(ctx, admin, ActivateInput{Hash: law.Default().Hash(), From: "2023-12-01", Note: "quay lại", Nonce: "n"})
	require.NoError(t, err)
	assert.Equal(t, law.Default().Hash(), w.law().Hash())
	events, err := w.AdminEvents(ctx, admin, EventsQuery{Action: "law."})
	require.NoError(t, err)
	assert.Len(t, events, 3)
}

func TestWhatIsSentAfterwardsPinsTheNewData(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	got, err := w.UploadLaw(ctx, w.as("hg-admin"), LawUpload{File: dearer(t)})
	require.NoError(t, err)
	_, err = w.ActivateLaw(ctx, w.as("hg-admin"), ActivateInput{Hash: got.Summary.Hash, From: "2023-11-20", Note: "x"})
	require.NoError(t, err)
	p := w.sent(t)["CSTDT"]
	assert.Equal(t, got.Summary.Hash, p.LawHash)
}

func TestBadLawDataAreRefusedWithFileAndLine(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	admin := w.as("hg-admin")
	for name, c := range map[string]struct {
		file  string
		edit  []string
		where string
	}{
		"unknown key":  {"money.yaml", []string{"base_salary:", "base_salary:\n  - {from: 2031-01-01, dong: 1, colour: red, article: x, mark: old}"}, "money.yaml"},
		"dangling":     {"awards.yaml", []string{"LDTT_RATING", "NO_SUCH_CRITERION"}, "awards.yaml:"},
		"failing case": {"criteria-titles.yaml", []string{`{name: "hoàn thành xuất sắc", facts: {rating: EXCELLENT}, want: met}`, `{name: "hoàn thành xuất sắc", facts: {rating: EXCELLENT}, want: not_met}`}, "criteria-titles.yaml:"},
		"expression":   {"criteria-titles.yaml", []string{`expr: "rating >= GOOD"`, `expr: "rating >= "`}, "criteria-titles.yaml:"},
	} {
		got, err := w.UploadLaw(ctx, admin, LawUpload{File: zipped(t, c.file, c.edit...)})
		require.NoError(t, err, name)
		assert.False(t, got.Valid, name)
		require.NotEmpty(t, got.Problems, name)
		told := ""
		for _, p := range got.Problems {
			require.NotEqual(t, p.VI, p.EN, name)
			told += p.VI + "\n"
		}
		assert.Contains(t, told, c.where, name)
	}
	drafts, err := w.Store.LawDrafts(ctx)
	require.NoError(t, err)
	assert.Empty(t, drafts, "what is not valid is not kept")
	for name, file := range map[string][]byte{"no zip": []byte("hello"), "empty zip": emptyZip(t), "bomb": bomb(t)} {
		_, err := w.UploadLaw(ctx, admin, LawUpload{File: file})
		assert.Contains(t, []string{CodeBadFile, CodeTooLarge}, asError(err).Code, name)
	}
	for _, login := range []string{"hg-auditor", "pgd-clerk", "hg-chair"} {
		_, err := w.UploadLaw(ctx, w.as(login), LawUpload{File: dearer(t)})
		assert.Equal(t, CodeForbidden, asError(err).Code, login)
	}
	_, err = w.UploadLaw(ctx, w.districtAdmin(), LawUpload{File: dearer(t)})
	assert.Equal(t, CodeForbidden, asError(err).Code, "a district's administrator changes no law")
}

func emptyZip(t *testing.T) []byte {
	var b bytes.Buffer
	require.NoError(t, zip.NewWriter(&b).Close())
	return b.Bytes()
}

// bomb is small and unpacks to far more than law data may hold.
func bomb(t *testing.T) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	f, err := z.Create("a.yaml")
	require.NoError(t, err)
	_, err = f.Write(bytes.Repeat([]byte(" "), 64<<20))
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return b.Bytes()
}

// What was found of past cases is judged again under stricter data; names only for
// who sees the case.
func TestASimulationTellsWhoseResultChanges(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	w.found(w.sent(t)["LDTT"])
	same, err := w.UploadLaw(ctx, w.as("hg-admin"), LawUpload{File: dearer(t)})
	require.NoError(t, err)
	sim, err := w.Simulate(ctx, w.as("hg-admin"), SimulateInput{Hash: same.Summary.Hash})
	require.NoError(t, err)
	assert.Positive(t, sim.Judged)
	assert.Zero(t, sim.Changed, "money changes no verdict")

	const titles = "source: S69\n    papers: [{paper: TO_TRINH}, {paper: BAO_CAO}, {paper: BIEN_BAN}]\n  - code: TITLE\n    regimes: [R2, R3]"
	fewer, err := w.UploadLaw(ctx, w.as("hg-admin"), LawUpload{File: zipped(t, "papers.yaml", titles, "source: S69\n    papers: []\n  - code: TITLE\n    regimes: [R2, R3]")})
	require.NoError(t, err)
	require.True(t, fewer.Valid, "%v", fewer.Problems)
	sim, err = w.Simulate(ctx, w.as("hg-admin"), SimulateInput{Hash: fewer.Summary.Hash})
	require.NoError(t, err)
	require.Positive(t, sim.Changed)
	assert.Positive(t, sim.By["PAPER_BAO_CAO"], "the conditions that fell away are named: %v", sim.By)
	for _, o := range sim.Outcomes {
		assert.Empty(t, o.Name, "an administrator sees no case")
		assert.NotEmpty(t, o.Ref)
	}
	audit, err := w.Simulate(ctx, w.as("hg-auditor"), SimulateInput{Hash: fewer.Summary.Hash})
	require.NoError(t, err)
	require.Len(t, audit.Outcomes, len(sim.Outcomes))
	for _, o := range audit.Outcomes {
		assert.NotEmpty(t, o.Name)
	}
	_, err = w.Simulate(ctx, w.as("pgd-clerk"), SimulateInput{Hash: fewer.Summary.Hash})
	assert.Equal(t, CodeForbidden, asError(err).Code)
	none, err := w.Simulate(ctx, w.as("hg-admin"), SimulateInput{Hash: fewer.Summary.Hash, Since: "2024-01-01"})
	require.NoError(t, err)
	assert.Zero(t, none.Judged)
}

// found stores what the validation activity finds of a case.
func (w *world) found(p postgres.Proposal) {
	w.t.Helper()
	ctx := context.Background()
	items, err := w.Store.ItemsOf(ctx, p.ID, p.Revision)
	require.NoError(w.t, err)
	facts, err := dossier.Facts(ctx, w.Store, p, items)
	require.NoError(w.t, err)
	results, err := w.judge(ctx, p, items)
	require.NoError(w.t, err)
	row := postgres.Validation{Proposal: p.ID, Revision: p.Revision, LawHash: p.LawHash, Regime: p.Regime, FactsHash: "f", ResultHash: "r"}
	row.Facts, err = json.Marshal(facts)
	require.NoError(w.t, err)
	row.Result, err = json.Marshal(results)
	require.NoError(w.t, err)
	_, err = w.Store.PutValidation(ctx, row)
	require.NoError(w.t, err)
}

// hold lets the process be started with other law data.
func (w *world) hold(l *law.Law) {
	require.NoError(w.t, w.Store.KeepLaw(context.Background(), w.law().Hash(), w.law().Files())) // as sending does
	w.Law, w.Laws, w.Pinned = l, nil, nil
	w.withLaws()
}
