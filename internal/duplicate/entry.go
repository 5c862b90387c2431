package duplicate

// Kinds of subject, as in items.
const (
	Individual = "individual"
	Collective = "collective"
	Household  = "household"
)

// Classes of award: a title (danh hiệu) or a form of commendation (hình thức).
const (
	ClassTitle = "title"
	ClassForm  = "form"
)

// Entry is one item of a proposal or one row of the ledger. What is not known is
// empty and weighs nothing.
type Entry struct {
	ID   string // any; Compare does not look at it
	Kind string // individual, collective, household
	Name string // as written, with or without a form of address
	Sex  string // male, female

	BirthYear int
	BirthDate string // 1984-02-07
	Token     string // keyed hash of the personal number, opaque

	// What a person joined in the ledger: the reference, the identity that stands for all
	// references of one subject, and the identities of those that the subject succeeds.
	Subject  string
	Identity string
	Follows  []string

	Unit  string   // unit id
	Roots []string // the last successors of the unit; the unit itself while it stands
	Above []string // units above it
	Is    []string // of a collective that is a unit of the tree: its last successors

	Workplace string

	Award       string
	Class       string // title, form
	Campaign    string
	PeriodKind  string // calendar, school, range
	Period      string // as written: "2023", "2022-2023"
	Achievement string
	Decision    string // number of the decision that rewarded it
}

// Prepared is an entry with what Compare and Keys need worked out once.
type Prepared struct {
	Entry
	name      name
	workplace string
	sketch    sketch
	quoted    []string // decision numbers in its text, and its own
	from, to  int      // half-years of the achievement period; 0 is unknown
}

// Prepare works an entry out.
func Prepare(e Entry) *Prepared {
	p := &Prepared{Entry: e}
	if e.Kind == Collective {
		p.name = collectiveName(e.Name)
	} else {
		p.name = personName(e.Name)
	}
	p.workplace = foldText(e.Workplace)
	text := foldText(e.Achievement)
	p.sketch = sketchOf(text)
	p.quoted = quotedIn(text)
	if e.Decision != "" {
		p.quoted = append(p.quoted, number(foldText(e.Decision)))
	}
	p.from, p.to = HalfYears(e.PeriodKind, e.Period)
	return p
}

// Named tells whether there is a name to compare at all.
func (p *Prepared) Named() bool { return len(p.name.words) > 0 }

// Stored is what of a prepared entry is kept beside the entry, so that its texts need
// not be read again.
type Stored struct {
	Workplace string   // folded
	Sketch    []int32  // of the achievement's text
	Quoted    []string // decision numbers in it
}

// Stored gives what is to be kept.
func (p *Prepared) Stored() Stored {
	out := Stored{Workplace: p.workplace, Sketch: make([]int32, len(p.sketch)), Quoted: p.quoted}
	for i, h := range p.sketch {
		out.Sketch[i] = int32(h) //nolint:gosec // the bits, whatever their sign
	}
	return out
}

// Restore prepares an entry whose texts were kept as Stored.
func Restore(e Entry, kept Stored) *Prepared {
	e.Workplace, e.Achievement, e.Decision = "", "", ""
	p := Prepare(e)
	p.workplace, p.quoted, p.sketch = kept.Workplace, kept.Quoted, make(sketch, len(kept.Sketch))
	for i, h := range kept.Sketch {
		p.sketch[i] = uint32(h) //nolint:gosec // the bits, whatever their sign
	}
	return p
}
