package prove

import (
	"fmt"
	"slices"

	"vinhdanh/internal/law"
	"vinhdanh/internal/proposal"
)

var (
	units   = []proposal.Role{proposal.RoleClerk, proposal.RoleUnitHead}
	readers = []proposal.Role{proposal.RoleReviewer, proposal.RoleAppraiser, proposal.RoleStandingHead}
	voters  = []proposal.Role{proposal.RoleSecretary, proposal.RoleChair, proposal.RoleMember}
	signers = []proposal.Role{proposal.RoleStandingHead, proposal.RoleSigner, proposal.RoleRegistrar}
)

// seats are the roles that may act at a stage, and those that it cannot do without. That
// the signer acts only where is signed is what makes "who appraised does not sign" mean
// something: roles keep people apart only where each has its own stages.
var seats = map[proposal.StageKind]struct{ may, must []proposal.Role }{
	proposal.StageNomination:   {units, units},
	proposal.StageReview:       {readers, nil},
	proposal.StageReception:    {readers, nil},
	proposal.StageAppraisal:    {readers, nil},
	proposal.StageConsultation: {readers, nil},
	proposal.StagePublication:  {readers, nil},
	proposal.StageCouncil:      {voters, voters},
	proposal.StageIssuance:     {signers, signers},
	proposal.StageSubmission:   {signers, signers},
	proposal.StageOutcome:      {readers, nil},
}

// misplaced finds roles that stand at a stage which is not theirs, and stages that lack
// one.
func misplaced(r proposal.Route) []Problem {
	var out []Problem
	for _, s := range r.Stages {
		seat := seats[s.Kind]
		for _, role := range s.Roles {
			if !slices.Contains(seat.may, role) {
				out = append(out, Problem{Text: law.Text{
					VI: fmt.Sprintf("vai trò %s không làm việc ở bước %s: người xét và người ký phải là những người khác nhau", law.Word(role).VI, law.Word(s.Kind).VI),
					EN: fmt.Sprintf("the role %s does not act at the stage %s: who examines and who signs are different people", law.Word(role).EN, law.Word(s.Kind).EN),
				}})
			}
		}
		for _, role := range seat.must {
			if !slices.Contains(s.Roles, role) {
				out = append(out, Problem{Text: law.Text{
					VI: fmt.Sprintf("bước %s thiếu vai trò %s", law.Word(s.Kind).VI, law.Word(role).VI), EN: fmt.Sprintf("the stage %s lacks the role %s", law.Word(s.Kind).EN, law.Word(role).EN),
				}})
			}
		}
		if len(s.Roles) == 0 {
			out = append(out, Problem{Text: law.Text{VI: fmt.Sprintf("bước %s không có ai làm", law.Word(s.Kind).VI), EN: fmt.Sprintf("nobody acts at the stage %s", law.Word(s.Kind).EN)}})
		}
	}
	return out
}
