package app

import (
	"context"
	"errors"
	"io"
	"time"

	"vinhdanh/internal/act"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/tabular"
)

// BulkResult reads what became of one of the reader's own runs. Cases that are out
// of the reader's sight by now keep their result and lose their names.
func (a *App) BulkResult(ctx context.Context, s Session, id string) (BulkResult, error) {
	run, err := a.Store.BulkOf(ctx, s.User, id)
	if err != nil {
		return BulkResult{}, internal("read the run", err)
	}
	out := BulkResult{BulkRun: run, Rows: []BulkTarget{}}
	rows, err := a.Store.BulkRows(ctx, run.ID)
	if err != nil {
		return out, internal("read the run", err)
	}
	for _, r := range rows {
		r, err := a.settled(ctx, run, r)
		if err != nil {
			return out, err
		}
		t, err := a.bulkTarget(ctx, s, r)
		if err != nil {
			return out, err
		}
		switch r.Status {
		case act.Accepted:
			out.Accepted++
		case act.Refused:
			out.Refused++
		default:
			out.Pending++
		}
		out.Rows = append(out.Rows, t)
	}
	return out, nil
}

// settled looks again at a row that was being recorded.
func (a *App) settled(ctx context.Context, run postgres.BulkRun, r postgres.BulkRow) (postgres.BulkRow, error) {
	if r.Status != act.Pending || r.Attempt == "" {
		return r, nil
	}
	o, err := a.Store.OutcomeOf(ctx, r.Attempt)
	if errors.Is(err, postgres.ErrNotFound) {
		return r, nil
	}
	if err != nil {
		return r, internal("read the outcome", err)
	}
	r.Status, r.Code, r.Detail = o.Status, o.Code, o.Detail
	if err := a.Store.SettleBulkRow(ctx, run.ID, r); err != nil {
		return r, internal("keep the result", err)
	}
	return r, nil
}

func (a *App) bulkTarget(ctx context.Context, s Session, r postgres.BulkRow) (BulkTarget, error) {
	t := BulkTarget{Status: r.Status, Attempt: r.Attempt, Revision: r.Revision, Number: r.Number}
	p, err := a.proposal(ctx, s, r.Proposal)
	switch {
	case err == nil:
		t = a.describe(p, BulkCase{Revision: r.Revision, Number: r.Number})
		t.Status, t.Attempt, t.After = r.Status, r.Attempt, p.Stage
		if p.Returned {
			t.After = "returned"
		}
		if p.Closed {
			t.After = "closed"
		}
	case ErrorOf(err).Code != CodeNotFound:
		return t, err
	}
	if r.Code != "" {
		e := &Error{Code: r.Code}
		t.Code, t.Vi, t.En = r.Code, e.Text("vi"), e.Text("en")
	}
	return t, nil
}

// ContinueBulk takes a run up again that was cut off, or whose cases are still
// being recorded.
func (a *App) ContinueBulk(ctx context.Context, s Session, id string) (BulkResult, error) {
	run, err := a.Store.BulkOf(ctx, s.User, id)
	if err != nil {
		return BulkResult{}, internal("read the run", err)
	}
	if err := a.continueBulk(ctx, s, run); err != nil {
		return BulkResult{}, err
	}
	return a.BulkResult(ctx, s, id)
}

// bulkWords are a run's rows in words.
var bulkWords = map[string][2]string{
	act.Accepted: {"Đã ghi nhận", "Recorded"}, act.Refused: {"Không thực hiện", "Not done"},
	act.Pending: {"Đang ghi nhận", "Being recorded"}, "": {"Chưa tới lượt", "Not yet its turn"},
}

// BulkReport writes a run as CSV or Excel, one row a case.
func (a *App) BulkReport(ctx context.Context, s Session, id, format, locale string, w io.Writer) error {
	res, err := a.BulkResult(ctx, s, id)
	if err != nil {
		return err
	}
	word := func(vi, en string) string { return pick(locale, vi, en) }
	t := tabular.Table{
		Name: "ket-qua-xu-ly", Title: word("Kết quả xử lý nhiều hồ sơ", "Result of an act on many cases"),
		Lines: []string{res.CreatedAt.In(vietnamTime).Format("02/01/2006 15:04"), s.Name},
		Columns: []tabular.Column{
			{Heading: word("Số hồ sơ", "Reference"), Width: 28}, {Heading: word("Đơn vị đề nghị", "Proposing unit"), Width: 40},
			{Heading: word("Danh hiệu, hình thức", "Award"), Width: 40}, {Heading: word("Kết quả", "Result"), Width: 18},
			{Heading: word("Lý do", "Why"), Width: 60}, {Heading: word("Mã thao tác", "Act"), Width: 44},
		},
	}
	return listed(t.Write(w, tabular.Format(format), func(yield func([]any, error) bool) {
		for _, r := range res.Rows {
			status := bulkWords[r.Status]
			row := []any{r.Ref, r.UnitName, word(r.AwardNames.VI, r.AwardNames.EN), word(status[0], status[1]), word(r.Vi, r.En), r.Attempt}
			if !yield(row, nil) {
				return
			}
		}
	}))
}

// vietnamTime is the time zone of everything that people read.
var vietnamTime = time.FixedZone("+07", 7*60*60)

// listed turns a list's own errors into those of a reader.
func listed(err error) error {
	switch {
	case errors.Is(err, tabular.ErrFormat):
		return &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "format", Rule: "oneof", Param: "csv xlsx"}}}
	case errors.Is(err, tabular.ErrTooMany):
		return &Error{Code: CodeTooLarge, Vi: "Danh sách quá dài; hãy thu hẹp bộ lọc.", En: "The list is too long; narrow the filter."}
	}
	return err
}
