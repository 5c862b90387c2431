package proposal

import (
	"slices"
	"time"

	"vinhdanh/internal/envelope"
)

// answer takes the opinion of a unit that was asked, once each.
func (r *Revocation) answer(o envelope.Opened, now time.Time) (RevocationTransition, error) {
	unit := o.Act.Unit
	if !slices.ContainsFunc(r.data.Items, func(it RevocationItem) bool { return it.Unit == unit }) {
		unit = "" // nobody is of no unit
	}
	if err := r.check(o, now, unit, []Role{RoleUnitHead, RoleClerk}, RevocationOpened); err != nil {
		return RevocationTransition{}, err
	}
	var d AnswerData
	if err := decode(o.Act.Data, &d); err != nil {
		return RevocationTransition{}, err
	}
	switch {
	case r.answered[unit]:
		return RevocationTransition{}, envelope.Refuse(envelope.CodeStage, "the unit has answered")
	case d.Position != HearsAgree && d.Position != HearsDisagree:
		return RevocationTransition{}, envelope.Refuse(envelope.CodeData, "an answer agrees or disagrees")
	case d.Position == HearsDisagree && d.Reason == "":
		return RevocationTransition{}, envelope.Refuse(envelope.CodeData, "who disagrees says why")
	case d.Document != "" && !isSHA256(d.Document):
		return RevocationTransition{}, envelope.Refuse(envelope.CodeData, "a file is named by its SHA-256")
	}
	return RevocationTransition{Phase: RevocationOpened, Verdict: d.Position, Reason: d.Reason, Document: d.Document}, nil
}

// appraise says whether to revoke, once every unit has answered or the day is over.
func (r *Revocation) appraise(o envelope.Opened, now time.Time) (RevocationTransition, error) {
	if err := r.check(o, now, r.in.Standing, []Role{RoleAppraiser, RoleStandingHead}, RevocationOpened); err != nil {
		return RevocationTransition{}, err
	}
	var d RevocationVerdict
	if err := decode(o.Act.Data, &d); err != nil {
		return RevocationTransition{}, err
	}
	if (d.Verdict != VerdictRevoke && d.Verdict != VerdictKeep) || d.Reason == "" {
		return RevocationTransition{}, envelope.Refuse(envelope.CodeData, "an appraisal revokes or keeps, with its reason")
	}
	if !r.heard(now) {
		return RevocationTransition{}, envelope.Refuse(envelope.CodeStage, "answers are awaited until the end of "+r.data.Due)
	}
	return RevocationTransition{Phase: RevocationAppraised, Verdict: d.Verdict, Reason: d.Reason}, nil
}

// heard tells whether every unit answered or the last day is over, by the clock of
// Việt Nam, which is seven hours ahead of UTC all year.
func (r *Revocation) heard(now time.Time) bool {
	due, err := time.Parse(time.DateOnly, r.data.Due)
	if err == nil && !now.Before(due.AddDate(0, 0, 1).Add(-7*time.Hour)) {
		return true
	}
	for _, it := range r.data.Items {
		if !r.answered[it.Unit] {
			return false
		}
	}
	return true
}

// submit submits the draft of the revoking decision for signature.
func (r *Revocation) submit(o envelope.Opened, now time.Time) (RevocationTransition, error) {
	if err := r.check(o, now, r.in.Standing, []Role{RoleStandingHead}, RevocationAppraised, RevocationSentBack); err != nil {
		return RevocationTransition{}, err
	}
	var d SendData
	if err := decode(o.Act.Data, &d); err != nil {
		return RevocationTransition{}, err
	}
	switch {
	case d.Content == "":
		return RevocationTransition{}, envelope.Refuse(envelope.CodeData, "a decision has content")
	case r.verdict != VerdictRevoke:
		return RevocationTransition{}, envelope.Refuse(envelope.CodeStage, "the appraisal keeps the award; withdraw the revocation")
	}
	return RevocationTransition{Phase: RevocationSubmitted, Content: d.Content}, nil
}

func (r *Revocation) sign(o envelope.Opened, now time.Time) (RevocationTransition, error) {
	if err := r.check(o, now, r.in.Authority, []Role{RoleSigner}, RevocationSubmitted); err != nil {
		return RevocationTransition{}, err
	}
	var d SignData
	if err := decode(o.Act.Data, &d); err != nil {
		return RevocationTransition{}, err
	}
	if err := r.apart(o); err != nil {
		return RevocationTransition{}, err
	}
	switch {
	case d.Content != r.content:
		return RevocationTransition{}, envelope.Refuse(envelope.CodeData, "the signer saw another text than was submitted")
	case d.Document != "" && !isSHA256(d.Document):
		return RevocationTransition{}, envelope.Refuse(envelope.CodeData, "the signed document is named by its SHA-256")
	}
	return RevocationTransition{Phase: RevocationSigned, Mode: d.Mode, Signed: d.Document}, nil
}

// apart keeps who opened, appraised or submitted from deciding.
func (r *Revocation) apart(o envelope.Opened) error {
	for _, p := range o.Act.Persons() {
		if r.acted[p] {
			return envelope.Refuse(envelope.CodeSeparation, "who prepares a revocation does not decide it")
		}
	}
	return nil
}

// notSigned returns the draft (send-back), or ends the revocation (refuse).
func (r *Revocation) notSigned(o envelope.Opened, now time.Time) (RevocationTransition, error) {
	if err := r.check(o, now, r.in.Authority, []Role{RoleSigner}, RevocationSubmitted); err != nil {
		return RevocationTransition{}, err
	}
	reason, err := reasoned(o)
	if err != nil {
		return RevocationTransition{}, err
	}
	if err := r.apart(o); err != nil {
		return RevocationTransition{}, err
	}
	t := RevocationTransition{Phase: RevocationSentBack, Reason: reason}
	if o.Act.Action == ActionRefuse {
		t.Phase = RevocationRefused
	}
	return t, nil
}

func (r *Revocation) number(o envelope.Opened, now time.Time) (RevocationTransition, error) {
	if err := r.check(o, now, r.in.Authority, []Role{RoleRegistrar}, RevocationSigned); err != nil {
		return RevocationTransition{}, err
	}
	var d NumberData
	if err := decode(o.Act.Data, &d); err != nil {
		return RevocationTransition{}, err
	}
	if _, err := time.Parse(time.DateOnly, d.Date); err != nil || d.Number == "" {
		return RevocationTransition{}, envelope.Refuse(envelope.CodeData, "a decision needs a number and a date")
	}
	if d.Scan != "" && (!isSHA256(d.Scan) || r.signed != "") {
		return RevocationTransition{}, envelope.Refuse(envelope.CodeData, "a scan is named by its SHA-256, and of what was not signed digitally")
	}
	return RevocationTransition{Phase: RevocationNumbered, Given: d.Number, Date: d.Date, Scan: d.Scan}, nil
}

// withdraw ends it at the standing body's wish, before a draft waits for a signature.
func (r *Revocation) withdraw(o envelope.Opened, now time.Time) (RevocationTransition, error) {
	err := r.check(o, now, r.in.Standing, []Role{RoleStandingHead}, RevocationOpened, RevocationAppraised, RevocationSentBack)
	if err != nil {
		return RevocationTransition{}, err
	}
	reason, err := reasoned(o)
	return RevocationTransition{Phase: RevocationWithdrawn, Reason: reason}, err
}

func reasoned(o envelope.Opened) (string, error) {
	var d ReasonData
	if err := decode(o.Act.Data, &d); err != nil {
		return "", err
	}
	if d.Reason == "" {
		return "", envelope.Refuse(envelope.CodeData, "this needs its reason")
	}
	return d.Reason, nil
}
