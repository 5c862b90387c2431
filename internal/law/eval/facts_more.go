package eval

import (
	"bytes"
	"encoding/json"
	"fmt"

	"vinhdanh/internal/law"
)

// Initiative is an initiative or accepted research. Without a number it is a claim;
// so is one of several authors without a certificate of the subject's own.
type Initiative struct {
	Kind           string   `json:"kind,omitempty"` // INITIATIVE (also when absent) or RESEARCH: accepted research, accepted project
	Scope          string   `json:"scope"`          // GRASSROOTS FIELD PROVINCE NATION
	Period         Period   `json:"period"`
	Number         string   `json:"number,omitempty"` // of the certificate
	Date           law.Date `json:"date,omitzero"`    // of the certificate; gives the year where the period is absent
	Issuer         string   `json:"issuer,omitempty"` // two issuers may use one number
	Authors        *int64   `json:"authors,omitempty"`
	OwnCertificate *bool    `json:"own_certificate,omitempty"` // among several authors: this certificate is the subject's
	ValidUntil     law.Date `json:"valid_until,omitzero"`      // where the certificate says for how long it counts
}

// Members counts the members of a collective. Where List is given, what is not
// stated is counted from it, and what is stated must agree with it.
type Members struct {
	Total      *int64   `json:"total,omitempty"`
	TaskDone   *int64   `json:"task_done,omitempty"`
	LDTT       *int64   `json:"ldtt,omitempty"`
	CSTDCS     *int64   `json:"cstdcs,omitempty"`
	Discipline string   `json:"discipline,omitempty"` // severest among them
	List       []Member `json:"list,omitzero"`
}

// Member is one member of a collective in the item's period.
type Member struct {
	Name       string `json:"name,omitempty"`
	Rating     string `json:"rating,omitempty"`
	LDTT       *bool  `json:"ldtt,omitempty"`   // holds Lao động tiên tiến or Chiến sĩ tiên tiến
	CSTDCS     *bool  `json:"cstdcs,omitempty"` // holds Chiến sĩ thi đua cơ sở
	Discipline string `json:"discipline,omitempty"`
}

// Cluster is the comparison within an emulation cluster or block (cụm, khối thi đua).
type Cluster struct {
	Organiser     string `json:"organiser,omitempty"` // who organises it: GRASSROOTS FIELD PROVINCE NATION
	Rank          *int64 `json:"rank,omitempty"`      // 1 leads
	BestOfLeaders *bool  `json:"best_of_leaders,omitempty"`
}

// Collective is what the law asks of a collective's year beside its rating.
type Collective struct {
	TargetsExceeded   *bool `json:"targets_exceeded,omitempty"`
	Unity             *bool `json:"unity,omitempty"`       // solidarity, thrift, no corruption
	CleanParty        *bool `json:"clean_party,omitempty"` // its Party and mass organisations are sound
	PartyOrganisation *bool `json:"party_organisation,omitempty"`
}

// Foreign is about foreigners and overseas Vietnamese.
type Foreign struct {
	Subject *bool `json:"subject,omitempty"`
	Opinion *bool `json:"opinion,omitempty"` // the Department of Foreign Affairs appraised it and agrees
}

// PublicComment is the time of public comment so far, in working days.
type PublicComment struct {
	Days *int64 `json:"days,omitempty"`
}

// Derived is where a fact comes from that nobody needs to state, or why a person must
// look at it. Differs: the unit's own word is another one.
type Derived struct {
	Fact    string   `json:"fact"`
	Differs bool     `json:"differs,omitempty"`
	Text    law.Text `json:"text"`
}

// StateLevel is about awards that are decided above the province (khen thưởng cấp Nhà
// nước). Asked is set from the award where it is absent; OthersInYear counts the
// subject's other proposals for such awards, and such awards on record, in the calendar
// year of the proposal.
type StateLevel struct {
	Asked        *bool  `json:"asked,omitempty"`
	OthersInYear *int64 `json:"others_in_year,omitempty"`
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
