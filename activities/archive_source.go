package activities

import (
	"context"
	"errors"
	"io"

	historypb "go.temporal.io/api/history/v1"

	"vinhdanh/internal/blob"
	"vinhdanh/internal/evidence"
	"vinhdanh/internal/postgres"
)

// caseSource is what a bundle is made of, from the store, the blobs and Temporal.
type caseSource struct {
	*Archiver
	id  string
	run string
}

// Case implements evidence.Source.
func (s *caseSource) Case() string { return s.id }

// History implements evidence.Source.
func (s *caseSource) History(ctx context.Context) (*historypb.History, error) {
	return evidence.ReadHistory(ctx, s.Temporal, s.id, s.run)
}

// CaseKey implements evidence.Source.
func (s *caseSource) CaseKey(context.Context) ([]byte, error) { return s.Keys.Key(s.id, false) }

// Keyring implements evidence.Source.
func (s *caseSource) Keyring(context.Context) (string, string, error) { return s.Ring() }

// Trail implements evidence.Source.
func (s *caseSource) Trail(ctx context.Context) ([]evidence.TrailRow, error) {
	rows, err := s.Store.Trail(ctx, s.id)
	out := make([]evidence.TrailRow, len(rows))
	for i, r := range rows {
		out[i] = evidence.TrailRow{Number: r.Number, Body: r.Body, PrevHash: r.PrevHash, Hash: r.Hash}
	}
	return out, err
}

// Attempts implements evidence.Source.
func (s *caseSource) Attempts(ctx context.Context) ([]evidence.Attempt, error) {
	rows, err := s.Store.AttemptsOf(ctx, s.id)
	out := make([]evidence.Attempt, len(rows))
	for i, r := range rows {
		out[i] = evidence.Attempt{
			Nonce: r.Nonce, Action: r.Action, Actor: r.Actor, At: r.At.UTC(), Message: r.Message,
			Status: value(r.Status), Number: value(r.Number), Code: value(r.Code),
		}
	}
	return out, err
}

func value[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}

// Content implements evidence.Source.
func (s *caseSource) Content(ctx context.Context) (evidence.Content, error) {
	var out evidence.Content
	items, err := s.Store.RevisionsOfCase(ctx, s.id)
	if err != nil {
		return out, err
	}
	for _, r := range items {
		out.Items = append(out.Items, evidence.ItemRevision(r))
	}
	reasons, err := s.Store.ReasonsOf(ctx, s.id)
	if err != nil {
		return out, err
	}
	for _, r := range reasons {
		out.Reasons = append(out.Reasons, evidence.Reason{
			Commitment: r.Commitment, Salt: r.Salt, Body: r.Body, Field: r.Field, Item: value(r.Item),
		})
	}
	return out, s.papers(ctx, &out)
}

// papers adds attachments and, for an issuance, the decision's text and document.
func (s *caseSource) papers(ctx context.Context, out *evidence.Content) error {
	rows, err := s.Store.PapersOfCase(ctx, s.id)
	if err != nil {
		return err
	}
	for _, r := range rows {
		out.Papers = append(out.Papers, evidence.Paper{
			Kind: r.Kind, FileName: r.FileName, SHA256: r.SHA256, Size: r.Size, SecretRef: r.SecretRef,
		})
	}
	draft, document, err := s.Store.DraftOfCase(ctx, s.id)
	if errors.Is(err, postgres.ErrNotFound) {
		return nil
	}
	out.Decision = draft
	if document != "" {
		out.Papers = append(out.Papers, evidence.Paper{Kind: "decision", FileName: document + ".pdf", SHA256: document})
	}
	return err
}

// Validations implements evidence.Source.
func (s *caseSource) Validations(ctx context.Context) ([]evidence.Validation, error) {
	rows, err := s.Store.FindingsOfCase(ctx, s.id)
	out := make([]evidence.Validation, len(rows))
	for i, r := range rows {
		out[i] = evidence.Validation{
			Revision: r.Revision, LawHash: r.LawHash, Facts: r.Facts, FactsHash: r.FactsHash,
			Result: r.Result, ResultHash: r.ResultHash,
		}
	}
	return out, err
}

// Law implements evidence.Source. Law data that was not kept leaves a bundle that
// says so when it is verified.
func (s *caseSource) Law(ctx context.Context, hash string) (map[string]string, error) {
	files, err := s.Store.LawFiles(ctx, hash)
	if errors.Is(err, postgres.ErrNotFound) {
		return nil, nil
	}
	return files, err
}

// Document implements evidence.Source.
func (s *caseSource) Document(ctx context.Context, sha256 string) ([]byte, error) {
	key, err := blob.KeyOf(sha256)
	if err != nil {
		return nil, err
	}
	r, err := s.Blobs.Get(ctx, key)
	if blob.CodeOf(err) == blob.CodeNotFound {
		return nil, evidence.ErrNoDocument
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()
	return io.ReadAll(io.LimitReader(r, evidence.MaxBytes))
}
