package app

import (
	"strings"
	"time"

	"vinhdanh/internal/decision"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// committee begins the name of a People's Committee.
const committee = "Ủy ban nhân dân "

// maxRecipients bounds how many units a decision names as recipients one by one.
const maxRecipients = 8

// placesOf are the names that fill the placeholders of law texts, from a unit and
// what is above it. head is the title of the unit's head.
func placesOf(path []postgres.Unit, head string) law.Places {
	p := law.Places{DepartmentHead: head}
	for _, u := range path {
		name := strings.TrimPrefix(u.Name, committee)
		switch proposal.Level(u.Level) {
		case proposal.LevelProvince:
			if !strings.HasPrefix(u.Name, committee) {
				continue // a council or body of the province, not its committee
			}
			p.Province, p.ProvinceKind = name, "tỉnh"
			if strings.HasPrefix(name, "thành phố") {
				p.ProvinceKind = "thành phố"
			}
		case proposal.LevelDistrict:
			p.District = name
		case proposal.LevelCommune:
			p.Commune = name
		case proposal.LevelDepartment:
			p.Department = orElse(u.ShortName, u.Name)
		}
	}
	return p
}

// letterhead is the issuing body as a document names it, and the body above it
// where Decree 30/2020 Điều 8 khoản 2 asks for one: not for People's Committees.
func letterhead(path []postgres.Unit) (issuer []string, superior string) {
	own := path[0]
	if rest, ok := strings.CutPrefix(own.Name, committee); ok {
		return []string{strings.ToUpper(strings.TrimSpace(committee)), strings.ToUpper(rest)}, ""
	}
	if len(path) > 1 {
		superior = strings.ToUpper(path[1].Name)
	}
	return []string{strings.ToUpper(orElse(own.ShortName, own.Name))}, superior
}

// signingOf says how the signer signs: as the head, for the head (KT.), or as
// acting head (Q.), by the titles; mode overrides it.
func signingOf(head, signer postgres.RosterSeat, body string, mode *string) decision.Signing {
	own, office := officeOf(signer.Title), officeOf(head.Title)
	s := decision.Signing{Body: body, Office: strings.ToUpper(office), Name: signer.Name}
	acting, isActing := strings.CutPrefix(own, "Quyền ")
	switch {
	case isDeputy(signer.Title):
		s.Mode = decision.ModeKT
		if head.User == signer.User || office == "" { // no head in office: the deputy's own title tells it
			s.Office = strings.ToUpper(strings.TrimPrefix(own, "Phó "))
		}
	case isActing:
		s.Mode, s.Office = decision.ModeQ, strings.ToUpper(acting)
	}
	if mode != nil {
		s.Mode = decision.Mode(*mode)
	}
	if own = strings.ToUpper(own); own != s.Office {
		s.Title = own
	}
	return s
}

// officeOf is a title without the body: "Phó Chủ tịch UBND tỉnh" → "Phó Chủ tịch".
func officeOf(title string) string {
	for _, body := range []string{" UBND", " Ủy ban", " Sở", " Ban", " Văn phòng", " Thanh tra"} {
		if office, _, ok := strings.Cut(title, body); ok {
			return office
		}
	}
	return title
}

// legalBases are the texts of the regimes' law stacks, as bases.
func legalBases(regimes []*law.Regime) []string {
	var out []string
	for _, r := range regimes {
		for _, t := range r.Stack {
			out = addOnce(out, "Căn cứ "+t.VI)
		}
	}
	return out
}

// recipients are the standing body and the proposing units, or all of them in one
// line where they are many.
func (p parts) recipients() []string {
	out := []string{p.standing.Name}
	for _, it := range p.group.items {
		out = addOnce(out, it.UnitName)
	}
	if len(out) > maxRecipients {
		return []string{p.standing.Name, "Các cơ quan, đơn vị, địa phương trình khen thưởng"}
	}
	return out
}

// periodText is the achievement period that all items share, as a decision says it.
func periodText(items []postgres.CouncilItem) string {
	kind, period := items[0].Content.PeriodKind, items[0].Content.Period
	for _, it := range items {
		if it.Content.PeriodKind != kind || it.Content.Period != period {
			return ""
		}
	}
	switch {
	case period == "":
		return ""
	case kind == "school":
		return "năm học " + period
	case kind == "range":
		return "giai đoạn " + period
	}
	return "năm " + period
}

func civilDay(d law.Date) time.Time {
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
}

func orElse(v, otherwise string) string {
	if v != "" {
		return v
	}
	return otherwise
}
