package postgres

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"vinhdanh/internal/duplicate"
)

const (
	// candidates is how many entries of one blocking key are looked at: the names that
	// more people bear than that in one year or unit say little.
	candidates = 64
	// bearers is up to how many bearers of a name are counted.
	bearers = 40
)

// DuplicateProbe is an entry that is looked for: an item as it stands or is typed, or
// a row of a list.
type DuplicateProbe struct {
	duplicate.Entry
	Self string // the entry's own id, if it has one
	// Drafts are the units whose drafts count too: others see only what was sent.
	Drafts []string
}

// DuplicateSide is an entry that could be the same, and where it stands.
type DuplicateSide struct {
	ID           string  `db:"id"` // the item's or record's
	Item         *string `db:"item"`
	Record       *string `db:"record"`
	Name         string  `db:"name"`
	Kind         string  `db:"kind"`
	BirthYear    int     `db:"birth_year"`
	Unit         string  `db:"unit"`
	UnitName     string  `db:"unit_name"`
	Award        string  `db:"award"`
	PeriodKind   string  `db:"period_kind"`
	Period       string  `db:"period"`
	Decision     string  `db:"decision"`
	Proposal     string  `db:"proposal"`
	Submission   string  `db:"submission"`
	Ref          string  `db:"ref"`
	CampaignText string  `db:"campaign_text"`
	Number       int     `db:"number"`
	Outcome      string  `db:"outcome"`
	Rewarded     bool    `db:"rewarded"` // recognised by a decision, or a record of one
	Live         bool    `db:"live"`     // it still counts: not withdrawn, not refused, not moved to a lower award
}

// DuplicateHit is a pair with its match.
type DuplicateHit struct {
	Match duplicate.Match
	Other DuplicateSide
}

// Classes gives the class of each award: title or form.
type Classes func(award string) string

// FindDuplicates says for each probe who could be the same for the same merit, the
// strongest first. It reads only, apart from catching up with the index.
func (s *Store) FindDuplicates(ctx context.Context, m *duplicate.Model, classOf Classes, probes []DuplicateProbe) ([][]DuplicateHit, error) {
	if len(probes) == 0 {
		return [][]DuplicateHit{}, nil
	}
	f, err := s.DuplicateFinder(ctx, m, classOf)
	if err != nil {
		return nil, err
	}
	return f.Find(ctx, probes)
}

// DuplicateFinder looks among the entries as they stood when it was made, a part of a
// long list at a time. It is safe for concurrent use.
type DuplicateFinder struct {
	store   *Store
	model   *duplicate.Model
	classOf Classes
	tree    tree
}

// DuplicateFinder catches up with the index and reads the tree of units, once for
// however many parts.
func (s *Store) DuplicateFinder(ctx context.Context, m *duplicate.Model, classOf Classes) (*DuplicateFinder, error) {
	if _, err := s.IndexDuplicates(ctx, indexNow); err != nil {
		return nil, err
	}
	t, err := readTree(ctx, s.pool)
	return &DuplicateFinder{store: s, model: m, classOf: classOf, tree: t}, err
}

// Find is FindDuplicates for some probes.
func (f *DuplicateFinder) Find(ctx context.Context, probes []DuplicateProbe) ([][]DuplicateHit, error) {
	s, t, out := f.store, f.tree, make([][]DuplicateHit, len(probes))
	ready, err := s.readyOf(ctx, t, f.classOf, probes)
	if err != nil {
		return nil, err
	}
	pairs, err := s.candidatesOf(ctx, ready)
	if err != nil {
		return nil, err
	}
	sides, err := s.sidesOf(ctx, t, f.classOf, pairs)
	if err != nil {
		return nil, err
	}
	often, err := s.nameCounts(ctx, ready, pairs)
	if err != nil {
		return nil, err
	}
	for _, p := range pairs {
		side, ok := sides[p.entry]
		probe := &probes[p.n]
		if !ok || !side.Live || side.ID == probe.Self || side.Number == 0 && side.Item != nil && !slices.Contains(probe.Drafts, side.Unit) {
			continue
		}
		if match := f.model.Compare(ready[p.n], side.prepared, often); match.Level != duplicate.None {
			out[p.n] = append(out[p.n], DuplicateHit{Match: match, Other: side.DuplicateSide})
		}
	}
	for i := range out {
		slices.SortStableFunc(out[i], func(a, b DuplicateHit) int { return b.Match.Score - a.Match.Score })
	}
	return out, nil
}

// readyOf works the probes out, with their units and personal numbers.
func (s *Store) readyOf(ctx context.Context, t tree, classOf Classes, probes []DuplicateProbe) ([]*duplicate.Prepared, error) {
	subjects, err := s.knownOf(ctx, probes)
	if err != nil {
		return nil, err
	}
	ready := make([]*duplicate.Prepared, len(probes))
	for i := range probes {
		e := probes[i].Entry
		if k, ok := subjects[probes[i].Self]; ok {
			e.Token, e.Subject, e.Identity, e.Follows = cmp.Or(e.Token, k.Token), k.Subject, k.Identity, k.Follows
		}
		e.Roots, e.Above, e.Is, e.Class = t.roots(e.Unit), t.above(e.Unit), t.named(e.Kind, e.Name), classOf(e.Award)
		ready[i] = duplicate.Prepare(e)
	}
	return ready, nil
}

// known is what is known of an item's subject beyond its name.
type known struct {
	ID       string   `db:"id"`
	Subject  string   `db:"subject"`
	Token    string   `db:"token"` // keyed hash of the personal number
	Identity string   `db:"identity"`
	Follows  []string `db:"follows"`
}

// knownOf reads what is known of the subjects of items.
func (s *Store) knownOf(ctx context.Context, probes []DuplicateProbe) (map[string]known, error) {
	out, ids := map[string]known{}, []string{}
	for _, p := range probes {
		if p.Self != "" {
			ids = append(ids, p.Self)
		}
	}
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := list[known](ctx, s.pool, `select i.id::text, i.subject, `+fmt.Sprintf(knownSelect, "i")+` from items i where i.id = any($1::uuid[])`, ids)
	for _, r := range rows {
		out[r.ID] = r
	}
	return out, err
}

// side is a candidate worked out.
type side struct {
	DuplicateSide
	prepared *duplicate.Prepared
}

type sideRow struct {
	DuplicateSide
	EntryID   uuid.UUID `db:"entry_id"`
	Sex       string    `db:"sex"`
	BirthDate string    `db:"birth_date"`
	Token     string    `db:"token"`
	Subject   string    `db:"subject"`
	Identity  string    `db:"identity"`
	Follows   []string  `db:"follows"`
	Roots     []string  `db:"roots"`
	IsUnits   []string  `db:"is_units"`
	Workplace string    `db:"workplace"`
	Campaign  string    `db:"campaign"`
	Sketch    []int32   `db:"sketch"`
	Quoted    []string  `db:"quoted"`
}

const sideSelect = `
	select e.id::text, e.id as entry_id, e.item::text, e.record::text, e.name, e.kind, e.birth_year, e.unit, coalesce(u.name, e.unit) as unit_name,
		e.award, e.period_kind, e.period, e.decision, coalesce(p.id::text, '') as proposal, coalesce(p.submission::text, '') as submission,
		coalesce(p.ref, '') as ref, coalesce(c.data ->> 'title', p.campaign, '') as campaign_text, coalesce(p.number, 0) as number,
		coalesce(i.outcome, '') as outcome, e.record is not null or i.outcome = 'recognised' as rewarded,
		exists (select 1 from live_recognitions r where r.id = e.record)
			or coalesce(i.outcome in ('', 'passed', 'recognised') and not (p.closed and i.outcome = ''), false) as live,
		e.sex, e.birth_date, e.token, e.subject, e.identity, e.follows, e.roots, e.is_units, e.workplace, e.campaign, e.sketch, e.quoted
	from duplicate_entries e left join items i on i.id = e.item left join proposals p on p.id = i.proposal
	left join units u on u.id = e.unit left join campaigns c on c.id = p.campaign `

// sidesOf reads the candidates' entries, each once.
func (s *Store) sidesOf(ctx context.Context, t tree, classOf Classes, pairs []candidate) (map[uuid.UUID]side, error) {
	ids, seen := []uuid.UUID{}, map[uuid.UUID]bool{}
	for _, p := range pairs {
		if !seen[p.entry] {
			seen[p.entry] = true
			ids = append(ids, p.entry)
		}
	}
	out := make(map[uuid.UUID]side, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := list[sideRow](ctx, s.pool, sideSelect+`where e.id = any($1)`, ids)
	for _, r := range rows {
		out[r.EntryID] = side{r.DuplicateSide, r.prepared(t, classOf)}
	}
	return out, err
}

func (r *sideRow) prepared(t tree, classOf Classes) *duplicate.Prepared {
	return duplicate.Restore(duplicate.Entry{
		ID: r.ID, Kind: r.Kind, Name: r.Name, Sex: r.Sex, BirthYear: r.BirthYear, BirthDate: r.BirthDate, Token: r.Token,
		Subject: r.Subject, Identity: r.Identity, Follows: r.Follows,
		Unit: r.Unit, Roots: r.Roots, Above: t.above(r.Unit), Is: r.IsUnits,
		Award: r.Award, Class: classOf(r.Award), Campaign: r.Campaign, PeriodKind: r.PeriodKind, Period: r.Period,
	}, duplicate.Stored{Workplace: r.Workplace, Sketch: r.Sketch, Quoted: r.Quoted})
}
