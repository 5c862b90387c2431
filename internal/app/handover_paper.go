package app

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"vinhdanh/internal/decision"
	"vinhdanh/internal/minutes"
	"vinhdanh/internal/postgres"
)

// HandoverSheet is the hand-over list as a table to be signed on.
func HandoverSheet(v HandoverList, locale string) Sheet {
	t := Sheet{
		Name: "danh-sach-nhan-" + slug(v.Decision.Ref),
		Title: pick(locale, "Danh sách nhận khen thưởng theo Quyết định số ", "Recipients under Decision No. ") + v.Decision.NumberText +
			" · " + pick(locale, "Nguồn chi: ", "Paid by: ") + v.Payer,
		Columns: words(locale, "STT|No.", "Đơn vị|Unit", "Họ và tên, tập thể|Recipient", "Chức vụ, nơi công tác|Position, workplace",
			"Hình thức|Award", "Số sổ vàng|Gold book", "Tiền thưởng (đồng)|Sum (đồng)", "Ngày nhận|Received on", "Người nhận|Received by",
			"Ngày chi|Paid on", "Người nhận tiền|Paid to", "Hủy bỏ, thu hồi|Revoked, came back", "Ký nhận|Signature"),
		Rows: [][]string{}, money: []int{6},
	}
	for _, u := range v.Units {
		for _, l := range u.Lines {
			t.Rows = append(t.Rows, []string{
				strconv.Itoa(l.Position), u.Name, l.named(locale), joinComma(l.Office, l.Place), pick(locale, v.Award, v.AwardEn), l.Gold,
				strconv.FormatInt(l.Amount, 10), markedOn(l.Mark), receiverOf(l.Mark), markedOn(l.Money), receiverOf(l.Money), l.revokedText(locale), "",
			})
		}
	}
	return t
}

// named is the recipient as lists write it, with a word where the family receives.
func (l HandoverLine) named(locale string) string {
	if l.Posthumous {
		return l.Line + pick(locale, " (truy tặng)", " (posthumously)")
	}
	return l.Line
}

func markedOn(m *postgres.Handover) string {
	if m == nil {
		return ""
	}
	return m.OnDate.Format("02/01/2006")
}

// receiverOf is who signed for it, with how they are related to who has died.
func receiverOf(m *postgres.Handover) string {
	switch {
	case m == nil:
		return ""
	case m.Relation != "":
		return m.Receiver + " (" + m.Relation + ")"
	}
	return m.Receiver
}

// Kinds of papers of a hand-over.
const (
	PaperReceipt = "receipt" // danh sách ký nhận
	PaperMinutes = "minutes" // biên bản giao nhận
	PaperPayment = "payment" // danh sách chi tiền thưởng
)

// HandoverPaperInput asks for a paper of a hand-over. Papers are official and in
// Vietnamese.
type HandoverPaperInput struct {
	Kind   string `json:"kind" validate:"oneof=receipt minutes payment"`
	Unit   string `json:"unit,omitempty" validate:"max=120"` // one proposing unit; empty: all that the reader sees
	Format string `json:"format" validate:"oneof=docx pdf xlsx"`
}

// HandoverPaper makes a paper to be signed: the list to sign for receipt, the minutes
// of handing over, or the list of payments by payer and fund; for Word, as PDF, or as
// an Excel table.
func (a *App) HandoverPaper(ctx context.Context, s Session, id string, in HandoverPaperInput) (SheetFile, error) {
	if err := a.check(in); err != nil {
		return SheetFile{}, err
	}
	v, err := a.Handover(ctx, s, id)
	if err != nil {
		return SheetFile{}, err
	}
	if in.Unit != "" {
		v.Units = slices.DeleteFunc(v.Units, func(u HandoverUnit) bool { return u.Unit != in.Unit })
	}
	if len(v.Units) == 0 {
		return SheetFile{}, &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "unit", Rule: "wrong"}},
			Vi: "Quyết định không có trường hợp nào của đơn vị này.", En: "the decision has no item of this unit"}
	}
	leave, err := a.costly.enter(ctx, s.User)
	if err != nil {
		return SheetFile{}, err
	}
	defer leave()
	draft, err := draftOf(v.Decision)
	if err != nil {
		return SheetFile{}, internal("read the draft", err)
	}
	return paperFile(handoverPaper(v, draft, in.Kind), in.Format)
}

// paperFile is a document for Word, as PDF, or its table for Excel.
func paperFile(d minutes.Document, format string) (SheetFile, error) {
	out := SheetFile{Name: d.Name + "." + format}
	var err error
	switch format {
	case "pdf":
		out.MediaType = "application/pdf"
		out.Content, err = d.PDF()
	case "docx":
		out.MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
		out.Content, err = d.Docx()
	default:
		t := Sheet{Name: d.Name, Title: d.Title, money: []int{}}
		for _, b := range d.Blocks {
			if b.Kind == minutes.Grid {
				t.Columns, t.Rows = b.Heads, append(t.Rows, b.Rows...)
			}
		}
		x, ferr := t.File("xlsx")
		return SheetFile{Name: x.Name, MediaType: x.ContentType, Content: x.Data}, ferr
	}
	if err != nil {
		return out, internal("write the paper", err)
	}
	return out, nil
}

// handoverPaper puts a paper together.
func handoverPaper(v HandoverList, in decision.Input, kind string) minutes.Document {
	under := "Quyết định số " + v.Decision.NumberText
	if v.Decision.NumberDate != nil {
		under += " ngày " + v.Decision.NumberDate.Format("02/01/2006")
	}
	title := map[string]string{
		PaperReceipt: "DANH SÁCH KÝ NHẬN KHEN THƯỞNG", PaperMinutes: "BIÊN BẢN GIAO NHẬN HIỆN VẬT KHEN THƯỞNG", PaperPayment: "DANH SÁCH CHI TIỀN THƯỞNG",
	}[kind]
	name := map[string]string{PaperReceipt: "ky-nhan", PaperMinutes: "bien-ban-giao-nhan", PaperPayment: "chi-tien-thuong"}[kind]
	d := minutes.Document{Name: name + "-" + slug(v.Decision.NumberText), Title: title + " – " + under}
	add := func(b minutes.Block) { d.Blocks = append(d.Blocks, b) }
	add(minutes.Block{Kind: minutes.Letterhead, Left: []string{strings.Join(in.Issuer, " "), "Số:"},
		Right: []string{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"}})
	add(minutes.Block{Kind: minutes.Title, Text: title})
	add(minutes.Block{Kind: minutes.Subtitle, Text: "(Theo " + under + " của " + in.AuthorityText + ")"})
	if kind == PaperMinutes {
		d.Blocks = append(d.Blocks, parties(v, in)...)
	} else {
		add(minutes.Block{Kind: minutes.Paragraph, Text: "Cơ quan chi: " + v.Decision.AuthorityName + ". Nguồn chi: " + v.Payer + "."})
	}
	var total int64
	for _, u := range v.Units {
		total += u.Total
		add(minutes.Block{Kind: minutes.Heading, Text: u.Name})
		add(paperGrid(u, v.Award, kind))
	}
	if kind != PaperMinutes {
		add(minutes.Block{Kind: minutes.Paragraph, Text: "Tổng cộng: " + decision.FormatMoney(total) + "."})
	}
	left, right := "NGƯỜI LẬP", "KẾ TOÁN"
	switch kind {
	case PaperMinutes:
		add(minutes.Block{Kind: minutes.Paragraph, Text: "Biên bản lập thành 02 bản, mỗi bên giữ 01 bản có giá trị như nhau."})
		left, right = "BÊN NHẬN", "BÊN GIAO"
	case PaperReceipt:
		right = "THỦ TRƯỞNG ĐƠN VỊ"
	}
	add(minutes.Block{Kind: minutes.Signatures, Left: []string{left, "(Ký, ghi rõ họ tên)", ""}, Right: []string{right, "(Ký, ghi rõ họ tên)", ""}})
	return d
}

const blank = "…………………………"

// parties opens the minutes: when, where, who gives and who takes, to be written in.
func parties(v HandoverList, in decision.Input) []minutes.Block {
	takes := blank
	if len(v.Units) == 1 {
		takes = v.Units[0].Name
	}
	out := []minutes.Block{{Kind: minutes.Paragraph, Text: "Hôm nay, ngày …… tháng …… năm …………, tại " + blank + ", chúng tôi gồm:"}}
	for _, side := range [][2]string{{"BÊN GIAO: ", v.Decision.AuthorityName}, {"BÊN NHẬN: ", takes}} {
		out = append(out, minutes.Block{Kind: minutes.Heading, Text: side[0] + side[1]},
			minutes.Block{Kind: minutes.Paragraph, Text: "Đại diện: ông (bà) " + blank + blank + "; chức vụ: " + blank})
	}
	return append(out, minutes.Block{Kind: minutes.Paragraph, Text: "Hai bên đã giao, nhận hiện vật khen thưởng theo quyết định nêu trên như sau:"})
}

// paperGrid is the table of one unit.
func paperGrid(u HandoverUnit, award, kind string) minutes.Block {
	b := minutes.Block{Kind: minutes.Grid}
	switch kind {
	case PaperMinutes:
		b.Heads, b.Widths = []string{"STT", "Được khen thưởng", "Hiện vật", "Số sổ vàng", "Số lượng", "Ghi chú"}, []int{9, 52, 48, 20, 14, 22}
	case PaperPayment:
		b.Heads, b.Widths = []string{"STT", "Được khen thưởng", "Chức vụ, nơi công tác", "Tiền thưởng (đồng)", "Ngày chi", "Người nhận", "Ký nhận"}, []int{9, 40, 40, 22, 19, 22, 13}
	default:
		b.Heads, b.Widths = []string{"STT", "Được khen thưởng", "Chức vụ, nơi công tác", "Số sổ vàng", "Tiền thưởng (đồng)", "Ngày nhận", "Người nhận, ký nhận"}, []int{9, 38, 38, 16, 21, 18, 25}
	}
	for _, l := range u.Lines {
		row := []string{strconv.Itoa(l.Position), l.named("vi")}
		switch kind {
		case PaperMinutes:
			row = append(row, award, l.Gold, "01", receiverOf(l.Mark))
		case PaperPayment:
			if l.Amount == 0 {
				continue
			}
			row = append(row, joinComma(l.Office, l.Place), strings.TrimSuffix(decision.FormatMoney(l.Amount), " đồng"), markedOn(l.Money), receiverOf(l.Money), "")
		default:
			row = append(row, joinComma(l.Office, l.Place), l.Gold, strings.TrimSuffix(decision.FormatMoney(l.Amount), " đồng"), markedOn(l.Mark), receiverOf(l.Mark))
		}
		b.Rows = append(b.Rows, row)
	}
	return b
}
