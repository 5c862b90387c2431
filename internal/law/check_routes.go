package law

import (
	"fmt"
	"slices"

	"vinhdanh/internal/proposal"
)

// route checks that stages stand in their order, once each, and that no path
// leads from the nomination to its end without reception and appraisal.
func (k *checker) route(r *RouteTemplate) {
	what := "route " + r.Code
	k.scoped(r.Pos, what, r.Regimes)
	k.cite(r.Pos, what, r.Cite)
	k.text(r.Pos, what, r.Names)
	last, present := -1, map[proposal.StageKind]bool{}
	for i, s := range r.Stages {
		p := r.At(fmt.Sprintf("stages[%d]", i))
		n := slices.Index(stageOrder, s.Kind)
		if n <= last {
			k.add(p, "%s: stage %q is unknown, stands twice or out of order", what, s.Kind)
		}
		last, present[s.Kind] = max(n, last), true
		k.stage(p, what, r, s)
	}
	k.exclusive(r, what)
	must := []proposal.StageKind{proposal.StageNomination, proposal.StageReception, proposal.StageAppraisal}
	if present[proposal.StageSubmission] || present[proposal.StageOutcome] {
		must = append(must, proposal.StageSubmission, proposal.StageOutcome)
		if present[proposal.StageIssuance] {
			k.add(r.Pos, "%s: a route ends with the issuance or with the outcome from above, not with both", what)
		}
	} else {
		must = append(must, proposal.StageIssuance)
	}
	for _, kind := range must {
		if !present[kind] {
			k.add(r.Pos, "%s: has no stage %q", what, kind)
		}
	}
}

// exclusive checks the pairs of roles, and that none who sends, appraises or
// submits may also sign: no single person carries a case from draft to signature.
func (k *checker) exclusive(r *RouteTemplate, what string) {
	p := r.At("exclusive")
	var apart []proposal.Role
	for _, pair := range r.Exclusive {
		if len(pair) != 2 || pair[0] == pair[1] || !slices.Contains(knownRoles, pair[0]) || !slices.Contains(knownRoles, pair[1]) {
			k.add(p, "%s: exclusive takes pairs of two different known roles", what)
			continue
		}
		if i := slices.Index(pair, proposal.RoleSigner); i >= 0 {
			apart = append(apart, pair[1-i])
		}
	}
	for _, role := range []proposal.Role{proposal.RoleUnitHead, proposal.RoleAppraiser, proposal.RoleStandingHead} {
		if !slices.Contains(apart, role) {
			k.add(p, "%s: the signer must be another person than the %s", what, role)
		}
	}
}

func (k *checker) stage(p Pos, what string, r *RouteTemplate, s StageTemplate) {
	if !slices.Contains(knownPlaces, s.At) || !slices.Contains(knownBodies, s.Body) || len(s.Roles) == 0 {
		k.add(p, "%s: stage %s needs at, body and roles with known values", what, s.Kind)
	}
	if (s.At == AtNearest) != (len(s.Levels) > 0) || s.At == AtNearest && s.Kind != proposal.StageReview {
		k.add(p, "%s: levels belong to a review at the nearest level, and only there", what)
	}
	if (s.Kind == proposal.StageNomination) != (s.At == AtProposer) {
		k.add(p, "%s: the nomination, and nothing else, is at the proposer", what)
	}
	for _, role := range s.Roles {
		if !slices.Contains(knownRoles, role) {
			k.add(p, "%s: there is no role %q that acts in a case", what, role)
		}
	}
	for _, level := range s.Levels {
		k.level(p, what, level)
	}
	k.stageMay(p, what, r, s)
	if s.Deadline == "" {
		return
	}
	for _, regime := range r.Regimes {
		at := s.Levels
		switch s.At {
		case AtProvince:
			at = []proposal.Level{proposal.LevelProvince}
		case AtAuthority:
			at = k.decidingLevels(r.Code, regime)
		}
		for _, level := range at {
			if _, err := k.l.Deadline(s.Deadline, regime, level); err != nil {
				k.add(p, "%s: there is no deadline %q at level %s in %s", what, s.Deadline, level, regime)
			}
		}
	}
}

// decidingLevels are the levels that decide awards of a route in a regime.
func (k *checker) decidingLevels(route, regime string) []proposal.Level {
	var found []proposal.Level
	for _, a := range k.l.document.Awards {
		rule, err := k.l.AwardRule(a.Code, regime)
		if err != nil || !rule.goes(route) {
			continue
		}
		for _, o := range k.offices(rule.Authority, regime) {
			found = append(found, actingLevel(o.Level))
		}
	}
	return found
}

// choices are what each kind of stage can be given to decide.
var choices = map[proposal.StageKind][]proposal.Choice{
	proposal.StageReview:       opinions,
	proposal.StageReception:    {proposal.ChooseAccept, proposal.ChooseReturn, proposal.ChooseHold},
	proposal.StageAppraisal:    opinions,
	proposal.StageConsultation: opinions,
	proposal.StagePublication:  opinions,
	proposal.StageCouncil:      {proposal.ChoosePass, proposal.ChooseNotPass, proposal.ChooseDefer, proposal.ChooseHold},
	proposal.StageSubmission:   signing,
	proposal.StageOutcome:      {proposal.ChooseAward, proposal.ChooseNotAward},
	proposal.StageIssuance:     signing,
}

var (
	opinions = []proposal.Choice{proposal.ChoosePropose, proposal.ChooseNotPropose, proposal.ChooseReturn, proposal.ChooseHold}
	signing  = []proposal.Choice{proposal.ChooseSign, proposal.ChooseSendBack, proposal.ChooseHold}
)

// stageMay checks what a stage may decide, where it may send a case back to, whether
// the proposer may act there, and whom it consults.
func (k *checker) stageMay(p Pos, what string, r *RouteTemplate, s StageTemplate) {
	for i, c := range s.Decides {
		if !slices.Contains(choices[s.Kind], c) || slices.Contains(s.Decides[:i], c) {
			k.add(p, "%s: a stage %s cannot be given to decide %q, or is given it twice", what, s.Kind, c)
		}
	}
	if len(s.Decides) > 0 && slices.Contains(s.Decides, proposal.ChooseReturn) != (s.MayReturn || len(s.ReturnsTo) > 0) {
		k.add(p, "%s: stage %s decides to return if and only if returns_to says where", what, s.Kind)
	}
	if !slices.Contains([]proposal.OwnUnit{"", proposal.OwnAllowed, proposal.OwnRefused}, s.OwnUnit) {
		k.add(p, "%s: own_unit %q is neither allowed nor refused", what, s.OwnUnit)
	}
	if (s.Kind == proposal.StageConsultation) != (len(s.Agencies) > 0) {
		k.add(p, "%s: agencies belong to a consultation, and it names at least one", what)
	}
	for _, code := range s.Agencies {
		if _, err := k.l.Agency(code); err != nil {
			k.add(p, "%s: there is no agency %q", what, code)
		}
	}
	k.returnsTo(p, what, r, s)
}

// returnsTo: back to the unit, or to the review where the route has one before.
func (k *checker) returnsTo(p Pos, what string, r *RouteTemplate, s StageTemplate) {
	for i, to := range s.ReturnsTo {
		before := slices.Index(stageOrder, to) < slices.Index(stageOrder, s.Kind)
		known := slices.ContainsFunc(r.Stages, func(x StageTemplate) bool { return x.Kind == to })
		if to != proposal.StageNomination && to != proposal.StageReview || !before || !known || slices.Contains(s.ReturnsTo[:i], to) {
			k.add(p, "%s: stage %s returns to the nomination or to the review before it, each named once, not to %q", what, s.Kind, to)
		}
	}
}

func (k *checker) offices(code, regime string) []Office {
	a, _, ok := pick(k.l, k.l.Authorities, regime, func(a *Authority) ([]string, bool) { return a.Regimes, a.Code == code })
	if !ok {
		return nil
	}
	return a.Offices
}

// actingLevel is where the stages of a decision at a level happen: what is decided
// above the province is prepared by the province.
func actingLevel(level proposal.Level) proposal.Level {
	if level == proposal.LevelCentral {
		return proposal.LevelProvince
	}
	return level
}
