package decision

import (
	_ "embed"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
)

//go:embed designs/designs.yaml
var builtIn []byte

// Label is a name in both languages.
type Label struct {
	VI string `yaml:"vi" json:"vi"`
	EN string `yaml:"en" json:"en"`
}

// Designs are the designs of certificates and the gold books that count them.
type Designs struct {
	Books []Book   `yaml:"books"`
	List  []Design `yaml:"designs"`
}

// Book is a gold book (sổ vàng): its numbers run within an authority and a year.
type Book struct {
	Code  string `yaml:"code" json:"code"`
	Names Label  `yaml:"names" json:"names"`
}

// Design is how the certificates of some awards look. Measures are millimetres.
type Design struct {
	Code  string `yaml:"code" json:"code"`
	Names Label  `yaml:"names" json:"names"`
	Book  string `yaml:"book" json:"book"`
	// Awards are the codes that it is for; "*": all that no other design names.
	Awards []string `yaml:"awards" json:"awards"`
	// Article says where size and places come from, Mark how well that is supported;
	// FieldsMark is the mark of which fields it bears.
	Article    string    `yaml:"article" json:"article"`
	Mark       string    `yaml:"mark" json:"mark"`
	FieldsMark string    `yaml:"fields_mark" json:"fields_mark"`
	Width      float64   `yaml:"width" json:"width"`
	Height     float64   `yaml:"height" json:"height"`
	Elements   []Element `yaml:"elements" json:"-"`
}

// Element is one thing on a certificate, in its box.
type Element struct {
	Kind   string  `yaml:"kind"` // empty: a text; frame, rule, qr
	Text   string  `yaml:"text"`
	X      float64 `yaml:"x"`
	Y      float64 `yaml:"y"`
	W      float64 `yaml:"w"`
	H      float64 `yaml:"h"`
	Size   float64 `yaml:"size"`   // points, the greatest
	Min    float64 `yaml:"min"`    // the smallest
	Single float64 `yaml:"single"` // down to this it stays on one line
	Style  string  `yaml:"style"`  // B, I, BI
	Align  string  `yaml:"align"`  // empty: centred; left, right
	VAlign string  `yaml:"valign"` // empty: top; middle, bottom
	Upper  bool    `yaml:"upper"`
	Colour string  `yaml:"colour"` // #rrggbb; empty: black
	On     string  `yaml:"on"`     // empty: always; blank, stock
}

var defaultDesigns = sync.OnceValue(func() *Designs {
	d, err := ParseDesigns(builtIn)
	if err != nil {
		panic(err) // the tests load it, so a build that passed them cannot come here
	}
	return d
})

// DefaultDesigns are the designs that are built into the program.
func DefaultDesigns() *Designs { return defaultDesigns() }

// LoadDesigns reads a file of designs, which replaces the built-in ones.
func LoadDesigns(file string) (*Designs, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("decision: designs: %w", err)
	}
	return ParseDesigns(data)
}

// ParseDesigns reads designs strictly: an unknown key, a box beyond the paper, an
// unknown placeholder or a design without a book is an error that names the design.
func ParseDesigns(data []byte) (*Designs, error) {
	var d Designs
	if err := yaml.UnmarshalWithOptions(data, &d, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("decision: designs: %w", err)
	}
	for i, x := range d.List {
		if err := d.wrong(x, d.List[:i]); err != "" {
			return nil, fmt.Errorf("decision: design %q: %s", x.Code, err)
		}
	}
	if len(d.List) == 0 {
		return nil, fmt.Errorf("decision: designs: there is none")
	}
	return &d, nil
}

func (d *Designs) wrong(x Design, before []Design) string {
	switch {
	case x.Code == "" || x.Names.VI == "" || x.Names.EN == "":
		return "code and names in both languages are needed"
	case slices.ContainsFunc(before, func(o Design) bool { return o.Code == x.Code }):
		return "the code is used twice"
	case !slices.ContainsFunc(d.Books, func(b Book) bool { return b.Code == x.Book && b.Names.VI != "" && b.Names.EN != "" }):
		return "the book is not in the list of books"
	case !slices.Contains(marks, x.Mark) || !slices.Contains(marks, x.FieldsMark) || x.Article == "":
		return "article, mark and fields_mark are needed: confirmed, secondary, unconfirmed or old"
	case x.Width < 50 || x.Width > 1200 || x.Height < 50 || x.Height > 1200:
		return "paper is between 50 and 1200 mm"
	}
	for i, e := range x.Elements {
		if err := e.wrong(x); err != "" {
			return fmt.Sprintf("element %d: %s", i+1, err)
		}
	}
	return ""
}

var (
	marks       = []string{"confirmed", "secondary", "unconfirmed", "old"}
	colourForm  = regexp.MustCompile(`^#[0-9a-f]{6}$`)
	placeholder = regexp.MustCompile(`\{[^}]*\}`)
)

func (e Element) wrong(x Design) string {
	if e.X < 0 || e.Y < 0 || e.X+e.W > x.Width || e.Y+e.height() > x.Height || e.W <= 0 {
		return "its box is not on the paper"
	}
	if !slices.Contains([]string{"", "blank", "stock"}, e.On) || (e.Colour != "" && !colourForm.MatchString(e.Colour)) {
		return "on is blank or stock, a colour is #rrggbb"
	}
	if e.Kind != "" {
		if !slices.Contains([]string{"frame", "rule", "qr"}, e.Kind) {
			return "its kind is unknown"
		}
		return ""
	}
	if e.Min <= 0 || e.Size < e.Min || e.H <= 0 || !slices.Contains([]string{"", "B", "I", "BI"}, e.Style) ||
		!slices.Contains([]string{"", "left", "right"}, e.Align) || !slices.Contains([]string{"", "middle", "bottom"}, e.VAlign) {
		return "size, min, style, align or valign is wrong"
	}
	known := Certificate{}.values()
	for _, p := range placeholder.FindAllString(e.Text, -1) {
		if _, ok := known[strings.Trim(p, "{}")]; !ok {
			return "the placeholder " + p + " is unknown"
		}
	}
	return ""
}

// height is that of the box; a QR code is square.
func (e Element) height() float64 {
	if e.Kind == "qr" {
		return e.W
	}
	return e.H
}

// For finds the design of an award: the one that names it, else the one for the rest.
func (d *Designs) For(award string) (Design, bool) {
	for _, want := range []string{award, "*"} {
		for _, x := range d.List {
			if slices.Contains(x.Awards, want) {
				return x, true
			}
		}
	}
	return Design{}, false
}

// ByCode finds a design.
func (d *Designs) ByCode(code string) (Design, bool) {
	i := slices.IndexFunc(d.List, func(x Design) bool { return x.Code == code })
	if i < 0 {
		return Design{}, false
	}
	return d.List[i], true
}

// Book finds a gold book; its code is its name where it is not there any more.
func (d *Designs) Book(code string) Book {
	for _, b := range d.Books {
		if b.Code == code {
			return b
		}
	}
	return Book{Code: code, Names: Label{code, code}}
}
