package api

import (
	"context"
	"net/http"
	"net/url"

	"github.com/danielgtaylor/huma/v2"

	"vinhdanh/internal/app"
)

// Key is the header that makes a repetition harmless.
type Key struct {
	IdempotencyKey string `header:"Idempotency-Key" maxLength:"200" doc:"The same request under the same key is done once. It also names the act, if the body has no nonce."`
}

// One is the body of an answer.
type One[T any] struct{ Body T }

// DoneOut is what became of an act: 200, or 202 with the address to follow.
type DoneOut struct {
	Status   int
	Location string `header:"Location" doc:"Where to follow an act that is being recorded"`
	Body     app.Done
}

func doneOut(d app.Done, err error) (*DoneOut, error) {
	if err != nil {
		return nil, err
	}
	out := &DoneOut{Status: http.StatusOK, Body: d}
	if pending(d) {
		out.Status, out.Location = http.StatusAccepted, follow(d.Attempt)
	}
	return out, nil
}

// pending tells whether an act still has to be recorded.
func pending(d app.Done) bool { return d.Status != "" && (d.Status != "accepted" || !d.Recorded) }

// follow is the address of an attempt.
func follow(nonce string) string { return prefix + "/attempts/" + url.PathEscape(nonce) }

// ActIn is an act on the thing that the address names.
type ActIn[I any] struct {
	ID string `path:"id" maxLength:"120" doc:"Id, reference or case id"`
	Key
	Body I
}

// kind is a sort of thing that acts are done on.
type kind struct{ name, path, tag string }

var (
	ofProposal = kind{"proposal", "/proposals/{id}/", "proposals"}
	ofSession  = kind{"session", "/sessions/{id}/", "council"}
	ofDecision = kind{"decision", "/decisions/{id}/", "decisions"}
)

// act registers a POST that is an act. verb is the last part of its address, action
// the name under which the case records it. nonce points at the body's nonce.
func act[I any](h *handlers, k kind, verb, action, summary string, nonce func(*I) *string, run func(context.Context, app.Session, string, I) (app.Done, error)) {
	op := post(verb+"-"+k.name, k.path+verb, k.tag, summary)
	op.Responses = map[string]*huma.Response{"202": {
		Description: "Accepted, being recorded; Location says where to follow it",
		Content:     map[string]*huma.MediaType{"application/json": {Schema: huma.SchemaFromType(h.api.OpenAPI().Components.Schemas, typeOf[app.Done]())}},
	}}
	add(h, op, func(ctx context.Context, s app.Session, in *ActIn[I]) (*DoneOut, error) {
		n := nonce(&in.Body)
		if *n == "" {
			*n = callOf(ctx).nonce
		}
		before, was, err := h.app.Repeated(ctx, s, app.Act{Kind: k.name, ID: in.ID, Action: action, Nonce: *n})
		if err != nil || was {
			return doneOut(before, err)
		}
		return doneOut(run(ctx, s, in.ID, in.Body))
	})
}

// agree refuses a body that names another thing than the address, and fills it in.
func agree(field string, inBody *string, inPath string) error {
	if *inBody != "" && *inBody != inPath {
		return invalid(field, "path", "")
	}
	*inBody = inPath
	return nil
}
