package proposal

import (
	"slices"

	"vinhdanh/internal/council"
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

	// Awards above the province: the province consults, hears the public, votes and
	// submits upward; what is decided above is entered when it comes back.
	StageConsultation StageKind = "consultation" // hiệp y: agencies are asked
	StagePublication  StageKind = "publication"  // lấy ý kiến Nhân dân: the public is heard
	StageSubmission   StageKind = "submission"   // trình cấp trên: the letter is prepared, signed and numbered
	StageOutcome      StageKind = "outcome"      // waits for what was decided above
)

// Level is the tier of government whose body acts at a stage.
type Level string

const (
	LevelUnit       Level = "unit"
	LevelCommune    Level = "commune"
	LevelDistrict   Level = "district"
	LevelDepartment Level = "department"
	LevelProvince   Level = "province"
	LevelCentral    Level = "central" // Prime Minister, State President: decides, never acts in a case
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

	// What follows is absent from routes of before; then the kind of stage alone decides.
	ReturnsTo []StageKind `json:"returns_to,omitempty"` // where it may send a case back to; absent: the nomination
	Decides   []Choice    `json:"decides,omitempty"`    // what it may decide; absent: all that its kind knows
	OwnUnit   OwnUnit     `json:"own_unit,omitempty"`   // whether the proposing unit may itself act here
	Agencies  []string    `json:"agencies,omitempty"`   // consultation: whom it may ask, by code
}

// Choice is one thing that a stage may decide.
type Choice string

const (
	ChoosePropose    Choice = "propose"     // review, appraisal, consultation, publication: an item goes on
	ChooseNotPropose Choice = "not_propose" // there too: it does not, or goes on with a word against it
	ChooseAccept     Choice = "accept"      // reception: the dossier is complete
	ChooseReturn     Choice = "return"      // back for completion, see Stage.ReturnsTo
	ChooseHold       Choice = "hold"        // items or the case wait
	ChoosePass       Choice = "pass"        // council
	ChooseNotPass    Choice = "not_pass"    // council
	ChooseDefer      Choice = "defer"       // council
	ChooseSign       Choice = "sign"        // submission, issuance
	ChooseSendBack   Choice = "send_back"   // submission, issuance: not signed, made anew
	ChooseAward      Choice = "award"       // outcome: as decided above
	ChooseNotAward   Choice = "not_award"   // outcome: as decided above
)

// OwnUnit says whether the unit that proposes may itself process the case at a stage.
type OwnUnit string

const (
	OwnAllowed OwnUnit = "allowed"
	OwnRefused OwnUnit = "refused"
)

// May tells whether the stage may decide so.
func (s Stage) May(c Choice) bool { return len(s.Decides) == 0 || slices.Contains(s.Decides, c) }

// MayReturnTo tells whether the stage may send a case back to that kind of stage.
func (s Stage) MayReturnTo(kind StageKind) bool {
	if len(s.ReturnsTo) == 0 {
		return s.MayReturn && kind == StageNomination
	}
	return s.MayReturn && slices.Contains(s.ReturnsTo, kind)
}

// Route is the ordered list of stages that regime, award and kind of
// commendation ask for. The first stage is always the nomination; the last one is
// the issuance or, where somebody above the province decides, the outcome.
type Route struct {
	Code   string  `json:"code"`
	Stages []Stage `json:"stages"`
	// Exclusive names pairs of roles that one person may not hold in one case
	// (separation of duties, as the law's data states it for this route).
	Exclusive [][2]Role `json:"exclusive,omitempty"`
	// Above is the code of the authority above the province that decides; absent
	// where the route ends with the issuance of a decision of ours.
	Above string `json:"above,omitempty"`
}
