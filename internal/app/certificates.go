package app

import (
	"context"
	"encoding/json"
	"fmt"

	"vinhdanh/internal/decision"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// CertificateDesk is the certificates of an issued decision, and how they are printed.
type CertificateDesk struct {
	Decision postgres.Decision      `json:"decision"`
	Abstract string                 `json:"abstract"`
	Design   decision.Design        `json:"design"` // the one for the decision's award
	Designs  []decision.Design      `json:"designs"`
	Book     decision.Book          `json:"book"`
	Lines    []CertificateLine      `json:"lines"`
	Missing  int                    `json:"missing"` // items that are not in the gold book
	Offsets  []postgres.PrintOffset `json:"offsets"`
	QR       bool                   `json:"qr"`       // there is a verify page that a code can lead to
	MayMake  bool                   `json:"may_make"` // the authority's registrar
	Reissues []ReissueChoice        `json:"reissues"` // why a certificate is made anew; for who may
}

// CertificateLine is one certificate, or an item that has none yet.
type CertificateLine struct {
	Position    int                   `json:"position"` // in the decision
	Item        string                `json:"item"`
	Line        string                `json:"line"`
	Workplace   string                `json:"workplace,omitempty"`
	Certificate *postgres.Certificate `json:"certificate,omitempty"` // the one that stands
	Before      int                   `json:"before,omitempty"`      // how many it replaced, one after another
	// Corrected is what of the award was corrected (đính chính); Stale says that the
	// certificate was made before and prints what is wrong.
	Corrected []Corrected `json:"corrected,omitempty"`
	Stale     bool        `json:"stale,omitempty"`
	content   proposal.ItemContent
}

// Gold is the number in the gold book as documents write it: 17/2023.
func (l CertificateLine) Gold() string {
	if l.Certificate == nil {
		return ""
	}
	return goldText(l.Certificate.Number, l.Certificate.Year)
}

func goldText(number, year int) string { return fmt.Sprintf("%d/%d", number, year) }

// designs are the designs of certificates in use.
func (a *App) designs() *decision.Designs {
	if a.Designs != nil {
		return a.Designs
	}
	return decision.DefaultDesigns()
}

// Certificates reads the certificates of an issued decision: for its standing body,
// which prints them, the authority's registrar and signer, and auditors.
func (a *App) Certificates(ctx context.Context, s Session, id string) (CertificateDesk, error) {
	row, in, err := a.readDecision(ctx, s, id)
	if err != nil {
		return CertificateDesk{}, err
	}
	out := CertificateDesk{Decision: row, Lines: []CertificateLine{}, Designs: a.designs().List, Offsets: []postgres.PrintOffset{}}
	if _, ok := s.may("certificate.read", decisionPlace(row)); !ok {
		if row.Phase != proposal.IssuanceNumbered {
			return out, readable(CodeNotReady, "Quyết định chưa ban hành nên chưa có bằng, giấy để in.", "the decision is not issued yet; there are no certificates")
		}
		return out, a.refuse(ctx, s, "certificates", row.CaseID, readable(CodeForbidden,
			"Bằng, giấy chứng nhận do cơ quan thường trực và văn thư của cơ quan ban hành in.", "certificates are printed by the standing body and the issuing body's registrar"))
	}
	if !row.Gives() {
		return out, nothingGiven()
	}
	_, out.MayMake = s.may("certificate.make", decisionPlace(row))
	out.Reissues = a.reissueChoices(s, row)
	return out, a.fillDesk(ctx, &out, in)
}

// fillDesk reads the lines of a desk, its design and its printers.
func (a *App) fillDesk(ctx context.Context, out *CertificateDesk, in decision.Input) error {
	out.QR = in.Code != "" && in.Verify != ""
	if doc, err := numbered(in, out.Decision); err == nil {
		out.Abstract = doc.Abstract
	}
	design, ok := a.designs().For(out.Decision.Award)
	if !ok {
		return readable(CodeNotReady, "Chưa có mẫu bằng, giấy cho hình thức này; hãy bổ sung vào dữ liệu mẫu.", "there is no design for this award; add one to the designs' data")
	}
	out.Design, out.Book = design, a.designs().Book(design.Book)
	items, err := a.Store.ItemsOfDecision(ctx, out.Decision.ID)
	if err != nil {
		return internal("read the decision's items", err)
	}
	list, err := a.Store.CertificatesOf(ctx, out.Decision.ID)
	if err != nil {
		return internal("read the certificates", err)
	}
	of, before := map[string]*postgres.Certificate{}, map[string]int{}
	for i, c := range list {
		if c.ReplacedBy != nil {
			before[c.Item]++
			continue
		}
		of[c.Item] = &list[i]
	}
	corrected, err := a.Store.CorrectionsOf(ctx, out.Decision.ID)
	if err != nil {
		return internal("read the corrections", err)
	}
	changed := byItem(corrected)
	for i, it := range items {
		l := CertificateLine{Position: i + 1, Item: it.Item, Line: it.Content.PrintedLine(), Corrected: changed[it.Item], content: it.Content,
			Workplace: joinComma(it.Content.Position, it.Content.Workplace), Certificate: of[it.Item], Before: before[it.Item]}
		if l.Certificate == nil {
			out.Missing++
		}
		l.Stale = l.stale()
		out.Lines = append(out.Lines, l)
	}
	if out.Offsets, err = a.Store.PrintOffsets(ctx, out.Decision.Authority); err != nil {
		return internal("read the printers' offsets", err)
	}
	return nil
}

// MakeCertificates enters the items of an issued decision in the gold book, in the
// order of its list: each gets the next number of its year and book, all in one
// transaction. What has a number keeps it, so it may be repeated. A text that would not
// stand on its certificate is refused before any number is given.
func (a *App) MakeCertificates(ctx context.Context, s Session, id string) (CertificateDesk, error) {
	desk, err := a.Certificates(ctx, s, id)
	if err != nil {
		return desk, err
	}
	if !desk.MayMake {
		return desk, a.refuse(ctx, s, "certificates", desk.Decision.CaseID, readable(CodeForbidden,
			"Chỉ văn thư của cơ quan ban hành vào sổ vàng.", "only the issuing body's registrar enters the gold book"))
	}
	in, err := draftOf(desk.Decision)
	if err != nil {
		return desk, internal("read the draft", err)
	}
	doc, err := numbered(in, desk.Decision)
	if err != nil {
		return desk, fromDecision(err)
	}
	in.Number, in.Date = doc.Number, doc.Date
	n := postgres.NewCertificates{Decision: desk.Decision.ID, Authority: desk.Decision.Authority, Book: desk.Book.Code, Year: in.Date.Year(), User: s.User}
	var list []decision.Certificate
	for i, l := range desk.Lines {
		c, err := decision.CertificateOf(in, i)
		if err != nil {
			return desk, fromDecision(err)
		}
		l.correct(&c)
		list, n.List = append(list, c), append(n.List, postgres.NewCertificate{Item: l.Item, Content: c})
	}
	leave, err := a.costly.enter(ctx, s.User)
	if err != nil {
		return desk, err
	}
	defer leave()
	if _, err := decision.RenderCertificates(desk.Design, list, decision.Print{}); err != nil {
		return desk, fromDecision(err)
	}
	if _, err := a.Store.EnterCertificates(ctx, n); err != nil {
		return desk, internal("enter the gold book", err)
	}
	return a.Certificates(ctx, s, id)
}

// certificateOf is what a line of the gold book prints.
func certificateOf(c postgres.Certificate) (decision.Certificate, error) {
	var out decision.Certificate
	err := json.Unmarshal(c.Content, &out)
	out.Gold, out.Year = c.Number, c.Year
	return out, err
}

// PrintOffsetInput sets a printer for a design, in tenths of a millimetre to the right
// and downwards; the calibration sheet shows what is wanted.
type PrintOffsetInput struct {
	Design  string `json:"design" validate:"required,max=60"`
	Printer string `json:"printer" validate:"required,max=60"`
	X       int    `json:"x_tenths" validate:"min=-300,max=300"`
	Y       int    `json:"y_tenths" validate:"min=-300,max=300"`
}

// SetPrintOffset keeps how a printer of the decision's authority is set for a design.
func (a *App) SetPrintOffset(ctx context.Context, s Session, id string, in PrintOffsetInput) (CertificateDesk, error) {
	if err := a.check(in); err != nil {
		return CertificateDesk{}, err
	}
	desk, err := a.Certificates(ctx, s, id)
	if err != nil {
		return desk, err
	}
	if _, ok := s.may("certificate.print", decisionPlace(desk.Decision)); !ok {
		return desk, a.refuse(ctx, s, "print-offset", desk.Decision.CaseID, readable(CodeForbidden,
			"Chỉ người in bằng, giấy đặt độ lệch máy in.", "only who prints certificates sets a printer"))
	}
	if _, ok := a.designs().ByCode(in.Design); !ok {
		return desk, errNoDesign()
	}
	err = a.Store.SetPrintOffset(ctx, desk.Decision.Authority, s.User, postgres.PrintOffset{Design: in.Design, Printer: in.Printer, X: in.X, Y: in.Y})
	if err != nil {
		return desk, internal("keep the printer's offset", err)
	}
	return a.Certificates(ctx, s, id)
}

func errNoDesign() *Error {
	return &Error{Code: CodeInvalid, Vi: "Không có mẫu này; hãy chọn một mẫu trong danh sách.", En: "there is no such design; choose one of the list",
		Fields: []FieldError{{Field: "design", Rule: "oneof"}}}
}

// GoldBook is the gold books (sổ vàng) of the reader's authorities.
type GoldBook struct {
	Years []postgres.GoldBookYear `json:"years"`
	Books []decision.Book         `json:"books"`
	Lines []GoldBookLine          `json:"lines"`
}

// GoldBookLine is one certificate.
type GoldBookLine struct {
	postgres.Certificate
	Gold      string   `json:"gold"` // 17/2023
	BookName  law.Text `json:"book_name"`
	AwardName law.Text `json:"award_name"`
	Line      string   `json:"line"`
	About     string   `json:"about,omitempty"` // position, workplace
	Because   law.Text `json:"because"`         // why it was made anew
	// Corrected is what of the award was corrected (đính chính), the oldest first. The line
	// is what the certificate prints.
	Corrected []Corrected `json:"corrected,omitempty"`
}

// GoldBookQuery narrows the gold books; empty values do not.
type GoldBookQuery struct {
	Book   string `json:"book,omitempty" validate:"max=60"`
	Year   int    `json:"year,omitempty" validate:"omitempty,min=1990,max=2200"`
	Search string `json:"search,omitempty" validate:"max=200"`
	Anew   bool   `json:"anew,omitempty"` // only what was made anew: cấp đổi, cấp lại
	Limit  int    `json:"limit,omitempty" validate:"min=0,max=5000"`
	Offset int    `json:"offset,omitempty" validate:"min=0"`
}
