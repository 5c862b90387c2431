package api

import (
	"context"

	"vinhdanh/internal/app"
)

// ByPair names a pair of entries.
type ByPair struct {
	Pair string `path:"pair" maxLength:"80" doc:"The pair, as lists name it"`
}

func (h *handlers) registerDuplicates() {
	add(h, get("duplicates", "/duplicates", "duplicates", "Pairs that could be one subject for one achievement: those of the cases my standing body receives; auditors see all"),
		func(ctx context.Context, s app.Session, in *struct {
			Paging
			State string `query:"state" enum:"open,said" doc:"open: nobody has said which it is; said: somebody has"`
		},
		) (*PageOut[app.DuplicateView], error) {
			return page(ctx, "/duplicates", query("state", in.State), in.Paging, func(limit, offset int) ([]app.DuplicateView, error) {
				return h.app.Duplicates(ctx, s, in.State, limit, offset)
			})
		})
	add(h, get("item-duplicates", "/items/{id}/duplicates", "duplicates", "Who could be the same as an item's subject, for the same achievement"),
		func(ctx context.Context, s app.Session, in *ByID) (*One[[]app.DuplicateView], error) {
			v, err := h.app.DuplicatesOf(ctx, s, in.ID)
			return &One[[]app.DuplicateView]{v}, err
		})
	add(h, get("duplicate", "/duplicates/{pair}", "duplicates", "One pair, part by part, with what was said of it"),
		func(ctx context.Context, s app.Session, in *ByPair) (*One[app.DuplicateView], error) {
			v, err := h.app.Duplicate(ctx, s, in.Pair)
			return &One[app.DuplicateView]{v}, err
		})
	add(h, post("resolve-duplicate", "/duplicates/{pair}/resolve", "duplicates", "Say what a pair is: same, other_achievement or different"),
		func(ctx context.Context, s app.Session, in *struct {
			ByPair
			Key
			Body app.ResolveInput
		},
		) (*One[app.DuplicateView], error) {
			if in.Body.Nonce == "" && in.IdempotencyKey != "" {
				in.Body.Nonce = app.KeyNonce(s, in.IdempotencyKey)
			}
			v, err := h.app.ResolveDuplicate(ctx, s, in.Pair, in.Body)
			return &One[app.DuplicateView]{v}, err
		})
	add(h, post("undo-duplicate", "/duplicates/{pair}/undo", "duplicates", "Take back what was said last of a pair; it stays on record"),
		func(ctx context.Context, s app.Session, in *struct {
			ByPair
			Key
			Body app.UndoInput
		},
		) (*One[app.DuplicateView], error) {
			if in.Body.Nonce == "" && in.IdempotencyKey != "" {
				in.Body.Nonce = app.KeyNonce(s, in.IdempotencyKey)
			}
			v, err := h.app.UndoDuplicate(ctx, s, in.Pair, in.Body)
			return &One[app.DuplicateView]{v}, err
		})
}
