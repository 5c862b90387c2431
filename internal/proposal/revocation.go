package proposal

import (
	"slices"
	"time"

	"vinhdanh/internal/envelope"
)

// Actions on a revocation (Luật 06/2022/QH15 Điều 93); each but revoke is a message
// name of its workflow. Appraise, submit, sign, send-back, number and withdraw are
// called as on a case and on a decision.
const (
	ActionRevoke = "revoke" // the standing body opens it, on a ground, with evidence and reason
	ActionAnswer = "answer" // a proposing unit says what it and the awarded say to it
	ActionRefuse = "refuse" // the authority does not revoke
)

// Phases of a revocation. After RevocationSubmitted it is signed and numbered like a
// decision, in the phases of an issuance.
const (
	RevocationOpened    = "opened"    // the units named are asked
	RevocationAppraised = "appraised" // the standing body has said whether to revoke
	RevocationSubmitted = IssuanceSubmitted
	RevocationSigned    = IssuanceSigned
	RevocationSentBack  = IssuanceSentBack // the draft is made anew
	RevocationNumbered  = IssuanceNumbered // revoked
	RevocationRefused   = "refused"
	RevocationWithdrawn = "withdrawn"
)

// Positions of an answer, and verdicts of an appraisal.
const (
	HearsAgree    = "agree"
	HearsDisagree = "disagree"
	VerdictRevoke = "revoke"
	VerdictKeep   = "keep"
)

// RevocationInput starts a revocation. What it is about stands in the signed act.
type RevocationInput struct {
	Case       string           `json:"case"` // the workflow's id
	Revocation string           `json:"revocation"`
	Standing   string           `json:"standing"`  // unit that opens and appraises it
	Authority  string           `json:"authority"` // unit that awarded, and so decides
	Submit     envelope.Message `json:"submit"`    // the act revoke
}

// RevokeData is the data of ActionRevoke.
type RevokeData struct {
	Decision string           `json:"decision"` // that awarded, by its id
	Whole    bool             `json:"whole"`    // all that it names; else Items only
	Items    []RevocationItem `json:"items"`
	Ground   string           `json:"ground"` // code of the law's data
	LawHash  string           `json:"law_hash"`
	Evidence string           `json:"evidence"` // SHA-256 of the file
	Reason   string           `json:"reason"`   // commitment
	Due      string           `json:"due"`      // last day for answers, ISO civil date
}

// RevocationItem is one recognition to be revoked, and the unit that is asked about it.
type RevocationItem struct {
	Recognition string `json:"recognition"`
	Item        string `json:"item"`
	Unit        string `json:"unit"`
}

// AnswerData is the data of ActionAnswer.
type AnswerData struct {
	Position string `json:"position"`           // agree or disagree
	Reason   string `json:"reason,omitempty"`   // commitment
	Document string `json:"document,omitempty"` // SHA-256 of a file
}

// RevocationVerdict is the data of the appraisal of a revocation.
type RevocationVerdict struct {
	Verdict string `json:"verdict"` // revoke or keep
	Reason  string `json:"reason"`  // commitment
}

// RevocationTransition is one accepted act on a revocation.
type RevocationTransition struct {
	envelope.Step
	Opened   *RevokeData `json:"opened,omitempty"`
	Verdict  string      `json:"verdict,omitempty"` // of an answer or an appraisal
	Reason   string      `json:"reason,omitempty"`
	Document string      `json:"document,omitempty"` // SHA-256 given with an answer
	Content  string      `json:"content,omitempty"`  // hash of the draft submitted
	Mode     string      `json:"mode,omitempty"`
	Given    string      `json:"given,omitempty"` // the decision's number
	Date     string      `json:"date,omitempty"`
	Signed   string      `json:"signed,omitempty"` // SHA-256 of the PDF with the signer's signature
	Scan     string      `json:"scan,omitempty"`   // SHA-256 of the scan of what was signed in ink
	Phase    string      `json:"phase"`            // after the act
}

// Revocation is the state of one revocation.
type Revocation struct {
	in       RevocationInput
	data     RevokeData
	phase    string
	verdict  string
	content  string // hash of the draft that was submitted last
	answered map[string]bool
	acted    map[string]bool // who opened, appraised or submitted, and so does not sign
	signed   string
	scan     string
	given    string
	date     string
	spent    map[string]bool
	history  []RevocationTransition
}

// NewRevocation opens a revocation from its input and the opened act.
func NewRevocation(in RevocationInput, o envelope.Opened, at time.Time) (*Revocation, error) {
	r := &Revocation{in: in, answered: map[string]bool{}, acted: map[string]bool{}, spent: map[string]bool{}}
	if o.Act.Action != ActionRevoke {
		return nil, envelope.Refuse(envelope.CodeStage, "a revocation starts with the act revoke")
	}
	if err := r.check(o, at, in.Standing, []Role{RoleStandingHead, RoleAppraiser}, ""); err != nil {
		return nil, err
	}
	if err := decode(o.Act.Data, &r.data); err != nil {
		return nil, err
	}
	if err := r.data.check(); err != nil {
		return nil, err
	}
	r.finish(o, RevocationTransition{Phase: RevocationOpened, Reason: r.data.Reason, Opened: &r.data}, at)
	return r, nil
}

func (d RevokeData) check() error {
	if d.Decision == "" || len(d.Items) == 0 || d.Ground == "" || d.Reason == "" || !isSHA256(d.Evidence) {
		return envelope.Refuse(envelope.CodeData, "a revocation names decision, items, ground, evidence and reason")
	}
	if _, err := time.Parse(time.DateOnly, d.Due); err != nil {
		return envelope.Refuse(envelope.CodeData, "a revocation says until when answers are awaited")
	}
	seen := map[string]bool{}
	for _, it := range d.Items {
		if it.Recognition == "" || it.Item == "" || it.Unit == "" || seen[it.Recognition] {
			return envelope.Refuse(envelope.CodeData, "a recognition is incomplete or stands twice")
		}
		seen[it.Recognition] = true
	}
	return nil
}

// Done tells whether nothing more is awaited from people.
func (r *Revocation) Done() bool {
	return r.phase == RevocationNumbered || r.phase == RevocationRefused || r.phase == RevocationWithdrawn
}

// Phase says where the revocation stands.
func (r *Revocation) Phase() string { return r.phase }

// Decided is what the numbered decision says of itself: number, ISO date, hash of its
// text, the signer's PDF and the scan.
func (r *Revocation) Decided() (number, date, content, signed, scan string) {
	return r.given, r.date, r.content, r.signed, r.scan
}

// Transitions returns the transitions after the given number, oldest first.
func (r *Revocation) Transitions(after int) []RevocationTransition {
	if after < 0 || after >= len(r.history) {
		return nil
	}
	return r.history[after:]
}

// Rehearse tells whether Apply would succeed, without changing anything.
func (r *Revocation) Rehearse(o envelope.Opened, now time.Time) error {
	_, err := r.plan(o, now)
	return err
}

// Apply does the act and returns its transition.
func (r *Revocation) Apply(o envelope.Opened, at time.Time) (RevocationTransition, error) {
	t, err := r.plan(o, at)
	if err != nil {
		return RevocationTransition{}, err
	}
	return r.finish(o, t, at), nil
}

func (r *Revocation) plan(o envelope.Opened, now time.Time) (RevocationTransition, error) {
	switch o.Act.Action {
	case ActionAnswer:
		return r.answer(o, now)
	case string(ActionAppraise):
		return r.appraise(o, now)
	case ActionSubmit:
		return r.submit(o, now)
	case ActionSign:
		return r.sign(o, now)
	case ActionSendBack, ActionRefuse:
		return r.notSigned(o, now)
	case ActionNumber:
		return r.number(o, now)
	case string(ActionWithdraw):
		return r.withdraw(o, now)
	}
	return RevocationTransition{}, envelope.Refuse(envelope.CodeStage, "no action "+o.Act.Action)
}

// check refuses an act by another key, case, number, phase, role or unit. An empty
// list of phases means the beginning.
func (r *Revocation) check(o envelope.Opened, now time.Time, unit string, roles []Role, phases ...string) error {
	a := o.Act
	switch {
	case o.Key.Purpose != envelope.PurposeApp:
		return envelope.Refuse(envelope.CodePurpose, "key purpose "+string(o.Key.Purpose)+" may not sign this")
	case a.Case != r.in.Case:
		return envelope.Refuse(envelope.CodeCase, "the act is for "+a.Case)
	case r.spent[a.Nonce]:
		return envelope.Refuse(envelope.CodeReplayed, "this act was already done")
	case a.Number != len(r.history)+1:
		return envelope.Refuse(envelope.CodeNumber, "somebody acted in between")
	case !slices.Contains(phases, r.phase):
		return envelope.Refuse(envelope.CodeStage, "the revocation is "+r.phase)
	case !slices.Contains(roles, Role(a.Role)):
		return envelope.Refuse(envelope.CodeRole, "role "+a.Role+" does not do this")
	case a.Unit != unit:
		return envelope.Refuse(envelope.CodeUnit, "the act is by another unit")
	}
	return a.Fresh(now)
}

func (r *Revocation) finish(o envelope.Opened, t RevocationTransition, at time.Time) RevocationTransition {
	t.Step = envelope.NewStep(o, len(r.history)+1, at)
	r.phase, r.spent[o.Act.Nonce] = t.Phase, true
	switch t.Action {
	case ActionAnswer:
		r.answered[t.Unit] = true
	case string(ActionAppraise):
		r.verdict = t.Verdict
	case ActionSubmit:
		r.content, r.signed, r.scan = t.Content, "", ""
	case ActionSign:
		r.signed = t.Signed
	case ActionNumber:
		r.given, r.date, r.scan = t.Given, t.Date, t.Scan
	}
	switch t.Action {
	case ActionRevoke, string(ActionAppraise), ActionSubmit:
		for _, p := range o.Act.Persons() {
			r.acted[p] = true
		}
	}
	r.history = append(r.history, t)
	return t
}
