package dossier

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"vinhdanh/internal/duplicate"
	"vinhdanh/internal/law"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// Words that people say of a pair (postgres.DuplicateWord). The empty one is unsaid.
const (
	WordSame      = "same"              // the same subject, the same achievement
	WordOther     = "other_achievement" // the same subject, another achievement
	WordDifferent = "different"         // another subject
	WordUndone    = "undone"            // what was said before is taken back
)

// Hit is a pair that an item is part of, with what was said of it last.
type Hit struct {
	postgres.DuplicateHit
	Pair postgres.DuplicatePair
	Word string // "" while nobody has said anything, or it was undone
}

// Open tells whether the pair still waits for a person's word.
func (h Hit) Open() bool { return h.Word == "" }

// classes are the classes of the awards of all law data that this process has loaded:
// what is a title stays one.
var classes sync.Map

func learnClasses(l *law.Law) {
	l.Each(func(_ string, entry any) {
		if a, ok := entry.(*law.Award); ok {
			classes.Store(a.Code, a.Class)
		}
	})
	for _, code := range l.StateAwards() {
		aboves.Store(code, true)
	}
}

func classOf(award string) string {
	if c, ok := classes.Load(award); ok {
		return c.(string)
	}
	return ""
}

// Probe is what is looked for in the place of an item's content.
func Probe(unit, campaign, award, self string, c proposal.ItemContent) postgres.DuplicateProbe {
	return postgres.DuplicateProbe{Self: self, Drafts: []string{unit}, Entry: duplicate.Entry{
		Kind: c.Kind, Name: c.Name, Sex: c.Sex, BirthYear: c.BirthYear, Unit: unit, Workplace: c.Workplace,
		Award: award, Campaign: campaign, PeriodKind: c.PeriodKind, Period: c.Period, Achievement: c.Achievement,
	}}
}

// Duplicates finds for each item of a case who else is proposed, or was rewarded, for
// what could be the same, the strongest first.
func Duplicates(ctx context.Context, store *postgres.Store, p postgres.Proposal, items []postgres.Item) ([][]Hit, error) {
	campaign := ""
	if p.Campaign != nil {
		campaign = *p.Campaign
	}
	probes := make([]postgres.DuplicateProbe, len(items))
	for i, it := range items {
		probes[i] = Probe(p.Unit, campaign, p.Award, it.ID, it.Content)
	}
	return FindDuplicates(ctx, store, probes)
}

// FindDuplicates is Duplicates for any probes: rows of a list, or what is being typed.
func FindDuplicates(ctx context.Context, store *postgres.Store, probes []postgres.DuplicateProbe) ([][]Hit, error) {
	if len(probes) == 0 {
		return nil, nil
	}
	f, err := Finder(ctx, store)
	if err != nil {
		return nil, err
	}
	return FindWith(ctx, store, f, probes)
}

// Finder looks for the duplicates of a long list part by part, with FindWith.
func Finder(ctx context.Context, store *postgres.Store) (*postgres.DuplicateFinder, error) {
	f, err := store.DuplicateFinder(ctx, duplicate.Default(), classOf)
	if err != nil {
		return nil, fmt.Errorf("dossier: make ready to find duplicates: %w", err)
	}
	return f, nil
}

// FindWith is FindDuplicates for a part of a list.
func FindWith(ctx context.Context, store *postgres.Store, f *postgres.DuplicateFinder, probes []postgres.DuplicateProbe) ([][]Hit, error) {
	found, err := f.Find(ctx, probes)
	if err != nil {
		return nil, fmt.Errorf("dossier: find duplicates: %w", err)
	}
	var pairs []postgres.DuplicatePair
	out := make([][]Hit, len(probes))
	if found, err = withSaid(ctx, store, probes, found); err != nil {
		return nil, err
	}
	for i, hits := range found {
		for _, h := range hits {
			hit := Hit{DuplicateHit: h}
			if probes[i].Self != "" {
				hit.Pair = postgres.PairOf(probes[i].Self, h.Other.ID)
				pairs = append(pairs, hit.Pair)
			}
			out[i] = append(out[i], hit)
		}
	}
	if len(pairs) == 0 {
		return out, nil
	}
	words, err := store.LastWords(ctx, pairs)
	if err != nil {
		return nil, fmt.Errorf("dossier: read what was said of duplicates: %w", err)
	}
	for i := range out {
		for j := range out[i] {
			if w := words[out[i][j].Pair].Word; w != WordUndone {
				out[i][j].Word = w
			}
		}
	}
	return out, nil
}

// withSaid adds the pairs that a person found to be the same though they look alike no
// longer: what was said holds whatever is written into the item afterwards.
func withSaid(ctx context.Context, store *postgres.Store, probes []postgres.DuplicateProbe, found [][]postgres.DuplicateHit) ([][]postgres.DuplicateHit, error) {
	at, ids, there := map[string]int{}, []string{}, map[postgres.DuplicatePair]bool{}
	for i, p := range probes {
		if p.Self == "" {
			continue
		}
		at[p.Self], ids = i, append(ids, p.Self)
		for _, h := range found[i] {
			there[postgres.PairOf(p.Self, h.Other.ID)] = true
		}
	}
	if len(ids) == 0 {
		return found, nil
	}
	said, err := store.PairsSaid(ctx, WordSame, ids)
	if err != nil {
		return nil, fmt.Errorf("dossier: read what was said of duplicates: %w", err)
	}
	said = slices.DeleteFunc(said, func(p postgres.DuplicatePair) bool { return there[p] })
	if len(said) == 0 {
		return found, nil
	}
	weighed, err := WeighPairs(ctx, store, said)
	if err != nil {
		return nil, fmt.Errorf("dossier: weigh duplicates: %w", err)
	}
	for _, p := range said {
		w, ok := weighed[p]
		if i, mine := at[p.Low]; ok && mine && w.High.Live {
			found[i] = append(found[i], postgres.DuplicateHit{Match: w.Match, Other: w.High})
		}
		if i, mine := at[p.High]; ok && mine && w.Low.Live {
			found[i] = append(found[i], postgres.DuplicateHit{Match: w.Match, Other: w.Low})
		}
	}
	return found, nil
}

// OpenPairs weighs the pairs of items that wait for a person's word, as they stand now:
// those that are still alike, with both sides still in play.
func OpenPairs(ctx context.Context, store *postgres.Store, items []string) (map[postgres.DuplicatePair]postgres.WeighedPair, error) {
	pairs, err := store.OpenPairs(ctx, items)
	if err != nil || len(pairs) == 0 {
		return nil, err
	}
	weighed, err := WeighPairs(ctx, store, pairs)
	for p, w := range weighed {
		if w.Match.Level == duplicate.None || !w.Low.Live || !w.High.Live {
			delete(weighed, p)
		}
	}
	return weighed, err
}

// KeepDuplicates puts the hits of a case on the list of what people have to look at.
func KeepDuplicates(ctx context.Context, store *postgres.Store, hits [][]Hit) error {
	var pairs []postgres.DuplicatePair
	for _, hs := range hits {
		for _, h := range hs {
			if h.Pair.Low != "" {
				pairs = append(pairs, h.Pair)
			}
		}
	}
	if err := store.KeepHits(ctx, pairs); err != nil {
		return fmt.Errorf("dossier: keep duplicates: %w", err)
	}
	return nil
}

// AddDuplicates sets whether an item's achievement was rewarded already: it was, when a
// person has said that a rewarded entry is the same; it is unknown, whatever the unit
// declared, while a strong hit waits for a person or while the same stands twice.
// Otherwise the unit's word stands.
func AddDuplicates(f *eval.Facts, hits []Hit) {
	for _, h := range hits {
		switch {
		case h.Word == WordSame && h.Other.Rewarded:
			yes := true
			f.AlreadyRewarded = &yes
			return
		case h.Word == WordSame, h.Open() && h.Match.Level == duplicate.Strong:
			if f.AlreadyRewarded == nil || !*f.AlreadyRewarded {
				f.AlreadyRewarded = nil
			}
		}
	}
}

// WeighPairs weighs pairs as they stand now.
func WeighPairs(ctx context.Context, store *postgres.Store, pairs []postgres.DuplicatePair) (map[postgres.DuplicatePair]postgres.WeighedPair, error) {
	return store.WeighPairs(ctx, duplicate.Default(), classOf, pairs)
}
