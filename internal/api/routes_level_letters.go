package api

import (
	"context"
	"net/http"
	"net/url"

	"vinhdanh/internal/app"
)

// registerLevelLetters are a reviewing level's own tờ trình.
func (h *handlers) registerLevelLetters() {
	add(h, get("level-letters", "/level-letters", "proposals", "Letters (tờ trình) of my level, the last changed first"),
		func(ctx context.Context, s app.Session, _ *struct{}) (*One[[]app.LevelLetter], error) {
			v, err := h.app.LevelLetters(ctx, s)
			return &One[[]app.LevelLetter]{v}, err
		})
	add(h, get("new-level-letter", "/level-letter-words", "proposals", "Words for a new letter over what my level sent up; nothing is stored"),
		func(ctx context.Context, s app.Session, in *levelIn) (*One[app.LevelLetter], error) {
			v, err := h.app.NewLevelLetter(ctx, s, in.query())
			return &One[app.LevelLetter]{v}, err
		})
	add(h, post("save-level-letter", "/level-letters", "proposals", "Store a letter of my level: a new one, or one with its id and the version that was read"),
		func(ctx context.Context, s app.Session, in *struct {
			Key
			Body app.LevelLetterInput
		},
		) (*One[app.LevelLetter], error) {
			v, err := h.app.SaveLevelLetter(ctx, s, in.Body)
			return &One[app.LevelLetter]{v}, err
		})
	add(h, get("level-letter", "/level-letters/{id}", "proposals", "One letter of my level"),
		func(ctx context.Context, s app.Session, in *ByID) (*One[app.LevelLetter], error) {
			v, err := h.app.LevelLetter(ctx, s, in.ID)
			return &One[app.LevelLetter]{v}, err
		})
	drop := post("drop-level-letter", "/level-letters/{id}/drop", "proposals", "Forget a letter of my level")
	drop.DefaultStatus = http.StatusNoContent
	add(h, drop, func(ctx context.Context, s app.Session, in *struct {
		ByID
		Key
	},
	) (*struct{}, error) {
		return nil, h.app.DropLevelLetter(ctx, s, in.ID)
	})
	add(h, gives(get("level-letter-document", "/level-letters/{id}/documents/{name}", "proposals", "The letter or its list as Word"), "application/octet-stream"),
		func(ctx context.Context, s app.Session, in *struct {
			ByID
			Name string `path:"name" maxLength:"60" doc:"Which document: to-trinh.docx or danh-sach.docx"`
		},
		) (*FileOut, error) {
			d, err := h.app.LevelLetterDocument(ctx, s, in.ID, in.Name)
			if err != nil {
				return nil, err
			}
			return &FileOut{ContentType: d.Type, Body: d.Content, Disposition: "attachment; filename*=UTF-8''" + url.PathEscape(d.Name)}, nil
		})
}
