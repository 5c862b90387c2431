package api

import (
	"bytes"
	"context"

	"github.com/danielgtaylor/huma/v2"

	"vinhdanh/internal/app"
)

// ListForm is a list from Excel with the clerk's word on it.
type ListForm struct {
	File    huma.FormFile `form:"file" contentType:"application/octet-stream" required:"true" doc:"The workbook (.xlsx)"`
	Options string        `form:"options" required:"false" doc:"JSON of ImportInput: unit, letter, mapping, choices, corrections"`
}

// ListIn is the form with a list.
type ListIn struct {
	RawBody huma.MultipartFormFiles[ListForm]
}

// list reads the two parts of the form.
func (h *handlers) list(in *ListIn) ([]byte, app.ImportInput, error) {
	form := in.RawBody.Data()
	o, err := options[app.ImportInput](form.Options)
	if err != nil {
		return nil, o, err
	}
	file, err := h.read(form.File)
	return file, o, err
}

func (h *handlers) registerImport() {
	// The options travel as text in a form: their schema is named, not referred to.
	huma.SchemaFromType(h.api.OpenAPI().Components.Schemas, typeOf[One[app.ImportInput]]())
	add(h, gives(get("import-template", "/import/template.xlsx", "import", "A workbook to fill in, with drop-downs from the catalogue"), xlsxType),
		func(ctx context.Context, _ app.Session, _ *struct{}) (*FileOut, error) {
			var b bytes.Buffer
			if err := h.app.Template(ctx, &b); err != nil {
				return nil, err
			}
			return fileOut(xlsxType, "mau-danh-sach.xlsx", b.Bytes()), nil
		})
	add(h, post("import-preview", "/import/preview", "import", "What would be taken over from a list, and what the law says of each row; writes nothing"),
		func(ctx context.Context, s app.Session, in *ListIn) (*One[app.ImportPreview], error) {
			file, o, err := h.list(in)
			if err != nil {
				return nil, err
			}
			v, err := h.app.PreviewImport(ctx, s, file, o)
			return &One[app.ImportPreview]{v}, err
		})
	add(h, gives(post("import-bad-rows", "/import/bad-rows", "import", "A workbook of only the rows to correct"), xlsxType),
		func(ctx context.Context, s app.Session, in *ListIn) (*FileOut, error) {
			file, o, err := h.list(in)
			if err != nil {
				return nil, err
			}
			var b bytes.Buffer
			if err := h.app.BadRows(ctx, s, &b, file, o); err != nil {
				return nil, err
			}
			return fileOut(xlsxType, "dong-can-sua.xlsx", b.Bytes()), nil
		})
	op := post("import-accept", "/submissions", "submissions", "Take a list over as a draft: one proposal per award")
	op.DefaultStatus = 201
	add(h, op, func(ctx context.Context, s app.Session, in *struct {
		Key
		ListIn
	},
	) (*Created[app.SubmissionView], error) {
		file, o, err := h.list(&in.ListIn)
		if err != nil {
			return nil, err
		}
		v, err := h.app.AcceptImport(ctx, s, file, o)
		return &Created[app.SubmissionView]{Location: prefix + "/submissions/" + v.ID, Body: v}, err
	})
}

// Created is a new thing with its address.
type Created[T any] struct {
	Location string `header:"Location"`
	Body     T
}
