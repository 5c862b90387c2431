package api

import (
	"io"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"vinhdanh/internal/app"
)

// Content types of files that go out.
const (
	xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	pdfType  = "application/pdf"
	wordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	zipType  = "application/zip"
)

// Forms are kept in memory: their size is bounded, and papers do not belong in a
// temporary folder.
func init() { humago.MultipartMaxMemory = 64 << 20 }

// FileOut is a file to save.
type FileOut struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

func fileOut(contentType, name string, content []byte) *FileOut {
	return &FileOut{ContentType: contentType, Disposition: `attachment; filename="` + name + `"`, Body: content}
}

// gives documents an operation that answers with a file.
func gives(op huma.Operation, contentType string) huma.Operation {
	op.Responses = map[string]*huma.Response{"200": {
		Description: "The file",
		Content:     map[string]*huma.MediaType{contentType: {Schema: &huma.Schema{Type: "string", Format: "binary"}}},
	}}
	return op
}

func typeOf[T any]() reflect.Type { return reflect.TypeFor[T]() }

// read reads an uploaded file up to its limit.
func (h *handlers) read(f huma.FormFile) ([]byte, error) {
	if !f.IsSet {
		return nil, invalid("file", "required", "")
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, h.options.MaxFile+1))
	if err != nil {
		return nil, &app.Error{Code: app.CodeBadRequest}
	}
	if int64(len(content)) > h.options.MaxFile {
		return nil, &app.Error{Code: app.CodeTooLarge}
	}
	return content, nil
}

// options reads the JSON part of a form; empty means none.
func options[T any](text string) (T, error) {
	var out T
	if text == "" {
		return out, nil
	}
	if err := decodeStrict([]byte(text), &out); err != nil {
		return out, decodeError(err.Error())
	}
	return out, nil
}

// stream answers with a file that is not held in memory.
func stream(contentType, name string, content io.ReadCloser) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		defer content.Close()
		ctx.SetHeader("Content-Type", contentType)
		ctx.SetHeader("Content-Disposition", `attachment; filename="`+name+`"`)
		ctx.SetStatus(http.StatusOK)
		if _, err := io.Copy(ctx.BodyWriter(), content); err != nil {
			panic(http.ErrAbortHandler) // the reader must not take half a file for a whole one
		}
	}}
}
