package app

import (
	"context"
	"errors"

	"vinhdanh/internal/dossier"
	"vinhdanh/internal/fields"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// SaveInput stores an item as it is typed. Base is the version that the writer
// started from; what others changed since then is kept.
type SaveInput struct {
	Item    string               `json:"item" validate:"required"`
	Base    int                  `json:"base" validate:"min=1"`
	Content proposal.ItemContent `json:"content"`
}

// SavedItem is an item after a save.
type SavedItem struct {
	Saved
	Item ItemView `json:"item"` // as it stands now, with the law's word
}

// SaveItem merges what was typed into what stands, field by field. A field that
// both changed to different values stays as the other one left it and is named:
// a person chooses, and saves again from the version that is returned.
func (a *App) SaveItem(ctx context.Context, s Session, in SaveInput) (SavedItem, error) {
	if err := a.checkExcept(in, "Content"); err != nil {
		return SavedItem{}, err
	}
	it, p, _, err := a.draftItem(ctx, s, "save-item", in.Item)
	if err != nil {
		return SavedItem{}, err
	}
	in.Content.Award = p.Award
	if err := a.typedWell(in.Content); err != nil {
		return SavedItem{}, err
	}
	var out SavedItem
	out.Version, err = a.Store.TypeItem(ctx, it.ID, in.Base, func(t postgres.Typed) (postgres.Kept, error) {
		m, err := mergeItem(t, tidy(in.Content))
		if err != nil {
			return postgres.Kept{}, err
		}
		out.Clashes, out.Foreign = m.clashes, m.form != nil
		d, err := drafted(m.content)
		return postgres.Kept{DraftedItem: d, Form: m.form}, err
	})
	if errors.Is(err, postgres.ErrNotDrafted) {
		return out, fail(CodeNotReady, "the case is on its way; ask for its return")
	}
	if err != nil {
		return out, storing("store item", err)
	}
	out.Item, err = a.Item(ctx, s, it.ID)
	return out, err
}

// mergedItem is what a save makes: the content that stands from now on, and what
// the writer's form shows where that is something else.
type mergedItem struct {
	content proposal.ItemContent
	clashes []fields.Clash
	form    *proposal.ItemContent
}

// mergeItem merges a typed content into the one that stands.
func mergeItem(t postgres.Typed, mine proposal.ItemContent) (mergedItem, error) {
	// Where the row stood in a sheet is no field of a form.
	mine.Sheet, mine.Line = t.Now.Sheet, t.Now.Line
	var base fields.Flat
	if t.Base != nil {
		b := *t.Base
		b.Sheet, b.Line = t.Now.Sheet, t.Now.Line
		var err error
		if base, err = flatItem(b); err != nil {
			return mergedItem{}, err
		}
	}
	my, err := flatItem(mine)
	if err != nil {
		return mergedItem{}, err
	}
	now, err := flatItem(t.Now)
	if err != nil {
		return mergedItem{}, err
	}
	got, clashes := fields.Merge(base, my, now)
	out := mergedItem{clashes: clashes}
	if err := got.Into(&out.content); err != nil {
		return out, internal("merge the item", err)
	}
	if out.content, err = coherent(out.content); err != nil {
		return out, err
	}
	if len(clashes) == 0 && len(fields.Changes(my, got)) == 0 {
		return out, nil
	}
	// The form does not show what others typed, so its next save must not undo it:
	// it starts from what the form shows. What clashed stays open.
	shown := fields.Unsettled(my, base, clashes)
	var form proposal.ItemContent
	if err := shown.Into(&form); err != nil {
		return out, internal("merge the item", err)
	}
	out.form = &form
	return out, nil
}

// flatItem is a content as fields, its facts in one form.
func flatItem(c proposal.ItemContent) (fields.Flat, error) {
	c, err := coherent(c)
	if err != nil {
		return nil, err
	}
	f, err := fields.Of(c)
	if err != nil {
		return nil, internal("read the item's fields", err)
	}
	return f, nil
}

// coherent makes kind and period of the facts those of the item.
func coherent(c proposal.ItemContent) (proposal.ItemContent, error) {
	f, err := factsOf(c)
	if err != nil {
		return c, err
	}
	if c.PeriodKind != "" || c.Period != "" {
		f.Period.Kind, f.Period.Label = c.PeriodKind, c.Period
	}
	if err := dossier.State(&c, f); err != nil {
		return c, internal("encode facts", err)
	}
	return c, nil
}
