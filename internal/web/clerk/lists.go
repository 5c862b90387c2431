package clerk

import (
	"bytes"
	"slices"
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/importing"
	"vinhdanh/internal/web/ui"
)

// xlsx is the media type of an Excel workbook.
const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

func listRoutes(m *ui.Mux) {
	m.Page("GET /lists/new", uploadForm)
	m.Page("POST /lists/new", upload)
	m.Page("GET /lists/template.xlsx", template)
	m.Page("GET /lists/{id}", preview)
	m.Page("POST /lists/{id}/changes", correct)
	m.Page("POST /lists/{id}/take-over", takeOver)
	m.Page("GET /lists/{id}/bad-rows.xlsx", badRows)
	m.Page("POST /lists/{id}/drop", dropList)
}

// uploadPage asks for an Excel list and what its sheet may not say.
type uploadPage struct{ beginPage }

func uploadForm(c *ui.Context) error {
	p, err := newBeginPage(c)
	if err != nil {
		return err
	}
	return c.Render("upload", uploadPage{p})
}

func upload(c *ui.Context) error {
	v, err := stage(c)
	if err != nil {
		p, perr := newBeginPage(c)
		if perr != nil {
			return perr
		}
		return c.Fail("upload", uploadPage{p}, err)
	}
	return c.Redirect("/lists/" + v.ID)
}

func stage(c *ui.Context) (app.StagedList, error) {
	file, err := c.Upload("file")
	if err != nil {
		return app.StagedList{}, err
	}
	return c.App.StageList(c, c.Session, file.Content, file.Name, app.ImportInput{
		Unit: c.Field("unit"), Campaign: c.Field("campaign"), Type: c.Field("type"), PeriodKind: c.Field("period_kind"), Period: c.Field("period"),
	})
}

func template(c *ui.Context) error {
	var b bytes.Buffer
	if err := c.App.Template(c, &b); err != nil {
		return err
	}
	return c.Download(c.T("clerk.template.name"), xlsx, &b)
}

// previewPage is a list as it would be taken over, a page of rows at a time, those
// with problems first.
type previewPage struct {
	List    app.StagedList
	Counts  importing.Counts
	Matched int
	Quotas  []app.QuotaCount
	Show    string // problems, all
	Rows    []previewRow
	Shown   int // rows that fit the filter
	Next    int
	Choices []choice // award texts that mean several awards
	Fields  int      // cells that can be corrected on this page
}

// previewRow is a row with its marks, what the law says, and cells to correct.
type previewRow struct {
	importing.PreviewRow
	Status   string // new, matched, warning, error
	Verdicts []app.RowVerdict
	Fixes    []fix
	Left     int // number of the box that leaves it out
}

// fix is one cell that can be corrected.
type fix struct {
	N       int
	Field   string
	Value   string
	Marks   []importing.Mark
	Options []ui.Option
}

// choice is an ambiguous award text with the awards that it may mean.
type choice struct {
	N          int
	Texts      string
	Kind       string // of the row that it was first met in
	Candidates []string
	Options    []ui.Option
}

// previewRows is how many rows a page of the preview shows.
const previewRows = 50

func preview(c *ui.Context) error {
	v, err := c.App.StagedList(c, c.Session, c.Path("id"))
	if err != nil {
		return err
	}
	if v.Submission != "" {
		return c.Redirect("/submissions/" + v.Submission)
	}
	return c.Render("preview", newPreviewPage(c, v))
}

func newPreviewPage(c *ui.Context, v app.StagedList) previewPage {
	p := previewPage{List: v, Counts: v.Preview.Counts, Matched: len(v.Matched), Quotas: v.Preview.Quotas, Show: c.Field("show")}
	if p.Show == "" {
		p.Show = "all"
		if p.Counts.Errors+p.Counts.Warnings > 0 {
			p.Show = "problems"
		}
	}
	offset, _ := strconv.Atoi(c.Field("offset")) // anything else is the first page
	var fit []importing.PreviewRow
	for _, r := range v.Preview.Rows {
		if p.Show == "all" || r.State != importing.StateNew {
			fit = append(fit, r)
		}
	}
	// Errors first: they stop the list.
	slices.SortStableFunc(fit, func(a, b importing.PreviewRow) int { return rank(a) - rank(b) })
	p.Shown = len(fit)
	offset = min(max(offset, 0), len(fit))
	fit = fit[offset:]
	if len(fit) > previewRows {
		fit, p.Next = fit[:previewRows], offset+previewRows
	}
	verdicts := map[app.RowRef][]app.RowVerdict{}
	for _, x := range v.Preview.Verdicts {
		at := app.RowRef{Sheet: x.Sheet, Line: x.Line}
		verdicts[at] = append(verdicts[at], x)
	}
	for _, r := range fit {
		at := app.RowRef{Sheet: r.Sheet, Line: r.Line}
		row := previewRow{PreviewRow: r, Status: string(r.State), Verdicts: verdicts[at]}
		if row.Status == "new" && slices.Contains(v.Matched, at) {
			row.Status = "matched"
		}
		p.fixes(c, &row)
		p.Rows = append(p.Rows, row)
	}
	p.Choices = choices(c, v)
	return p
}

func rank(r importing.PreviewRow) int {
	return map[importing.State]int{importing.StateError: 0, importing.StateWarning: 1}[r.State] + map[bool]int{true: 2}[r.State == importing.StateNew]
}

// fixes offers an input for each cell that has a mark to look at.
func (p *previewPage) fixes(c *ui.Context, row *previewRow) {
	for _, m := range row.Marks {
		if m.Severity == importing.Note || m.Field == "" {
			continue
		}
		i := slices.IndexFunc(row.Fixes, func(f fix) bool { return f.Field == string(m.Field) })
		if i < 0 {
			f := fix{N: p.Fields, Field: string(m.Field), Options: fixOptions(c, row.Row, m.Field)}
			if cell := row.Cell(m.Field); cell != nil {
				f.Value = cell.Text
			}
			p.Fields++
			row.Fixes, i = append(row.Fixes, f), len(row.Fixes)
		}
		row.Fixes[i].Marks = append(row.Fixes[i].Marks, m)
	}
	row.Left = p.Fields
	p.Fields++
}

// fixOptions are the values to choose from, where a cell takes only some.
func fixOptions(c *ui.Context, r *importing.Row, f importing.Field) []ui.Option {
	switch f {
	case importing.FieldKind:
		return []ui.Option{{Value: "", Text: c.T("clerk.choose")}, {Value: kindWords[0], Text: c.T("kind.individual")},
			{Value: kindWords[1], Text: c.T("kind.collective")}, {Value: kindWords[2], Text: c.T("kind.household")}}
	case importing.FieldAward:
		out, err := awardsFor(c, string(r.Kind))
		if err == nil {
			return out
		}
	}
	return nil
}

// choices are the ambiguous award texts of a list, each set of awards once.
func choices(c *ui.Context, v app.StagedList) []choice {
	var out []choice
	for _, r := range v.Preview.Rows {
		for _, a := range r.Awards {
			if a.Code != "" || len(a.Candidates) == 0 {
				continue
			}
			if slices.ContainsFunc(out, func(x choice) bool { return slices.Equal(x.Candidates, a.Candidates) }) {
				continue
			}
			x := choice{N: len(out), Texts: a.Text, Kind: string(r.Kind), Candidates: a.Candidates, Options: []ui.Option{{Value: "", Text: c.T("clerk.choose")}}}
			for _, code := range a.Candidates {
				x.Options = append(x.Options, ui.Option{Value: code, Text: code})
			}
			out = append(out, x)
		}
	}
	return out
}
