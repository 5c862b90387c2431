package duplicate

// Level is how strong a hit is.
type Level string

// Levels; the empty one is no hit.
const (
	None     Level = ""
	Possible Level = "possible"
	Strong   Level = "strong"
)

// Part is one thing that was compared: what (name, birth, unit …), with which result
// (a code of the model), and its points.
type Part struct {
	What   string `json:"what"`
	Code   string `json:"code"`
	Points int    `json:"points"`
	A      string `json:"a,omitempty"` // what stood on each side, where that is short
	B      string `json:"b,omitempty"`
}

// Match is a pair weighed: both halves, the score (the weaker half) and the level.
type Match struct {
	Level       Level  `json:"level"`
	Score       int    `json:"score"`       // 0 to 1000
	Subject     int    `json:"subject"`     // 0 to 1000: the same person, household or collective
	Achievement int    `json:"achievement"` // 0 to 1000: the same merit
	Parts       []Part `json:"parts,omitempty"`
}

// Frequency says how many entries of the register bear a name; nil or 0 is unknown.
type Frequency func(p *Prepared) int

// Compare weighs two entries. It is symmetric but for the sides of its parts.
func (m *Model) Compare(a, b *Prepared, often Frequency) Match {
	w := weighing{m: m, parts: make([]Part, 0, 8)}
	w.subject(a, b, often)
	out := Match{Subject: w.half()}
	if out.Subject < m.Thresholds.Possible.Subject {
		out.Parts = w.parts
		return out
	}
	w.achievement(a, b)
	out.Achievement, out.Parts = w.half(), w.parts
	out.Score = min(out.Subject, out.Achievement)
	out.Level = m.level(out)
	return out
}

// CompareSubjects weighs the first half alone: is it the same person, whatever for?
func (m *Model) CompareSubjects(a, b *Prepared, often Frequency) Match {
	w := weighing{m: m}
	w.subject(a, b, often)
	out := Match{Subject: w.half(), Achievement: 1000, Parts: w.parts}
	out.Score = out.Subject
	out.Level = m.level(out)
	return out
}

func (m *Model) level(x Match) Level {
	switch s, p := m.Thresholds.Strong, m.Thresholds.Possible; {
	case x.Subject >= s.Subject && x.Achievement >= s.Achievement:
		return Strong
	case x.Subject >= p.Subject && x.Achievement >= p.Achievement:
		return Possible
	}
	return None
}

// weighing gathers parts and the sum of the half that is being weighed.
type weighing struct {
	m     *Model
	parts []Part
	sum   int
}

func (w *weighing) add(what, code string, points int, a, b string) {
	w.sum += points
	w.parts = append(w.parts, Part{What: what, Code: code, Points: points, A: a, B: b})
}

// half ends a half and cuts it to 0..1000.
func (w *weighing) half() int {
	out := min(max(w.sum, 0), 1000)
	w.sum = 0
	return out
}
