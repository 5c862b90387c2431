package app

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"sync"

	"vinhdanh/internal/dossier"
	"vinhdanh/internal/importing"
	"vinhdanh/internal/law"
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
	if out.Verdicts, err = a.rowVerdicts(ctx, pre, in, regime.ID, subjects); err != nil {
		return nil, err
	}
	if out.Quotas, err = a.quotasOfRows(ctx, regime.ID, pre, in, subjects); err != nil {
		return nil, err
	}
	a.previews.put(key, out)
	return out, nil
}

// rowVerdicts says what the law says of each item of each row, and who else stands for
// the same: the rows are looked up all at once.
func (a *App) rowVerdicts(ctx context.Context, pre *importing.Preview, in ImportInput, regime string, subjects []string) ([]RowVerdict, error) {
	var out []RowVerdict
	var facts []eval.Facts
	var contents []proposal.ItemContent
	var probes []postgres.DuplicateProbe
	for _, r := range pre.Rows {
		for _, aw := range r.Awards {
			if aw.Code == "" {
				continue
			}
			c := contentOf(r.Row, aw, in)
			f, err := factsOf(c)
			if err != nil {
				return nil, err
			}
			f.Kind = law.Kind(c.Kind)
			facts, contents = append(facts, f), append(contents, c)
			probes = append(probes, dossier.Probe(in.Unit, in.Campaign, aw.Code, "", c))
			out = append(out, RowVerdict{Sheet: r.Sheet, Line: r.Line, Award: aw.Code})
		}
	}
	if err := a.rowLedger(ctx, in, out, facts, contents, subjects); err != nil {
		return nil, err
	}
	hits, err := dossier.FindDuplicates(ctx, a.Store, probes)
	if err != nil {
		return nil, internal("find duplicates", err)
	}
	for i := range out {
		dossier.AddDuplicates(&facts[i], hits[i])
		res, err := a.rules().Evaluate(regime, out[i].Award, facts[i])
		if err != nil {
			return nil, fromLaw(err)
		}
		v := &out[i]
		v.Verdict, v.Criteria, v.Sentence = string(res.Verdict), string(res.Criteria), res.Sentence
		if len(hits[i]) > 0 {
			v.Duplicate, v.Strength = duplicateSentence(hits[i][0].Match.Level, "", false), hits[i][0].Match.Level
		}
	}
	return out, nil
}
