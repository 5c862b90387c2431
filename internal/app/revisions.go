package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"vinhdanh/internal/fields"
	"vinhdanh/internal/postgres"
)

// Comparison is what changed between two revisions of a case.
type Comparison struct {
	Proposal string         `json:"proposal"`
	Ref      string         `json:"ref"`
	From     int            `json:"from"`
	To       int            `json:"to"`
	Draft    bool           `json:"draft"` // To is not sent yet
	Items    []ComparedItem `json:"items"` // those that changed, in the order of the tờ trình
	Same     int            `json:"same"`  // items that did not
}

// ComparedItem is one item's changes, field by field.
type ComparedItem struct {
	Item     string          `json:"item"`
	Position int             `json:"position"`
	Name     string          `json:"name"`
	Changes  []ComparedField `json:"changes"`
}

// ComparedField is one changed field; long texts come in pieces.
type ComparedField struct {
	fields.Change
	Pieces []fields.Piece `json:"pieces,omitempty"`
}

// longText is the length in bytes from which a change is shown in pieces.
const longText = 40

// CompareRevisions says what changed between two revisions. 0 for from means the
// one before to; 0 for to means the newest that the session may see: the unit sees
// the one it is drafting, others what was sent.
func (a *App) CompareRevisions(ctx context.Context, s Session, id string, from, to int) (Comparison, error) {
	p, err := a.proposal(ctx, s, id)
	if err != nil {
		return Comparison{}, err
	}
	newest := p.Revision
	if holds(s, p.Unit) && drafting(p) {
		newest++
	}
	if to == 0 {
		to = newest
	}
	if from == 0 {
		from = max(to-1, 1)
	}
	if from < 1 || to > newest || from > to {
		return Comparison{}, &Error{Code: CodeNotFound, Detail: "revision"}
	}
	out := Comparison{Proposal: p.ID, Ref: p.Ref, From: from, To: to, Draft: to > p.Revision, Items: []ComparedItem{}}
	before, err := a.Store.ItemsOf(ctx, p.ID, from)
	if err != nil {
		return out, internal("read items", err)
	}
	after, err := a.openItems(ctx, s, p, to)
	if err != nil {
		return out, err
	}
	was := map[string]postgres.Item{}
	for _, it := range before {
		was[it.ID] = it
	}
	for _, it := range after {
		changes, err := comparedFields(s.seenItem(casePlace(p), was[it.ID]), s.seenItem(casePlace(p), it))
		if err != nil {
			return out, err
		}
		if len(changes) == 0 {
			out.Same++
			continue
		}
		out.Items = append(out.Items, ComparedItem{Item: it.ID, Position: it.Position, Name: it.Content.PrintedLine(), Changes: changes})
	}
	return out, nil
}

func comparedFields(from, to postgres.Item) ([]ComparedField, error) {
	if from.Commitment == to.Commitment {
		return nil, nil
	}
	a, err := flatItem(from.Content)
	if err != nil {
		return nil, err
	}
	b, err := flatItem(to.Content)
	if err != nil {
		return nil, err
	}
	var out []ComparedField
	for _, c := range fields.Changes(a, b) {
		f := ComparedField{Change: c}
		if len(c.From)+len(c.To) >= longText {
			f.Pieces = fields.Compare(c.From, c.To)
		}
		out = append(out, f)
	}
	return out, nil
}

func sha256Hex(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
