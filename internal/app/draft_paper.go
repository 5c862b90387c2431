package app

import (
	"context"
	"errors"

	"github.com/rs/zerolog"

	"vinhdanh/internal/filecheck"
	"vinhdanh/internal/postgres"
)

// Limits of the papers of one submission (ASVS 5.1.1: the file policy). What one
// file may be is in package filecheck.
const (
	MaxPaper      = 25 << 20  // bytes of one file
	MaxPapers     = 400       // files of one submission
	MaxPapersSize = 500 << 20 // bytes of all its files
)

// checkFile judges an uploaded paper and gives its harmless name.
func (a *App) checkFile(ctx context.Context, s Session, target, name string, content []byte) (string, error) {
	if len(content) > MaxPaper {
		return "", fail(CodeTooLarge, "the file is larger than a paper may be")
	}
	kind, err := filecheck.Check(content, filecheck.DefaultLimits)
	if err == nil && a.Scanner != nil {
		err = a.Scanner.Scan(ctx, content)
	}
	var r *filecheck.Refusal
	switch {
	case errors.As(err, &r):
		return "", a.refuse(ctx, s, "add-paper", target, &Error{Code: CodeBadFile, Detail: "paper: " + r.Code, Vi: r.Vi, En: r.En})
	case err != nil:
		zerolog.Ctx(ctx).Error().Err(err).Msg("a paper could not be scanned")
		return "", readable(CodeUnavailable, "Chưa quét vi-rút được nên chưa nhận tệp; hãy thử lại sau ít phút.",
			"the virus scanner does not answer, so the file was not kept; try again in a moment")
	}
	return filecheck.Clean(name, kind), nil
}

// room refuses a paper that a submission has no room for.
func (a *App) room(ctx context.Context, sub postgres.Submission, more int64) error {
	papers, err := a.Store.AttachmentsOf(ctx, sub.ID)
	if err != nil {
		return internal("read papers", err)
	}
	total := more
	for _, p := range papers {
		total += p.Size
	}
	if len(papers) >= MaxPapers || total > MaxPapersSize {
		return readable(CodeTooLarge, "Hồ sơ đã đủ số tệp hoặc dung lượng cho phép; hãy bỏ bớt hoặc gộp tài liệu.",
			"the submission holds as many files, or bytes, as one may; remove or merge papers")
	}
	return nil
}

// RemovePaper takes a paper out of a draft. What somebody has had before them stays.
func (a *App) RemovePaper(ctx context.Context, s Session, id string) error {
	row, err := a.Store.PaperByID(ctx, id)
	if err != nil {
		return internal("read paper", err)
	}
	if row.Submission == nil {
		return &Error{Code: CodeNotFound}
	}
	sub, err := a.editable(ctx, s, "remove-paper", *row.Submission)
	if err != nil {
		return err
	}
	removed, err := a.Store.RemovePaper(ctx, row.ID)
	if err != nil {
		return internal("remove paper", err)
	}
	if !removed {
		return a.refuse(ctx, s, "remove-paper", sub.Ref, readable(CodeNotReady,
			"Tài liệu này đã được gửi kèm hồ sơ nên được giữ lại; hãy bổ sung bản mới.",
			"the paper was sent with the submission and is kept; add a new one"))
	}
	return nil
}

// paperItem checks that a paper's item belongs to the submission.
func (a *App) paperItem(ctx context.Context, sub postgres.Submission, item string) (*string, error) {
	if item == "" {
		return nil, nil
	}
	it, err := a.Store.ItemByID(ctx, item)
	if err != nil {
		return nil, internal("read item", err)
	}
	ps, err := a.Store.ProposalsOfSubmission(ctx, sub.ID)
	if err != nil {
		return nil, internal("read proposals", err)
	}
	for _, p := range ps {
		if p.ID == it.Proposal {
			return &it.ID, nil
		}
	}
	return nil, &Error{Code: CodeNotFound}
}
