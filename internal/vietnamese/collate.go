package vietnamese

import (
	"cmp"
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// collators are pooled because a Collator keeps a buffer and may not be shared.
var collators = sync.Pool{New: func() any { return collate.New(language.Vietnamese) }}

// Compare orders two full names as a Vietnamese reader looks them up: by given
// name (the last word), then by the words before it, in the order of the
// Vietnamese alphabet. It gives -1, 0 or 1; 0 only for identical strings, so
// that a sorted list is the same every time. It serves search results; lists,
// ballots and annexes keep the order of the letter (design.md section 6).
func Compare(a, b string) int {
	if a == b {
		return 0
	}
	c := collators.Get().(*collate.Collator)
	defer collators.Put(c)
	givenA, beforeA := splitName(a)
	givenB, beforeB := splitName(b)
	return cmp.Or(
		c.CompareString(givenA, givenB),
		c.CompareString(beforeA, beforeB),
		strings.Compare(a, b),
	)
}

// splitName works on the Key, so that the place of the tone mark and the case
// do not decide the order.
func splitName(name string) (given, before string) {
	key := Key(name)
	if i := strings.LastIndexByte(key, ' '); i >= 0 {
		return key[i+1:], key[:i]
	}
	return key, ""
}
