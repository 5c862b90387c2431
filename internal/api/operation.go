package api

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"vinhdanh/internal/app"
)

// config describes the API as a whole. There is no page of documentation: such
// pages load scripts from elsewhere.
func config() huma.Config {
	c := huma.DefaultConfig("vinhdanh", "1.0.0")
	c.CreateHooks = nil // no $schema links in answers
	c.DocsPath, c.SchemasPath = "", ""
	c.OpenAPIPath = prefix + "/openapi"
	c.RejectUnknownQueryParameters = true
	c.Formats = map[string]huma.Format{
		"application/json": {Marshal: encode, Unmarshal: decodeStrict},
		"json":             {Marshal: encode, Unmarshal: decodeStrict},
	}
	c.Info.Description = "Commendation proposals from nomination to archive. Errors are problem documents " +
		"(RFC 9457) in the language of Accept-Language, vi or en. A POST may carry an Idempotency-Key: " +
		"the same request under the same key is done once and answered alike."
	c.Components = &huma.Components{
		Schemas: huma.NewMapRegistry("#/components/schemas/", schemaName),
		SecuritySchemes: map[string]*huma.SecurityScheme{
			"bearer": {Type: "http", Scheme: "bearer", Description: "A token issued by an administrator (vinhdanh token issue)."},
		},
	}
	c.Tags = tags
	return c
}

var tags = []*huma.Tag{
	{Name: "self", Description: "Who is signed in, and what waits."},
	{Name: "notices", Description: "What I was told, and how I want to be told."},
	{Name: "figures", Description: "Counts behind the pictures."},
	{Name: "search", Description: "Lists, search and counts, by cursor; lists as files."},
	{Name: "law", Description: "The catalogue of awards with their conditions."},
	{Name: "import", Description: "Lists from Excel."},
	{Name: "submissions", Description: "What a unit prepares and sends."},
	{Name: "proposals", Description: "The cases: one award, one route each."},
	{Name: "campaigns", Description: "Emulation campaigns, as their texts state them."},
	{Name: "council", Description: "Sessions of the Council."},
	{Name: "decisions", Description: "Decisions, from draft to number."},
	{Name: "revocations", Description: "Revoking awards of an issued decision."},
	{Name: "letters", Description: "Letters of outcome to units, held until they are released."},
	{Name: "ledger", Description: "Awards of people, collectives and households; historical records; who is the same as whom."},
	{Name: "admin", Description: "Units, people, roles, campaigns, texts, law data, and how the system is."},
	{Name: "audit", Description: "What happened, and its proof."},
	{Name: "account", Description: "One's own sessions, tokens, password and second factors."},
	{Name: "duplicates", Description: "Who may stand twice for one achievement, and what was said of it."},
	{Name: "delegations", Description: "Who acts for whom, from when to when."},
}

// encode writes JSON without escaping for HTML.
func encode(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// schemaName names a type's schema; types of other packages than app carry their
// package, so that two of one name do not meet.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	pkg := t.PkgPath()[strings.LastIndexByte(t.PkgPath(), '/')+1:]
	if t.Name() == "" || pkg == "app" || pkg == "api" || pkg == "" {
		return name
	}
	return pkg + "." + name
}

// failures are the statuses that every operation may answer with.
var failures = []int{
	http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusUnprocessableEntity,
	http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusServiceUnavailable,
}

// bodyFailures come with a body.
var bodyFailures = []int{
	http.StatusBadRequest, http.StatusConflict, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType,
}

// add registers an operation: its errors become problem documents in the reader's
// language, and its session is handed over.
func add[I, O any](h *handlers, op huma.Operation, run func(context.Context, app.Session, *I) (*O, error)) {
	op.Path = prefix + op.Path
	op.Security = []map[string][]string{{"bearer": {}}}
	op.Errors = append(op.Errors, failures...)
	op.SkipValidateBody = true // by validator, in package app: the same for every way in
	if op.Method != http.MethodGet {
		op.Errors = append(op.Errors, bodyFailures...)
		op.BodyReadTimeout = -1 // the body was read before
		op.MaxBodyBytes = -1    // and its size checked
	}
	asked := app.Operation{ID: op.OperationID, Area: op.Tags[0], Writes: op.Method != http.MethodGet}
	huma.Register(h.api, op, func(ctx context.Context, in *I) (*O, error) {
		if err := h.app.Permit(ctx, sessionOf(ctx), asked); err != nil {
			return nil, problemOf(ctx, err)
		}
		out, err := run(ctx, sessionOf(ctx), in)
		if err != nil {
			return nil, problemOf(ctx, err)
		}
		return out, nil
	})
}

// get, post and the like are operations in one line.
func get(id, path, tag, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: http.MethodGet, Path: path, Tags: []string{tag}, Summary: summary}
}

func post(id, path, tag, summary string) huma.Operation {
	op := get(id, path, tag, summary)
	op.Method = http.MethodPost
	return op
}
