package proposal

import (
	"slices"

	"vinhdanh/internal/envelope"
)

// order is the one order of a route's stages; each stands in it at most once.
var order = []StageKind{StageNomination, StageReview, StageReception, StageAppraisal, StageConsultation, StagePublication,
	StageCouncil, StageSubmission, StageOutcome, StageIssuance}

// Order is the one order of stages.
func Order() []StageKind { return slices.Clone(order) }

// check refuses a route that has no way from the nomination to its end, or a stage
// that would wait for nobody.
func (r Route) check() error {
	if err := r.checkEnds(); err != nil {
		return err
	}
	last := -1
	for i, s := range r.Stages {
		at := slices.Index(order, s.Kind)
		if at <= last {
			return envelope.Refuse(envelope.CodeData, "a route's stages are unknown or out of order: "+string(s.Kind))
		}
		if s.Unit == "" || len(s.Roles) == 0 {
			return envelope.Refuse(envelope.CodeData, "a stage names no unit or no role: "+string(s.Kind))
		}
		if i > 0 && r.refusesOwn(s) {
			return envelope.Refuse(envelope.CodeUnit, "the proposing unit may not process its own case: "+string(s.Kind))
		}
		last = at
	}
	return nil
}

// checkEnds: from the nomination to the issuance, or to a submission and its outcome.
func (r Route) checkEnds() error {
	n := len(r.Stages)
	if n < 2 || r.Stages[0].Kind != StageNomination {
		return envelope.Refuse(envelope.CodeData, "a route begins with the nomination")
	}
	switch r.Stages[n-1].Kind {
	case StageIssuance:
		if r.indexOf(StageSubmission) < 0 && r.indexOf(StageOutcome) < 0 {
			return nil
		}
	case StageOutcome:
		// Who prepares the letter is the body that received the case.
		if r.indexOf(StageSubmission) == n-2 && r.indexOf(StageReception) > 0 {
			return nil
		}
	}
	return envelope.Refuse(envelope.CodeData, "a route ends with the issuance, or with the submission upward and its outcome")
}

// refusesOwn tells whether a stage is the proposing unit's own against the rule.
func (r Route) refusesOwn(s Stage) bool {
	return s.OwnUnit == OwnRefused && s.Unit == r.Stages[0].Unit
}

func (r Route) indexOf(kind StageKind) int {
	return slices.IndexFunc(r.Stages, func(s Stage) bool { return s.Kind == kind })
}

// clone copies what a hand-over to a successor unit changes.
func (r Route) clone() Route {
	r.Stages = slices.Clone(r.Stages)
	return r
}
