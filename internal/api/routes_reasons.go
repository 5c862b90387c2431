package api

import (
	"context"

	"vinhdanh/internal/app"
)

// registerReasons are the letters to proposing units on what was not awarded.
func (h *handlers) registerReasons() {
	add(h, get("reasons-letter", "/proposals/{id}/reasons-letter", "proposals", "Why items of a closed proposal were not awarded, item by item: for the unit that proposed"),
		func(ctx context.Context, s app.Session, in *ByID) (*One[app.ReasonsLetter], error) {
			v, err := h.app.ReasonsLetter(ctx, s, in.ID)
			return &One[app.ReasonsLetter]{v}, err
		})
	for _, f := range [][2]string{{"pdf", pdfType}, {"docx", wordType}} {
		add(h, gives(get("reasons-letter-"+f[0], "/proposals/{id}/reasons-letter."+f[0], "proposals", "The letter as a file"), f[1]),
			func(ctx context.Context, s app.Session, in *ByID) (*FileOut, error) {
				file, err := h.app.ReasonsFile(ctx, s, in.ID, f[0])
				if err != nil {
					return nil, err
				}
				return fileOut(file.MediaType, file.Name, file.Content), nil
			})
	}
}
