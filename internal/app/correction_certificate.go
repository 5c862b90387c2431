package app

import (
	"context"
	"strings"

	"vinhdanh/internal/decision"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// correct lets a certificate say what is right where its award was corrected.
func (l CertificateLine) correct(c *decision.Certificate) {
	if len(l.Corrected) > 0 {
		c.Entry.Name, c.Entry.Position, c.Entry.Workplace = l.content.Name, l.content.Position, l.content.Workplace
	}
}

// stale tells whether the certificate that stands prints what was corrected since.
func (l CertificateLine) stale() bool {
	if l.Certificate == nil || len(l.Corrected) == 0 {
		return false
	}
	c, err := certificateOf(*l.Certificate)
	if err != nil {
		return false // its own page says what is wrong with it
	}
	now := c
	l.correct(&now)
	return now.Entry != c.Entry
}

// FieldText is how a field that can be corrected is called for a kind of subject.
func FieldText(field, kind string) law.Text {
	switch {
	case field == "position":
		return law.Text{VI: "chức vụ", EN: "position"}
	case field == "unit" && kind == "individual":
		return law.Text{VI: "nơi công tác", EN: "workplace"}
	case field == "unit":
		return law.Text{VI: "đơn vị", EN: "unit"}
	case kind == "individual":
		return law.Text{VI: "họ và tên", EN: "name"}
	}
	return law.Text{VI: "tên", EN: "name"}
}

// CorrectedText says in words what was corrected, and by which decision.
func CorrectedText(c Corrected, locale string) string {
	field, day := FieldText(c.Field, "individual"), ""
	if c.Date != nil {
		day = c.Date.Format("02/01/2006")
	}
	return pick(locale, "đính chính "+field.VI+": “"+c.Was+"” → “"+c.Is+"” (Quyết định số "+c.Number+", "+day+")",
		field.EN+" corrected: “"+c.Was+"” → “"+c.Is+"” (Decision No. "+c.Number+", "+day+")")
}

// correct adds to an award of a ledger what of it was corrected; the last word stands.
func (e *LedgerEntry) correct(all []Corrected) {
	for _, c := range all {
		if c.Recognition != e.ID {
			continue
		}
		if e.Item == nil { // a case that the reader does not see
			c.Item = ""
		}
		e.Corrected = append(e.Corrected, c)
		switch c.Field {
		case proposal.FieldName:
			e.Named = c.Is
		case proposal.FieldUnit:
			e.Workplace = c.Is
		}
	}
}

// correctedWords says all that was corrected, in the reader's language.
func correctedWords(list []Corrected, locale string) string {
	out := make([]string, len(list))
	for i, c := range list {
		out[i] = CorrectedText(c, locale)
	}
	return strings.Join(out, "; ")
}

// correctionsIn says what of a case's items was corrected since it was awarded.
func (a *App) correctionsIn(ctx context.Context, items []postgres.Item) (map[string][]Corrected, error) {
	var ids []string
	for _, it := range items {
		if it.Outcome == string(proposal.OutcomeRecognised) {
			ids = append(ids, it.ID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	list, err := a.Store.CorrectionsOfItems(ctx, ids)
	if err != nil {
		return nil, internal("read the corrections", err)
	}
	return byItem(list), nil
}

// withCorrections adds what was corrected to the lines of the gold book.
func (a *App) withCorrections(ctx context.Context, lines []GoldBookLine) error {
	items := make([]string, len(lines))
	for i, l := range lines {
		items[i] = l.Item
	}
	list, err := a.Store.CorrectionsOfItems(ctx, items)
	if err != nil {
		return internal("read the corrections", err)
	}
	of := byItem(list)
	for i := range lines {
		lines[i].Corrected = of[lines[i].Item]
	}
	return nil
}
