package app

import (
	"context"
	"time"

	"vinhdanh/internal/postgres"
)

// recentPapers is how far back own papers are offered again.
const recentPapers = 60 * 24 * time.Hour

// RecentPapers lists the papers of a kind that the session gave with cases lately,
// each content once, newest first: one meeting's minutes stand for many cases.
func (a *App) RecentPapers(ctx context.Context, s Session, kind string) ([]postgres.Attachment, error) {
	rows, err := a.Store.PapersBy(ctx, s.User, kind, recentPapers, 20)
	if err != nil {
		return nil, internal("read papers", err)
	}
	return rows, nil
}

// PaperAgainInput puts a paper that the session gave with one case with another.
type PaperAgainInput struct {
	Proposal string `json:"proposal" validate:"required"`
	Paper    string `json:"paper" validate:"required"` // id of a paper that RecentPapers lists
	Kind     string `json:"kind" validate:"required,max=40"`
}

// AddPaperAgain puts an own paper with another case that waits for the session. It
// may be repeated: a case has a content once.
func (a *App) AddPaperAgain(ctx context.Context, s Session, in PaperAgainInput) (postgres.Attachment, error) {
	if err := a.check(in); err != nil {
		return postgres.Attachment{}, err
	}
	p, err := a.proposal(ctx, s, in.Proposal)
	if err != nil {
		return postgres.Attachment{}, err
	}
	if !a.awaits(s, p) {
		return postgres.Attachment{}, a.refuse(ctx, s, "add-paper", p.CaseID, fail(CodeForbidden, "papers are given by whoever the case waits for"))
	}
	own, err := a.RecentPapers(ctx, s, in.Kind)
	if err != nil {
		return postgres.Attachment{}, err
	}
	for _, row := range own {
		if row.ID != in.Paper {
			continue
		}
		have, err := a.Store.AttachmentsOfCase(ctx, p.CaseID)
		if err != nil {
			return row, internal("read papers", err)
		}
		for _, h := range have {
			if h.SHA256 == row.SHA256 {
				return h, nil
			}
		}
		again := postgres.Attachment{
			CaseID: p.CaseID, Kind: row.Kind, FileName: row.FileName, SHA256: row.SHA256, Size: row.Size, CreatedBy: s.User,
		}
		if again.ID, err = a.Store.AddAttachment(ctx, again); err != nil {
			return again, internal("store the paper", err)
		}
		return again, nil
	}
	return postgres.Attachment{}, &Error{Code: CodeNotFound}
}
