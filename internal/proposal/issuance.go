package proposal

import (
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"vinhdanh/internal/envelope"
)

// Actions on a decision's issuance; each but submit is a message name of its workflow.
const (
	ActionSubmit   = "submit"    // the standing body submits the draft for signature
	ActionSign     = "sign"      // the signer signs what was prepared
	ActionSendBack = "send-back" // the signer does not sign; the draft is made anew
	ActionNumber   = "number"    // the registrar enters number and date
)

// IssuanceInput starts a decision's issuance.
type IssuanceInput struct {
	Case      string         `json:"case"` // the workflow's id
	Decision  string         `json:"decision"`
	Standing  string         `json:"standing"`  // unit that submits
	Authority string         `json:"authority"` // unit whose head decides
	Content   string         `json:"content"`   // hash of what the decision says
	Cases     []IssuanceCase `json:"cases"`
	// Corrects makes it a document that corrects an issued decision; Cases is empty then.
	Corrects *Correction      `json:"corrects,omitempty"`
	Submit   envelope.Message `json:"submit"`
}

// check refuses an issuance without content, and one that does not either award or correct.
func (in IssuanceInput) check() error {
	if in.Content == "" || (len(in.Cases) == 0) == (in.Corrects == nil) {
		return envelope.Refuse(envelope.CodeData, "a decision has content, and cases or what it corrects")
	}
	if in.Corrects != nil {
		return in.Corrects.check()
	}
	return nil
}

// IssuanceCase names the items of one case that the decision recognises.
type IssuanceCase struct {
	Case  string   `json:"case"`
	Items []string `json:"items"`
}

// SignData is the data of ActionSign.
type SignData struct {
	Content string `json:"content"` // must be what was submitted
	Mode    string `json:"mode"`    // signing mode: chair, KT, Q, TUQ
	// Document is the SHA-256 of the PDF that the signer's own certificate signed,
	// without number and date; empty where he signs in ink, or only the seal is digital.
	Document string `json:"document,omitempty"`
}

// NumberData is the data of ActionNumber.
type NumberData struct {
	Number string `json:"number"`
	Date   string `json:"date"` // ISO civil date
	// Scan is the SHA-256 of the scan of a decision that was signed in ink.
	Scan string `json:"scan,omitempty"`
}

// IssuanceTransition is one accepted act on an issuance.
type IssuanceTransition struct {
	envelope.Step
	Mode   string `json:"mode,omitempty"`
	Given  string `json:"given,omitempty"` // the decision's number
	Date   string `json:"date,omitempty"`
	Reason string `json:"reason,omitempty"`
	Signed string `json:"signed,omitempty"` // SHA-256 of the PDF with the signer's signature
	Scan   string `json:"scan,omitempty"`   // SHA-256 of the scan of what was signed in ink
	Phase  string `json:"phase"`            // after the act: submitted, signed, sent_back, numbered
}

// Phases of an issuance.
const (
	IssuanceSubmitted = "submitted"
	IssuanceSigned    = "signed"
	IssuanceSentBack  = "sent_back"
	IssuanceNumbered  = "numbered"
)

// Issuance is the state of one decision on its way to being issued.
type Issuance struct {
	in      IssuanceInput
	phase   string
	persons map[string][]string // by action
	issued  IssuedData
	signed  string // SHA-256 of the PDF with the signer's own signature
	scan    string // SHA-256 of the scan of what was signed in ink
	spent   map[string]bool
	history []IssuanceTransition
}

// NewIssuance opens an issuance from its input and the opened submission.
func NewIssuance(in IssuanceInput, o envelope.Opened, at time.Time) (*Issuance, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	i := &Issuance{in: in, persons: map[string][]string{}, spent: map[string]bool{}}
	if o.Act.Action != ActionSubmit {
		return nil, envelope.Refuse(envelope.CodeStage, "an issuance starts with the act submit")
	}
	if err := i.check(o, at, RoleStandingHead, in.Standing, ""); err != nil {
		return nil, err
	}
	var d SendData
	if err := decode(o.Act.Data, &d); err != nil {
		return nil, err
	}
	if d.Content != in.Content {
		return nil, envelope.Refuse(envelope.CodeData, "other content was submitted than the decision carries")
	}
	i.finish(o, IssuanceTransition{Phase: IssuanceSubmitted}, at)
	return i, nil
}

// Done tells whether nothing more is awaited from people.
func (i *Issuance) Done() bool { return i.phase == IssuanceNumbered || i.phase == IssuanceSentBack }

// Phase says where the issuance stands.
func (i *Issuance) Phase() string { return i.phase }

// Issued is what the cases will be told, once numbered; Items and Document are empty.
func (i *Issuance) Issued() IssuedData { return i.issued }

// Signed is the SHA-256 of the PDF with the signer's own signature, Scan that of
// the scan of what was signed in ink; empty where there is none.
func (i *Issuance) Signed() string { return i.signed }

// Scan is described at Signed.
func (i *Issuance) Scan() string { return i.scan }

// Transitions returns the transitions after the given number, oldest first.
func (i *Issuance) Transitions(after int) []IssuanceTransition {
	if after < 0 || after >= len(i.history) {
		return nil
	}
	return i.history[after:]
}

// Rehearse tells whether Apply would succeed, without changing anything.
func (i *Issuance) Rehearse(o envelope.Opened, now time.Time) error {
	_, err := i.plan(o, now)
	return err
}

// Apply does the act and returns its transition.
func (i *Issuance) Apply(o envelope.Opened, at time.Time) (IssuanceTransition, error) {
	t, err := i.plan(o, at)
	if err != nil {
		return IssuanceTransition{}, err
	}
	if t.Phase == IssuanceNumbered {
		i.issued = IssuedData{
			Decision: i.in.Decision, Number: t.Given, Date: t.Date, Content: i.in.Content,
			Submitter: i.persons[ActionSubmit], Signer: i.persons[ActionSign], Registrar: o.Act.Persons(),
		}
	}
	return i.finish(o, t, at), nil
}

func (i *Issuance) plan(o envelope.Opened, now time.Time) (IssuanceTransition, error) {
	switch o.Act.Action {
	case ActionSign:
		return i.sign(o, now)
	case ActionSendBack:
		return i.sendBack(o, now)
	case ActionNumber:
		return i.number(o, now)
	}
	return IssuanceTransition{}, envelope.Refuse(envelope.CodeStage, "no action "+o.Act.Action)
}

func (i *Issuance) sign(o envelope.Opened, now time.Time) (IssuanceTransition, error) {
	if err := i.check(o, now, RoleSigner, i.in.Authority, IssuanceSubmitted); err != nil {
		return IssuanceTransition{}, err
	}
	var d SignData
	if err := decode(o.Act.Data, &d); err != nil {
		return IssuanceTransition{}, err
	}
	if d.Content != i.in.Content {
		return IssuanceTransition{}, envelope.Refuse(envelope.CodeData, "the signer saw another text than was submitted")
	}
	for _, p := range o.Act.Persons() {
		if slices.Contains(i.persons[ActionSubmit], p) {
			return IssuanceTransition{}, envelope.Refuse(envelope.CodeSeparation, "who submits a decision does not sign it")
		}
	}
	if d.Document != "" && !isSHA256(d.Document) {
		return IssuanceTransition{}, envelope.Refuse(envelope.CodeData, "the signed document is named by its SHA-256")
	}
	return IssuanceTransition{Phase: IssuanceSigned, Mode: d.Mode, Signed: d.Document}, nil
}

func (i *Issuance) sendBack(o envelope.Opened, now time.Time) (IssuanceTransition, error) {
	if err := i.check(o, now, RoleSigner, i.in.Authority, IssuanceSubmitted); err != nil {
		return IssuanceTransition{}, err
	}
	var d ReasonData
	if err := decode(o.Act.Data, &d); err != nil {
		return IssuanceTransition{}, err
	}
	if d.Reason == "" {
		return IssuanceTransition{}, envelope.Refuse(envelope.CodeData, "sending back needs its reason")
	}
	return IssuanceTransition{Phase: IssuanceSentBack, Reason: d.Reason}, nil
}

func (i *Issuance) number(o envelope.Opened, now time.Time) (IssuanceTransition, error) {
	if err := i.check(o, now, RoleRegistrar, i.in.Authority, IssuanceSigned); err != nil {
		return IssuanceTransition{}, err
	}
	var d NumberData
	if err := decode(o.Act.Data, &d); err != nil {
		return IssuanceTransition{}, err
	}
	if _, err := time.Parse(time.DateOnly, d.Date); err != nil || d.Number == "" {
		return IssuanceTransition{}, envelope.Refuse(envelope.CodeData, "a decision needs a number and a date")
	}
	if d.Scan != "" && (!isSHA256(d.Scan) || i.signed != "") {
		return IssuanceTransition{}, envelope.Refuse(envelope.CodeData, "a scan is named by its SHA-256, and of what was not signed digitally")
	}
	return IssuanceTransition{Phase: IssuanceNumbered, Given: d.Number, Date: d.Date, Scan: d.Scan}, nil
}

func isSHA256(s string) bool {
	raw, err := hex.DecodeString(s)
	return err == nil && len(raw) == 32 && s == strings.ToLower(s)
}

func (i *Issuance) check(o envelope.Opened, now time.Time, role Role, unit, phase string) error {
	a := o.Act
	switch {
	case o.Key.Purpose != envelope.PurposeApp:
		return envelope.Refuse(envelope.CodePurpose, "key purpose "+string(o.Key.Purpose)+" may not sign this")
	case a.Case != i.in.Case:
		return envelope.Refuse(envelope.CodeCase, "the act is for "+a.Case)
	case i.spent[a.Nonce]:
		return envelope.Refuse(envelope.CodeReplayed, "this act was already done")
	case a.Number != len(i.history)+1:
		return envelope.Refuse(envelope.CodeNumber, "somebody acted in between")
	case i.phase != phase:
		return envelope.Refuse(envelope.CodeStage, "the decision is "+i.phase)
	case Role(a.Role) != role:
		return envelope.Refuse(envelope.CodeRole, "role "+a.Role+" does not do this")
	case a.Unit != unit:
		return envelope.Refuse(envelope.CodeUnit, "the act is by another unit")
	}
	return a.Fresh(now)
}

func (i *Issuance) finish(o envelope.Opened, t IssuanceTransition, at time.Time) IssuanceTransition {
	t.Step = envelope.NewStep(o, len(i.history)+1, at)
	i.phase, i.spent[o.Act.Nonce] = t.Phase, true
	if t.Signed != "" {
		i.signed = t.Signed
	}
	if t.Scan != "" {
		i.scan = t.Scan
	}
	i.persons[o.Act.Action] = o.Act.Persons()
	i.history = append(i.history, t)
	return t
}
