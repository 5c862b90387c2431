package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"vinhdanh/internal/decision"
	"vinhdanh/internal/postgres"
)

// What a document turns out to be.
const (
	DocumentValid     = "valid"     // issued here, and not a byte differs
	DocumentCancelled = "cancelled" // issued here, and cancelled since by another decision
	DocumentChanged   = "changed"   // signed once, and changed since
	DocumentUnknown   = "unknown"   // nothing that was issued here
)

// DocumentCheckInput asks by the code printed on a document, or with its file.
type DocumentCheckInput struct {
	Code string `json:"code,omitempty" validate:"max=40"`
	Gold string `json:"gold,omitempty" validate:"max=20"` // of one of its certificates: number and year of the gold book, 17/2023
	File []byte `json:"-"`
}

// DocumentCheck is what anybody is told of a document: what its own first page says,
// and never a name of its list.
type DocumentCheck struct {
	State       string `json:"state"`
	Number      string `json:"number,omitempty"`
	Date        string `json:"date,omitempty"` // ISO
	Authority   string `json:"authority,omitempty"`
	Abstract    string `json:"abstract,omitempty"`
	Signer      string `json:"signer,omitempty"`
	SHA256      string `json:"sha256,omitempty"` // of the issued file
	CancelledBy string `json:"cancelled_by,omitempty"`
	CancelledOn string `json:"cancelled_on,omitempty"` // ISO
	// Parts are the decisions that cancelled a part of it: numbers, days, and which of
	// its subjects, by their place in the printed order.
	Parts []postgres.Cancelled `json:"parts,omitempty"`
	// Corrections are the decisions that corrected something of it (đính chính): numbers,
	// days and places in the printed order; the spellings are not told.
	Corrections []postgres.Cancelled `json:"corrections,omitempty"`
	Signatures  []DocumentSignature  `json:"signatures,omitempty"` // of the file given
	// Certificate is how the certificate that was asked for stands.
	Certificate *CertificateCheck `json:"certificate,omitempty"`
	Vi          string            `json:"vi,omitempty"` // what is wrong with the file
	En          string            `json:"en,omitempty"`
}

// DocumentSignature is a signature of a file that holds.
type DocumentSignature struct {
	Name    string    `json:"name"` // of the certificate
	Org     string    `json:"org,omitempty"`
	Time    time.Time `json:"time"`
	Stamped bool      `json:"stamped,omitempty"` // by a time-stamp authority
	Test    bool      `json:"test,omitempty"`    // a test certificate without legal value
}

// verifyPath is where the pages answer the public.
const verifyPath = "/verify"

// verifyAt is the address that documents print; empty where none is configured.
func (a *App) verifyAt() string {
	if a.Place.PublicURL == "" {
		return ""
	}
	return a.Place.PublicURL + verifyPath
}

// CheckDocument tells anybody, signed in or not, whether a document was issued here
// and still is as it was issued. Codes have 80 bits and askers are slowed by their
// network, so that none is found by trying; what was not issued yet is unknown.
func (a *App) CheckDocument(ctx context.Context, from From, in DocumentCheckInput) (DocumentCheck, error) {
	if err := a.check(in); err != nil {
		return DocumentCheck{}, err
	}
	leave, err := a.public.checking(ctx, from.network())
	if err != nil {
		return DocumentCheck{}, err
	}
	defer leave()
	if len(in.File) > 0 {
		return a.checkFileOf(ctx, in.File)
	}
	code := decision.ReadCode(in.Code)
	if code == "" {
		return DocumentCheck{}, &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "code", Rule: "wrong"}},
			Vi: "Mã tra cứu gồm 16 chữ và số, in cuối trang đầu của quyết định.", En: "a code has 16 letters and digits and stands at the foot of the decision's first page"}
	}
	return a.issuedWith(ctx, code, in.Gold)
}

// checkFileOf looks for the file among what was issued; else it tells what became of
// its signatures.
func (a *App) checkFileOf(ctx context.Context, pdf []byte) (DocumentCheck, error) {
	sum := sha256.Sum256(pdf)
	out, err := a.issuedAs(ctx, "", hex.EncodeToString(sum[:]))
	if err != nil {
		return out, err
	}
	infos, err := decision.Verify(pdf, nil)
	for _, i := range infos {
		out.Signatures = append(out.Signatures, DocumentSignature{Name: i.Name, Org: i.Org, Time: i.Time, Stamped: !i.Stamped.IsZero(), Test: i.Test})
	}
	if out.State != DocumentUnknown {
		return out, nil
	}
	var e *decision.Error
	if errors.As(err, &e) {
		out.Vi, out.En = e.Vi, e.En
		if bytes.Contains(pdf, []byte("/ByteRange")) { // it was signed once
			out.State = DocumentChanged
		}
	}
	return out, nil
}

// issuedAs reads what was issued under a code or as a file.
func (a *App) issuedAs(ctx context.Context, code, sum string) (DocumentCheck, error) {
	row, err := a.Store.IssuedDocument(ctx, code, sum)
	if errors.Is(err, postgres.ErrNotFound) {
		return DocumentCheck{State: DocumentUnknown}, nil
	}
	if err != nil {
		return DocumentCheck{}, internal("look for the document", err)
	}
	out := DocumentCheck{State: DocumentValid, Number: row.NumberText, Authority: row.AuthorityName, SHA256: row.Document}
	if row.NumberDate != nil {
		out.Date = row.NumberDate.Format(time.DateOnly)
	}
	if doc, err := draftText(row.Decision); err == nil {
		out.Abstract, out.Signer = doc.Abstract, doc.Signing.Name
	}
	out.Parts, out.Corrections = row.Parts, row.Corrections
	if row.CancelledBy != nil {
		out.State, out.CancelledBy = DocumentCancelled, *row.CancelledBy
		if row.CancelledOn != nil {
			out.CancelledOn = row.CancelledOn.Format(time.DateOnly)
		}
	}
	return out, nil
}
