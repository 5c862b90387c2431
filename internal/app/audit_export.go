package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"time"

	"vinhdanh/internal/tabular"
)

// Sheet is a list as it is shown on a page: headings and cells in words, in the
// reader's language. The page, the CSV, the Excel file and the JSON are made of
// the same sheet, so an export is what was shown.
type Sheet struct {
	Name    string     `json:"name"` // of a file, without extension
	Title   string     `json:"title"`
	Columns []string   `json:"columns"`
	Rows    [][]string `json:"rows"`
	// money are the columns that Excel is to sum: whole numbers of đồng.
	money []int
}

// SHA256 is the hash of what the sheet says, in hex: SHA-256 of the JSON array of
// its title, its columns and its rows. It stands on the page and in each file.
func (t Sheet) SHA256() string {
	data, err := json.Marshal([]any{t.Title, t.Columns, t.Rows})
	if err != nil {
		return "" // strings always encode
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// Export is a file to take away.
type Export struct {
	Name        string `json:"name"`
	ContentType string `json:"content_type"`
	Data        []byte `json:"data"`
	SHA256      string `json:"sha256"` // of what it says: see Sheet
}

// errExportFormat names what there is.
func errExportFormat() error {
	return readable(CodeInvalid, "Chỉ xuất được dạng csv, xlsx hoặc json.", "exports come as csv, xlsx or json")
}

// File writes the sheet in a format: csv, xlsx or json.
func (t Sheet) File(format string) (Export, error) {
	out := Export{Name: t.Name + "." + format, SHA256: t.SHA256()}
	if format == "json" {
		data, err := json.MarshalIndent(struct {
			Sheet
			SHA256 string `json:"sha256"`
		}{t, out.SHA256}, "", " ")
		out.ContentType, out.Data = "application/json", data
		return out, err
	}
	f := tabular.Format(format)
	table := tabular.Table{Name: t.Name, Title: t.Title, Lines: []string{"SHA-256: " + out.SHA256}}
	for i, c := range t.Columns {
		col := tabular.Column{Heading: c, Width: 24}
		if slices.Contains(t.money, i) {
			col.Kind = tabular.Money
		}
		table.Columns = append(table.Columns, col)
	}
	var b bytes.Buffer
	err := table.Write(&b, f, func(yield func([]any, error) bool) {
		for _, row := range t.signed(f, out.SHA256) {
			cells := make([]any, len(row))
			for i, c := range row {
				cells[i] = c
				if n, err := strconv.ParseInt(c, 10, 64); err == nil && slices.Contains(t.money, i) {
					cells[i] = n
				}
			}
			if !yield(cells, nil) {
				return
			}
		}
	})
	switch {
	case errors.Is(err, tabular.ErrFormat):
		return out, errExportFormat()
	case errors.Is(err, tabular.ErrTooMany):
		return out, readable(CodeTooLarge, "Danh sách quá dài để xuất; hãy thu hẹp bộ lọc.", "the list is too long to export; narrow the filter")
	case err != nil:
		return out, internal("write the export", err)
	}
	out.ContentType, out.Data = f.ContentType(), b.Bytes()
	return out, nil
}

// signed are the rows, in CSV with a last one that states the hash; Excel has it
// below its title.
func (t Sheet) signed(f tabular.Format, hash string) [][]string {
	if f != tabular.CSV || len(t.Columns) < 2 {
		return t.Rows
	}
	last := make([]string, len(t.Columns))
	last[0], last[1] = "SHA-256", hash
	return append(append([][]string{}, t.Rows...), last)
}

// sumOf is the SHA-256 of a file, in hex.
func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func itoa(n int) string { return strconv.Itoa(n) }

// stamp is an instant in a sheet: Vietnamese time, to the second.
func stamp(t time.Time) string { return t.In(vietNam).Format("02/01/2006 15:04:05") }

// TimelineSheet is a case's timeline as a list, as its page shows it.
func TimelineSheet(v CaseTimeline, locale string) Sheet {
	t := Sheet{
		Name:  "dien-bien-" + slug(v.Ref),
		Title: pick(locale, "Diễn biến hồ sơ ", "Timeline of ") + v.Ref,
		Columns: words(locale, "STT|No.", "Thời điểm|At", "Người thực hiện|By", "Thay cho|On behalf of", "Vai trò|Role", "Đơn vị|Unit",
			"Đăng nhập bằng|Signed in by", "Diễn biến|What happened", "Lý do|Why", "Quy định|Regime", "Dữ liệu luật|Law data", "Mã băm|Hash"),
		Rows: [][]string{},
	}
	for _, s := range v.Steps {
		t.Rows = append(t.Rows, []string{
			strconv.Itoa(s.Number), stamp(s.At), s.By(locale), s.OnBehalfName, RoleName(s.Role, locale), s.UnitName,
			s.SignedIn, pick(locale, s.Vi, s.En), joined(s.Reasons), s.Regime, s.LawHash, s.Hash,
		})
	}
	return t
}

// RefusalsSheet is a list of refusals as its page shows it.
func RefusalsSheet(rows []RefusalLine, locale string) Sheet {
	t := Sheet{
		Name: "thao-tac-bi-tu-choi", Title: pick(locale, "Các thao tác bị từ chối", "Refused attempts"),
		Columns: words(locale, "Thời điểm|At", "Nơi từ chối|Refused by", "Người thực hiện|By", "Thao tác|Action", "Hồ sơ|Case", "Mã|Code", "Lý do|Why", "Chi tiết|Detail"),
		Rows:    [][]string{},
	}
	for _, r := range rows {
		why := Title(r.Code, locale)
		if r.Code == OperatorUse {
			why = pick(locale, "Không bị từ chối: người vận hành đã làm bằng quyền của mình", "Not refused: done by an operator's own right")
		}
		t.Rows = append(t.Rows, []string{
			stamp(r.At), RefusedBy(r.Where, locale), orElse(r.ActorName, r.Actor), r.Action, r.Case, r.Code, why, r.Detail,
		})
	}
	return t
}

// SearchSheet is what a search found, as its page shows it.
func SearchSheet(hits []AuditHit, locale string) Sheet {
	t := Sheet{
		Name: "ho-so-kiem-tra", Title: pick(locale, "Hồ sơ theo bộ lọc", "Cases that fit the filter"),
		Columns: words(locale, "Loại|Kind", "Mã|Ref.", "Danh hiệu, hình thức|Award", "Đơn vị|Unit", "Tình trạng|Status", "Số quyết định|Decision",
			"Số bước|Steps", "Lần cuối|Last act", "Bị từ chối|Refused", "Lưu trữ|Archived"),
		Rows: [][]string{},
	}
	for _, h := range hits {
		last := ""
		if h.Last != nil {
			last = stamp(*h.Last)
		}
		name := h.Title
		if h.Award != "" {
			name = pick(locale, h.AwardName.VI, h.AwardName.EN)
		}
		t.Rows = append(t.Rows, []string{
			CaseKind(h.Kind, locale), h.Ref, name, h.UnitName, StatusName(h.Status, locale), h.Numbers, strconv.Itoa(h.Steps), last,
			strconv.Itoa(h.Refused), pick(locale, map[bool]string{true: "có", false: "chưa"}[h.Archived], map[bool]string{true: "yes", false: "no"}[h.Archived]),
		})
	}
	return t
}

// ExportTimeline, ExportRefusals and ExportSearch are the files of what the same
// functions without "Export" show, in the reader's language.
func (a *App) ExportTimeline(ctx context.Context, s Session, id, actor, format, locale string) (Export, error) {
	return exported(ctx, a, s, format, func() (Sheet, error) {
		v, err := a.Timeline(ctx, s, id, actor)
		return TimelineSheet(v, locale), err
	})
}

// ExportRefusals is the file of FindRefusals.
func (a *App) ExportRefusals(ctx context.Context, s Session, q RefusalQuery, format, locale string) (Export, error) {
	return exported(ctx, a, s, format, func() (Sheet, error) {
		v, err := a.FindRefusals(ctx, s, q)
		return RefusalsSheet(v, locale), err
	})
}

// ExportSearch is the file of AuditSearch.
func (a *App) ExportSearch(ctx context.Context, s Session, q AuditQuery, format, locale string) (Export, error) {
	return exported(ctx, a, s, format, func() (Sheet, error) {
		v, err := a.AuditSearch(ctx, s, q)
		return SearchSheet(v, locale), err
	})
}

// exported makes a file within the bounds of costly functions.
func exported(ctx context.Context, a *App, s Session, format string, sheet func() (Sheet, error)) (Export, error) {
	if err := a.onlyAuditors(ctx, s, "export", ""); err != nil {
		return Export{}, err
	}
	leave, err := a.costly.enter(ctx, s.User)
	if err != nil {
		return Export{}, err
	}
	defer leave()
	t, err := sheet()
	if err != nil {
		return Export{}, err
	}
	return t.File(format)
}
