package app

import (
	"context"
	"io"
	"slices"

	"vinhdanh/internal/fields"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// Clash is a field that two writers changed to different values.
type Clash = fields.Clash

// ContentFields is a content as a form sees it: path of each field ("name",
// "facts.members.total") to its JSON value. What is absent was not stated.
func ContentFields(c proposal.ItemContent) (map[string]string, error) {
	f, err := flatItem(c)
	return f, err
}

// ContentOf is the content that fields make; an unknown field or a wrong type is
// the reader's error.
func ContentOf(f map[string]string) (proposal.ItemContent, error) {
	var c proposal.ItemContent
	if err := fields.Flat(f).Into(&c); err != nil {
		return c, &Error{Code: CodeInvalid, Detail: "fields", Fields: []FieldError{{Field: "content", Rule: "facts"}}}
	}
	return coherent(c)
}

// PaperOf streams one paper of a submission of the session's unit, sent or not.
func (a *App) PaperOf(ctx context.Context, s Session, submission, paper string) (PaperRow, io.ReadCloser, error) {
	sub, err := a.submission(ctx, s, submission)
	if err != nil {
		return PaperRow{}, nil, err
	}
	papers, err := a.Store.AttachmentsOf(ctx, sub.ID)
	if err != nil {
		return PaperRow{}, nil, internal("read papers", err)
	}
	i := slices.IndexFunc(papers, func(p postgres.Attachment) bool { return p.ID == paper })
	switch {
	case i < 0:
		return PaperRow{}, nil, &Error{Code: CodeNotFound}
	case papers[i].SecretRef != "":
		return papers[i], nil, readable(CodeSecretPaper, "Tài liệu mật chỉ lưu bản giấy; hệ thống chỉ ghi số, ngày.",
			"A secret paper is kept on paper only; the system has its number and date.")
	}
	r, err := a.open(ctx, papers[i].SHA256)
	return papers[i], r, err
}

// CampaignTitle is a movement in a list to choose from.
type CampaignTitle = postgres.CampaignTitle

// CampaignTitles lists the movements that a submission may belong to.
func (a *App) CampaignTitles(ctx context.Context, s Session) ([]CampaignTitle, error) {
	if len(s.Memberships) == 0 {
		return []CampaignTitle{}, nil
	}
	rows, err := a.Store.CampaignTitles(ctx)
	if err != nil {
		return nil, internal("list campaigns", err)
	}
	return rows, nil
}

// FormsOfAddress are the usual forms of address of a kind of subject, as documents
// print them: Vietnamese in every language. Any other may be typed.
func FormsOfAddress(kind string) []string {
	switch kind {
	case "individual":
		return []string{"Ông", "Bà"}
	case "household":
		return []string{"Hộ ông", "Hộ bà"}
	}
	return nil
}
