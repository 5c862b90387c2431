package app

import (
	"context"
	"slices"

	"vinhdanh/internal/postgres"
)

// bulkPapers puts the minutes and the letter of a level's meeting, which are over
// many cases, with each of them. Only a paper that the person may read in one of
// the cases of the act is taken over: a hash by itself opens no paper.
func (a *App) bulkPapers(ctx context.Context, s Session, in BulkInput, p postgres.Proposal) error {
	for field, sha := range map[string]string{"minutes": in.Minutes, "letter": in.Letter} {
		if sha == "" || !a.awaits(s, p) {
			continue
		}
		paper, here, err := a.bulkPaper(ctx, s, in, p, sha)
		if err != nil {
			return err
		}
		if paper == nil {
			return &Error{Code: CodeInvalid, Detail: "no such paper in the cases", Fields: []FieldError{{Field: field, Rule: "paper"}}}
		}
		if here || rehearsing(ctx) {
			continue
		}
		row := postgres.Attachment{
			CaseID: p.CaseID, Kind: paper.Kind, FileName: paper.FileName, SHA256: sha, Size: paper.Size, CreatedBy: s.User,
		}
		if _, err := a.Store.AddAttachment(ctx, row); err != nil {
			return internal("store the paper", err)
		}
	}
	return nil
}

// bulkPaper finds a paper by its hash: with the case itself (here), or with
// another case of the act.
func (a *App) bulkPaper(ctx context.Context, s Session, in BulkInput, p postgres.Proposal, sha string) (paper *postgres.Attachment, here bool, err error) {
	for _, id := range append([]BulkCase{{Proposal: p.ID}}, in.Cases...) {
		papers, err := a.Papers(ctx, s, id.Proposal)
		if err != nil {
			if ErrorOf(err).Code == CodeNotFound {
				continue
			}
			return nil, false, err
		}
		if i := slices.IndexFunc(papers, func(x postgres.Attachment) bool { return x.SHA256 == sha }); i >= 0 {
			return &papers[i], id.Proposal == p.ID, nil
		}
	}
	return nil, false, nil
}
