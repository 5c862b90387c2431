package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"vinhdanh/internal/postgres"
	"vinhdanh/internal/tabular"
)

// File is a file to be kept.
type File struct {
	Name        string
	ContentType string
	Content     []byte
}

// exportPage is how many rows of a list are read at once for a file.
const exportPage = 500

// ExportItems makes a file of the list of ListItems: the same filter, the same
// order, the columns of the page. More than tabular.MaxRows rows are refused.
func (a *App) ExportItems(ctx context.Context, s Session, q ListQuery, f tabular.Format, locale string) (File, error) {
	t := a.listTable("items", locale, q, "no", "name", "kind", "birth_year", "post", "workplace", "unit", "award", "period",
		"ref", "standing", "outcome", "decision", "decided_on")
	rows := pages(ctx, q, func(ctx context.Context, q ListQuery) (Listed[ListedItem], error) { return a.ListItems(ctx, s, q) },
		func(n int, r ListedItem) []any {
			outcome := ""
			if r.Outcome != "" {
				outcome = ListWord(locale, "status", r.Outcome)
			}
			var born any
			if r.BirthYear != nil {
				born = *r.BirthYear
			}
			return []any{
				n, r.Name, ListWord(locale, "kind", r.Kind), born, r.Post, r.Workplace, r.UnitName, a.awardIn(r.Award, locale), r.Period,
				r.Ref, standingWord(locale, r.Number, r.Stage, r.Returned, r.OnHold, r.Closed), outcome, r.Decision, r.DecidedOn,
			}
		})
	return a.export(ctx, s, "items", t, f, rows)
}

// ExportProposals is ExportItems for the list of ListProposals.
func (a *App) ExportProposals(ctx context.Context, s Session, q ListQuery, f tabular.Format, locale string) (File, error) {
	t := a.listTable("cases", locale, q, "no", "ref", "unit", "award", "items", "open_items", "standing", "waiting", "due", "stage_since", "sent_on")
	rows := pages(ctx, q, func(ctx context.Context, q ListQuery) (Listed[CaseRow], error) { return a.ListProposals(ctx, s, q) },
		func(n int, r CaseRow) []any {
			return []any{
				n, r.Ref, r.UnitName, a.awardIn(r.Award, locale), r.Items, r.OpenItems,
				standingWord(locale, r.Number, r.Stage, r.Returned, r.OnHold, r.Closed), r.WaitingName, r.DueOn, r.StageSince, r.SentOn,
			}
		})
	return a.export(ctx, s, "cases", t, f, rows)
}

func (a *App) export(ctx context.Context, s Session, what string, t tabular.Table, f tabular.Format, rows tabular.Rows) (File, error) {
	done, err := a.costly.enter(ctx, s.User)
	if err != nil {
		return File{}, a.refuse(ctx, s, "export", what, ErrorOf(err))
	}
	defer done()
	var b bytes.Buffer
	err = t.Write(&b, f, rows)
	switch {
	case errors.Is(err, tabular.ErrFormat):
		return File{}, &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "format", Rule: "oneof", Param: "csv xlsx"}}}
	case errors.Is(err, tabular.ErrTooMany):
		return File{}, &Error{
			Code: CodeTooLarge, Detail: "more rows than a list may have",
			Vi: fmt.Sprintf("Danh sách dài quá %d dòng; hãy lọc hẹp lại rồi tải.", tabular.MaxRows),
			En: fmt.Sprintf("The list has more than %d rows; narrow the filter, then download.", tabular.MaxRows),
		}
	case err != nil:
		return File{}, err
	}
	return File{Name: t.FileName(f), ContentType: f.ContentType(), Content: b.Bytes()}, nil
}

// pages reads a list page by page, as rows of a table.
func pages[T any](ctx context.Context, q ListQuery, read func(context.Context, ListQuery) (Listed[T], error), row func(int, T) []any) tabular.Rows {
	return func(yield func([]any, error) bool) {
		q.After, q.Limit = "", exportPage
		n := 0
		for {
			page, err := read(ctx, q)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, r := range page.Rows {
				n++
				if !yield(row(n, r), nil) {
					return
				}
			}
			if page.Next == "" {
				return
			}
			q.After = page.Next
		}
	}
}

// kinds and widths of the columns that are not plain text of common width.
var columnKinds = map[string]tabular.Kind{
	"no": tabular.Whole, "birth_year": tabular.Text, "due": tabular.Date, "decided_on": tabular.Date, "sent_on": tabular.Date,
	"stage_since": tabular.Time, "items": tabular.Whole, "open_items": tabular.Whole, "amount": tabular.Money,
}

var columnWidths = map[string]float64{
	"no": 6, "name": 32, "unit": 36, "award": 32, "workplace": 32, "post": 22, "ref": 22, "birth_year": 10, "standing": 20, "waiting": 32,
	"issuer": 32, "source": 22, "named": 32, "decision": 20, "counts": 14, "scan": 20, "corrected": 40,
}

func (a *App) listTable(what, locale string, q ListQuery, columns ...string) tabular.Table {
	t := tabular.Table{
		Name: listWord(locale, "file."+what, what) + "-" + a.Today().String(), Title: listWord(locale, "list."+what, what),
		Lines: []string{fmt.Sprintf(listWord(locale, "list.made", "%s"), a.Today().VN())},
	}
	if f := q.words(locale, a); f != "" {
		t.Lines = append([]string{listWord(locale, "filter", "") + ": " + f}, t.Lines...)
	}
	for _, c := range columns {
		t.Columns = append(t.Columns, tabular.Column{Heading: listWord(locale, c, c), Kind: columnKinds[c], Width: columnWidths[c]})
	}
	return t
}

// standingWord says in words where a case is.
func standingWord(locale string, number int, stage string, returned, onHold, closed bool) string {
	switch {
	case closed:
		return ListWord(locale, "stage", "closed")
	case number == 0:
		return ListWord(locale, "stage", "draft")
	case onHold:
		return ListWord(locale, "status", "on_hold")
	case returned:
		return ListWord(locale, "status", "returned")
	}
	return ListWord(locale, "stage", stage)
}

// awardIn is an award's name, or its code where the law in force does not know it.
func (a *App) awardIn(code, locale string) string {
	w, err := a.law().Award(code)
	if err != nil {
		return code
	}
	return pick(locale, w.Names.VI, orElse(w.Names.EN, w.Names.VI))
}

// Standing says where a listed case is: draft, on_hold, returned, closed, or its stage.
func Standing(r postgres.CaseRow) string {
	switch {
	case r.Closed:
		return "closed"
	case r.Number == 0:
		return "draft"
	case r.OnHold:
		return "on_hold"
	case r.Returned:
		return "returned"
	}
	return r.Stage
}
