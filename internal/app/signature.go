package app

import (
	"bytes"
	"context"
	"errors"
	"time"

	"vinhdanh/internal/act"
	"vinhdanh/internal/decision"
	"vinhdanh/internal/decision/keystore"
	"vinhdanh/internal/evidence"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// How decisions are signed.
const (
	SignSeal    = ""        // the signer acts here; only the organisation's signature is digital
	SignDigital = "digital" // the signer's own certificate first, then number and date, then the seal
	SignInk     = "ink"     // on paper; the registrar enters number, date and scan, then the seal
)

// Signing is how decisions are signed, and with what.
type Signing struct {
	Mode  string           // one of the Sign modes
	Keys  keystore.Dir     // of the signers, by login
	Stamp decision.Stamper // nil: without a time stamp
	Zone  *time.Location   // of the time in the signature; nil: UTC
}

type pinKey struct{}

// WithPIN carries the PIN of the signer's key to the act. It stands in no input, so
// that no log, digest or stored request ever holds it.
func WithPIN(ctx context.Context, pin string) context.Context {
	return context.WithValue(ctx, pinKey{}, pin)
}

type openKey struct{}

// withKey opens the signer's key for all documents of one act: one PIN, one session
// with the token. A wrong PIN is tried once, however many documents wait. Without a
// key to open, the context comes back as it is.
func (a *App) withKey(ctx context.Context, s Session) (context.Context, func(), error) {
	if _, has := ctx.Value(openKey{}).(keystore.Key); has || a.Signing.Mode != SignDigital {
		return ctx, func() {}, nil
	}
	path := a.Signing.Keys.Find(s.Login)
	if path == "" {
		return ctx, nil, noCertificate()
	}
	pin, _ := ctx.Value(pinKey{}).(string)
	if pin == "" && keystore.NeedsPIN(path) {
		return ctx, nil, &Error{Code: CodeInvalid, Detail: decision.CodePIN, Vi: "Cần mã PIN của khóa ký.", En: "the PIN of the signing key is needed",
			Fields: []FieldError{{Field: "pin", Rule: "required"}}}
	}
	k, err := keystore.Open(path, pin)
	if err != nil {
		return ctx, nil, fromKey(err)
	}
	return context.WithValue(ctx, openKey{}, k), func() { _ = k.Close() }, nil
}

func noCertificate() *Error {
	return readable(CodeNotReady, "Chưa cấu hình chứng thư số cho bạn; hãy báo quản trị.", "no certificate is configured for you; tell an administrator")
}

// fromKey turns what opening a key refuses into words.
func fromKey(err error) error {
	var e *decision.Error
	if !errors.As(err, &e) {
		return internal("open the signing key", err)
	}
	out := &Error{Code: CodeNotReady, Detail: e.Code, Vi: e.Vi, En: e.En}
	if e.Code == decision.CodePIN {
		out.Code, out.Fields = CodeInvalid, []FieldError{{Field: "pin", Rule: "wrong"}}
	}
	return out
}

// needsPIN tells whether signing asks the reader for a PIN.
func (a *App) needsPIN(s Session) bool {
	path := a.Signing.Keys.Find(s.Login)
	return a.Signing.Mode == SignDigital && path != "" && keystore.NeedsPIN(path)
}

// signedPDF has the signer's own key sign the decision, where signatures are digital,
// once it is sure that his act would be taken; it gives the PDF's SHA-256.
func (a *App) signedPDF(ctx context.Context, s Session, row postgres.Decision, draft decision.Input) (string, error) {
	if a.Signing.Mode != SignDigital {
		return "", nil
	}
	if row.Phase != proposal.IssuanceSubmitted {
		return "", notToSign()
	}
	if err := a.mayAct(ctx, s, act.Request{Workflow: evidence.KindOf(row.CaseID), Action: proposal.ActionSign, Case: row.CaseID}); err != nil {
		return "", err
	}
	ctx, done, err := a.withKey(ctx, s)
	if err != nil {
		return "", err
	}
	defer done()
	return a.signPDF(ctx, draft)
}

// signPDF signs the text, still without number and date, with the signer's own key,
// keeps the PDF and gives its SHA-256; empty where the signer's signature is not digital.
func (a *App) signPDF(ctx context.Context, draft decision.Input) (string, error) {
	k, ok := ctx.Value(openKey{}).(keystore.Key)
	if !ok {
		return "", nil
	}
	doc, err := decision.Build(draft)
	if err != nil {
		return "", fromDecision(err)
	}
	pdf, places, err := decision.Layout(doc)
	if err != nil {
		return "", fromDecision(err)
	}
	now := time.Now()
	if a.Signing.Zone != nil {
		now = now.In(a.Signing.Zone)
	}
	pdf, err = decision.Sign(pdf, decision.Signature{
		Signer: k.Signer, Chain: k.Chain, Name: draft.Signing.Name, Reason: "Ký ban hành", Location: doc.Place, Time: now, Certify: true,
		Place: &places.Signer, Appearance: decision.AppearanceLines(draft.Signing.Name, now), Image: k.Image, Ink: decision.InkBlue, Stamp: a.Signing.Stamp,
	})
	if err != nil {
		return "", fromKey(err)
	}
	info, err := a.Blobs.Put(ctx, "", bytes.NewReader(pdf))
	if err != nil {
		return "", internal("keep the signed document", err)
	}
	return info.SHA256, nil
}

// scanned checks the scan of a decision that was signed in ink, keeps it and gives
// its SHA-256. Where decisions are signed otherwise there is none.
func (a *App) scanned(ctx context.Context, s Session, row postgres.Decision, content []byte) (string, error) {
	switch ink := a.Signing.Mode == SignInk; {
	case ink && len(content) == 0:
		return "", &Error{Code: CodeInvalid, Vi: "Cần bản quét (PDF) của quyết định đã ký.", En: "the scan (PDF) of the signed decision is needed",
			Fields: []FieldError{{Field: "scan", Rule: "required"}}}
	case !ink && len(content) > 0:
		return "", readable(CodeInvalid, "Quyết định được ký số; không nộp bản quét.", "decisions are signed digitally; leave the scan out")
	case !ink:
		return "", nil
	}
	if _, err := a.checkFile(ctx, s, row.CaseID, "ban-quet.pdf", content); err != nil {
		return "", err
	}
	if _, err := decision.TopRight(content); err != nil {
		return "", fromDecision(err)
	}
	info, err := a.Blobs.Put(ctx, "", bytes.NewReader(content))
	if err != nil {
		return "", internal("keep the scan", err)
	}
	return info.SHA256, nil
}
