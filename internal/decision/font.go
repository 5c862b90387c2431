package decision

import (
	"maps"
	"slices"
	"sync"

	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifbolditalic"
	"github.com/go-fonts/liberation/liberationserifitalic"
	"github.com/go-fonts/liberation/liberationserifregular"
	"github.com/go-pdf/fpdf"
	"golang.org/x/image/font/sfnt"
)

// family is Liberation Serif, whose widths are those of Times New Roman.
const family = "LiberationSerif"

// fontRanges are the characters that decisions may use: Latin with all
// Vietnamese letters, the combining marks of minority names, and punctuation.
var fontRanges = [][2]rune{
	{0x20, 0x7E}, {0xA0, 0xAC}, {0xAE, 0x24F}, {0x2BC, 0x2BC}, {0x300, 0x36F}, {0x1E00, 0x1EFF},
	{0x2010, 0x2027}, {0x2030, 0x203A}, {0x20AB, 0x20AB},
}

// fontSet is what is prepared once a process: for each style the font cut down
// to fontRanges, which makes every document cheaper, and the printable characters.
type fontSet struct {
	styles map[string][]byte
	glyphs []bool              // by character: every style has it
	widths map[string][]uint16 // by style and character, in thousandths of the size
}

// faces are the four styles as fpdf names them.
var faces = map[string][]byte{
	"": liberationserifregular.TTF, "B": liberationserifbold.TTF,
	"I": liberationserifitalic.TTF, "BI": liberationserifbolditalic.TTF,
}

var loadFonts = sync.OnceValue(func() fontSet {
	set := fontSet{styles: map[string][]byte{}, widths: map[string][]uint16{}}
	glyphs := map[rune]bool{}
	for _, r := range fontRanges {
		for c := r[0]; c <= r[1]; c++ {
			glyphs[c] = true
		}
	}
	for _, ttf := range faces {
		dropMissing(glyphs, ttf)
	}
	cut := slices.Sorted(maps.Keys(glyphs))
	set.glyphs = make([]bool, cut[len(cut)-1]+1)
	for _, c := range cut {
		set.glyphs[c] = true
	}
	for style, ttf := range faces {
		set.styles[style] = fpdf.UTF8CutFont(ttf, string(cut))
		set.widths[style] = widthsOf(set.styles[style], cut)
	}
	return set
})

// dropMissing removes the characters for which the font has no glyph. The fonts
// are embedded in the binary, so one that does not parse is a fault of the build.
func dropMissing(glyphs map[rune]bool, ttf []byte) {
	font, err := sfnt.Parse(ttf)
	if err != nil {
		panic("decision: an embedded font does not parse: " + err.Error())
	}
	var buf sfnt.Buffer
	for c := range glyphs {
		if i, err := font.GlyphIndex(&buf, c); err != nil || i == 0 {
			delete(glyphs, c)
		}
	}
}

// widthsOf asks fpdf for the width of each character once. Measuring with it
// later would write a font change into the page for every measurement.
func widthsOf(ttf []byte, cut []rune) []uint16 {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.AddUTF8FontFromBytes(family, "", ttf)
	pdf.SetFont(family, "", 10)
	out := make([]uint16, cut[len(cut)-1]+1)
	for _, c := range cut {
		out[c] = uint16(pdf.GetStringSymbolWidth(string(c)))
	}
	return out
}

// hasGlyph tells whether every style of the font can print the character.
func hasGlyph(r rune) bool {
	glyphs := loadFonts().glyphs
	return r >= 0 && int(r) < len(glyphs) && glyphs[r]
}
