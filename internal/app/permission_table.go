package app

import (
	"context"

	"vinhdanh/internal/identity/permission"
)

// PermissionTable is who may do and see what, as the program obeys it.
type PermissionTable struct {
	Hash      string                    `json:"hash"` // SHA-256 of the table's file
	Kinds     []permission.Kind         `json:"kinds"`
	Roles     []permission.Role         `json:"roles"`
	Relations []permission.RelationText `json:"relations"`
	Actions   []permission.Action       `json:"actions"`
	Fields    []permission.Field        `json:"fields"`
	Open      []permission.OpenFunction `json:"open"`
}

// PermissionTable shows the table to administrators and auditors. It is the same
// one that every function asks.
func (a *App) PermissionTable(ctx context.Context, s Session) (PermissionTable, error) {
	if !s.anywhere("permissions.read") {
		return PermissionTable{}, a.refuse(ctx, s, "permissions", "", fail(CodeForbidden, "administrators and auditors read the table of permissions"))
	}
	m := s.permissions()
	return PermissionTable{
		Hash: m.Hash(), Kinds: m.Kinds, Roles: m.Roles, Relations: m.Relations, Actions: m.Actions, Fields: m.Fields, Open: m.Open,
	}, nil
}
