package postgres

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ErrCursor is returned for a cursor that no list of this kind has given.
var ErrCursor = errors.New("postgres: the cursor is not one of this list")

// Cursor says after which row a page begins, in the order of its list. It is
// opaque to readers and carries nothing that they have not seen: the sort key of
// the last row, never more.
type Cursor string

// mark is a cursor's content; each list uses what its order needs.
type mark struct {
	List  string    `json:"l"`           // the list and its order: a cursor of another one is refused
	At    time.Time `json:"a,omitzero"`  // newest first
	Day   string    `json:"d,omitempty"` // due first; "infinity" for none
	ID    string    `json:"i,omitempty"`
	Pos   int       `json:"p,omitempty"` // of an item in its case
	Phase int       `json:"f,omitempty"` // of a search by name
	Text  string    `json:"t,omitempty"` // the folded name from the matching word on
	Age   int64     `json:"g,omitempty"` // among what matches alike
}

func (m mark) cursor() Cursor {
	raw, err := json.Marshal(m)
	if err != nil {
		return "" // times and texts always encode
	}
	return Cursor(base64.RawURLEncoding.EncodeToString(raw))
}

// read decodes a cursor of a list; the empty one is the list's beginning.
func (c Cursor) read(list string) (mark, error) {
	if c == "" {
		return mark{}, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(string(c))
	if err != nil {
		return mark{}, ErrCursor
	}
	var m mark
	if json.Unmarshal(raw, &m) != nil || m.List != list {
		return mark{}, ErrCursor
	}
	return m, nil
}

// split reads a mark's place from the match of a numbered row: text|id|position.
func (m *mark) split(match string) {
	rest, pos, _ := cutLast(match)
	m.Text, m.ID, _ = cutLast(rest)
	m.Pos, _ = strconv.Atoi(pos) // an integer that the database wrote
}

func cutLast(s string) (before, after string, found bool) {
	i := strings.LastIndexByte(s, '|')
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+1:], true
}

// clause collects conditions with their arguments.
type clause struct {
	args  []any
	conds []string
}

// arg adds an argument and gives its place.
func (c *clause) arg(v any) string {
	c.args = append(c.args, v)
	return fmt.Sprintf("$%d", len(c.args))
}

// and adds a condition; each %s takes the place of one value.
func (c *clause) and(format string, values ...any) {
	places := make([]any, len(values))
	for i, v := range values {
		places[i] = c.arg(v)
	}
	c.conds = append(c.conds, fmt.Sprintf(format, places...))
}

func (c *clause) where() string { return strings.Join(c.conds, "\n\t\t  and ") }

// upper is the end of the range of texts that begin with prefix (collation C).
func upper(prefix string) string { return prefix + "\U0010FFFF" }
