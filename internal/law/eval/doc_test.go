package eval

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The package comment is the clerk's list of words: every fact, every word of a scale
// and every function stands in it.
func TestVocabularyIsDocumented(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("doc.go")
	require.NoError(t, err)
	doc := string(raw)
	for _, f := range vocabulary {
		assert.Contains(t, doc, f.name)
		assert.NotEmpty(t, f.label.VI, f.name)
		assert.NotEmpty(t, f.label.EN, f.name)
	}
	for _, s := range scales {
		for _, step := range s {
			assert.Contains(t, doc, step.word)
		}
	}
	env, err := newEnv()
	require.NoError(t, err)
	for name, f := range env.Functions() {
		for _, o := range f.OverloadDecls() {
			if o.IsMemberFunction() && len(o.ArgTypes()) > 0 {
				switch o.ArgTypes()[0] {
				case titlesType, ratingsType, initiativesType, periodType:
					assert.Contains(t, doc, "."+name+"(")
				}
			}
		}
	}
}
