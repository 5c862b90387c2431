package decision

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"vinhdanh/internal/office"
)

// Difference is where a file says another name, number or award than the data.
type Difference struct {
	Vi, En string // where it is
	Data   string // what the data say; empty: nothing stands there
	File   string // what the file says; empty: nothing stands there
}

// ReadWords takes the wording out of a Word file of a draft. What differs in names, in
// numbers (sums, counts, running numbers), in awards, or in who issues and signs it is
// returned instead; then nothing is to be taken. A name that somebody writes into free
// wording is not recognised as one: the changes are to be shown. An *Error says that the
// file is not of this draft, or has tracked changes.
func ReadWords(content []byte, in Input) (Words, []Difference, error) {
	var w Words
	doc, err := Build(in)
	if err != nil {
		return w, nil, err
	}
	pieces, err := office.Read(content)
	switch {
	case errors.Is(err, office.ErrTracked):
		return w, nil, refuse(CodeText, "the file has tracked changes; accept or reject them all, save, and bring it again",
			"tệp còn thay đổi đang theo dõi (Track Changes); hãy chấp nhận hoặc bỏ hết, lưu lại rồi tải lên")
	case err != nil:
		return w, nil, refuse(CodeText, "the file is no Word document (.docx)", "tệp không phải văn bản Word (.docx)")
	}
	r := wordReader{in: in, doc: doc, pieces: slices.DeleteFunc(pieces, func(p office.Piece) bool { return p.Text == "" && p.Rows == nil })}
	if err := r.read(&w); err != nil {
		return w, nil, err
	}
	if w.size() > maxWords {
		return w, nil, refuse(CodeText, "the wording is longer than a decision's", "lời văn dài quá mức của một quyết định")
	}
	return w, r.found, nil
}

// maxWords bounds the wording of a decision, in bytes; its lists are not in it.
const maxWords = 200_000

func (w Words) size() int {
	n := len(w.Abstract)
	for _, list := range append([][]string{w.Bases, w.Recipients}, w.Articles...) {
		for _, s := range list {
			n += len(s)
		}
	}
	return n
}

// wordReader goes through the pieces of a file beside the draft.
type wordReader struct {
	in     Input
	doc    Document
	pieces []office.Piece
	at     int
	found  []Difference
}

func (r *wordReader) differs(vi, en, data, file string) {
	if data != file {
		r.found = append(r.found, Difference{vi, en, data, file})
	}
}

// until gives the paragraphs before the next one with a text; false when there is none.
func (r *wordReader) until(text string) ([]string, bool) {
	var out []string
	for i := r.at; i < len(r.pieces) && r.pieces[i].Rows == nil; i++ {
		if r.pieces[i].Text == text {
			r.at = i + 1
			return out, true
		}
		out = append(out, r.pieces[i].Text)
	}
	return nil, false
}

// paragraphs are those before the next table.
func (r *wordReader) paragraphs() []string {
	var out []string
	for ; r.at < len(r.pieces) && r.pieces[r.at].Rows == nil; r.at++ {
		out = append(out, r.pieces[r.at].Text)
	}
	return out
}

// table is the next piece if it is a table; nil otherwise.
func (r *wordReader) table() [][][]string {
	if r.at < len(r.pieces) && r.pieces[r.at].Rows != nil {
		r.at++
		return r.pieces[r.at-1].Rows
	}
	return nil
}

func foreign(part, phan string) error {
	return refuse(CodeText, "the file is not laid out as this draft's Word file: %[1]s is not found; download it again and edit that",
		"tệp không theo bố cục tệp Word của dự thảo này: không thấy %[2]s; hãy tải lại tệp Word rồi sửa trên tệp đó", part, phan)
}

// read takes the parts in their order.
func (r *wordReader) read(w *Words) error {
	head := r.table()
	if len(head) == 0 || len(head[0]) == 0 {
		return foreign("the head", "phần đầu văn bản")
	}
	r.head(head[0][0])
	if _, ok := r.until(clean(r.doc.Kind)); !ok {
		return foreign("the kind of document", "tên loại văn bản ("+r.doc.Kind+")")
	}
	abstract, ok := r.until(clean(r.doc.Authority))
	if !ok {
		return foreign("the authority", "thẩm quyền ban hành ("+r.doc.Authority+")")
	}
	if w.Bases, ok = r.until(clean(r.doc.Enacting)); !ok {
		return foreign("the enacting words", "dòng "+r.doc.Enacting)
	}
	w.Abstract = strings.Join(abstract, " ")
	r.same("trích yếu", "the abstract", r.doc.Abstract, w.Abstract)
	if err := r.articles(w); err != nil {
		return err
	}
	if err := r.foot(w); err != nil {
		return err
	}
	r.annex()
	return nil
}

// head holds issuer and symbol against the draft.
func (r *wordReader) head(left []string) {
	want := append([]string{}, r.doc.Issuer...)
	if r.doc.Superior != "" {
		want = append([]string{r.doc.Superior}, want...)
	}
	left = filled(left)
	for i, l := range want {
		r.differs("cơ quan ban hành", "the issuing body", clean(l), lineAt(left, i))
	}
	if _, symbol, _ := strings.Cut(lineAt(left, len(want)), "/"); symbol != r.doc.Symbol {
		r.differs("ký hiệu", "the symbol", r.doc.Symbol, symbol)
	}
}

var articleStart = regexp.MustCompile(`^Điều (\d+)\. ?`)

func (r *wordReader) articles(w *Words) error {
	for _, p := range r.paragraphs() {
		if m := articleStart.FindString(p); m != "" {
			w.Articles, p = append(w.Articles, nil), strings.TrimPrefix(p, m)
		}
		if len(w.Articles) == 0 {
			return foreign("article 1", "Điều 1")
		}
		last := &w.Articles[len(w.Articles)-1]
		*last = append(*last, p)
	}
	r.differs("số điều", "the number of articles", fmt.Sprint(len(r.doc.Articles)), fmt.Sprint(len(w.Articles)))
	for i := range min(len(w.Articles), len(r.doc.Articles)) {
		r.same(fmt.Sprintf("Điều %d", i+1), fmt.Sprintf("article %d", i+1), strings.Join(r.doc.Articles[i].Paragraphs, "\n"), strings.Join(w.Articles[i], "\n"))
	}
	return nil
}

// foot takes the recipients, and holds who signs against the draft.
func (r *wordReader) foot(w *Words) error {
	foot := r.table()
	if len(foot) == 0 || len(foot[0]) < 2 {
		return foreign("the foot", "phần nơi nhận, chữ ký")
	}
	for i, l := range filled(foot[0][0]) {
		if i > 0 { // the first says "Nơi nhận:"
			w.Recipients = append(w.Recipients, strings.TrimRight(strings.TrimSpace(strings.TrimPrefix(l, "-")), ";. "))
		}
	}
	signs := filled(foot[0][1])
	want := append(slices.Clone(r.doc.Signing.Lines()), r.doc.Signing.Name)
	for i := range max(len(want), len(signs)) {
		r.differs("chức vụ, họ tên người ký", "who signs", clean(lineAt(want, i)), lineAt(signs, i))
	}
	return nil
}

// annex holds every row of the list against the data.
func (r *wordReader) annex() {
	var groups []Group
	var above [][]string
	if r.doc.Annex != nil {
		groups, above = annexGroups(r.doc.Annex), annexLines(r.doc.Annex)
	}
	for i, g := range groups {
		lines := r.paragraphs()
		for j := range max(len(lines), len(above[i])) {
			r.differs("đề mục của danh sách", "a heading of the list", clean(lineAt(above[i], j)), lineAt(lines, j))
		}
		rows := r.table()
		for n := range max(len(g.Entries), len(rows)-1) {
			var want, have []string
			if n < len(g.Entries) {
				want = wordRow(n, g.Entries[n])
			}
			if n+1 < len(rows) {
				have = cellsOf(rows[n+1])
			}
			r.row(g.Kind, n, want, have)
		}
	}
	for ; r.at < len(r.pieces); r.at++ {
		p := r.pieces[r.at]
		r.differs("phần sau danh sách", "what follows the list", "", p.Text+strings.Join(flat(p.Rows), "; "))
	}
}

// row holds one row against the data; a row that is not there has no cells.
func (r *wordReader) row(k Kind, n int, want, have []string) {
	vi, en := fmt.Sprintf("danh sách %s, dòng %d", k.Noun(), n+1), fmt.Sprintf("list of %s, row %d", k, n+1)
	if want == nil || have == nil {
		r.differs(vi, en, strings.Join(filled(want), ", "), strings.Join(filled(have), ", "))
		return
	}
	for i, head := range wordHeads {
		r.differs(vi+", "+head, en+", column "+fmt.Sprint(i+1), clean(want[i]), lineAt(have, i))
	}
}

func cellsOf(row [][]string) []string {
	out := make([]string, len(row))
	for i, c := range row {
		out[i] = strings.Join(filled(c), " ")
	}
	return out
}

func flat(rows [][][]string) []string {
	var out []string
	for _, r := range rows {
		out = append(out, filled(cellsOf(r))...)
	}
	return out
}

func clean(s string) string { return strings.Join(strings.Fields(s), " ") }

func filled(list []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == "" })
}

func lineAt(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}
