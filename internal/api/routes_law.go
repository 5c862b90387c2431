package api

import (
	"context"

	"vinhdanh/internal/app"
)

// OnDay asks for the law of a day.
type OnDay struct {
	On string `query:"on" format:"date" doc:"Civil date; empty means the business date"`
}

func (h *handlers) registerLaw() {
	add(h, get("awards", "/law/awards", "law", "The catalogue of a day, under its regime"),
		func(ctx context.Context, _ app.Session, in *OnDay) (*One[app.AwardsOn], error) {
			v, err := h.app.AwardsOn(ctx, in.On)
			return &One[app.AwardsOn]{v}, err
		})
	add(h, get("commendation-types", "/commendation-types", "law", "The types of commendation that a submission may name"),
		func(ctx context.Context, _ app.Session, _ *struct{}) (*One[[]app.CommendationType], error) {
			v, err := h.app.CommendationTypes(ctx)
			return &One[[]app.CommendationType]{v}, err
		})
	add(h, get("award", "/law/awards/{code}", "law", "One award with its criteria and papers"),
		func(ctx context.Context, _ app.Session, in *struct {
			Code string `path:"code" maxLength:"60"`
			OnDay
		},
		) (*One[app.AwardEntry], error) {
			v, err := h.app.AwardOn(ctx, in.Code, in.On)
			return &One[app.AwardEntry]{v}, err
		})
}
