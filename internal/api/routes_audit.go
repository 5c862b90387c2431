package api

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"vinhdanh/internal/app"
)

// ByCase names a case in the address.
type ByCase struct {
	Case string `path:"case" maxLength:"120" doc:"Proposal's id or reference, or a case id, percent-encoded"`
}

// Limited bounds a list that is not paged.
type Limited struct {
	Limit int `query:"limit" default:"200" minimum:"1" maximum:"1000"`
}

func (h *handlers) registerAudit() {
	add(h, get("account", "/cases/{case}/account", "audit", "The case in plain language: who, what, when, on whose behalf, why, under which rules"),
		func(ctx context.Context, s app.Session, in *ByCase) (*One[app.CaseAccount], error) {
			v, err := h.app.Account(ctx, s, in.Case)
			return &One[app.CaseAccount]{v}, err
		})
	add(h, gives(get("bundle", "/cases/{case}/bundle", "audit", "The archived bundle of a closed case, to verify offline"), zipType),
		func(ctx context.Context, s app.Session, in *ByCase) (*huma.StreamResponse, error) {
			r, err := h.app.Bundle(ctx, s, in.Case)
			if err != nil {
				return nil, err
			}
			return stream(zipType, "bo-ho-so.zip", r), nil
		})
	add(h, get("case-refusals", "/cases/{case}/refusals", "audit", "Refused attempts on a case, newest first"),
		func(ctx context.Context, s app.Session, in *struct {
			ByCase
			Limited
		},
		) (*One[[]app.RefusalRow], error) {
			v, err := h.app.RefusalsOf(ctx, s, in.Case, in.Limit)
			return &One[[]app.RefusalRow]{v}, err
		})
	add(h, get("refusals", "/refusals", "audit", "Refused attempts, newest first"),
		func(ctx context.Context, s app.Session, in *Limited) (*One[[]app.RefusalRow], error) {
			v, err := h.app.Refusals(ctx, s, "", in.Limit)
			return &One[[]app.RefusalRow]{v}, err
		})
}

func (h *handlers) registerHistory() {
	add(h, gives(get("history", "/cases/{case}/history", "audit", "The raw history as Temporal keeps it, in protobuf JSON; payloads stay encrypted"), "application/json"),
		func(ctx context.Context, s app.Session, in *ByCase) (*FileOut, error) {
			b, err := h.app.History(ctx, s, in.Case)
			if err != nil {
				return nil, err
			}
			return fileOut("application/json", "lich-su.json", b), nil
		})
}
