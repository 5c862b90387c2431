package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/rs/zerolog"

	"vinhdanh/internal/app"
)

// problemType begins the type of every problem document; the code follows.
const problemType = "urn:vinhdanh:problem:"

// Problem is a problem document (RFC 9457). Code is for programs; title and
// detail say in the reader's language what to do.
type Problem struct {
	Type      string         `json:"type" doc:"urn:vinhdanh:problem:<code>"`
	Code      string         `json:"code"`
	Status    int            `json:"status"`
	Title     string         `json:"title" doc:"What to do, the same for every problem of this code"`
	Detail    string         `json:"detail,omitempty" doc:"What to do about this one"`
	Reason    string         `json:"reason,omitempty" doc:"For support, in English"`
	RequestID string         `json:"request_id,omitempty"`
	Fields    []ProblemField `json:"fields,omitempty"`
}

// ProblemField names one wrong field.
type ProblemField struct {
	Field   string `json:"field"`
	Rule    string `json:"rule"`
	Param   string `json:"param,omitempty"`
	Message string `json:"message" doc:"In words"`
}

// Error is the code with its reason.
func (p *Problem) Error() string { return p.Code + ": " + p.Reason }

// GetStatus is the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is that of problem documents.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// GetHeaders are the headers that go with the status.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	switch p.Status {
	case http.StatusUnauthorized:
		h.Set("WWW-Authenticate", `Bearer realm="vinhdanh"`)
	case http.StatusServiceUnavailable, http.StatusTooManyRequests:
		h.Set("Retry-After", "5")
	}
	return h
}

// problemOf turns any error into a problem document. What went wrong on our side
// goes to the log and not to the reader.
func problemOf(ctx context.Context, err error) *Problem {
	var ready *Problem
	if errors.As(err, &ready) {
		return ready
	}
	e := app.ErrorOf(err)
	switch e.Code {
	case app.CodeInternal:
		zerolog.Ctx(ctx).Error().Err(err).Msg("request failed")
	case app.CodeUnavailable:
		zerolog.Ctx(ctx).Warn().Err(err).Msg("request not served")
	}
	return document(ctx, e)
}

// document words an error for the reader.
func document(ctx context.Context, e *app.Error) *Problem {
	locale := localeOf(ctx)
	p := &Problem{
		Type: problemType + e.Code, Code: e.Code, Status: app.HTTPStatus(e.Code), Title: app.Title(e.Code, locale),
		RequestID: callOf(ctx).ID,
	}
	if text := e.Text(locale); text != p.Title {
		p.Detail = text
	}
	// What does not exist and what may not be seen read alike to the last byte.
	if e.Code != app.CodeNotFound && e.Code != app.CodeUnauthorised {
		p.Reason = e.Detail
	}
	for _, f := range e.Fields {
		p.Fields = append(p.Fields, ProblemField{Field: f.Field, Rule: f.Rule, Param: f.Param, Message: f.Text(locale)})
	}
	return p
}

// writeProblem answers outside an operation.
func writeProblem(w http.ResponseWriter, r *http.Request, err error) {
	p := problemOf(r.Context(), err)
	for k, v := range p.GetHeaders() {
		w.Header()[k] = v
	}
	w.Header().Set("Content-Type", p.ContentType(""))
	w.WriteHeader(p.Status)
	if r.Method != http.MethodHead {
		_ = json.NewEncoder(w).Encode(p) // the reader has gone: nobody to tell
	}
}

// huma words its own errors (parameters, bodies) through these two variables; they
// are set once, before any API is made.
func init() {
	huma.NewError = func(status int, _ string, errs ...error) huma.StatusError {
		return document(context.Background(), fromHuma(status, errs))
	}
	huma.NewErrorWithContext = func(ctx huma.Context, status int, _ string, errs ...error) huma.StatusError {
		return document(ctx.Context(), fromHuma(status, errs))
	}
}

// fromHuma reads what huma found wrong. The values it quotes are left out.
func fromHuma(status int, errs []error) *app.Error {
	if status == http.StatusInternalServerError {
		return &app.Error{Code: app.CodeInternal}
	}
	if status == http.StatusBadRequest {
		return &app.Error{Code: app.CodeBadRequest}
	}
	e := &app.Error{Code: app.CodeInvalid}
	for _, err := range errs {
		var d *huma.ErrorDetail
		if !errors.As(err, &d) {
			continue
		}
		if d.Location == "body" {
			if strings.Contains(d.Message, huma.ErrUnknownContentType.Error()) {
				return &app.Error{Code: app.CodeMediaType}
			}
			return decodeError(d.Message)
		}
		rule := "value"
		if strings.Contains(d.Message, "required") || strings.Contains(d.Message, "missing") {
			rule = "required"
		} else if strings.Contains(d.Message, "unknown query") {
			rule = "unknown"
		}
		_, field, cut := strings.Cut(d.Location, ".")
		if !cut {
			field = d.Location
		}
		e.Fields = append(e.Fields, app.FieldError{Field: field, Rule: rule})
	}
	return e
}
