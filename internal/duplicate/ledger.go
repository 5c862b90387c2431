package duplicate

import "slices"

// joined tells whether people have said in the ledger that two references are one
// subject, or that one succeeds the other.
func joined(a, b *Prepared) string {
	switch {
	case a.Identity == "" || b.Identity == "" || a.Subject == b.Subject:
	case a.Identity == b.Identity:
		return "joined"
	case slices.Contains(a.Follows, b.Identity) || slices.Contains(b.Follows, a.Identity):
		return "followed"
	}
	return ""
}
