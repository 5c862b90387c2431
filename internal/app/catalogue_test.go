package app

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// People write an award by its abbreviation or name; what several are called finds none of them, and what the day does
// not have is not found by its name either.
func TestAnAwardIsFoundAsItIsCalled(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	for words, want := range map[string]string{"CSTĐCS": "CSTDCS", "cstđ cơ sở": "CSTDCS", "lao động tiên tiến": "LDTT", "LĐTT": "LDTT", "BKT-PT": "BKT-PT"} {
		a, err := w.AwardOn(ctx, words, "2023-11-20")
		require.NoError(t, err, words)
		assert.Equal(t, want, a.Code)
	}
	for _, words := range []string{"", "CSTĐXX", "Bằng khen của Chủ tịch UBND tỉnh"} {
		_, err := w.AwardOn(ctx, words, "2023-11-20")
		assert.Equal(t, CodeNotFound, codeOf(err), "%q", words)
	}
}
