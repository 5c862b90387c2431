package app

import (
	"bytes"
	"context"

	"vinhdanh/internal/council"
	"vinhdanh/internal/postgres"
)

// SessionPaperInput is the scan of a written opinion, or of paper counts.
type SessionPaperInput struct {
	Kind     string `json:"kind" validate:"oneof=opinion minutes other"`
	FileName string `json:"file_name" validate:"required,max=255"`
}

// AddSessionPaper stores a scan that belongs to a session, such as an absent
// member's written opinion; the ballot that is entered for it names its SHA-256.
func (a *App) AddSessionPaper(ctx context.Context, s Session, id string, in SessionPaperInput, content []byte) (PaperRow, error) {
	if err := a.check(in); err != nil {
		return PaperRow{}, err
	}
	row, _, err := a.seated(ctx, s, "add-session-paper", id)
	if err != nil {
		return PaperRow{}, err
	}
	if row.Number == 0 || row.Phase == string(council.PhaseCancelled) {
		return PaperRow{}, readable(CodeNotReady, "Phiên họp chưa được triệu tập hoặc đã hủy.",
			"the session was not convened yet, or was cancelled")
	}
	if in.FileName, err = a.checkFile(ctx, s, row.CaseID, in.FileName, content); err != nil {
		return PaperRow{}, err
	}
	info, err := a.Blobs.Put(ctx, "", bytes.NewReader(content))
	if err != nil {
		return PaperRow{}, internal("store the paper", err)
	}
	paper := postgres.Attachment{
		CaseID: row.CaseID, Kind: in.Kind, FileName: in.FileName, SHA256: info.SHA256, Size: info.Size, CreatedBy: s.User,
	}
	if paper.ID, err = a.Store.AddAttachment(ctx, paper); err != nil {
		return PaperRow{}, internal("store the paper", err)
	}
	return paper, nil
}
