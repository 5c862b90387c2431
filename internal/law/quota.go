package law

import (
	"cmp"
	"fmt"
	"slices"

	"vinhdanh/internal/council"
)

// Quota caps the number of those proposed for one award by a share of those who hold
// or are proposed for another. It is a warning for people who choose, never a
// refusal of one item; before the Council it also cuts where its data say so (Does).
type Quota struct {
	Entry   `yaml:"-" json:"-"`
	Cite    `yaml:",inline"`
	Code    string   `yaml:"code" json:"code"`
	Regimes []string `yaml:"regimes" json:"regimes"`
	Text    Text     `yaml:"text" json:"text"`
	Award   string   `yaml:"award" json:"award,omitempty"`     // counted
	Of      string   `yaml:"of" json:"of,omitempty"`           // the award whose holders are the base; itself: of those proposed
	Percent int64    `yaml:"percent" json:"percent,omitempty"` // at most so many of a hundred
	Per     string   `yaml:"per" json:"per"`                   // unit: of each proposing unit; list: of the whole list; subject_year
	// Number names, with per: subject_year, how many awards decided above the province one
	// subject is proposed for in a calendar year (section numbers).
	Number string `yaml:"number" json:"number,omitempty"`
	// Off is an example that some province had: it is shown, and counts only where the
	// province's own data switch it on.
	Off bool `yaml:"off" json:"off,omitempty"`
	// Does is what the quota does where more pass the Council's vote than it allows: warn,
	// as everywhere (empty), or cut. Order then says who comes first, Beyond what becomes
	// of the others.
	Does   string        `yaml:"does" json:"does,omitempty"`
	Order  council.Order `yaml:"order" json:"order,omitempty"`   // votes in favour (or empty), share of them, or council: it orders all itself
	Beyond string        `yaml:"beyond" json:"beyond,omitempty"` // not_passed (empty) or deferred
}

// Where a Quota is counted.
const (
	PerUnit        = "unit"
	PerList        = "list"
	PerSubjectYear = "subject_year" // of each subject in a calendar year
)

// QuotaRow is one item of a list: who is proposed for what, by which unit, for which
// period. Subject tells apart; rows of one subject count once.
type QuotaRow struct {
	Subject    string
	Kind       Kind
	Award      string
	Unit       string
	PeriodKind string
	Period     string
	// Holds says that the subject has the award already (ledger): it counts as base only.
	Holds bool
	// Name is how texts name the subject; Others how many other State-level awards the
	// subject is proposed for or was given in the year, nil where nobody counted.
	Name   string
	Others *int64
	// Item is whose row it is, where somebody asks for QuotaCount.Items.
	Item string
}

// QuotaCount is what a list makes of a quota.
type QuotaCount struct {
	Code    string `json:"code"`
	Award   string `json:"award"`
	Kind    Kind   `json:"kind,omitempty"` // of a campaign's number, where it names one
	Unit    string `json:"unit,omitempty"` // of a quota of each unit
	Period  string `json:"period,omitempty"`
	Count   int64  `json:"count"`          // proposed
	Base    int64  `json:"base,omitempty"` // holders of the other award, or proposed for it
	Limit   int64  `json:"limit"`          // how many fit
	Known   bool   `json:"known"`          // false: the base is not known, a person must look
	Over    bool   `json:"over"`
	Text    Text   `json:"text"`
	Article string `json:"article"`
	Mark    Mark   `json:"mark"`
	// Cuts: before the Council no more than Limit pass, by the quota's own order.
	Cuts bool `json:"cuts,omitempty"`
	// Left is what a campaign's number that cuts still allows: those that passed elsewhere are
	// taken off. Nil: Limit is.
	Left   *int64        `json:"left,omitempty"`
	Order  council.Order `json:"order,omitempty"`
	Beyond string        `json:"beyond,omitempty"`
	Items  []string      `json:"-"` // the rows counted, by QuotaRow.Item
}

// quotaGroup is one count: of a unit or of the whole list, in one period.
type quotaGroup struct{ unit, kind, period string }

// Quotas counts the rows of a list against the quotas of a regime. declared are the
// holders that a unit states, by unit and period (DeclaredKey); where a base is
// neither declared nor among the rows it is not known. Units come in their order of
// first appearance. Exact integers: the limit is the share rounded down.
func (l *Law) Quotas(regime string, rows []QuotaRow, declared map[string]int64) []QuotaCount {
	out := []QuotaCount{}
	seen := map[string]bool{}
	for _, q := range l.document.Quotas {
		if seen[q.Code] {
			continue
		}
		seen[q.Code] = true
		found, from, ok := pick(l, l.document.Quotas, regime, func(x *Quota) ([]string, bool) { return x.Regimes, x.Code == q.Code })
		if !ok || found.Off {
			continue
		}
		if found.Per == PerSubjectYear {
			out = append(out, l.aYear(found, found.Cite.assumed(from), regime, rows)...)
			continue
		}
		out = append(out, found.count(found.Cite.assumed(from), rows, declared)...)
	}
	return out
}

// QuotaBases are the awards whose holders are the base of a quota on an award that is
// counted in each unit: what a unit states beside its list.
func (l *Law) QuotaBases(award string) []string {
	var out []string
	for _, q := range l.document.Quotas {
		if q.Award == award && q.Per == PerUnit && !slices.Contains(out, q.Of) {
			out = append(out, q.Of)
		}
	}
	return out
}

// DeclaredKey names a unit's own count of holders of an award in a period.
func DeclaredKey(award, unit, periodKind, period string) string {
	return award + "\x00" + unit + "\x00" + periodKind + "\x00" + PlainPeriod(periodKind, period)
}

func (q *Quota) count(cite Cite, rows []QuotaRow, declared map[string]int64) []QuotaCount {
	var order []quotaGroup
	counted, base := map[quotaGroup]map[string]bool{}, map[quotaGroup]map[string]bool{}
	items := map[quotaGroup][]string{}
	add := func(to map[quotaGroup]map[string]bool, g quotaGroup, subject string) {
		if to[g] == nil {
			to[g] = map[string]bool{}
		}
		to[g][subject] = true
	}
	for _, r := range rows {
		g := q.group(r)
		if r.Award == q.Of {
			add(base, g, r.Subject)
		}
		if r.Award == q.Award && !r.Holds {
			if counted[g] == nil {
				order = append(order, g)
			}
			add(counted, g, r.Subject)
			items[g] = append(items[g], r.Item)
		}
	}
	var out []QuotaCount
	for _, g := range order {
		n, known := q.base(g, rows, base[g], declared)
		c := q.say(cite, g, int64(len(counted[g])), n, known)
		c.Items = items[g]
		out = append(out, c)
	}
	return out
}

func (q *Quota) group(r QuotaRow) quotaGroup {
	g := quotaGroup{kind: r.PeriodKind, period: PlainPeriod(r.PeriodKind, r.Period)}
	if q.Per == PerUnit {
		g.unit = r.Unit
	}
	return g
}

// base is the number of holders: as declared by the unit, or of all units of the
// list; else as counted.
func (q *Quota) base(g quotaGroup, rows []QuotaRow, counted map[string]bool, declared map[string]int64) (int64, bool) {
	if q.Per == PerUnit {
		if n, ok := declared[DeclaredKey(q.Of, g.unit, g.kind, g.period)]; ok {
			return n, true
		}
		return int64(len(counted)), len(counted) > 0
	}
	sum, all := int64(0), true
	units := []string{}
	for _, r := range rows {
		if r.PeriodKind == g.kind && !slices.Contains(units, r.Unit) && PlainPeriod(r.PeriodKind, r.Period) == g.period {
			units = append(units, r.Unit)
			n, ok := declared[DeclaredKey(q.Of, r.Unit, g.kind, g.period)]
			sum, all = sum+n, all && ok
		}
	}
	if all && len(units) > 0 {
		return sum, true
	}
	return int64(len(counted)), len(counted) > 0
}

func (q *Quota) say(cite Cite, g quotaGroup, count, base int64, known bool) QuotaCount {
	c := QuotaCount{Code: q.Code, Award: q.Award, Unit: g.unit, Period: g.period, Count: count, Base: base, Known: known, Article: cite.Article, Mark: cite.Mark}
	if q.Does == QuotaCuts && known {
		c.Cuts, c.Order, c.Beyond = true, cmp.Or(q.Order, council.OrderVotes), q.Beyond
	}
	label := cite.Label()
	if !known {
		c.Text = Text{
			VI: fmt.Sprintf("%s: đề nghị %d, chưa biết số %s để tính %d %%; cần người xem. Căn cứ: %s.", q.Text.VI, count, q.Of, q.Percent, label.VI),
			EN: fmt.Sprintf("%s: %d proposed; the number of %s is not known to take %d %% of; a person must look. Source: %s.", q.Text.EN, count, q.Of, q.Percent, label.EN),
		}
		return c
	}
	c.Limit = base * q.Percent / 100
	c.Over = count > c.Limit
	vi, en := "trong mức", "within it"
	if c.Over {
		vi, en = fmt.Sprintf("vượt %d", count-c.Limit), fmt.Sprintf("%d over", count-c.Limit)
	}
	c.Text = Text{
		VI: fmt.Sprintf("%s: đề nghị %d trên %d, tối đa %d – %s. Căn cứ: %s.", q.Text.VI, count, base, c.Limit, vi, label.VI),
		EN: fmt.Sprintf("%s: %d proposed of %d, at most %d – %s. Source: %s.", q.Text.EN, count, base, c.Limit, en, label.EN),
	}
	if c.Cuts {
		c.Text = c.Text.with(CutSaid(c.Order))
	}
	return c
}

func (k *checker) quotas() {
	for _, q := range k.l.document.Quotas {
		what := "quota " + q.Code
		k.scoped(q.Pos, what, q.Regimes)
		k.cite(q.Pos, what, q.Cite)
		k.text(q.Pos, what, q.Text)
		k.cuts(q, what)
		if q.Per == PerSubjectYear {
			k.aYear(q, what)
			continue
		}
		for _, code := range []string{q.Award, q.Of} {
			if _, err := k.l.Award(code); err != nil {
				k.add(q.Pos, "%s: there is no award %q", what, code)
			}
		}
		if q.Percent <= 0 || q.Percent > 100 || q.Per != PerUnit && q.Per != PerList {
			k.add(q.Pos, "%s: needs a percent between 1 and 100, and per: unit or list", what)
		}
	}
}
