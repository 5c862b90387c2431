package app

import "vinhdanh/internal/proposal"

// Roles of the stages of the routes that tests send cases along.
var (
	inCouncil  = []proposal.Role{proposal.RoleSecretary, proposal.RoleChair, proposal.RoleMember}
	inStanding = []proposal.Role{proposal.RoleStandingHead, proposal.RoleAppraiser}
)
