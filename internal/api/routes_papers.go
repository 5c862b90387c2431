package api

import (
	"context"
	"encoding/json"
	"io"
	"net/url"

	"vinhdanh/internal/app"
)

func (h *handlers) registerReading() {
	add(h, get("papers", "/proposals/{id}/papers", "proposals", "The papers of a case: those of its submission and those given with acts"),
		func(ctx context.Context, s app.Session, in *ByID) (*One[[]app.PaperRow], error) {
			rows, err := h.app.Papers(ctx, s, in.ID)
			return &One[[]app.PaperRow]{rows}, err
		})
	add(h, gives(get("paper", "/proposals/{id}/papers/{paper}", "proposals", "One paper of a case"), "application/octet-stream"),
		func(ctx context.Context, s app.Session, in *struct {
			ByID
			Paper string `path:"paper" maxLength:"60" doc:"The paper's id"`
		},
		) (*FileOut, error) {
			row, r, err := h.app.OpenPaper(ctx, s, in.ID, in.Paper)
			if err != nil {
				return nil, err
			}
			return paperOut(row, r)
		})
	add(h, gives(get("submission-paper", "/submissions/{id}/papers/{paper}", "submissions", "One paper of a submission, sent or not"), "application/octet-stream"),
		func(ctx context.Context, s app.Session, in *struct {
			ByID
			Paper string `path:"paper" maxLength:"60" doc:"The paper's id"`
		},
		) (*FileOut, error) {
			row, r, err := h.app.PaperOf(ctx, s, in.ID, in.Paper)
			if err != nil {
				return nil, err
			}
			return paperOut(row, r)
		})
	add(h, get("campaign", "/campaigns/{id}", "campaigns", "An emulation campaign as its text states it; what it does not say is marked not_stated"),
		func(ctx context.Context, s app.Session, in *ByID) (*One[json.RawMessage], error) {
			data, err := h.app.Campaign(ctx, s, in.ID)
			return &One[json.RawMessage]{data}, err
		})
}

// paperOut answers with a paper. Its name is the uploader's: encoded, so that it
// cannot break the header.
func paperOut(row app.PaperRow, r io.ReadCloser) (*FileOut, error) {
	defer r.Close()
	content, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return &FileOut{
		ContentType: "application/octet-stream", Body: content,
		Disposition: "attachment; filename*=UTF-8''" + url.PathEscape(row.FileName),
	}, nil
}
