package api

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"vinhdanh/internal/app"
)

// VerifyForm is a document whose origin is asked for.
type VerifyForm struct {
	File huma.FormFile `form:"file" required:"true"`
}

func (h *handlers) registerVerify() {
	from := func(s app.Session) app.From { return app.From{Address: "user " + s.User} }
	add(h, get("verify-code", "/verify", "decisions", "Is a decision genuine? By the code printed on it; the public asks the same at the page /verify"),
		func(ctx context.Context, s app.Session, in *struct {
			Code string `query:"code" maxLength:"40"`
			Gold string `query:"gold" maxLength:"20" doc:"Gold-book number of one of its certificates, 17/2023"`
		},
		) (*One[app.DocumentCheck], error) {
			v, err := h.app.CheckDocument(ctx, from(s), app.DocumentCheckInput{Code: in.Code, Gold: in.Gold})
			return &One[app.DocumentCheck]{v}, err
		})
	add(h, post("verify-file", "/verify", "decisions", "Is a decision genuine? With its file"),
		func(ctx context.Context, s app.Session, in *struct {
			Key
			RawBody huma.MultipartFormFiles[VerifyForm]
		},
		) (*One[app.DocumentCheck], error) {
			content, err := h.read(in.RawBody.Data().File)
			if err != nil {
				return nil, err
			}
			v, err := h.app.CheckDocument(ctx, from(s), app.DocumentCheckInput{File: content})
			return &One[app.DocumentCheck]{v}, err
		})
}
