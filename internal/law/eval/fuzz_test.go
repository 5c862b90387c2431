package eval

import (
	"encoding/json"
	"io/fs"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/law"
)

func shipped(t testing.TB) map[string]string {
	t.Helper()
	disk := os.DirFS("../data")
	names, err := fs.Glob(disk, "*.yaml")
	require.NoError(t, err)
	out := map[string]string{}
	for _, name := range names {
		raw, err := fs.ReadFile(disk, name)
		require.NoError(t, err)
		out[name] = string(raw)
	}
	return out
}

// randomFacts draws facts, sensible and absurd ones, from a seed.
func randomFacts(r *rand.Rand) Facts {
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	flag := func() *bool {
		if r.IntN(3) == 0 {
			return nil
		}
		b := r.IntN(2) == 0
		return &b
	}
	num := func() *int64 {
		if r.IntN(4) == 0 {
			return nil
		}
		n := []int64{-1, 0, 1, 2, 3, 7, 10, 100, 1 << 40, 1<<63 - 1}[r.IntN(10)]
		return &n
	}
	period := func() Period {
		return Period{Kind: pick("", "calendar", "school", "range", "?"), Label: pick("", "2021", "2022", "2023", "2021-2022", "2022-2023", "x", "9999", "0000")}
	}
	day := func() law.Date { return law.Date{Year: 2021 + r.IntN(3), Month: 5, Day: 9} }
	rating := func() string { return pick("", "FAIL", "DONE", "GOOD", "EXCELLENT", "?") }
	f := Facts{Kind: law.Kind(pick("", "individual", "collective", "household", "?")), Period: period(), Rating: rating(),
		Discipline: pick("", "NONE", "WARNING", "?"), OnHold: flag(), AlreadyRewarded: flag(), ProposerManages: flag(),
		UnitDissolved: flag(), LocalCriteriaMet: flag(),
		Members:      Members{Total: num(), TaskDone: num(), LDTT: num(), CSTDCS: num(), Discipline: pick("", "NONE", "WARNING", "?")},
		Campaign:     Campaign{Level: pick("", "PROVINCE", "GRASSROOTS"), ReviewHeld: flag(), Selected: flag(), QuotaStated: flag(), QuotaLimit: num(), QuotaProposed: num()},
		Contribution: Contribution{Amount: num(), Threshold: num()}, Adhoc: Adhoc{Confirmed: flag(), Influence: pick("", "FIELD", "NATION", "?")},
		Quota: Quota{LDTT: num(), CSTDCSProposed: num()}}
	f.FrameworkMet, f.MinistryCertificate, f.ProposedRightAfter, f.SpecialMerit, f.CongressRound = flag(), flag(), flag(), flag(), flag()
	f.Occupation = pick("", "WORKER", "?")
	f.Campaign.Leader, f.Campaign.TermYears = flag(), num()
	f.Cluster = Cluster{Organiser: pick("", "PROVINCE", "NATION", "?"), Rank: num(), BestOfLeaders: flag()}
	f.Collective = Collective{TargetsExceeded: flag(), Unity: flag(), CleanParty: flag(), PartyOrganisation: flag()}
	f.Foreign, f.PublicComment = Foreign{Subject: flag(), Opinion: flag()}, PublicComment{Days: num()}
	if r.IntN(4) == 0 {
		f.Members.List = []Member{}
	}
	for range r.IntN(4) {
		f.Members.List = append(f.Members.List, Member{Rating: rating(), LDTT: flag(), CSTDCS: flag(), Discipline: pick("", "NONE", "WARNING", "?")})
	}
	if r.IntN(3) > 0 {
		f.Ratings, f.Titles, f.Initiatives, f.Papers = []PeriodRating{}, []Title{}, []Initiative{}, []string{}
	}
	for range r.IntN(6) {
		f.Ratings = append(f.Ratings, PeriodRating{Period: period(), Rating: rating()})
		f.Titles = append(f.Titles, Title{Award: pick("CSTDCS", "TTLDXS", ""), Period: period(), Number: pick("", "1", "2")})
		f.Initiatives = append(f.Initiatives, Initiative{Scope: pick("", "GRASSROOTS", "PROVINCE", "?"), Period: period(), Number: pick("", "1", "2"), Kind: pick("", "INITIATIVE", "RESEARCH", "?"),
			Issuer: pick("", "A", "B"), Authors: num(), OwnCertificate: flag(), Date: day(), ValidUntil: day()})
		f.Papers = append(f.Papers, pick("TO_TRINH", "BAO_CAO", "BIEN_BAN", "SANG_KIEN", "\x00"))
	}
	return f
}

// awardsIn are the codes of the awards that a regime has.
func awardsIn(regime string) []string {
	l := law.Default()
	r, err := l.Regime(regime)
	if err != nil {
		return nil
	}
	awards, err := l.Awards(r.From)
	if err != nil {
		return nil
	}
	codes := make([]string, len(awards))
	for i, a := range awards {
		codes[i] = a.Code
	}
	return codes
}

// bytesOf evaluates every award in every regime and returns the results as one.
func bytesOf(t testing.TB, e *Evaluator, f Facts) []byte {
	t.Helper()
	var all []Result
	for _, regime := range []string{"R1", "R2", "R3", "R4"} {
		for _, award := range awardsIn(regime) {
			r, err := e.Evaluate(regime, award, f)
			require.NoError(t, err, "facts never cause an error")
			all = append(all, r)
		}
	}
	raw, err := json.Marshal(all)
	require.NoError(t, err)
	return raw
}

// FuzzFacts: no facts make Evaluate fail or panic, and the same facts give the
// same bytes, also from a second evaluator and after a way through JSON.
func FuzzFacts(f *testing.F) {
	for seed := range uint64(40) {
		f.Add(seed)
	}
	first, err := New(law.Default())
	require.NoError(f, err)
	second, err := New(law.Default())
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, seed uint64) {
		given := randomFacts(rand.New(rand.NewPCG(seed, 1)))
		want := bytesOf(t, first, given)
		require.Equal(t, want, bytesOf(t, first, given))
		raw, err := json.Marshal(given)
		require.NoError(t, err)
		back, err := ParseFacts(raw)
		require.NoError(t, err)
		require.Equal(t, want, bytesOf(t, second, back))
	})
}

// FuzzExpression: no text makes the compiler or the evaluation panic or run on.
func FuzzExpression(f *testing.F) {
	for _, s := range []string{`rating >= GOOD`, `titles.consecutive("X", 3) || on_hold`, `initiatives.atLeast(1, GRASSROOTS, period.last(3))`,
		`ratings.run(GOOD, 2) == ratings.run(GOOD, 3)`, `titles == titles`, `[titles].exists(t, t.consecutive("X", 1))`,
		`papers.map(p, p + p).exists(p, p.matches("(a+)+$"))`, `type(titles) == type(periods)`, `dyn(period).last("x")`, `dyn(rating).consecutive(1, 2)`,
		`dyn(titles).atLeast(1, 2, 3)`, `string(dyn(titles)) == "x"`, `{"a": titles}["a"].consecutive("X", 1)`, `size(dyn(ratings)) > 0`, `has(dyn(titles).x)`,
		`initiatives.ofKind(RESEARCH).valid(1, PROVINCE, 3)`, `initiatives.ofKind(-1).ever(1, FIELD)`, `titles.ever("X", -5)`,
		`titles.atLeast("X", 9223372036854775807, ratings.run(GOOD, 2))`, `dyn(initiatives).ofKind(titles)`} {
		f.Add(s, uint64(7))
	}
	env, err := newEnv()
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, expr string, seed uint64) {
		p, err := compile(env, expr)
		if err != nil {
			return
		}
		e := &Evaluator{law: law.Default(), programs: map[string]*program{expr: p}}
		given := randomFacts(rand.New(rand.NewPCG(seed, 2)))
		var a, b Node
		e.leaf(&a, expr, "", "R3", &given)
		e.leaf(&b, expr, "", "R3", &given)
		require.Equal(t, a, b)
		require.Contains(t, []Verdict{Met, NotMet, NeedsPerson}, a.Result)
	})
}

// More facts never turn "met" or "not met" of the same facts into each other by
// leaving one out: a fact taken away can only make an answer less certain.
func TestMissingFactNeverDecides(t *testing.T) {
	t.Parallel()
	e := evaluator(t)
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 3))
		full := randomFacts(r)
		less := full
		switch r.IntN(12) {
		case 0:
			less.Titles = nil
		case 1:
			less.Initiatives = nil
		case 2:
			less.Members = Members{}
		case 3:
			less.OnHold, less.AlreadyRewarded, less.ProposerManages = nil, nil, nil
		case 4:
			less.Campaign = Campaign{}
		case 5:
			less.Papers = nil
		case 7:
			less.Cluster, less.Collective, less.Foreign, less.PublicComment = Cluster{}, Collective{}, Foreign{}, PublicComment{}
			less.FrameworkMet, less.SpecialMerit, less.Occupation = nil, nil, ""
		case 6:
			less.Contribution, less.Adhoc, less.Quota = Contribution{}, Adhoc{}, Quota{}
		case 8:
			less.Rating = ""
		case 9:
			less.Rating, less.Ratings = "", nil
		case 10:
			less.Period = Period{}
		case 11:
			less.Kind, less.Discipline = "", ""
		}
		if _, twice := (subject{facts: &full, rec: &recorder{}}).byYear(yearOf(full)); twice {
			less.Ratings = full.Ratings[:0:0] // two words for one year: who takes one away settles it
		}
		for _, regime := range []string{"R1", "R2", "R3"} {
			for _, award := range awardsIn(regime) {
				a, err := e.Evaluate(regime, award, full)
				require.NoError(t, err)
				b, err := e.Evaluate(regime, award, less)
				require.NoError(t, err)
				if b.Verdict != NeedsPerson {
					require.Equal(t, b.Verdict, a.Verdict, "seed %d, %s %s", seed, award, regime)
				}
			}
		}
	}
}

func yearOf(f Facts) int {
	y, _ := f.Period.year()
	return y
}

func BenchmarkEvaluate(b *testing.B) {
	e := evaluator(b)
	f := facts(b, `{"kind":"individual","period":{"kind":"school","label":"2022-2023"},"titles":[`+title("CSTDCS", "school", "2021-2022")+","+title("CSTDCS", "school", "2022-2023")+`],`+clean+`"rating":"GOOD"}`)
	for b.Loop() {
		if _, err := e.Evaluate("R1", "BKT-I", f); err != nil {
			b.Fatal(err)
		}
	}
}
