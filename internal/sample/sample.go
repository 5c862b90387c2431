// Package sample is the province that a trial instance starts with.
//
// The model: a Province is a tree of units, the people who work in them, and
// perhaps a campaign. There are two, one for each shape of government the
// system must know: Hậu Giang in 2023, with districts (Load2023), and today's
// two tiers in the city of Cần Thơ, of which Hậu Giang has been part since
// 01/07/2025 (Load2025). A unit of the first may name its successors in the
// second.
//
// The units are real, though only a selection; schools, communes and offices
// beyond those the sample sheet needs are left out. The people are invented,
// with names that say so (Ví Dụ, Minh Họa, Giả Định …) and addresses under
// .example. The campaign is a published text, kept in its own words.
//
// Who acts where: a route's stage acts in a unit, and a person's roles are
// held in that unit (Membership). The convention of these files:
//
//	nomination           the proposing unit itself           clerk, unit_head
//	review               the People's Committee or department reviewer
//	reception, appraisal its standing body                    appraiser, standing_head
//	council              its council                          chair, member, secretary
//	signing and issue    the authority                        signer, registrar
//
// The data are YAML files that a clerk can read and correct.
package sample

import "vinhdanh/internal/proposal"

// Kind is what sort of organisation a unit is.
type Kind string

// The kinds of unit.
const (
	KindProvince     Kind = "province"      // People's Committee of a province or city
	KindDistrict     Kind = "district"      // People's Committee of a district, town or city below the province
	KindCommune      Kind = "commune"       // People's Committee of a commune, ward or township
	KindDepartment   Kind = "department"    // sở, ban, ngành
	KindOffice       Kind = "office"        // a division of one of the above (phòng)
	KindCouncil      Kind = "council"       // Hội đồng Thi đua - Khen thưởng
	KindStandingBody Kind = "standing_body" // cơ quan thường trực của Hội đồng
	KindSchool       Kind = "school"
	KindEnterprise   Kind = "enterprise"
	KindOrganisation Kind = "organisation" // Front, union, mass organisation
)

// Date is a civil date "2006-01-02" in Viet Nam; "" means not stated.
type Date string

// Unit is one organisation of the tree.
type Unit struct {
	ID            string         `yaml:"id"` // stable, lower case, digits and '-'
	Name          string         `yaml:"name"`
	ShortName     string         `yaml:"short_name"`
	Kind          Kind           `yaml:"kind"`
	Level         proposal.Level `yaml:"level"`                  // the tier at which it acts; "unit" for those that only propose
	Parent        string         `yaml:"parent,omitempty"`       // "" for the root
	Place         string         `yaml:"place"`                  // place name of its documents
	Symbol        string         `yaml:"symbol"`                 // its part of a document's symbol, after "QĐ-"
	ProtocolOrder int            `yaml:"protocol_order"`         // order in lists, unique among siblings
	ValidFrom     Date           `yaml:"valid_from,omitempty"`   // "": older than the sample
	ValidTo       Date           `yaml:"valid_to,omitempty"`     // last day; "": still there
	Successors    []string       `yaml:"successors,omitempty"`   // ids, in either file
	Predecessors  []string       `yaml:"predecessors,omitempty"` // ids, in either file
	Links         *Links         `yaml:"links,omitempty"`        // of a body that reviews or decides
	Note          string         `yaml:"note,omitempty"`
}

// Links are the units through which a body acts.
type Links struct {
	Authority    string `yaml:"authority"`     // whose head decides
	StandingBody string `yaml:"standing_body"` // prepares and appraises
	Council      string `yaml:"council"`       // advises by vote
}

// Membership is what a person does in one unit.
type Membership struct {
	Unit  string          `yaml:"unit"`
	Roles []proposal.Role `yaml:"roles"`
	Title string          `yaml:"title"` // chức danh, as printed
}

// User is an invented official.
type User struct {
	Login       string       `yaml:"login"`
	FullName    string       `yaml:"full_name"`
	Email       string       `yaml:"email"`
	Locale      string       `yaml:"locale"` // "vi" or "en"
	Memberships []Membership `yaml:"memberships"`
}

// Province is everything a trial instance starts with.
type Province struct {
	Name     string
	Units    []Unit
	Users    []User
	Campaign *Campaign // nil if there is none

	byID map[string]int
}

// Unit finds a unit by id.
func (p *Province) Unit(id string) (Unit, bool) {
	i, ok := p.byID[id]
	if !ok {
		return Unit{}, false
	}
	return p.Units[i], true
}

// Body finds the body of a level that is above a unit (or is it): the unit
// itself or its nearest ancestor with links at that level.
func (p *Province) Body(unitID string, level proposal.Level) (Unit, bool) {
	for u, ok := p.Unit(unitID); ok; u, ok = p.Unit(u.Parent) {
		if u.Level == level && u.Links != nil {
			return u, true
		}
	}
	return Unit{}, false
}

// With lists the users who hold a role in a unit, in the order of the file.
func (p *Province) With(unitID string, role proposal.Role) []User {
	var out []User
	for _, u := range p.Users {
		if u.Holds(unitID, role) {
			out = append(out, u)
		}
	}
	return out
}

// Holds tells whether the user has the role in the unit.
func (u User) Holds(unitID string, role proposal.Role) bool {
	for _, m := range u.Memberships {
		if m.Unit != unitID {
			continue
		}
		for _, r := range m.Roles {
			if r == role {
				return true
			}
		}
	}
	return false
}
