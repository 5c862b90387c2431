// Package identity says who may do what: it carries the table of permissions,
// which its package permission reads and answers from. People, their roles,
// sessions and delegations are rows of the store.
package identity

import (
	_ "embed"
	"fmt"
	"sync"

	"vinhdanh/internal/identity/permission"
)

//go:embed permissions.yaml
var permissions []byte

// Permissions is the table that is built into the program.
var Permissions = sync.OnceValue(func() *permission.Matrix {
	m, err := permission.Load(permissions)
	if err != nil {
		panic(fmt.Sprintf("embedded table of permissions: %v", err)) // the tests load it
	}
	return m
})
