package api

import (
	"context"

	"vinhdanh/internal/app"
)

func (h *handlers) registerDraftWord() {
	add(h, gives(get("draft-word", "/decisions/{id}/draft.docx", "decisions", "The Word file of a draft, to be edited outside and brought back"), "application/octet-stream"),
		func(ctx context.Context, s app.Session, in *ByID) (*FileOut, error) {
			d, err := h.app.DraftWord(ctx, s, in.ID)
			if err != nil {
				return nil, err
			}
			return fileOut(d.Type, d.Name, d.Content), nil
		})
	add(h, post("take-draft-word", "/decisions/{id}/draft-word", "decisions", "Take a draft's wording from its Word file; where names, numbers or awards differ from the data it is refused with each difference"), change(h.app.TakeDraftWord))
}
