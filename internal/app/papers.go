package app

import (
	"bytes"
	"context"
	"io"
	"slices"

	"vinhdanh/internal/postgres"
)

// PaperInput is a paper of a submission, or one given with an act on a case.
type PaperInput struct {
	Submission string `json:"submission,omitempty" validate:"required_without=Proposal"`
	Proposal   string `json:"proposal,omitempty" validate:"required_without=Submission"`
	Kind       string `json:"kind" validate:"required,max=40"` // a paper code of the law's data, or minutes, opinion, other
	FileName   string `json:"file_name" validate:"required_without=SecretRef,max=255"`
	// SecretRef names a paper marked "mật", which is never uploaded: only its
	// number and date are kept.
	SecretRef string `json:"secret_ref,omitempty" validate:"max=255"`
	Item      string `json:"item,omitempty" validate:"max=60"` // of this item only; empty: of the whole submission
}

// AddPaper stores a paper. A secret one is named, never uploaded. A list or letter that
// went to Word and back must say what the submission says (wordPaper).
func (a *App) AddPaper(ctx context.Context, s Session, in PaperInput, content []byte) (postgres.Attachment, error) {
	if err := a.check(in); err != nil {
		return postgres.Attachment{}, err
	}
	if in.SecretRef != "" && len(content) > 0 {
		return postgres.Attachment{}, a.refuse(ctx, s, "add-paper", in.Submission, &Error{
			Code: CodeSecretPaper, Detail: "a secret paper was uploaded",
			Vi: "Tài liệu mật không được tải lên; chỉ ghi số, ngày của tài liệu.",
			En: "A secret paper is never uploaded; give only its number and date.",
		})
	}
	row := postgres.Attachment{Kind: in.Kind, FileName: in.FileName, SecretRef: in.SecretRef, CreatedBy: s.User}
	if err := a.paperOwner(ctx, s, in, int64(len(content)), &row); err != nil {
		return row, err
	}
	if in.SecretRef == "" {
		name, err := a.checkFile(ctx, s, in.Submission+in.Proposal, in.FileName, content)
		if err != nil {
			return row, err
		}
		row.FileName = name
		if err := a.wordPaper(ctx, s, in, name, content); err != nil {
			return row, err
		}
		info, err := a.Blobs.Put(ctx, "", bytes.NewReader(content))
		if err != nil {
			return row, internal("store the paper", err)
		}
		row.SHA256, row.Size = info.SHA256, info.Size
	}
	id, err := a.Store.AddAttachment(ctx, row)
	if err != nil {
		return row, internal("store the paper", err)
	}
	row.ID = id
	return row, nil
}

// paperOwner finds where the paper belongs, if the session may add to it.
func (a *App) paperOwner(ctx context.Context, s Session, in PaperInput, size int64, row *postgres.Attachment) error {
	if in.Submission != "" {
		sub, err := a.editable(ctx, s, "add-paper", in.Submission)
		if err != nil {
			return err
		}
		row.Submission = &sub.ID
		if row.Item, err = a.paperItem(ctx, sub, in.Item); err != nil {
			return err
		}
		return a.room(ctx, sub, size)
	}
	p, err := a.proposal(ctx, s, in.Proposal)
	if err != nil {
		return err
	}
	if _, ok := s.may("case.add-paper", casePlace(p)); !ok {
		return a.refuse(ctx, s, "add-paper", p.CaseID, fail(CodeForbidden, "papers are given by whoever the case waits for"))
	}
	row.CaseID = p.CaseID
	return nil
}

// Papers lists the papers of a case that the session may see: those of its
// submission and those given with acts on it.
func (a *App) Papers(ctx context.Context, s Session, proposalID string) ([]postgres.Attachment, error) {
	p, err := a.proposal(ctx, s, proposalID)
	if err != nil {
		return nil, err
	}
	if !s.reads("case.papers", casePlace(p)) {
		return []postgres.Attachment{}, nil
	}
	own, err := a.Store.AttachmentsOf(ctx, p.Submission)
	if err != nil {
		return nil, internal("read papers", err)
	}
	given, err := a.Store.AttachmentsOfCase(ctx, p.CaseID)
	if err != nil {
		return nil, internal("read papers", err)
	}
	if !s.reads("case.consulted", casePlace(p)) {
		given = slices.DeleteFunc(given, func(x postgres.Attachment) bool { return x.Kind == "consultation" || x.Kind == "comment" })
	}
	closed, err := a.barred(ctx, s, p)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(append(own, given...), func(x postgres.Attachment) bool { return closed[deref(x.Item)] }), nil
}

// OpenPaper streams one paper of a case that the session may see.
func (a *App) OpenPaper(ctx context.Context, s Session, proposalID, paper string) (postgres.Attachment, io.ReadCloser, error) {
	papers, err := a.Papers(ctx, s, proposalID)
	if err != nil {
		return postgres.Attachment{}, nil, err
	}
	for _, p := range papers {
		if p.ID != paper {
			continue
		}
		if p.SecretRef != "" {
			return p, nil, &Error{
				Code: CodeSecretPaper, Detail: "kept on paper only", Vi: "Tài liệu mật chỉ lưu bản giấy; hệ thống chỉ ghi số, ngày.",
				En: "A secret paper is kept on paper only; the system has its number and date.",
			}
		}
		r, err := a.open(ctx, p.SHA256)
		return p, r, err
	}
	return postgres.Attachment{}, nil, &Error{Code: CodeNotFound}
}
