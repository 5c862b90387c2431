package app

import (
	"context"
	"strconv"
	"strings"

	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
)

// exportRows is how many rows the file of a gold book or of payments may have.
const exportRows = 5000

// GoldBook reads the gold books of the reader's authorities; auditors read all.
func (a *App) GoldBook(ctx context.Context, s Session, q GoldBookQuery) (GoldBook, error) {
	if err := a.check(q); err != nil {
		return GoldBook{}, err
	}
	out := GoldBook{Years: []postgres.GoldBookYear{}, Books: a.designs().Books, Lines: []GoldBookLine{}}
	all, units := s.anywhere("gold-book.read"), s.where("gold-book.read", permission.Deciding)
	if !all && len(units) == 0 {
		return out, nil
	}
	var err error
	if out.Years, err = a.Store.GoldBookYears(ctx, units, all); err != nil {
		return out, internal("read the gold books", err)
	}
	limit := pageSize(q.Limit)
	if q.Limit > limit {
		limit = q.Limit // a file
	}
	rows, err := a.Store.GoldBook(ctx, postgres.GoldBookFilter{
		Authorities: units, All: all, Book: q.Book, Year: q.Year, Search: strings.TrimSpace(q.Search), Reissued: q.Anew, Limit: limit, Offset: q.Offset,
	})
	if err != nil {
		return out, internal("read the gold book", err)
	}
	for _, r := range rows {
		c, err := certificateOf(r)
		if err != nil {
			return out, internal("read a certificate", err)
		}
		name := a.designs().Book(r.Book).Names
		out.Lines = append(out.Lines, GoldBookLine{
			Certificate: r, Gold: goldText(r.Number, r.Year), BookName: law.Text{VI: name.VI, EN: name.EN}, AwardName: a.awardName(r.Award),
			Line: c.Entry.Printed(), About: joinComma(c.Entry.Position, c.Entry.Workplace), Because: a.because(r),
		})
	}
	return out, a.withCorrections(ctx, out.Lines)
}

// State says in words how a certificate stands, and what of its award was corrected.
func (l GoldBookLine) State(locale string) string {
	return joinWith("; ", l.standing(locale), correctedWords(l.Corrected, locale))
}

func (l GoldBookLine) standing(locale string) string {
	switch {
	case l.CancelledBy != nil:
		return pick(locale, "đã hủy theo Quyết định số ", "cancelled by Decision No. ") + *l.CancelledBy
	case l.ReplacedBy != nil && l.Replaces != nil:
		return l.anew(locale) + "; " + l.void(locale)
	case l.ReplacedBy != nil:
		return l.void(locale)
	case l.Replaces != nil:
		return l.anew(locale)
	}
	return ""
}

// GoldBookSheet is the gold book as its page shows it.
func GoldBookSheet(v GoldBook, locale string) Sheet {
	t := Sheet{
		Name: "so-vang", Title: pick(locale, "Sổ vàng", "Gold book"),
		Columns: words(locale, "Số sổ vàng|Number", "Sổ|Book", "Họ và tên, tập thể|Recipient", "Chức vụ, nơi công tác|Position, workplace",
			"Hình thức|Award", "Quyết định số|Decision", "Ngày|Date", "Đơn vị trình|Proposed by", "Ghi chú|Note", "Người vào sổ|Entered by", "Ngày vào sổ|Entered on"),
		Rows: [][]string{},
	}
	for _, l := range v.Lines {
		date := ""
		if l.DecisionDate != nil {
			date = l.DecisionDate.Format("02/01/2006")
		}
		t.Rows = append(t.Rows, []string{
			l.Gold, pick(locale, l.BookName.VI, l.BookName.EN), l.Line, l.About, pick(locale, l.AwardName.VI, l.AwardName.EN), l.DecisionText,
			date, l.UnitName, l.State(locale), l.ByName, l.At.In(vietNam).Format("02/01/2006"),
		})
	}
	return t
}

// ExportGoldBook is the file of GoldBook: all that the query finds, up to 5,000 lines.
func (a *App) ExportGoldBook(ctx context.Context, s Session, q GoldBookQuery, format, locale string) (Export, error) {
	leave, err := a.costly.enter(ctx, s.User)
	if err != nil {
		return Export{}, err
	}
	defer leave()
	q.Limit, q.Offset = exportRows, 0
	v, err := a.GoldBook(ctx, s, q)
	if err != nil {
		return Export{}, err
	}
	if len(v.Lines) == exportRows {
		return Export{}, readable(CodeTooLarge, "Sổ dài quá "+strconv.Itoa(exportRows)+" dòng; hãy chọn một năm, một sổ rồi xuất.",
			"the book has more than "+strconv.Itoa(exportRows)+" lines; choose a year and a book, then export")
	}
	return GoldBookSheet(v, locale).File(format)
}
