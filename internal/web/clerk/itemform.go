package clerk

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"

	"vinhdanh/internal/app"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/ui"
)

// factField is one fact of the form. Path is its place in the content; Fact the name
// by which the criteria ask for it ("" asks always).
type factField struct {
	Path, Fact, Type string // Type: word, flag, count, money
	Words            []string
}

var (
	ratings     = []string{"FAIL", "DONE", "GOOD", "EXCELLENT"}
	disciplines = []string{"NONE", "REPRIMAND", "WARNING", "DEMOTION", "DISMISSAL"}
	scopes      = []string{"GRASSROOTS", "FIELD", "PROVINCE", "NATION"}
)

// factFields are the facts that a form may ask for, in its order.
var factFields = []factField{
	{"facts.rating", "rating", "word", ratings},
	{"facts.discipline", "discipline", "word", disciplines},
	{"facts.members.total", "members.total", "count", nil},
	{"facts.members.task_done", "members.task_done", "count", nil},
	{"facts.members.ldtt", "members.ldtt", "count", nil},
	{"facts.members.cstdcs", "members.cstdcs", "count", nil},
	{"facts.members.discipline", "members.discipline", "word", disciplines},
	{"facts.campaign.level", "campaign.level", "word", scopes},
	{"facts.campaign.review_held", "campaign.review_held", "flag", nil},
	{"facts.campaign.selected", "campaign.selected", "flag", nil},
	{"facts.campaign.quota_stated", "campaign.quota_stated", "flag", nil},
	{"facts.campaign.quota_limit", "campaign.quota_limit", "count", nil},
	{"facts.campaign.quota_proposed", "campaign.quota_proposed", "count", nil},
	{"facts.contribution.amount", "contribution.amount", "money", nil},
	{"facts.contribution.threshold", "contribution.threshold", "money", nil},
	{"facts.adhoc.confirmed", "adhoc.confirmed", "flag", nil},
	{"facts.adhoc.influence", "adhoc.influence", "word", scopes},
	{"facts.quota.ldtt", "quota.ldtt", "count", nil},
	{"facts.quota.cstdcs_proposed", "quota.cstdcs_proposed", "count", nil},
	{"facts.local_criteria_met", "local_criteria_met", "flag", nil},
	{"facts.proposer_manages", "proposer_manages", "flag", nil},
	{"facts.on_hold", "on_hold", "flag", nil},
	{"facts.already_rewarded", "already_rewarded", "flag", nil},
	{"facts.unit_dissolved", "unit_dissolved", "flag", nil},
}

// rowLists are facts that are lists of rows, with the columns of a row.
var rowLists = []struct {
	Path, Fact string
	Columns    []string
}{
	{"facts.ratings", "ratings", []string{"period", "rating"}},
	{"facts.titles", "titles", []string{"award", "period", "number", "date"}},
	{"facts.initiatives", "initiatives", []string{"scope", "period", "number"}},
}

// plainFields are the fields of an item beside its facts.
var plainFields = []string{"form", "name", "sex", "position", "workplace", "achievement", "period_kind", "period", "note"}

// asked lists the names of the facts that a result tree used or missed.
func asked(n eval.Node, into map[string]bool) map[string]bool {
	for _, f := range n.Facts {
		into[f.Name] = true
	}
	for _, child := range n.Children {
		asked(child, into)
	}
	return into
}

// formReader lays what a form says over the fields of a content. Only what the form
// shows is taken; the rest stays as it is.
type formReader struct {
	c      *ui.Context
	fields map[string]string
	wrong  app.Error
}

// readItem lays what the form says over a content.
func readItem(c *ui.Context, old proposal.ItemContent) (proposal.ItemContent, error) {
	take(c)
	f, err := app.ContentFields(old)
	if err != nil {
		return old, err
	}
	r := formReader{c: c, fields: f, wrong: app.Error{Code: app.CodeInvalid}}
	for _, path := range plainFields {
		if r.shown(path) {
			r.set(path, quoted(c.Field(path)))
		}
	}
	r.number("birth_year")
	for _, x := range factFields {
		r.fact(x)
	}
	for _, l := range rowLists {
		if r.shown("rows." + l.Path) {
			r.set(l.Path, readRows(c, l.Path))
		}
	}
	if len(r.wrong.Fields) > 0 {
		return old, &r.wrong
	}
	return app.ContentOf(r.fields)
}

// shown tells whether the form has the field.
func (r *formReader) shown(path string) bool {
	_, ok := r.c.R.Form[path]
	return ok
}

func (r *formReader) set(path, value string) {
	if value == "" {
		delete(r.fields, path)
		return
	}
	r.fields[path] = value
}

func (r *formReader) number(path string) {
	if !r.shown(path) {
		return
	}
	v, ok := digits(r.c.Field(path))
	if !ok {
		r.wrong.Fields = append(r.wrong.Fields, app.FieldError{Field: path, Rule: "value"})
		return
	}
	r.set(path, v)
}

func (r *formReader) fact(x factField) {
	if !r.shown(x.Path) {
		return
	}
	switch v := r.c.Field(x.Path); x.Type {
	case "word":
		r.set(x.Path, quoted(v))
	case "flag":
		r.set(x.Path, map[string]string{"yes": "true", "no": "false"}[v])
	default:
		r.number(x.Path)
	}
}

var notDigits = regexp.MustCompile(`[.,\s]`)

// digits is a whole number as people write it: 1.000.000; "" is none.
func digits(v string) (string, bool) {
	v = notDigits.ReplaceAllString(v, "")
	if v == "" {
		return "", true
	}
	n, err := strconv.ParseInt(v, 10, 64)
	return strconv.FormatInt(n, 10), err == nil && n >= 0
}

func quoted(v string) string {
	if v == "" {
		return ""
	}
	raw, _ := json.Marshal(v) // a string always encodes
	return string(raw)
}

// readRows reads the rows of a list. The box "none" says that there are none, which
// is something else than not having looked.
func readRows(c *ui.Context, path string) string {
	n, err := strconv.Atoi(c.Field("rows." + path))
	if err != nil || n < 0 || n > 200 {
		n = 0
	}
	rows := []map[string]any{}
	for i := range n {
		get := func(column string) string { return c.Field(path + "." + strconv.Itoa(i) + "." + column) }
		row := map[string]any{}
		for _, column := range []string{"award", "rating", "scope", "number", "date"} {
			if v := get(column); v != "" {
				row[column] = v
			}
		}
		if row["award"] == nil && row["rating"] == nil && row["scope"] == nil {
			continue
		}
		row["period"] = period(get("period"))
		rows = append(rows, row)
	}
	if len(rows) == 0 && !c.Checked("none."+path) {
		return ""
	}
	raw, _ := json.Marshal(rows) // strings always encode
	return string(raw)
}

// period reads "2021-2022" as a school year and "2022" as a calendar year.
func period(label string) map[string]string {
	kind := "calendar"
	if strings.ContainsAny(label, "-–") {
		kind = "school"
	}
	return map[string]string{"kind": kind, "label": label}
}

// stripped takes the name of the content from the fields of an error, as the form
// names them.
func stripped(err error) error {
	e := app.ErrorOf(err)
	for i := range e.Fields {
		e.Fields[i].Field = strings.TrimPrefix(e.Fields[i].Field, "content.")
	}
	if e.Code == app.CodeInternal {
		return err
	}
	return e
}
