package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"vinhdanh/internal/app"
)

// Explained names one thing, and how much of it is asked for.
type Explained struct {
	ID      string `path:"id" maxLength:"120" doc:"Id or reference"`
	Explain bool   `query:"explain" doc:"With the law's word on each item, condition by condition"`
}

func (h *handlers) registerSubmissions() {
	add(h, get("submissions", "/submissions", "submissions", "The submissions of my units, newest first"),
		func(ctx context.Context, s app.Session, in *Paging) (*PageOut[app.SubmissionRow], error) {
			return page(ctx, "/submissions", query(), *in, func(limit, offset int) ([]app.SubmissionRow, error) {
				return h.app.Submissions(ctx, s, limit, offset)
			})
		})
	add(h, get("submission", "/submissions/{id}", "submissions", "One submission with its proposals and what the law says of each item"),
		func(ctx context.Context, s app.Session, in *Explained) (*One[app.SubmissionView], error) {
			v, err := h.app.Submission(ctx, s, in.ID, in.Explain)
			return &One[app.SubmissionView]{v}, err
		})
	add(h, post("declare", "/submissions/{id}/declaration", "submissions", "State for all items what no list carries"),
		func(ctx context.Context, s app.Session, in *ActIn[app.Declaration]) (*One[app.SubmissionView], error) {
			if err := agree("submission", &in.Body.Submission, in.ID); err != nil {
				return nil, err
			}
			v, err := h.app.Declare(ctx, s, in.Body)
			return &One[app.SubmissionView]{v}, err
		})
	h.registerItems()
	h.registerPapers()
	h.registerSend()
}

func (h *handlers) registerItems() {
	edit := get("edit-item", "/items/{id}", "submissions", "Replace the content of one item of a draft or a returned case")
	edit.Method = http.MethodPut
	add(h, edit, func(ctx context.Context, s app.Session, in *struct {
		ID   string `path:"id" maxLength:"120"`
		Body app.EditInput
	},
	) (*One[app.ItemView], error) {
		if err := agree("item", &in.Body.Item, in.ID); err != nil {
			return nil, err
		}
		v, err := h.app.EditItem(ctx, s, in.Body)
		return &One[app.ItemView]{v}, err
	})
	remove := get("remove-item", "/items/{id}", "submissions", "Take an item out of a draft that was never sent")
	remove.Method, remove.DefaultStatus = http.MethodDelete, http.StatusNoContent
	add(h, remove, func(ctx context.Context, s app.Session, in *struct {
		ID      string `path:"id" maxLength:"120"`
		Version int    `query:"version" required:"true" minimum:"1" doc:"Of the submission, as last read"`
	},
	) (*struct{}, error) {
		return nil, h.app.RemoveItem(ctx, s, in.ID, in.Version)
	})
}

// PaperForm is a paper; a secret one has no file, only its number and date.
type PaperForm struct {
	File      huma.FormFile `form:"file" contentType:"application/octet-stream" required:"false"`
	Kind      string        `form:"kind" required:"true" doc:"A paper code of the law's data, or minutes, opinion, other"`
	Item      string        `form:"item" required:"false" doc:"The item that the paper is of, if it is of one only"`
	SecretRef string        `form:"secret_ref" required:"false" doc:"Number and date of a paper marked mật, which is never uploaded"`
}

type paperIn struct {
	ID string `path:"id" maxLength:"120"`
	Key
	RawBody huma.MultipartFormFiles[PaperForm]
}

func (h *handlers) registerPapers() {
	of := func(k, path, tag string, owner func(*app.PaperInput) *string) {
		op := post("add-"+k+"-paper", path, tag, "Add a paper (PDF, JPEG, PNG, .docx, .xlsx)")
		op.DefaultStatus = http.StatusCreated
		add(h, op, func(ctx context.Context, s app.Session, in *paperIn) (*One[app.PaperRow], error) {
			form := in.RawBody.Data()
			p := app.PaperInput{Kind: form.Kind, SecretRef: form.SecretRef, FileName: form.File.Filename, Item: form.Item}
			*owner(&p) = in.ID
			var content []byte
			var err error
			if form.File.IsSet || form.SecretRef == "" {
				if content, err = h.read(form.File); err != nil {
					return nil, err
				}
			}
			v, err := h.app.AddPaper(ctx, s, p, content)
			return &One[app.PaperRow]{v}, err
		})
	}
	of("submission", "/submissions/{id}/papers", "submissions", func(p *app.PaperInput) *string { return &p.Submission })
	of("proposal", "/proposals/{id}/papers", "proposals", func(p *app.PaperInput) *string { return &p.Proposal })
}
