package api

import (
	"context"

	"vinhdanh/internal/app"
)

func (h *handlers) registerPermissions() {
	add(h, get("permissions", "/permissions", "admin", "Who may do and see what, as the program obeys it: for administrators and auditors"),
		func(ctx context.Context, s app.Session, _ *struct{}) (*One[app.PermissionTable], error) {
			v, err := h.app.PermissionTable(ctx, s)
			return &One[app.PermissionTable]{v}, err
		})
}
