package api

import (
	"context"

	"vinhdanh/internal/app"
)

// Reasoned is a change that needs nothing but perhaps a reason.
type Reasoned struct {
	Reason string `json:"reason,omitempty" validate:"max=1000"`
}

func (h *handlers) registerUnits() {
	adminGet(h, get("units", "/admin/units", "admin", "The tree of units within reach, with validity and successors"), h.app.Units)
	add(h, get("unit", "/admin/units/{id}", "admin", "One unit with people, open cases by reference, and history"),
		func(ctx context.Context, s app.Session, in *ByID) (*One[app.UnitDetail], error) {
			v, err := h.app.UnitDetail(ctx, s, in.ID)
			return &One[app.UnitDetail]{v}, err
		})
	adminPost(h, post("create-unit", "/admin/units", "admin", "Make a unit"),
		func(ctx context.Context, s app.Session, nonce string, in app.UnitInput) (app.UnitDetail, error) {
			in.New, in.Nonce = true, nonce
			return h.app.SaveUnit(ctx, s, in)
		})
	adminPostAt(h, post("edit-unit", "/admin/units/{id}", "admin", "Change a unit"),
		func(ctx context.Context, s app.Session, id, nonce string, in app.UnitInput) (app.UnitDetail, error) {
			if err := agree("id", &in.ID, id); err != nil {
				return app.UnitDetail{}, err
			}
			in.New, in.Nonce = false, nonce
			return h.app.SaveUnit(ctx, s, in)
		})
	adminPost(h, post("plan-end-of-units", "/admin/unit-endings/plan", "admin", "What merging or dissolving would do; writes nothing"),
		func(ctx context.Context, s app.Session, _ string, in app.EndInput) (app.EndPlan, error) {
			return h.app.PlanEnd(ctx, s, in)
		})
	adminPost(h, post("end-units", "/admin/unit-endings", "admin", "Merge units into a successor, or dissolve one, on a day"),
		func(ctx context.Context, s app.Session, nonce string, in app.EndInput) (app.EndPlan, error) {
			in.Nonce = nonce
			return h.app.EndUnits(ctx, s, in)
		})
	adminPostAt(h, post("hand-over-unit", "/admin/units/{id}/hand-over", "admin", "Hand open cases and drafts of a unit that ended to its successor"),
		func(ctx context.Context, s app.Session, id, nonce string, in app.HandOverInput) (app.HandedOver, error) {
			in.Unit, in.Nonce = id, nonce
			return h.app.HandOver(ctx, s, in)
		})
	add(h, get("admin-events", "/admin/events", "admin", "What was changed in the administration, newest first"),
		func(ctx context.Context, s app.Session, in *struct {
			Target string `query:"target" maxLength:"120"`
			Actor  string `query:"actor" maxLength:"60"`
			Action string `query:"action" maxLength:"60" doc:"Begin of the action, such as user."`
			Paging
		},
		) (*PageOut[app.AdminEvent], error) {
			return page(ctx, "/admin/events", query("target", in.Target, "actor", in.Actor, "action", in.Action), in.Paging,
				func(limit, offset int) ([]app.AdminEvent, error) {
					return h.app.AdminEvents(ctx, s, app.EventsQuery{Target: in.Target, Actor: in.Actor, Action: in.Action, Limit: limit, Offset: offset})
				})
		})
}
