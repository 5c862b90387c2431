package app

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"sync"

	"golang.org/x/sync/errgroup"

	"vinhdanh/internal/dossier"
	"vinhdanh/internal/importing"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// previews keeps the few previews that people are looking at: a list of thousands
// of rows is read once, not for each page of it. What is kept is read only.
type previews struct {
	mu   sync.Mutex
	kept []keptPreview // newest last
}

type keptPreview struct {
	key string
	pre *ImportPreview
}

// keptPreviews bounds the memory: a list of 10,000 rows takes some tens of MB.
const keptPreviews = 4

func (p *previews) get(key string) *ImportPreview {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, k := range p.kept {
		if k.key == key {
			return k.pre
		}
	}
	return nil
}

func (p *previews) put(key string, pre *ImportPreview) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.kept = append(p.kept, keptPreview{key, pre})
	if len(p.kept) > keptPreviews {
		p.kept = append([]keptPreview(nil), p.kept[len(p.kept)-keptPreviews:]...)
	}
}

// preview reads a list and says what the law says of each row. Its answer may be
// shared and is not changed.
func (a *App) preview(ctx context.Context, file []byte, in ImportInput) (*ImportPreview, error) {
	options, err := json.Marshal(in)
	if err != nil {
		return nil, internal("encode the options", err)
	}
	key := fmt.Sprintf("%x %s %s %s", sha256.Sum256(file), a.law().Hash(), a.Today(), options)
	if pre := a.previews.get(key); pre != nil {
		return pre, nil
	}
	wb, pre, err := a.readList(ctx, file, in)
	if err != nil {
		return nil, err
	}
	out := &ImportPreview{Preview: pre, Workbook: wb}
	regime, err := a.law().RegimeOn(a.Today())
	if err != nil {
		return nil, fromLaw(err)
	}
	subjects, err := a.subjectsOfRows(ctx, pre, in)
	if err != nil {
		return nil, err
	}
	group, within := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		out.Verdicts, err = a.rowVerdicts(within, pre, in, regime.ID, subjects)
		return err
	})
	group.Go(func() (err error) {
		out.Quotas, err = a.quotasOfRows(within, regime.ID, pre, in, subjects)
		return err
	})
	if err := group.Wait(); err != nil {
		return nil, err
	}
	a.previews.put(key, out)
	return out, nil
}

// previewChunk is how many items are looked up and judged at once: one query for all
// their duplicates, while the chunk before is being judged.
const (
	previewChunk   = 1000
	previewWorkers = 4 // two at the database while two judge, on the smallest machine
)

// rowItem is one item of one row on its way to a verdict.
type rowItem struct {
	facts eval.Facts // with what the ledger and the units tree say
	probe postgres.DuplicateProbe
}

// rowVerdicts says what the law says of each item of each row, and who else stands for
// the same. Chunks of rows are looked up and judged side by side; each writes its own
// places, so the answer is the same in whatever order they end.
func (a *App) rowVerdicts(ctx context.Context, pre *importing.Preview, in ImportInput, regime string, subjects []string) ([]RowVerdict, error) {
	out, items, err := a.rowItems(ctx, pre, in, subjects)
	if err != nil {
		return nil, err
	}
	rules, known := a.rules(), &sync.Map{}
	finder, err := dossier.Finder(ctx, a.Store)
	if err != nil {
		return nil, internal("find duplicates", err)
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(previewWorkers)
	for from := 0; from < len(out); from += previewChunk {
		to := min(from+previewChunk, len(out))
		group.Go(func() error { return a.chunkVerdicts(ctx, rules, finder, regime, items[from:to], out[from:to], known) })
	}
	return out, group.Wait()
}

// rowItems collects the items that the rows ask for, with their facts.
func (a *App) rowItems(ctx context.Context, pre *importing.Preview, in ImportInput, subjects []string) ([]RowVerdict, []rowItem, error) {
	n := len(subjects) // one for each award of each row
	out, items := make([]RowVerdict, 0, n), make([]rowItem, 0, n)
	facts, contents := make([]eval.Facts, 0, n), make([]proposal.ItemContent, 0, n)
	for _, r := range pre.Rows {
		for _, aw := range r.Awards {
			if aw.Code == "" {
				continue
			}
			c, f := readOf(r.Row, aw, in)
			f = dossier.StatedAs(f, c)
			f.Type = in.Type
			facts, contents = append(facts, f), append(contents, c)
			items = append(items, rowItem{probe: dossier.Probe(in.Unit, in.Campaign, aw.Code, "", c)})
			out = append(out, RowVerdict{Sheet: r.Sheet, Line: r.Line, Award: aw.Code})
		}
	}
	if err := a.rowLedger(ctx, in, out, facts, contents, subjects); err != nil {
		return nil, nil, err
	}
	for i := range items {
		items[i].facts = facts[i]
	}
	return out, items, nil
}

// chunkVerdicts fills the verdicts of some items.
func (a *App) chunkVerdicts(ctx context.Context, rules *eval.Evaluator, finder *postgres.DuplicateFinder, regime string, items []rowItem, out []RowVerdict, known *sync.Map) error {
	probes := make([]postgres.DuplicateProbe, len(items))
	for i := range items {
		probes[i] = items[i].probe
	}
	hits, err := dossier.FindWith(ctx, a.Store, finder, probes)
	if err != nil {
		return internal("find duplicates", err)
	}
	for i := range items {
		if len(hits[i]) > 0 {
			out[i].Duplicate, out[i].Strength = duplicateSentence(hits[i][0].Match.Level, "", false), hits[i][0].Match.Level
		}
		dossier.AddDuplicates(&items[i].facts, hits[i])
		if err := verdictOf(rules, regime, items[i].facts, &out[i], known); err != nil {
			return err
		}
	}
	return nil
}

// verdictOf judges one item. Items whose facts are alike get the verdict that the first of
// them got: the rules are pure.
func verdictOf(rules *eval.Evaluator, regime string, f eval.Facts, v *RowVerdict, known *sync.Map) error {
	raw, err := json.Marshal(f.Alike())
	if err != nil {
		return internal("encode the facts", err)
	}
	key := v.Award + " " + string(raw)
	if was, ok := known.Load(key); ok {
		v.Verdict, v.Criteria, v.Sentence = was.(RowVerdict).Verdict, was.(RowVerdict).Criteria, was.(RowVerdict).Sentence
		return nil
	}
	res, err := rules.Judge(regime, v.Award, f)
	if err != nil {
		return fromLaw(err)
	}
	v.Verdict, v.Criteria, v.Sentence = string(res.Verdict), string(res.Criteria), res.Sentence
	known.Store(key, *v)
	return nil
}
