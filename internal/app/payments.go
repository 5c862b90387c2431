package app

import (
	"context"
	"strconv"

	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
)

// Payments is the bonus money of issued decisions, by who pays and from which fund.
type Payments struct {
	Funds []PaymentFund `json:"funds"`
	Total int64         `json:"total"` // đồng
	Paid  int64         `json:"paid"`
	Owed  int64         `json:"owed"`           // paid for awards that were revoked, to come back
	Back  int64         `json:"back"`           // of that, what came back
	More  bool          `json:"more,omitempty"` // there is another page
}

// PaymentFund is what one payer pays from one fund.
type PaymentFund struct {
	Payer string        `json:"payer"`
	Fund  string        `json:"fund"`
	Lines []PaymentLine `json:"lines"`
	Total int64         `json:"total"` // đồng
	Paid  int64         `json:"paid"`
	Owed  int64         `json:"owed"`
	Back  int64         `json:"back"`
}

// PaymentLine is the money of one decision.
type PaymentLine struct {
	postgres.Payment
	AwardName law.Text `json:"award_name"`
}

// PaymentQuery narrows the payments; empty values do not.
type PaymentQuery struct {
	Year   int `json:"year,omitempty" validate:"omitempty,min=1990,max=2200"`
	Limit  int `json:"limit,omitempty" validate:"min=0,max=5000"`
	Offset int `json:"offset,omitempty" validate:"min=0"`
}

// Payments reads what the decisions of the reader's authorities pay, and what of it
// was paid; auditors read all.
func (a *App) Payments(ctx context.Context, s Session, q PaymentQuery) (Payments, error) {
	if err := a.check(q); err != nil {
		return Payments{}, err
	}
	out := Payments{Funds: []PaymentFund{}}
	limit := pageSize(q.Limit)
	if q.Limit > limit {
		limit = q.Limit // a file
	}
	rows, err := a.Store.Payments(ctx, postgres.PaymentFilter{
		Authorities: s.where("payment.read", permission.Deciding), Standing: s.where("payment.read", permission.Standing),
		All: s.anywhere("payment.read"), Year: q.Year, Limit: limit + 1, Offset: q.Offset,
	})
	if err != nil {
		return out, internal("read the payments", err)
	}
	if out.More = len(rows) > limit; out.More {
		rows = rows[:limit]
	}
	for _, r := range rows {
		n := len(out.Funds)
		if n == 0 || out.Funds[n-1].Payer != r.PayerName || out.Funds[n-1].Fund != r.Fund {
			out.Funds = append(out.Funds, PaymentFund{Payer: r.PayerName, Fund: r.Fund})
			n++
		}
		f := &out.Funds[n-1]
		f.Lines = append(f.Lines, PaymentLine{Payment: r, AwardName: a.awardName(r.Award)})
		f.Total, f.Paid = f.Total+r.Total, f.Paid+r.PaidSum
		f.Owed, f.Back = f.Owed+r.Owed, f.Back+r.Back
		out.Owed, out.Back = out.Owed+r.Owed, out.Back+r.Back
		out.Total, out.Paid = out.Total+r.Total, out.Paid+r.PaidSum
	}
	return out, nil
}

// PaymentSheet is the payments as their page shows them.
func PaymentSheet(v Payments, locale string) Sheet {
	t := Sheet{
		Name: "chi-tien-thuong", Title: pick(locale, "Tiền thưởng theo cơ quan chi và nguồn chi", "Bonus money by payer and fund"),
		Columns: words(locale, "Cơ quan chi|Payer", "Nguồn chi|Fund", "Quyết định số|Decision", "Ngày|Date", "Hình thức|Award",
			"Trường hợp|Items", "Phải chi (đồng)|To pay (đồng)", "Đã chi (đồng)|Paid (đồng)", "Còn lại (đồng)|Open (đồng)",
			"Phải thu hồi (đồng)|To come back (đồng)", "Đã thu hồi (đồng)|Came back (đồng)"),
		Rows: [][]string{}, money: []int{6, 7, 8, 9, 10},
	}
	for _, f := range v.Funds {
		for _, l := range f.Lines {
			date := ""
			if l.NumberDate != nil {
				date = l.NumberDate.Format("02/01/2006")
			}
			t.Rows = append(t.Rows, []string{
				f.Payer, f.Fund, l.NumberText, date, pick(locale, l.AwardName.VI, l.AwardName.EN), strconv.Itoa(l.Items),
				strconv.FormatInt(l.Total, 10), strconv.FormatInt(l.PaidSum, 10), strconv.FormatInt(l.Total-l.PaidSum, 10),
				strconv.FormatInt(l.Owed, 10), strconv.FormatInt(l.Back, 10),
			})
		}
	}
	return t
}

// ExportPayments is the file of Payments: all that the query finds, up to 5,000 decisions.
func (a *App) ExportPayments(ctx context.Context, s Session, q PaymentQuery, format, locale string) (Export, error) {
	leave, err := a.costly.enter(ctx, s.User)
	if err != nil {
		return Export{}, err
	}
	defer leave()
	q.Limit, q.Offset = exportRows, 0
	v, err := a.Payments(ctx, s, q)
	if err != nil {
		return Export{}, err
	}
	if v.More {
		return Export{}, readable(CodeTooLarge, "Danh sách quá dài; hãy chọn một năm rồi xuất.", "the list is too long; choose a year, then export")
	}
	return PaymentSheet(v, locale).File(format)
}
