package activities

import (
	"bytes"
	"context"
	"crypto"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"go.temporal.io/sdk/temporal"

	"vinhdanh/internal/blob"
	"vinhdanh/internal/decision"
	"vinhdanh/internal/postgres"
	"vinhdanh/workflows"
)

// codeDocument marks faults of a decision's document that no retry mends.
const codeDocument = "bad-document"

// OrgSigner is the organisation's key and certificate (con dấu số).
type OrgSigner struct {
	Key   crypto.Signer
	Chain []*x509.Certificate
	Name  string
}

// Documents makes and stores what a decision leaves on paper.
type Documents struct {
	Store *postgres.Store
	Blobs blob.Store
	Org   OrgSigner
	Zone  *time.Location // of the time in the signature
}

// FinishDecision puts number and date into the decision that was signed, checks
// that it still says what the signer committed to, renders it, signs it as the
// organisation, and stores it. Made once, it is returned as it stands.
func (d *Documents) FinishDecision(ctx context.Context, in workflows.FinishInput) (workflows.Finished, error) {
	row, err := d.Store.DecisionByID(ctx, in.Decision)
	if err != nil {
		return workflows.Finished{}, fmt.Errorf("activities: read decision: %w", err)
	}
	if row.Document != "" {
		return workflows.Finished{Document: row.Document}, nil
	}
	doc, err := finalText(row.Draft, in)
	if err != nil {
		return workflows.Finished{}, lasting(err)
	}
	pdf, err := d.signed(doc)
	if err != nil {
		return workflows.Finished{}, lasting(err)
	}
	info, err := d.Blobs.Put(ctx, "", bytes.NewReader(pdf))
	if err != nil {
		return workflows.Finished{}, fmt.Errorf("activities: store document: %w", err)
	}
	stands, err := d.Store.SetDocument(ctx, row.ID, info.SHA256)
	if err != nil {
		return workflows.Finished{}, fmt.Errorf("activities: note document: %w", err)
	}
	return workflows.Finished{Document: stands}, nil
}

// finalText builds the document with its number and holds it against the digest
// that was signed.
func finalText(draft json.RawMessage, in workflows.FinishInput) (decision.Document, error) {
	var text decision.Input
	if err := json.Unmarshal(draft, &text); err != nil {
		return decision.Document{}, fault("the stored draft does not decode")
	}
	number, symbol, _ := strings.Cut(in.Number, "/")
	if symbol != text.Symbol {
		return decision.Document{}, fault("the number's symbol is " + symbol + ", the decision's " + text.Symbol)
	}
	date, err := time.Parse(time.DateOnly, in.Date)
	if err != nil {
		return decision.Document{}, fault("the date of issue does not parse")
	}
	text.Number, text.Date = number, date
	doc, err := decision.Build(text)
	if err != nil {
		return doc, err
	}
	sum, err := decision.Digest(doc)
	if err != nil {
		return doc, err
	}
	if hex.EncodeToString(sum[:]) != in.Content {
		return doc, fault("the decision says something else than was signed")
	}
	return doc, nil
}

// signed renders the document and signs it as the organisation.
func (d *Documents) signed(doc decision.Document) ([]byte, error) {
	pdf, places, err := decision.Layout(doc)
	if err != nil {
		return nil, err
	}
	now := time.Now()
	if d.Zone != nil {
		now = now.In(d.Zone)
	}
	return decision.Sign(pdf, decision.Signature{
		Signer: d.Org.Key, Chain: d.Org.Chain, Name: d.Org.Name, Reason: "Ban hành", Location: doc.Place, Time: now,
		Place: &places.Seal, Certify: true,
		Appearance: []string{"Ký bởi: " + d.Org.Name, "Thời gian ký: " + now.Format("02/01/2006 15:04:05 -07:00")},
	})
}

func fault(what string) error {
	return temporal.NewNonRetryableApplicationError(what, codeDocument, nil)
}

// lasting marks what package decision refuses: trying again would refuse again.
func lasting(err error) error {
	var e *decision.Error
	if errors.As(err, &e) {
		return temporal.NewNonRetryableApplicationError(e.Error(), codeDocument, err)
	}
	return err
}
