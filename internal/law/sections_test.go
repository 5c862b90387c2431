package law

import (
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A section that a comparison does not visit would change unseen.
func TestEachVisitsEverySection(t *testing.T) {
	t.Parallel()
	seen := map[string]int{}
	l, err := Default().WithDrafts("R4") // apply_drafts has no entry else: drafts are no law
	require.NoError(t, err)
	l.Each(func(section string, _ any) { seen[section]++ })
	doc := reflect.ValueOf(l.document)
	for i := range doc.NumField() {
		name, _, _ := strings.Cut(doc.Type().Field(i).Tag.Get("yaml"), ",")
		assert.Equal(t, doc.Field(i).Len(), seen[name], name)
		require.NotZero(t, seen[name], "%s: the built-in data have no entry to test with", name)
	}
	assert.Len(t, seen, doc.NumField())
}

func TestMarksCountEveryCite(t *testing.T) {
	t.Parallel()
	m := Default().Marks()
	for _, mark := range []Mark{MarkConfirmed, MarkSecondary, MarkUnconfirmed, MarkOld} {
		assert.NotZero(t, m[mark], mark)
	}
	assert.NotZero(t, Default().AssumedRules())
}
