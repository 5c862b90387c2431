package activities

import (
	"bytes"
	"context"
	"crypto"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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
	Image []byte // PNG of the seal; empty: the text in a red frame
}

// Documents makes and stores what a decision leaves on paper.
type Documents struct {
	Store *postgres.Store
	Blobs blob.Store
	Org   OrgSigner
	Zone  *time.Location // of the time in the signature
	// Stamp adds a time stamp to the organisation's signature; nil: none.
	Stamp decision.Stamper
}

// FinishDecision makes the document that is issued, seals it as the organisation,
// and stores it: the PDF that the signer signed, with number and date filled in; or
// the scan of what he signed in ink; or, where only the seal is digital, the text
// with number and date. It checks that the text still is what the signer committed
// to. Made once, it is returned as it stands.
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
	pdf, err := d.finished(ctx, doc, in)
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

// finished gives the sealed PDF.
func (d *Documents) finished(ctx context.Context, doc decision.Document, in workflows.FinishInput) ([]byte, error) {
	if in.Scan != "" {
		pdf, err := d.stored(ctx, in.Scan)
		if err != nil {
			return nil, err
		}
		place, err := decision.TopRight(pdf)
		if err != nil {
			return nil, err
		}
		return d.seal(pdf, doc, place, true)
	}
	if in.Signed == "" {
		pdf, places, err := decision.Layout(doc)
		if err != nil {
			return nil, err
		}
		return d.seal(pdf, doc, places.Seal, true)
	}
	pdf, err := d.stored(ctx, in.Signed)
	if err != nil {
		return nil, err
	}
	if infos, err := decision.Verify(pdf, nil); err != nil || len(infos) != 1 || !infos[0].Certifies {
		return nil, fault("the signer's document does not hold")
	}
	if pdf, err = decision.FillNumber(pdf, doc.Number, doc.Date); err != nil {
		return nil, err
	}
	open := doc
	open.Number, open.Date, open.Drafted = "", time.Time{}, doc.Date // as it was signed
	_, places, err := decision.Layout(open)
	if err != nil {
		return nil, err
	}
	return d.seal(pdf, doc, places.Seal, false)
}

// stored reads a document by its SHA-256 and checks that it is the one.
func (d *Documents) stored(ctx context.Context, sum string) ([]byte, error) {
	key, err := blob.KeyOf(sum)
	if err != nil {
		return nil, fault("the act names no document")
	}
	f, err := d.Blobs.Get(ctx, key)
	if err != nil {
		return nil, fmt.Errorf("activities: open document: %w", err)
	}
	defer f.Close()
	pdf, err := io.ReadAll(f)
	if err != nil {
		return nil, fmt.Errorf("activities: read document: %w", err)
	}
	if got := sha256.Sum256(pdf); hex.EncodeToString(got[:]) != sum {
		return nil, fault("the stored document is not the one that was signed")
	}
	return pdf, nil
}

// seal signs as the organisation.
func (d *Documents) seal(pdf []byte, doc decision.Document, place decision.Box, first bool) ([]byte, error) {
	now := time.Now()
	if d.Zone != nil {
		now = now.In(d.Zone)
	}
	return decision.Sign(pdf, decision.Signature{
		Signer: d.Org.Key, Chain: d.Org.Chain, Name: d.Org.Name, Reason: "Ban hành", Location: doc.Place, Time: now,
		Place: &place, Certify: first, Ink: decision.InkRed, Image: d.Org.Image, Stamp: d.Stamp,
		Appearance: decision.AppearanceLines(d.Org.Name, now),
	})
}

func fault(what string) error {
	return temporal.NewNonRetryableApplicationError(what, codeDocument, nil)
}

// lasting marks what package decision refuses: trying again would refuse again.
func lasting(err error) error {
	var e *decision.Error
	if errors.As(err, &e) && e.Code != decision.CodeStamp { // an authority answers again
		return temporal.NewNonRetryableApplicationError(e.Error(), codeDocument, err)
	}
	return err
}
