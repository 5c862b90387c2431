package api

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"vinhdanh/internal/app"
)

// LawForm is a directory of law data as a zip.
type LawForm struct {
	File huma.FormFile `form:"file" contentType:"application/octet-stream" required:"true" doc:"The directory, zipped"`
	Note string        `form:"note" required:"false" doc:"What it is about"`
}

// LawPost is uploaded law data under an Idempotency-Key.
type LawPost struct {
	Key
	RawBody huma.MultipartFormFiles[LawForm]
}

// LawPair names two states of the law data.
type LawPair struct {
	Old string `query:"old" maxLength:"64" doc:"Hash; empty means the data in force"`
	New string `query:"new" maxLength:"64" required:"true" doc:"Hash"`
}

func (h *handlers) registerLawAdmin() {
	adminGet(h, get("law-status", "/admin/law", "admin", "The law data in force, what was activated and uploaded, and what open cases keep"), h.app.LawStatus)
	add(h, post("upload-law", "/admin/law", "admin", "Check a directory of law data and keep it; says in words what differs from the data in force"),
		func(ctx context.Context, s app.Session, in *LawPost) (*One[app.LawCheck], error) {
			form := in.RawBody.Data()
			file, err := h.read(form.File)
			if err != nil {
				return nil, err
			}
			v, err := h.app.UploadLaw(ctx, s, app.LawUpload{File: file, Note: form.Note, Nonce: callOf(ctx).nonce})
			return &One[app.LawCheck]{v}, err
		})
	add(h, get("law-diff", "/admin/law/diff", "admin", "What differs between two states of the law data, in words"),
		func(ctx context.Context, s app.Session, in *LawPair) (*One[app.LawCheck], error) {
			v, err := h.app.LawDiff(ctx, s, in.Old, in.New)
			return &One[app.LawCheck]{v}, err
		})
	adminPost(h, post("simulate-law", "/admin/law/simulate", "admin", "Whose result would change under other law data, and by which condition; writes nothing"),
		func(ctx context.Context, s app.Session, _ string, in app.SimulateInput) (app.Simulation, error) {
			return h.app.Simulate(ctx, s, in)
		})
	adminPost(h, post("activate-law", "/admin/law/activate", "admin", "Let law data hold for proposals sent from a day on"),
		func(ctx context.Context, s app.Session, nonce string, in app.ActivateInput) (app.LawStatus, error) {
			in.Nonce = nonce
			return h.app.ActivateLaw(ctx, s, in)
		})
}
