package decision

import "time"

// Document is a decision as it is printed, part by part in the order of Decree
// 30/2020/NĐ-CP Điều 8. Every text is printed as it stands.
type Document struct {
	// Issuer holds the lines of the issuing body, top left, for example
	// "ỦY BAN NHÂN DÂN", "TỈNH HẬU GIANG".
	Issuer []string `json:"issuer"`
	// Superior is the line above it for a body that has one; often empty.
	Superior string `json:"superior,omitempty"`
	// Number is the running number, "328"; empty until the registrar has given one.
	Number string `json:"number,omitempty"`
	// Symbol follows the number, "QĐ-UBND".
	Symbol string `json:"symbol"`
	Place  string `json:"place"`
	// Date is the civil date of issue; its year, month and day are read as they
	// stand. Zero until the registrar has given it.
	Date time.Time `json:"date,omitzero"`
	// Drafted dates the file itself while Date is zero.
	Drafted time.Time `json:"drafted,omitzero"`

	Kind      string    `json:"kind"`      // "QUYẾT ĐỊNH"
	Abstract  string    `json:"abstract"`  // trích yếu, "Về việc …"
	Authority string    `json:"authority"` // "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HẬU GIANG"
	Bases     []string  `json:"bases"`     // with their final marks: "Căn cứ …;", last "Xét đề nghị của …,"
	Enacting  string    `json:"enacting"`  // "QUYẾT ĐỊNH:"
	Articles  []Article `json:"articles"`

	Recipients []string `json:"recipients"` // nơi nhận, without dash and final mark
	Signing    Signing  `json:"signing"`
	Annex      *Annex   `json:"annex,omitempty"`
	// Code and Verify: see Input.
	Code   string `json:"code,omitempty"`
	Verify string `json:"verify,omitempty"`
}

// Article is one Điều; it is numbered by its place.
type Article struct {
	// Paragraphs holds the text; the first follows "Điều n." on its line.
	Paragraphs []string `json:"paragraphs"`
}

// Kind tells apart the three kinds of subjects, in the order of every list.
type Kind string

// The kinds of subjects (tập thể, cá nhân, hộ gia đình).
const (
	Collective Kind = "collective"
	Individual Kind = "individual"
	Household  Kind = "household"
)

// Kinds lists the kinds in the order of lists and annexes.
func Kinds() []Kind { return []Kind{Collective, Individual, Household} }

// Noun gives the Vietnamese word for a subject of this kind.
func (k Kind) Noun() string {
	switch k {
	case Collective:
		return "tập thể"
	case Household:
		return "hộ gia đình"
	default:
		return "cá nhân"
	}
}

// Annex is the list that belongs to the decision.
type Annex struct {
	Title    string    `json:"title"`    // "DANH SÁCH"
	Subtitle string    `json:"subtitle"` // what the list is of
	By       string    `json:"by"`       // whose decision it belongs to, "Chủ tịch Ủy ban nhân dân tỉnh Hậu Giang"
	Money    bool      `json:"money"`    // print the money column
	Sections []Section `json:"sections"`
}

// Section is the part of an annex for one award.
type Section struct {
	Heading string  `json:"heading,omitempty"` // the award; empty where the annex has one award only
	Groups  []Group `json:"groups"`
}

// Group holds the entries of one kind; running numbers start at 1 in each.
type Group struct {
	Kind    Kind    `json:"kind"`
	Entries []Entry `json:"entries"`
}

// Entry is the printed line of a subject.
type Entry struct {
	Form      string `json:"form,omitempty"` // form of address: Ông, Bà, a rank, Hộ ông
	Name      string `json:"name"`           // exactly as on the identity card
	Position  string `json:"position,omitempty"`
	Workplace string `json:"workplace,omitempty"`
	Money     int64  `json:"money,omitempty"` // đồng; 0: none
}

// Printed gives form of address and name.
func (e Entry) Printed() string { return joinNonEmpty(" ", e.Form, e.Name) }

// Line gives the whole printed line: form, name, position, workplace.
func (e Entry) Line() string { return joinNonEmpty(", ", e.Printed(), e.Position, e.Workplace) }
