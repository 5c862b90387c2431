package law

import "fmt"

// Text is something a person reads, in both languages.
type Text struct {
	VI string `yaml:"vi" json:"vi"`
	EN string `yaml:"en" json:"en"`
}

// Error is a refusal with a code for programs and a text that says what to do.
type Error struct {
	Code string
	Text Text
}

// Error gives the code and the English text.
func (e *Error) Error() string { return e.Code + ": " + e.Text.EN }

func fail(code, vi, en string) error { return &Error{Code: code, Text: Text{VI: vi, EN: en}} }

// Mark says how well a value is supported by sources.
type Mark string

const (
	MarkConfirmed   Mark = "confirmed"   // a source quotes the text, or is official
	MarkSecondary   Mark = "secondary"   // one unofficial source only
	MarkUnconfirmed Mark = "unconfirmed" // no source found, or taken from another regime
	MarkOld         Mark = "old"         // confirmed for the law before 2024
)

var markTexts = map[Mark]Text{
	MarkConfirmed:   {VI: "đã xác nhận", EN: "confirmed"},
	MarkSecondary:   {VI: "nguồn thứ cấp, cần kiểm tra lại", EN: "secondary source, to be checked"},
	MarkUnconfirmed: {VI: "chưa xác nhận", EN: "unconfirmed"},
	MarkOld:         {VI: "theo luật cũ (trước 2024)", EN: "under the former law (before 2024)"},
}

// Text is the mark in words.
func (m Mark) Text() Text { return markTexts[m] }

// Cite is where a value comes from. It is part of every entry of the data.
type Cite struct {
	Article         string `yaml:"article" json:"article"`
	Mark            Mark   `yaml:"mark" json:"mark"`
	Source          string `yaml:"source" json:"source,omitempty"`                       // number in the list of sources
	Note            string `yaml:"note" json:"note,omitempty"`                           // in Vietnamese
	LocalRuleNeeded bool   `yaml:"local_rule_needed" json:"local_rule_needed,omitempty"` // a default that the province must set
	Draft           bool   `yaml:"draft" json:"draft,omitempty"`                         // of a text that was not enacted, or whose enacted form nobody has seen
	AssumedFrom     string `yaml:"-" json:"assumed_from,omitempty"`                      // regime whose text stands in
}

// assumed is the cite as it reads in a regime whose own text was not seen.
func (c Cite) assumed(from string) Cite {
	if from != "" {
		c.Mark, c.AssumedFrom = MarkUnconfirmed, from
	}
	return c
}

// Label is article and mark in one line for the screen.
func (c Cite) Label() Text {
	m := c.Mark.Text()
	vi, en := c.Article+" ["+m.VI, c.Article+" ["+m.EN
	if c.AssumedFrom != "" {
		vi += "; chưa có văn bản mới, tạm lấy theo " + c.AssumedFrom
		en += "; new text not seen, taken from " + c.AssumedFrom
	}
	if c.Draft {
		vi, en = vi+"; dự thảo, chưa phải văn bản đã ban hành", en+"; a draft, not the enacted text"
	}
	if c.LocalRuleNeeded {
		vi, en = vi+"; cần quy định của địa phương", en+"; local rule needed"
	}
	return Text{VI: vi + "]", EN: en + "]"}
}

func (m Mark) known() bool {
	_, ok := markTexts[m]
	return ok
}

// Pos is where an entry stands in the data.
type Pos struct {
	File string
	Line int
}

// String is "file:line"; the file alone where no line of it is at fault.
func (p Pos) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d", p.File, p.Line)
}

// Entry is the part that all entries share: where they stand.
type Entry struct {
	Pos   Pos
	path  string         // of the entry in its file, "criteria[3]"
	lines map[string]int // of every part of the file, by path
}

// At is the position of a part of the entry, such as "cases[1]"; the entry's own
// when the part is not known.
func (e Entry) At(part string) Pos {
	if line, ok := e.lines[join(e.path, part)]; ok {
		return Pos{File: e.Pos.File, Line: line}
	}
	return e.Pos
}

func (e *Entry) entry() *Entry { return e }
