package api

import (
	"context"
	"net/http"

	"vinhdanh/internal/app"
)

func (h *handlers) registerDelegations() {
	add(h, get("delegations", "/delegations", "delegations", "The delegations in my sight: mine, those of my units where I am secretary or administrator; auditors see all"),
		func(ctx context.Context, s app.Session, in *Paging) (*PageOut[app.DelegationRow], error) {
			return page(ctx, "/delegations", query(), *in, func(limit, offset int) ([]app.DelegationRow, error) {
				return h.app.Delegations(ctx, s, limit, offset)
			})
		})
	add(h, get("delegation-choices", "/delegation-choices", "delegations", "Whose roles I may delegate in which units, and to whom"),
		func(ctx context.Context, s app.Session, in *struct {
			Unit string `query:"unit" maxLength:"100" doc:"A unit; empty: the only one there is to choose"`
		},
		) (*One[app.DelegationChoices], error) {
			v, err := h.app.DelegationChoices(ctx, s, in.Unit)
			return &One[app.DelegationChoices]{v}, err
		})
	set := post("set-delegation", "/delegations", "delegations", "Give roles of one person in one unit to another for some days")
	set.DefaultStatus = http.StatusCreated
	add(h, set, func(ctx context.Context, s app.Session, in *struct {
		Key
		Body app.DelegationInput
	},
	) (*Created[app.DelegationRow], error) {
		if in.Body.Nonce == "" && in.IdempotencyKey != "" {
			in.Body.Nonce = app.KeyNonce(s, in.IdempotencyKey)
		}
		v, err := h.app.SetDelegation(ctx, s, in.Body)
		return &Created[app.DelegationRow]{Location: prefix + "/delegations", Body: v}, err
	})
	add(h, post("end-delegation", "/delegations/{id}/end", "delegations", "End a delegation at once. May be repeated"),
		func(ctx context.Context, s app.Session, in *struct {
			ByID
			Key
			Body app.EndDelegationInput
		},
		) (*One[app.DelegationRow], error) {
			v, err := h.app.EndDelegation(ctx, s, in.ID, in.Body)
			return &One[app.DelegationRow]{v}, err
		})
}
