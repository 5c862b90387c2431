package proposal

import (
	"slices"

	"vinhdanh/internal/council"
	"vinhdanh/internal/envelope"
)

// StageKind names a step of a route (bước).
type StageKind string

const (
	StageNomination StageKind = "nomination" // the unit prepares; its head sends
	StageReview     StageKind = "review"     // district, or commune or department since 01/07/2025
	StageReception  StageKind = "reception"  // the standing body receives: complete or not
	StageAppraisal  StageKind = "appraisal"  // the standing body appraises
	StageCouncil    StageKind = "council"    // the Council votes
	StageIssuance   StageKind = "issuance"   // submission for signature, signing, number and issue
)

// Level is the tier of government whose body acts at a stage.
type Level string

const (
	LevelUnit       Level = "unit"
	LevelCommune    Level = "commune"
	LevelDistrict   Level = "district"
	LevelDepartment Level = "department"
	LevelProvince   Level = "province"
)

// Role is what a person does in a case (design.md section 2).
type Role string

const (
	RoleClerk        Role = "clerk"
	RoleUnitHead     Role = "unit_head"
	RoleReviewer     Role = "reviewer"
	RoleAppraiser    Role = "appraiser"
	RoleStandingHead Role = "standing_head"
	RoleSecretary    Role = "secretary"
	RoleMember       Role = "member"
	RoleChair        Role = "chair" // chairs the Council's session
	RoleSigner       Role = "signer"
	RoleRegistrar    Role = "registrar"
	RoleAuditor      Role = "auditor"
	RoleAdmin        Role = "admin"
)

// Stage is one step of a route as it travels in a case's input.
type Stage struct {
	Kind        StageKind     `json:"kind"`
	Level       Level         `json:"level"`
	Unit        string        `json:"unit"` // id of the unit that acts; resolved when the case is sent
	Roles       []Role        `json:"roles"`
	WorkingDays int           `json:"working_days"`      // 0: no deadline
	Council     *council.Rule `json:"council,omitempty"` // on the council stage only
	Minutes     bool          `json:"minutes,omitempty"` // the level's own council minutes are required to forward
	MayReturn   bool          `json:"may_return,omitempty"`
}

// Route is the ordered list of stages that regime, award and kind of
// commendation ask for. The first stage is always the nomination and the last
// one always the issuance.
type Route struct {
	Code   string  `json:"code"`
	Stages []Stage `json:"stages"`
	// Exclusive names pairs of roles that one person may not hold in one case
	// (separation of duties, as the law's data states it for this route).
	Exclusive [][2]Role `json:"exclusive,omitempty"`
}

// order is the one order of a route's stages; each stands in it at most once.
var order = []StageKind{StageNomination, StageReview, StageReception, StageAppraisal, StageCouncil, StageIssuance}

// check refuses a route that has no way from the nomination to the issuance, or
// a stage that would wait for nobody.
func (r Route) check() error {
	n := len(r.Stages)
	if n < 2 || r.Stages[0].Kind != StageNomination || r.Stages[n-1].Kind != StageIssuance {
		return envelope.Refuse(envelope.CodeData, "a route begins with the nomination and ends with the issuance")
	}
	last := -1
	for _, s := range r.Stages {
		at := slices.Index(order, s.Kind)
		if at <= last {
			return envelope.Refuse(envelope.CodeData, "a route's stages are unknown or out of order: "+string(s.Kind))
		}
		if s.Unit == "" || len(s.Roles) == 0 {
			return envelope.Refuse(envelope.CodeData, "a stage names no unit or no role: "+string(s.Kind))
		}
		last = at
	}
	return nil
}

// clone copies what a hand-over to a successor unit changes.
func (r Route) clone() Route {
	r.Stages = slices.Clone(r.Stages)
	return r
}
