package cases

import (
	"strconv"
	"strings"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

func itoa(n int) string { return strconv.Itoa(n) }

// PaperField is how a return points at a paper: "paper/" and the paper's kind.
const PaperField = "paper/"

// FieldName is the name of a field on screen: of an item, or of a paper.
func FieldName(c *ui.Context, field string) string {
	for _, f := range app.ItemFields() {
		if f.Field == field {
			if c.Lang == "en" {
				return f.Name.EN
			}
			return f.Name.VI
		}
	}
	if kind, ok := strings.CutPrefix(field, PaperField); ok {
		return c.T("cases.paper.of", PaperName(c, kind))
	}
	return field
}

// CorrectedField is what a field that was corrected is called for a kind of subject.
func (p page) CorrectedField(field, kind string) string {
	t := app.FieldText(field, kind)
	if p.c.Lang == "en" {
		return t.EN
	}
	return t.VI
}

// ownPapers are kinds of paper that are given with acts; the others are named by
// the law's data.
var ownPapers = map[string]string{
	"minutes": "cases.paper.minutes", "letter": "cases.paper.letter", "opinion": "cases.paper.opinion", "report": "cases.paper.report", "list": "cases.paper.list",
	"consultation": "cases.paper.consultation", "comment": "cases.paper.comment", "upward_letter": "cases.paper.upward_letter",
	"upward_decision": "cases.paper.upward_decision", "initiative": "cases.paper.initiative", "other": "cases.paper.other",
}

// PaperName is the name of a kind of paper.
func PaperName(c *ui.Context, kind string) string {
	if key, ok := ownPapers[kind]; ok {
		return c.T(key)
	}
	if c.App.Law != nil {
		if p, err := c.App.Law.Paper(kind); err == nil {
			if c.Lang == "en" {
				return p.Names.EN
			}
			return p.Names.VI
		}
	}
	return kind
}
