package api

import (
	"context"
	"net/url"

	"vinhdanh/internal/app"
)

func (h *handlers) registerDocuments() {
	add(h, gives(get("submission-document", "/submissions/{id}/documents/{name}", "submissions", "The letter or the list as Word or Excel, or the report of one item"), "application/octet-stream"),
		func(ctx context.Context, s app.Session, in *struct {
			ByID
			Name string `path:"name" maxLength:"60" doc:"Which document: to-trinh.docx, danh-sach.docx, danh-sach.xlsx, bao-cao.docx or bao-cao-tom-tat.docx"`
			Item string `query:"item" maxLength:"60" doc:"The item of a report"`
		},
		) (*FileOut, error) {
			d, err := h.app.SubmissionDocument(ctx, s, in.ID, in.Name, in.Item)
			if err != nil {
				return nil, err
			}
			return &FileOut{ContentType: d.Type, Body: d.Content, Disposition: "attachment; filename*=UTF-8''" + url.PathEscape(d.Name)}, nil
		})
}
