package api

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"vinhdanh/internal/app"
)

// AdminIn is a change of an administrator on the thing that the address names.
type AdminIn[I any] struct {
	ID string `path:"id" maxLength:"120" doc:"Id of what is changed"`
	Key
	Body I
}

// AdminNew makes something.
type AdminNew[I any] struct {
	Key
	Body I
}

// adminPostAt registers a POST of an administrator; run gets the id of the address and
// the nonce of the request.
func adminPostAt[I, O any](h *handlers, op huma.Operation, run func(ctx context.Context, s app.Session, id, nonce string, in I) (O, error)) {
	add(h, op, func(ctx context.Context, s app.Session, in *AdminIn[I]) (*One[O], error) {
		v, err := run(ctx, s, in.ID, callOf(ctx).nonce, in.Body)
		return &One[O]{v}, err
	})
}

// adminPost is adminPostAt without a thing in the address.
func adminPost[I, O any](h *handlers, op huma.Operation, run func(ctx context.Context, s app.Session, nonce string, in I) (O, error)) {
	add(h, op, func(ctx context.Context, s app.Session, in *AdminNew[I]) (*One[O], error) {
		v, err := run(ctx, s, callOf(ctx).nonce, in.Body)
		return &One[O]{v}, err
	})
}

// adminGet registers a GET without parameters.
func adminGet[O any](h *handlers, op huma.Operation, run func(context.Context, app.Session) (O, error)) {
	add(h, op, func(ctx context.Context, s app.Session, _ *struct{}) (*One[O], error) {
		v, err := run(ctx, s)
		return &One[O]{v}, err
	})
}

// registerAdmin adds the administration.
func (h *handlers) registerAdmin() {
	h.registerUnits()
	h.registerPeople()
	h.registerRoster()
	h.registerLawAdmin()
	h.registerOps()
	h.registerTexts()
}
