package law

import (
	"vinhdanh/internal/proposal"
)

var (
	knownRoles = []proposal.Role{proposal.RoleClerk, proposal.RoleUnitHead, proposal.RoleReviewer, proposal.RoleAppraiser,
		proposal.RoleStandingHead, proposal.RoleSecretary, proposal.RoleMember, proposal.RoleChair, proposal.RoleSigner, proposal.RoleRegistrar}
	stageOrder  = proposal.Order()
	knownBodies = []Body{BodyProposer, BodyStanding, BodyCouncil, BodyAuthority}
	knownPlaces = []Place{AtProposer, AtNearest, AtAuthority, AtProvince}
	knownKinds  = []Kind{KindIndividual, KindCollective, KindHousehold}
	knownTypes  = []string{"CONG_TRANG", "DOT_XUAT", "PHONG_TRAO", "CONG_HIEN", "NIEN_HAN", "DOI_NGOAI"}
)

// TypeNames are the types of commendation (loại hình khen thưởng) in words.
var TypeNames = map[string]Text{
	"CONG_TRANG": {VI: "khen thưởng công trạng", EN: "merit"},
	"DOT_XUAT":   {VI: "khen thưởng đột xuất", EN: "ad hoc"},
	"PHONG_TRAO": {VI: "khen thưởng phong trào thi đua (theo đợt, chuyên đề)", EN: "campaign"},
	"CONG_HIEN":  {VI: "khen thưởng quá trình cống hiến", EN: "career contribution"},
	"NIEN_HAN":   {VI: "khen thưởng theo niên hạn", EN: "seniority"},
	"DOI_NGOAI":  {VI: "khen thưởng đối ngoại", EN: "external relations"},
}

func (k *checker) process() {
	for _, d := range k.l.Deadlines {
		k.perLevel(d.Pos, "deadline "+d.Code, d.Levels, d.Regimes)
		k.cite(d.Pos, "deadline "+d.Code, d.Cite)
		k.text(d.Pos, "deadline "+d.Code, d.Names)
		if d.WorkingDays <= 0 {
			k.add(d.Pos, "deadline %s: working_days must be above zero", d.Code)
		}
	}
	for _, c := range k.l.CouncilRules {
		k.councilRule(c)
	}
	for _, r := range k.l.Routes {
		k.route(r)
	}
}
