package app

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"software.sslmate.com/src/go-pkcs12"

	"vinhdanh/internal/decision"
	"vinhdanh/internal/decision/keystore"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

const signingPIN = "24681357"

// submitted drafts and submits a decision over one proposal.
func (w *world) toSign(p postgres.Proposal) DecisionView {
	t, ctx, head := w.t, context.Background(), w.as(w.standingLogin())
	t.Helper()
	d, err := w.DraftDecision(ctx, head, DraftDecisionInput{Proposals: []string{p.ID}, ListAlways: true})
	require.NoError(t, err)
	_, err = w.SubmitDecision(ctx, head, d.ID)
	require.NoError(t, err)
	return d
}

// withSigner gives the signer a certificate in a PKCS #12 file.
func (w *world) withSigner() {
	t, dir := w.t, w.t.TempDir()
	t.Helper()
	key, cert, err := decision.SelfSigned("Người Ký Mẫu", "mẫu", time.Now().Add(-time.Hour))
	require.NoError(t, err)
	p12, err := pkcs12.Modern.Encode(key, cert, nil, signingPIN)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, w.holder(authority, proposal.RoleSigner)+".p12"), p12, 0o600))
	w.Signing = Signing{Mode: SignDigital, Keys: keystore.Dir(dir)}
}

// TestSignerThenNumberThenSeal: many decisions in one act with one PIN; number and
// date filled into what the signer signed; the organisation last.
func TestSignerThenNumberThenSeal(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	ps := w.passed("Nguyễn Văn Ví Dụ", "Trần Thị Giả Định")
	one, two := w.toSign(ps[0]), w.toSign(ps[1])
	signer := w.as(w.holder(authority, proposal.RoleSigner))
	many := SignManyInput{Documents: []SignDocument{{one.ID, one.Content}, {two.ID, two.Content}}}

	w.Signing = Signing{Mode: SignDigital, Keys: keystore.Dir(t.TempDir())}
	_, err := w.SignMany(ctx, signer, many)
	require.Equal(t, CodeNotReady, codeOf(err), "without a certificate")
	require.Equal(t, CodeNotReady, codeOf(w.RehearseSigning(ctx, signer, one.ID, SignInput{Content: one.Content})))
	w.withSigner()
	brief, err := w.SigningBrief(ctx, signer, one.ID)
	require.NoError(t, err)
	require.True(t, brief.NeedsPIN)
	for _, pin := range []string{"", "wrong"} {
		_, err = w.SignMany(WithPIN(ctx, pin), signer, many)
		require.Equal(t, CodeInvalid, codeOf(err))
		require.Equal(t, "pin", ErrorOf(err).Fields[0].Field)
	}
	require.NoError(t, w.RehearseSigning(ctx, signer, one.ID, SignInput{Content: one.Content}), "a rehearsal needs no PIN, and nothing was signed")
	report, err := w.SignMany(WithPIN(ctx, signingPIN), signer, many)
	require.NoError(t, err)
	require.Equal(t, 2, report.Done, "%+v", report)
	for i, d := range []DecisionView{one, two} {
		w.issue(d, NumberInput{Number: 41 + i})
		pdf, err := w.DecisionPDF(ctx, signer, d.ID)
		require.NoError(t, err)
		infos, err := decision.Verify(pdf, nil)
		require.NoError(t, err)
		require.Len(t, infos, 2)
		require.Equal(t, "Người Ký Mẫu", infos[0].Name)
		require.True(t, infos[0].Certifies)
		require.False(t, infos[1].Certifies)
	}
	again, err := w.SignMany(WithPIN(ctx, signingPIN), signer, many)
	require.NoError(t, err)
	require.Equal(t, 2, again.Refused)
	_, err = w.NumberDecision(ctx, w.as(w.holder(authority, proposal.RoleRegistrar)), two.ID, NumberInput{Number: 50, Scan: []byte("%PDF-")})
	require.Equal(t, CodeNotReady, codeOf(err))
}

// TestInkNeedsItsScan: number, date and scan are entered, and the organisation signs
// over the scan.
func TestInkNeedsItsScan(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	w.Signing.Mode = SignInk
	d := w.decide(w.passed("Nguyễn Văn Ví Dụ")...)
	registrar := w.as(w.holder(authority, proposal.RoleRegistrar))
	desk, err := w.NumberingDesk(ctx, registrar)
	require.NoError(t, err)
	require.True(t, desk.Ink)
	scan, err := w.PreviewDecision(ctx, registrar, d.ID)
	require.NoError(t, err)
	signed, err := decision.Sign(scan, decision.Signature{Signer: w.documents.Org.Key, Chain: w.documents.Org.Chain, Name: "khác", Time: time.Now()})
	require.NoError(t, err)
	for name, bad := range map[string][]byte{"none": nil, "no PDF": []byte("ảnh"), "signed already": signed} {
		_, err = w.NumberDecision(ctx, registrar, d.ID, NumberInput{Number: 5, Scan: bad})
		require.Error(t, err, name)
	}
	w.issue(d, NumberInput{Number: 5, Scan: scan})
	pdf, err := w.DecisionPDF(ctx, registrar, d.ID)
	require.NoError(t, err)
	require.True(t, bytes.HasPrefix(pdf, scan), "the scan stands under the signature as it came")
	infos, err := decision.Verify(pdf, nil)
	require.NoError(t, err)
	require.Len(t, infos, 1)
	w.Signing.Mode = SignSeal
	other := w.decide(w.passed("Trần Thị Giả Định")...)
	_, err = w.NumberDecision(ctx, registrar, other.ID, NumberInput{Number: 6, Scan: scan})
	require.Equal(t, CodeInvalid, codeOf(err))
}

// TestAnybodyChecksADocument: by code and by file, without a session, and nothing is
// told of what was not issued, nor any name of the list.
func TestAnybodyChecksADocument(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	w.withSigner()
	d := w.toSign(w.passed("Nguyễn Văn Ví Dụ")[0])
	ask := func(in DocumentCheckInput) DocumentCheck {
		w.public = newBounded() // the rate is another test's
		v, err := w.CheckDocument(ctx, From{Address: "192.0.2.1"}, in)
		require.NoError(t, err)
		return v
	}
	code := d.Text.Code
	require.Len(t, code, 16)
	require.Equal(t, DocumentUnknown, ask(DocumentCheckInput{Code: code}).State, "not issued yet")
	signer := w.as(w.holder(authority, proposal.RoleSigner))
	_, err := w.SignDecision(WithPIN(ctx, signingPIN), signer, d.ID, SignInput{Content: d.Content})
	require.NoError(t, err)
	require.Equal(t, DocumentUnknown, ask(DocumentCheckInput{Code: code}).State, "signed, not issued yet")
	w.issue(d, NumberInput{Number: 41})
	pdf, err := w.DecisionPDF(ctx, signer, d.ID)
	require.NoError(t, err)

	v := ask(DocumentCheckInput{Code: strings.ToLower(decision.PrintCode(code))})
	require.Equal(t, DocumentValid, v.State)
	require.Equal(t, "41/QĐ-UBND", v.Number)
	require.NotContains(t, v.Abstract+v.Signer+v.Authority, "Ví Dụ")
	v = ask(DocumentCheckInput{File: pdf})
	require.Equal(t, DocumentValid, v.State)
	require.Len(t, v.Signatures, 2)
	flipped := bytes.Clone(pdf)
	flipped[len(pdf)/2] ^= 1
	require.Equal(t, DocumentChanged, ask(DocumentCheckInput{File: flipped}).State)
	v = ask(DocumentCheckInput{File: append(bytes.Clone(pdf), '\n')})
	require.Equal(t, DocumentChanged, v.State)
	require.NotEmpty(t, v.Vi)
	scan, err := w.PreviewDecision(ctx, signer, d.ID)
	require.NoError(t, err)
	require.Equal(t, DocumentUnknown, ask(DocumentCheckInput{File: scan}).State)
	foreign, err := decision.Sign(scan, decision.Signature{Signer: w.documents.Org.Key, Chain: w.documents.Org.Chain, Name: "nơi khác", Time: time.Now()})
	require.NoError(t, err)
	require.Equal(t, DocumentUnknown, ask(DocumentCheckInput{File: foreign}).State, "signed elsewhere")

	db, err := pgx.Connect(ctx, w.owner)
	require.NoError(t, err)
	defer db.Close(ctx)
	_, err = db.Exec(ctx, `insert into decision_cancellations (decision, by_number, on_date) values ($1::uuid, '77/QĐ-UBND', '2023-12-20')`, d.ID)
	require.NoError(t, err)
	for _, in := range []DocumentCheckInput{{Code: code}, {File: pdf}} {
		v = ask(in)
		require.Equal(t, DocumentCancelled, v.State)
		require.Equal(t, "77/QĐ-UBND", v.CancelledBy)
	}
}

// TestCodesAreNotTried: whoever asks too often waits, in his network only.
func TestCodesAreNotTried(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	var err error
	for range checkBurst + 1 {
		_, err = w.CheckDocument(ctx, From{Address: "192.0.2.9"}, DocumentCheckInput{Code: decision.NewCode()})
	}
	require.Equal(t, CodeTooMany, codeOf(err))
	_, err = w.CheckDocument(ctx, From{Address: "192.0.2.10"}, DocumentCheckInput{Code: decision.NewCode()})
	require.NoError(t, err)
	for _, bad := range []string{"", "123", "UUUU-UUUU-UUUU-UUUU", strings.Repeat("é", 16)} {
		w.public = newBounded()
		_, err = w.CheckDocument(ctx, From{}, DocumentCheckInput{Code: bad})
		require.Equal(t, CodeInvalid, codeOf(err), bad)
	}
}

// A signer tries his key on a sheet that is no document; who has none is told.
func TestASignerTriesHisKey(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	signer := w.as(w.holder(authority, proposal.RoleSigner))
	_, err := w.TestSignature(ctx, w.as("pgd-clerk"))
	require.Equal(t, CodeForbidden, codeOf(err))
	_, err = w.TestSignature(ctx, signer)
	require.Equal(t, CodeNotReady, codeOf(err), "signatures are not digital here")
	w.withSigner()
	_, err = w.TestSignature(WithPIN(ctx, "wrong"), signer)
	require.Equal(t, "pin", ErrorOf(err).Fields[0].Field)
	pdf, err := w.TestSignature(WithPIN(ctx, signingPIN), signer)
	require.NoError(t, err)
	infos, err := decision.Verify(pdf, nil)
	require.NoError(t, err)
	require.Equal(t, "Thử khóa ký", infos[0].Reason)
	pdf[len(pdf)/2] ^= 1
	_, err = decision.Verify(pdf, nil)
	require.Error(t, err)
}
