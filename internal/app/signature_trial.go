package app

import (
	"context"
	"time"

	"vinhdanh/internal/act"
	"vinhdanh/internal/decision"
	"vinhdanh/internal/decision/keystore"
	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// SigningKey is what a signer should know of the key that is configured for him.
type SigningKey struct {
	Digital  bool `json:"digital"` // decisions are signed with the signer's own key
	Found    bool `json:"found"`   // one is configured for this person
	NeedsPIN bool `json:"needs_pin"`
}

// SigningKey tells whether the reader's key is there; it is not opened.
func (a *App) SigningKey(ctx context.Context, s Session) (SigningKey, error) {
	if _, ok := s.may("signing.test", permission.Place{}); !ok {
		return SigningKey{}, a.refuse(ctx, s, "signing.test", s.Login, fail(CodeForbidden, "only signers have a key to test"))
	}
	return SigningKey{Digital: a.Signing.Mode == SignDigital, Found: a.Signing.Keys.Find(s.Login) != "", NeedsPIN: a.needsPIN(s)}, nil
}

// TestSignature has the reader's key sign a sheet that says of itself that it is none, by
// the way of every decision: key, certificate, time stamp, appearance. The PDF comes back
// once its signature was checked as anybody's reader would; nothing is kept. The PIN comes
// by WithPIN.
func (a *App) TestSignature(ctx context.Context, s Session) ([]byte, error) {
	key, err := a.SigningKey(ctx, s)
	if err != nil {
		return nil, err
	}
	if !key.Digital {
		return nil, readable(CodeNotReady, "Nơi này không ký quyết định bằng khóa của từng người; không có gì để thử.",
			"decisions are not signed with personal keys here; there is nothing to test")
	}
	if err := a.mayAct(ctx, s, act.Request{Workflow: workflows.TypeIssuance, Action: proposal.ActionSign}); err != nil {
		return nil, err // the key is used as it is for a decision
	}
	ctx, done, err := a.withKey(ctx, s)
	if err != nil {
		return nil, err
	}
	defer done()
	k, _ := ctx.Value(openKey{}).(keystore.Key) // withKey has opened it, or refused
	now := time.Now()
	if a.Signing.Zone != nil {
		now = now.In(a.Signing.Zone)
	}
	pdf, at, err := decision.TestSheet(s.Name, now)
	if err != nil {
		return nil, internal("draw the test sheet", err)
	}
	pdf, err = decision.Sign(pdf, decision.Signature{
		Signer: k.Signer, Chain: k.Chain, Name: s.Name, Reason: "Thử khóa ký", Time: now, Certify: true,
		Place: &at, Appearance: decision.AppearanceLines(s.Name, now), Image: k.Image, Ink: decision.InkBlue, Stamp: a.Signing.Stamp,
	})
	if err != nil {
		return nil, fromKey(err)
	}
	if _, err := decision.Verify(pdf, nil); err != nil {
		return nil, fromKey(err)
	}
	return pdf, nil
}
