package eval

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"

	"vinhdanh/internal/law"
)

// Facts is what is known of one item. Whatever is absent (null, empty text, nil
// list) is unknown, which is something else than false, zero or an empty list:
// "titles": [] says that the ledger was looked up and holds none.
type Facts struct {
	Kind        law.Kind       `json:"kind,omitempty"`
	Period      Period         `json:"period,omitzero"`
	Rating      string         `json:"rating,omitempty"`     // of the item's period: FAIL DONE GOOD EXCELLENT
	Ratings     []PeriodRating `json:"ratings,omitzero"`     // of other periods
	Titles      []Title        `json:"titles,omitzero"`      // from the ledger and from claims
	Initiatives []Initiative   `json:"initiatives,omitzero"` // and accepted research
	Members     Members        `json:"members,omitzero"`     // of a collective
	Discipline  string         `json:"discipline,omitempty"` // NONE REPRIMAND WARNING DEMOTION DISMISSAL
	Papers      []string       `json:"papers,omitzero"`      // codes of the papers present

	OnHold           *bool `json:"on_hold,omitempty"`
	AlreadyRewarded  *bool `json:"already_rewarded,omitempty"` // for this very achievement
	ProposerManages  *bool `json:"proposer_manages,omitempty"`
	UnitDissolved    *bool `json:"unit_dissolved,omitempty"`
	LocalCriteriaMet *bool `json:"local_criteria_met,omitempty"` // what the awarding head asks for a giấy khen

	Campaign     Campaign     `json:"campaign,omitzero"`
	Contribution Contribution `json:"contribution,omitzero"`
	Adhoc        Adhoc        `json:"adhoc,omitzero"`
	Quota        Quota        `json:"quota,omitzero"`
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

// Initiative is an initiative or accepted research. Without a number it is a claim.
type Initiative struct {
	Scope  string `json:"scope"` // GRASSROOTS FIELD PROVINCE NATION
	Period Period `json:"period"`
	Number string `json:"number,omitempty"` // of the certificate
}

// Members counts the members of a collective.
type Members struct {
	Total      *int64 `json:"total,omitempty"`
	TaskDone   *int64 `json:"task_done,omitempty"`
	LDTT       *int64 `json:"ldtt,omitempty"`
	CSTDCS     *int64 `json:"cstdcs,omitempty"`
	Discipline string `json:"discipline,omitempty"` // severest among them
}

// Campaign is what the movement says of the item. QuotaStated false: it sets none.
type Campaign struct {
	Level         string `json:"level,omitempty"` // who launched it: GRASSROOTS FIELD PROVINCE NATION
	ReviewHeld    *bool  `json:"review_held,omitempty"`
	Selected      *bool  `json:"selected,omitempty"`
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

// ParseFacts reads facts from JSON; an unknown key is an error.
func ParseFacts(raw []byte) (Facts, error) {
	var f Facts
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return Facts{}, fmt.Errorf("facts: %w", err)
	}
	return f, nil
}

var (
	yearLabel   = regexp.MustCompile(`^(?:[Nn]ăm )?(\d{4})$`)
	schoolLabel = regexp.MustCompile(`^(?:[Nn]ăm học )?(\d{4}) ?[-–] ?(\d{4})$`)
)

// Kinds of period.
const (
	calendarYear = "calendar"
	schoolYear   = "school"
	dateRange    = "range"
)

// year is the number of a calendar year, or the first year of a school year;
// false for ranges and for labels that do not say.
func (p Period) year() (int, bool) {
	switch p.Kind {
	case calendarYear:
		if m := yearLabel.FindStringSubmatch(p.Label); m != nil {
			n, _ := strconv.Atoi(m[1])
			return n, true
		}
	case schoolYear:
		if m := schoolLabel.FindStringSubmatch(p.Label); m != nil {
			first, _ := strconv.Atoi(m[1])
			second, _ := strconv.Atoi(m[2])
			return first, second == first+1
		}
	}
	return 0, false
}

// at is the year of p within the kind of period of the item; false where it
// belongs to another kind or cannot be read.
func (p Period) at(item Period) (int, bool) {
	y, ok := p.year()
	return y, ok && p.Kind == item.Kind
}
