package council

// Mode says how the Council deals with an award (design.md section 5).
type Mode string

const (
	ModeNone     Mode = "none"     // no council step at all (simplified procedure)
	ModeStanding Mode = "standing" // standing members only (Thường trực Hội đồng)
	ModeWritten  Mode = "written"  // written consultation (phiếu lấy ý kiến)
	ModeMeeting  Mode = "meeting"  // a meeting
)

// Base is what a majority is counted against.
type Base string

const (
	BaseAll     Base = "all"     // all members of the roster
	BasePresent Base = "present" // members present when the ballot opened
)

// BallotKind is open (named) or secret.
type BallotKind string

const (
	BallotOpen   BallotKind = "open"
	BallotSecret BallotKind = "secret"
)

// AbsentMode says what an absent member may do.
type AbsentMode string

const (
	AbsentWritten AbsentMode = "written" // a written opinion counts as a ballot
	AbsentNone    AbsentMode = "none"    // an absent member has no vote
)

// Fraction is an exact share, Num of Den; Den is never zero in loaded data.
type Fraction struct {
	Num int `json:"num" yaml:"num"`
	Den int `json:"den" yaml:"den"`
}

// Reached tells whether part of whole is at least the fraction, in integers only.
func (f Fraction) Reached(part, whole int) bool {
	return f.Den > 0 && whole > 0 && part*f.Den >= f.Num*whole
}

// Needed is the smallest count of whole that reaches the fraction.
func (f Fraction) Needed(whole int) int {
	if f.Den <= 0 {
		return whole + 1
	}
	return (f.Num*whole + f.Den - 1) / f.Den
}

// Rule is the majority rule of one award under one regime, as the law's data
// states it. It travels in the case's input, so that a replay needs no law data.
type Rule struct {
	Mode           Mode       `json:"mode" yaml:"mode"`
	Base           Base       `json:"base,omitempty" yaml:"base"`
	Threshold      Fraction   `json:"threshold,omitzero" yaml:"threshold"`
	MoreThan       bool       `json:"more_than,omitempty" yaml:"more_than"` // strictly more than the threshold
	Ballot         BallotKind `json:"ballot,omitempty" yaml:"ballot"`
	Absent         AbsentMode `json:"absent,omitempty" yaml:"absent"`
	Quorum         Fraction   `json:"quorum,omitzero" yaml:"quorum"` // share of all members that must be present
	ChairMustAgree bool       `json:"chair_must_agree,omitempty" yaml:"chair_must_agree"`
	Consult        bool       `json:"consult,omitempty" yaml:"consult"` // a written consultation may take a meeting's place
	Silence        Silence    `json:"silence,omitempty" yaml:"silence"` // of who does not answer a consultation
	// Second is the least share of the base in favour that brings an item that did not
	// pass to a second ballot; zero: there is none.
	Second Fraction `json:"second,omitzero" yaml:"second"`
	Tie    Tie      `json:"tie,omitempty" yaml:"tie"`
	// Standing: the standing members may deal with it alone, in a session of theirs.
	Standing bool `json:"standing,omitempty" yaml:"standing"`
	// Recusal says whether a member barred from an item stays in its base; empty: stays.
	Recusal RecusalBase `json:"recusal,omitempty" yaml:"recusal"`
}

// StandsAlone tells whether a session of the standing members alone may deal with what
// is under the rule.
func (r Rule) StandsAlone() bool { return r.Mode == ModeStanding || r.Standing }

// Required is the number of votes in favour that the rule asks of a base count.
func (r Rule) Required(base int) int {
	n := r.Threshold.Needed(base)
	if r.MoreThan && r.Threshold.Reached(n, base) && n*r.Threshold.Den == r.Threshold.Num*base {
		n++
	}
	return n
}
