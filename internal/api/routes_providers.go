package api

import (
	"context"
	"net/http"

	"vinhdanh/internal/app"
)

func (h *handlers) registerProviders() {
	add(h, get("identity-providers", "/identity-providers", "admin", "Identity providers: who is mapped, and who came and is mapped to nobody"),
		func(ctx context.Context, s app.Session, _ *struct{}) (*One[app.ProviderLinks], error) {
			v, err := h.app.ProviderLinks(ctx, s)
			return &One[app.ProviderLinks]{v}, err
		})
	mapping := post("map-subject", "/identity-providers", "admin", "Map who came from an identity provider to a person, with the present password")
	mapping.DefaultStatus = http.StatusNoContent
	add(h, mapping, func(ctx context.Context, s app.Session, in *struct {
		Key
		Body app.MapInput
	},
	) (*struct{}, error) {
		return nil, h.app.MapSubject(ctx, s, in.Body)
	})
	end := post("unmap-subject", "/identity-providers/{id}/end", "admin", "End a mapping: the person does not sign in that way any more")
	end.DefaultStatus = http.StatusNoContent
	add(h, end, func(ctx context.Context, s app.Session, in *struct {
		ByID
		Key
		Body app.Proof
	},
	) (*struct{}, error) {
		return nil, h.app.UnmapSubject(ctx, s, in.ID, in.Body)
	})
}
