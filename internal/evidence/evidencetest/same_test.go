package evidencetest

import (
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/evidence"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
)

// The verifier links neither the store nor the law's reader, so it hashes as
// they do by code of its own.
func TestHashesAsTheStoreAndTheLawDo(t *testing.T) {
	t.Parallel()
	require.Equal(t, postgres.ChainHash("commendation/p1", []byte(`{"number":1}`)), evidence.ChainHash("commendation/p1", []byte(`{"number":1}`)))
	l := law.Default()
	require.Equal(t, l.Hash(), evidence.LawHash(l.Files()))
}
