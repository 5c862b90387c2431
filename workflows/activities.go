package workflows

import (
	"vinhdanh/internal/council"
	"vinhdanh/internal/proposal"
)

// Activity names. Package activities implements them.
const (
	ActivityValidate        = "validate"
	ActivityRecordSignals   = "record-signals"
	ActivitySealCouncil     = "seal-council"
	ActivitySealIssued      = "seal-issued"
	ActivityDeliver         = "deliver"
	ActivityFinishDecision  = "finish-decision"
	ActivityWriteLedger     = "write-ledger"
	ActivityWriteRevocation = "write-revocation"
	ActivityWriteCorrection = "write-correction"
	ActivityDispatch        = "dispatch"
	ActivitySweepDeadlines  = "sweep-deadlines"
	ActivityArchive         = "archive-closed"
)

// SealInput asks for one signed act over the cases that still lack a result.
// Round counts from 1; a later round covers the cases that moved in between.
type SealInput struct {
	Case  string `json:"case"` // the session's or the issuance's workflow id
	ID    string `json:"id"`   // session or decision id
	Round int    `json:"round"`
}

// SealCouncilInput is SealInput with the frozen result: of every case in the first
// round, of those that moved in a later one.
type SealCouncilInput struct {
	SealInput
	Results council.Rows `json:"results"`
	Cuts    []string     `json:"cuts,omitempty"` // codes of the quotas that a row's place may name
}

// SealIssuedInput is SealInput with what was issued.
type SealIssuedInput struct {
	SealInput
	Issued proposal.IssuedData `json:"issued"` // Items are filled in per case
}

// Sealed is a stored batch: one JWS, one message per case.
type Sealed struct {
	Batch string `json:"batch"`
	Count int    `json:"count"`
}

// Delivery reports what became of a batch. Moved cases changed between sealing
// and delivery and need another round; refused ones have their reason on record.
type Delivery struct {
	Delivered int `json:"delivered"`
	Refused   int `json:"refused"`
	Moved     int `json:"moved"`
	// Cases are the ids of those that moved, in a round's own report.
	Cases []string `json:"cases,omitempty"`
}

// FinishInput asks for the final document of a decision.
type FinishInput struct {
	Case     string `json:"case"`
	Decision string `json:"decision"`
	Number   string `json:"number"`
	Date     string `json:"date"`
	Content  string `json:"content"` // what the signer committed to
	// Signed is the SHA-256 of the PDF with the signer's signature, Scan that of the
	// scan of what was signed in ink; both empty: only the seal is digital.
	Signed string `json:"signed,omitempty"`
	Scan   string `json:"scan,omitempty"`
}

// RevokedInput asks to mark what a revoking decision takes back.
type RevokedInput struct {
	Revocation string `json:"revocation"`
	Number     string `json:"number"` // of the revoking decision
	Date       string `json:"date"`
}

// CorrectedInput asks to put right in the ledger what an issued correction says.
type CorrectedInput struct {
	Decision string                    `json:"decision"` // the correcting document, by its id
	Number   string                    `json:"number"`
	Date     string                    `json:"date"`
	Lines    []proposal.CorrectionLine `json:"lines"` // as they were submitted and signed
}

// Finished is the stored document.
type Finished struct {
	Document string `json:"document"` // SHA-256 of the signed PDF, hex
}
