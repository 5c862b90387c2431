package eval

import "vinhdanh/internal/law"

// Facts is what is known of one item. Whatever is absent (null, empty text, nil
// list) is unknown, which is something else than false, zero or an empty list:
// "titles": [] says that the ledger was looked up and holds none.
type Facts struct {
	Kind        law.Kind       `json:"kind,omitempty"`
	Period      Period         `json:"period,omitzero"`
	Type        string         `json:"type,omitempty"`        // of commendation (loại hình): the submission's word, never an item's
	Rating      string         `json:"rating,omitempty"`      // of the item's period: FAIL DONE GOOD EXCELLENT
	Ratings     []PeriodRating `json:"ratings,omitzero"`      // of other periods
	Titles      []Title        `json:"titles,omitzero"`       // from the ledger and from claims
	LedgerRead  *bool          `json:"ledger_read,omitempty"` // the subject's ledger was looked up: what it does not hold is not on record
	Initiatives []Initiative   `json:"initiatives,omitzero"`  // and accepted research
	Members     Members        `json:"members,omitzero"`      // of a collective
	Discipline  string         `json:"discipline,omitempty"`  // NONE REPRIMAND WARNING DEMOTION DISMISSAL
	Papers      []string       `json:"papers,omitzero"`       // codes of the papers present

	OnHold           *bool `json:"on_hold,omitempty"`
	AlreadyRewarded  *bool `json:"already_rewarded,omitempty"` // for this very achievement
	ProposerManages  *bool `json:"proposer_manages,omitempty"`
	UnitDissolved    *bool `json:"unit_dissolved,omitempty"`
	LocalCriteriaMet *bool `json:"local_criteria_met,omitempty"` // what the awarding head asks for a giấy khen
	FrameworkMet     *bool `json:"framework_met,omitempty"`      // what the award's own decree or resolution asks, looked at by a person

	Occupation          string `json:"occupation,omitempty"`           // OFFICIAL WORKER FARMER SOLDIER BUSINESS
	MinistryCertificate *bool  `json:"ministry_certificate,omitempty"` // holds a certificate of merit of a ministry
	ProposedRightAfter  *bool  `json:"proposed_right_after,omitempty"` // directly after the title that the award builds on
	SpecialMerit        *bool  `json:"special_merit,omitempty"`        // proposed for a special outstanding achievement
	CongressRound       *bool  `json:"congress_round,omitempty"`       // proposed in the round of an emulation congress

	Campaign      Campaign      `json:"campaign,omitzero"`
	Contribution  Contribution  `json:"contribution,omitzero"`
	Adhoc         Adhoc         `json:"adhoc,omitzero"`
	Quota         Quota         `json:"quota,omitzero"`
	Cluster       Cluster       `json:"cluster,omitzero"`
	Collective    Collective    `json:"collective,omitzero"`
	Foreign       Foreign       `json:"foreign,omitzero"`
	PublicComment PublicComment `json:"public_comment,omitzero"`
	StateLevel    StateLevel    `json:"state_level,omitzero"`

	// Derived says what the tree of units and the ledger made of facts; it is set by who
	// assembles the facts, never stated.
	Derived []Derived `json:"derived,omitzero"`

	cut *int // years up to this one count no more (of rows: the next-award clock)
}

// Period is an achievement period. Label is "2023", "2022-2023" or free text of a
// range; From and To are needed for ranges only.
type Period struct {
	Kind  string   `json:"kind,omitempty"` // calendar, school, range
	Label string   `json:"label,omitempty"`
	From  law.Date `json:"from,omitzero"`
	To    law.Date `json:"to,omitzero"`
}

// PeriodRating is a rating in another period.
type PeriodRating struct {
	Period Period `json:"period"`
	Rating string `json:"rating"`
}

// Title is one row of the award ledger. Without a number it is a claim.
type Title struct {
	Award  string   `json:"award"` // code of the catalogue
	Period Period   `json:"period"`
	Number string   `json:"number,omitempty"` // of the decision
	Date   law.Date `json:"date,omitzero"`
}

// Campaign is what the movement says of the item. QuotaStated false: it sets none.
type Campaign struct {
	Level         string `json:"level,omitempty"` // who launched it: GRASSROOTS FIELD PROVINCE NATION
	ReviewHeld    *bool  `json:"review_held,omitempty"`
	Selected      *bool  `json:"selected,omitempty"`
	Leader        *bool  `json:"leader,omitempty"`     // leads the movement (dẫn đầu phong trào)
	TermYears     *int64 `json:"term_years,omitempty"` // how long it was launched for, in whole years
	QuotaStated   *bool  `json:"quota_stated,omitempty"`
	QuotaLimit    *int64 `json:"quota_limit,omitempty"`
	QuotaProposed *int64 `json:"quota_proposed,omitempty"`
}

// Contribution is in đồng; Threshold is what the locality asks for.
type Contribution struct {
	Amount    *int64 `json:"amount,omitempty"`
	Threshold *int64 `json:"threshold,omitempty"`
}

// Adhoc is an ad hoc achievement: confirmed by a competent body, and how far its
// influence reaches.
type Adhoc struct {
	Confirmed *bool  `json:"confirmed,omitempty"`
	Influence string `json:"influence,omitempty"`
}

// Quota counts the proposing unit's list: holders of Lao động tiên tiến, and
// people proposed for Chiến sĩ thi đua cơ sở.
type Quota struct {
	LDTT           *int64 `json:"ldtt,omitempty"`
	CSTDCSProposed *int64 `json:"cstdcs_proposed,omitempty"`
}

// year is the number of a calendar year, or the first year of a school year;
// false for ranges and for labels that do not say.
func (p Period) year() (int, bool) {
	y, ok := law.YearsOf(p.Kind, p.Label)
	return y.First, ok && p.Kind != law.PeriodRange
}

// Same tells whether two periods are one, however they are written.
func (p Period) Same(other Period) bool { return p.plain() == other.plain() }

// plain is one spelling of the period, as a key.
func (p Period) plain() Period {
	p.Label = law.PlainPeriod(p.Kind, p.Label)
	return p
}

// at is the year of p within the kind of period of the item; false where it
// belongs to another kind or cannot be read.
func (p Period) at(item Period) (int, bool) {
	y, ok := p.year()
	return y, ok && p.Kind == item.Kind
}
