// Package embedded runs the two servers that vinhdanh needs inside one process tree.
package embedded

import _ "go.temporal.io/server/temporal"
