package app

import (
	"context"
	"slices"
	"strconv"

	"vinhdanh/internal/decision"
	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/postgres"
)

// NumberingDesk lists the signed decisions that wait for a number from the
// reader's registers, oldest first, and whether numbers are entered or given.
type NumberingDesk struct {
	OwnRegister bool                     `json:"own_register"`  // numbers are given by our register
	Ink         bool                     `json:"ink,omitempty"` // decisions are signed in ink: a scan belongs to each
	Today       string                   `json:"today"`         // ISO; the business date
	Waiting     []postgres.DecisionBrief `json:"waiting"`
}

// NumberingDesk reads what waits for the registrar.
func (a *App) NumberingDesk(ctx context.Context, s Session) (NumberingDesk, error) {
	out := NumberingDesk{OwnRegister: a.OwnRegister, Ink: a.Signing.Mode == SignInk, Today: a.Today().String()}
	var err error
	out.Waiting, err = a.Store.DecisionsWaiting(ctx, []string{}, s.where("decision.number", permission.Deciding))
	if err != nil {
		return out, internal("list what waits for a number", err)
	}
	return out, nil
}

// Register is the register of decisions (sổ đăng ký): its years, and the lines of
// the one asked for.
type Register struct {
	Years []postgres.RegisterYear `json:"years"`
	Lines []RegisterLine          `json:"lines"`
	// Voided are the numbers of these years and symbols that no decision bears.
	Voided  []postgres.Voided `json:"voided"`
	MayVoid bool              `json:"may_void"` // the reader keeps a register of our own
}

// RegisterLine is one numbered decision.
type RegisterLine struct {
	postgres.RegisterRow
	Abstract string `json:"abstract"` // trích yếu
}

// RegisterQuery narrows the register; empty values do not.
type RegisterQuery struct {
	Year   int    `json:"year,omitempty" validate:"omitempty,min=1990,max=2200"`
	Symbol string `json:"symbol,omitempty" validate:"max=40"`
	Limit  int    `json:"limit,omitempty" validate:"min=0,max=500"`
	Offset int    `json:"offset,omitempty" validate:"min=0"`
}

// Register reads the registers of the reader's authorities; auditors read all.
func (a *App) Register(ctx context.Context, s Session, q RegisterQuery) (Register, error) {
	if err := a.check(q); err != nil {
		return Register{}, err
	}
	out := Register{Years: []postgres.RegisterYear{}, Lines: []RegisterLine{}, Voided: []postgres.Voided{}}
	all, units := s.anywhere("register.read"), s.where("register.read", permission.Deciding)
	if !all && len(units) == 0 {
		return out, nil
	}
	var err error
	if out.Years, err = a.Store.RegisterYears(ctx, units, all); err != nil {
		return out, internal("read the registers", err)
	}
	out.MayVoid = a.OwnRegister && len(s.where("register.void", permission.Deciding)) > 0
	if out.Voided, err = a.Store.VoidedNumbers(ctx, units, all, q.Year, q.Symbol); err != nil {
		return out, internal("read the voided numbers", err)
	}
	rows, err := a.Store.RegisterRows(ctx, postgres.RegisterFilter{
		Authorities: units, All: all, Year: q.Year, Symbol: q.Symbol, Limit: pageSize(q.Limit), Offset: q.Offset,
	})
	if err != nil {
		return out, internal("read the register", err)
	}
	for _, r := range rows {
		line := RegisterLine{RegisterRow: r}
		if doc, err := draftText(r.Decision); err == nil {
			line.Abstract = doc.Abstract
		}
		out.Lines = append(out.Lines, line)
	}
	return out, nil
}

// draftText builds a decision's text from its row.
func draftText(row postgres.Decision) (decision.Document, error) {
	in, err := draftOf(row)
	if err != nil {
		return decision.Document{}, err
	}
	return numbered(in, row)
}

// RegisterSheet is the register as its page shows it.
func RegisterSheet(r Register, locale string) Sheet {
	t := Sheet{
		Name: "so-dang-ky-quyet-dinh", Title: pick(locale, "Sổ đăng ký quyết định khen thưởng", "Register of commendation decisions"),
		Columns: words(locale, "Số, ký hiệu|Number and symbol", "Ngày|Date", "Trích yếu|Abstract", "Người ký|Signed by", "Cơ quan|Authority",
			"Số trường hợp|Items", "Đã trao|Handed over", "Mã|Ref.", "SHA-256 văn bản|Document's SHA-256"),
		Rows: [][]string{},
	}
	for _, v := range r.Voided {
		t.Rows = append(t.Rows, []string{
			numberText(v.Number, v.Symbol), v.OnDate.Format("02/01/2006"), pick(locale, "Số hủy: ", "Voided: ") + v.Reason, v.ByName, v.AuthorityName, "", "", "", "",
		})
	}
	for _, l := range r.Lines {
		date := ""
		if l.NumberDate != nil {
			date = l.NumberDate.Format("02/01/2006")
		}
		t.Rows = append(t.Rows, []string{
			l.NumberText, date, l.Abstract, l.SignerName, l.AuthorityName, strconv.Itoa(l.Items), strconv.Itoa(l.Given), l.Ref, l.Document,
		})
	}
	return t
}

// ExportRegister is the file of Register.
func (a *App) ExportRegister(ctx context.Context, s Session, q RegisterQuery, format, locale string) (Export, error) {
	leave, err := a.costly.enter(ctx, s.User)
	if err != nil {
		return Export{}, err
	}
	defer leave()
	v, err := a.Register(ctx, s, q)
	if err != nil {
		return Export{}, err
	}
	return RegisterSheet(v, locale).File(format)
}

// mayKeep tells whether the session keeps the register of a decision's authority.
func (s Session) mayKeep(row postgres.Decision) bool {
	return slices.Contains(s.where("register.keep", permission.Deciding), row.Authority)
}
