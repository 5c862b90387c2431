package embedded

import (
	"bytes"
	"errors"
	"testing"

	"github.com/rs/zerolog"
	"github.com/stretchr/testify/require"
	"go.temporal.io/server/common/log/tag"
)

// TestAStoppingServerDoesNotEndTheProcess holds that what a service calls fatal while the server stops is logged
// and no more; were it not so, this test process would end here.
func TestAStoppingServerDoesNotEndTheProcess(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	l := newLogger(zerolog.New(&out), zerolog.ErrorLevel)
	l.stopping.Store(true)
	l.With(tag.ComponentWorker).Fatal("Failed to serve on worker listener", tag.Error(errors.New("stopped")))
	require.Contains(t, out.String(), "Failed to serve on worker listener")
}
