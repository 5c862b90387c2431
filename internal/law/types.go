package law

import (
	"vinhdanh/internal/council"
	"vinhdanh/internal/proposal"
)

// Kind of subject.
type Kind string

const (
	KindIndividual Kind = "individual"
	KindCollective Kind = "collective"
	KindHousehold  Kind = "household"
)

// Regime is a stack of laws in force between two days (both included). A zero To
// is open.
type Regime struct {
	Entry       `yaml:"-" json:"-"`
	Cite        `yaml:",inline"`
	ID          string `yaml:"id" json:"id"`
	From        Date   `yaml:"from" json:"from"`
	To          Date   `yaml:"to" json:"to,omitzero"`
	Stack       []Text `yaml:"stack" json:"stack"`
	Transition  Text   `yaml:"transition" json:"transition"`
	AssumedFrom string `yaml:"assumed_from" json:"assumed_from,omitempty"` // the regime whose entries stand in
	// Transitions are the transitional rule as data: which dossiers go on under a former regime.
	Transitions []Transition `yaml:"transitions" json:"transitions,omitempty"`
	Earlier     []Earlier    `yaml:"earlier" json:"earlier,omitempty"` // how it stood before a text of its stack began, in the order of time
}

// Award is an entry of the catalogue (danh hiệu, hình thức khen thưởng).
type Award struct {
	Entry         `yaml:"-" json:"-"`
	Code          string      `yaml:"code" json:"code"`
	Names         Text        `yaml:"names" json:"names"`
	Abbreviations []string    `yaml:"abbreviations" json:"abbreviations"`
	Printed       string      `yaml:"printed" json:"printed"` // with placeholders, see Places
	Class         string      `yaml:"class" json:"class"`     // title or form
	Kinds         []Kind      `yaml:"kinds" json:"kinds"`
	Types         []string    `yaml:"types" json:"types"` // loại hình khen thưởng: CONG_TRANG, PHONG_TRAO, DOT_XUAT …
	Verb          string      `yaml:"verb" json:"verb"`
	Posthumous    string      `yaml:"posthumous" json:"posthumous,omitempty"`
	Retention     string      `yaml:"retention" json:"retention"`
	Rules         []AwardRule `yaml:"rules" json:"rules"`
}

// AwardRule is what regimes say of an award.
type AwardRule struct {
	Cite      `yaml:",inline"`
	Regimes   []string `yaml:"regimes" json:"regimes"`
	Authority string   `yaml:"authority" json:"authority"`
	Route     string   `yaml:"route" json:"route"`
	Council   string   `yaml:"council" json:"council,omitempty"` // empty: the route has no council
	Dossier   string   `yaml:"dossier" json:"dossier"`
	Criteria  []string `yaml:"criteria" json:"criteria"`
	Printed   string   `yaml:"printed" json:"printed,omitempty"` // where these regimes print another name
	// JudgedByPeople are conditions of the law that no fact decides; the reader of
	// a result is reminded of them.
	JudgedByPeople []Text `yaml:"judged_by_people" json:"judged_by_people,omitempty"`
	// ByType is what differs for a type of commendation; the type of a case is its submission's.
	ByType []TypeRule `yaml:"by_type" json:"by_type,omitempty"`
}

// TypeRule is what regimes say otherwise of an award given for one of the types: the way
// with its council and its papers, and the criteria where it names any.
type TypeRule struct {
	Cite     `yaml:",inline"`
	Types    []string `yaml:"types" json:"types"`
	Route    string   `yaml:"route" json:"route"`
	Council  string   `yaml:"council" json:"council,omitempty"` // empty: the route has no council
	Dossier  string   `yaml:"dossier" json:"dossier"`
	Criteria []string `yaml:"criteria" json:"criteria,omitempty"` // empty: those of the award
}

// Authority says who decides: the nearest of the levels on the proposer's way up.
type Authority struct {
	Entry   `yaml:"-" json:"-"`
	Cite    `yaml:",inline"`
	Code    string   `yaml:"code" json:"code"`
	Regimes []string `yaml:"regimes" json:"regimes"`
	Offices []Office `yaml:"offices" json:"offices"`
}

// Office is the deciding office at a level, with placeholders (see Places).
type Office struct {
	Level    proposal.Level `yaml:"level" json:"level"`
	Name     Text           `yaml:"name" json:"name"`
	Includes []Holder       `yaml:"includes" json:"includes,omitempty"`
}

// Holder is who else has the powers of an office, by an article of its own: the
// director of an enterprise those of a head of department. Where such a body decides,
// it stands at that level in the tree of units.
type Holder struct {
	Cite `yaml:",inline"`
	Name Text `yaml:"name" json:"name"`
}

// Place says where a stage happens relative to the proposer.
type Place string

const (
	AtProposer  Place = "proposer"  // the proposing unit itself
	AtNearest   Place = "nearest"   // the nearest of the listed levels above the proposer; without one the stage falls away
	AtAuthority Place = "authority" // the level that decides
	AtProvince  Place = "province"  // the province, which submits upward what is decided above it
)

// Body names which unit of a level acts; the caller of RouteFor resolves it.
type Body string

const (
	BodyProposer  Body = "proposer"
	BodyStanding  Body = "standing"  // the level's standing body for emulation and commendation
	BodyCouncil   Body = "council"   // its Council
	BodyAuthority Body = "authority" // the office that signs
)

// RouteTemplate is a route before it is applied to a proposer.
type RouteTemplate struct {
	Entry   `yaml:"-" json:"-"`
	Cite    `yaml:",inline"`
	Code    string          `yaml:"code" json:"code"`
	Names   Text            `yaml:"names" json:"names"`
	Regimes []string        `yaml:"regimes" json:"regimes"`
	Stages  []StageTemplate `yaml:"stages" json:"stages"`
	// Exclusive names pairs of roles that one person may not hold in one case.
	Exclusive [][]proposal.Role `yaml:"exclusive" json:"exclusive"`
}

// StageTemplate is one stage of a RouteTemplate.
type StageTemplate struct {
	Kind      proposal.StageKind `yaml:"kind" json:"kind"`
	At        Place              `yaml:"at" json:"at"`
	Levels    []proposal.Level   `yaml:"levels" json:"levels,omitempty"` // with AtNearest
	Body      Body               `yaml:"body" json:"body"`
	Roles     []proposal.Role    `yaml:"roles" json:"roles"`
	Deadline  string             `yaml:"deadline" json:"deadline,omitempty"`
	Minutes   bool               `yaml:"minutes" json:"minutes,omitempty"`
	MayReturn bool               `yaml:"may_return" json:"may_return,omitempty"` // older data: the same as returns_to nomination
	// ReturnsTo, Decides and OwnUnit are as in proposal.Stage; absent in older data,
	// where the kind of stage alone says what may be done.
	ReturnsTo []proposal.StageKind `yaml:"returns_to" json:"returns_to,omitempty"`
	Decides   []proposal.Choice    `yaml:"decides" json:"decides,omitempty"`
	OwnUnit   proposal.OwnUnit     `yaml:"own_unit" json:"own_unit,omitempty"`
	Agencies  []string             `yaml:"agencies" json:"agencies,omitempty"` // consultation: codes of Agency
}

// Agency is a body that the province consults before it submits upward (cơ quan
// được hiệp y).
type Agency struct {
	Entry `yaml:"-" json:"-"`
	Cite  `yaml:",inline"`
	Code  string `yaml:"code" json:"code"`
	Names Text   `yaml:"names" json:"names"`
}

// Deadline is a number of working days, per level where levels differ.
type Deadline struct {
	Entry       `yaml:"-" json:"-"`
	Cite        `yaml:",inline"`
	Code        string           `yaml:"code" json:"code"`
	Names       Text             `yaml:"names" json:"names"`
	Regimes     []string         `yaml:"regimes" json:"regimes"`
	Levels      []proposal.Level `yaml:"levels" json:"levels,omitempty"` // empty: every level
	WorkingDays int              `yaml:"working_days" json:"working_days"`
}

// Share is a fraction with its own source.
type Share struct {
	Cite             `yaml:",inline"`
	council.Fraction `yaml:",inline"`
}
