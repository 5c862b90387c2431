package clerk

import (
	"encoding/json"
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// rowList is a fact that is a list of rows.
type rowList struct {
	Path, Fact string
	Columns    []rowColumn
}

// rowColumn is one column of a row. A column of words is a choice.
type rowColumn struct {
	Name, Type string // Type: text, period, date, count, flag, word, award
	Words      []string
}

// rowLists are the lists that a form may ask for. Every field of a row has its
// column, so that saving the form loses none.
var rowLists = []rowList{
	{"facts.ratings", "ratings", []rowColumn{{"period", "period", nil}, {"rating", "word", ratings}}},
	{"facts.titles", "titles", []rowColumn{{"award", "award", nil}, {"period", "period", nil}, {"number", "text", nil}, {"date", "date", nil}}},
	{"facts.initiatives", "initiatives", []rowColumn{
		{"kind", "word", works}, {"scope", "word", scopes}, {"period", "period", nil}, {"number", "text", nil}, {"date", "date", nil},
		{"issuer", "text", nil}, {"authors", "count", nil}, {"own_certificate", "flag", nil}, {"valid_until", "date", nil},
	}},
	{"facts.members.list", "members.total", []rowColumn{
		{"name", "text", nil}, {"rating", "word", ratings}, {"ldtt", "flag", nil}, {"cstdcs", "flag", nil}, {"discipline", "word", disciplines},
	}},
}

// maxRows is how many rows of a list a form carries.
const maxRows = 200

// rows reads the rows of a list. A row with anything in it is kept. The box "none"
// says that there are none, which is something else than not having looked.
func (r *formReader) rows(l rowList) {
	n, err := strconv.Atoi(r.c.Field("rows." + l.Path))
	if err != nil || n < 0 || n > maxRows {
		n = 0
	}
	list := []map[string]any{}
	for i := range n {
		if row := r.row(l, i); len(row) > 0 {
			list = append(list, row)
		}
	}
	if len(list) == 0 && !r.c.Checked("none."+l.Path) {
		r.set(l.Path, "")
		return
	}
	raw, _ := json.Marshal(list) // plain values always encode
	r.set(l.Path, string(raw))
}

// row is one row; nothing where all its columns are empty.
func (r *formReader) row(l rowList, i int) map[string]any {
	row := map[string]any{}
	dated := false
	for _, col := range l.Columns {
		name := l.Path + "." + strconv.Itoa(i) + "." + col.Name
		v := r.c.Field(name)
		switch {
		case col.Type == "period":
			row["period"] = period(v)
			dated = v != ""
		case v == "":
		case col.Type == "flag":
			row[col.Name] = v == "yes"
		case col.Type == "count":
			n, ok := digits(v)
			if !ok {
				r.wrong.Fields = append(r.wrong.Fields, app.FieldError{Field: name, Rule: "value"})
				continue
			}
			row[col.Name] = json.Number(n)
		default:
			row[col.Name] = v
		}
	}
	if _, has := row["period"]; has && !dated && len(row) == 1 {
		return nil
	}
	return row
}

// shownRow is one row of a list as the form shows it.
type shownRow struct {
	Prefix string
	Cells  []shownCell
}

// shownCell is one question of a row.
type shownCell struct {
	rowColumn
	Value   string
	Options []ui.Option
}

// shownRows lays rows out as questions, with blank ones at the end.
func (l rowList) shownRows(c *ui.Context, raw string, awards []ui.Option) ([]shownRow, error) {
	var rows []map[string]json.RawMessage
	if raw != "" {
		if err := json.Unmarshal([]byte(raw), &rows); err != nil {
			return nil, err
		}
	}
	rows = append(rows, make([]map[string]json.RawMessage, blanks)...)
	out := make([]shownRow, len(rows))
	for i, row := range rows {
		out[i].Prefix = l.Path + "." + strconv.Itoa(i) + "."
		for _, col := range l.Columns {
			cell := shownCell{rowColumn: col, Value: plain(string(row[col.Name]))}
			switch col.Type {
			case "award":
				cell.Options = awards
			case "period":
				var p struct{ Label string }
				_ = json.Unmarshal(row[col.Name], &p) // absent in a blank row
				cell.Value = p.Label
			default:
				cell.Options = factField{Type: col.Type, Words: col.Words}.options(c)
			}
			out[i].Cells = append(out[i].Cells, cell)
		}
	}
	return out, nil
}
