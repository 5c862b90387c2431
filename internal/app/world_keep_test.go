package app

import (
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// keep writes a document where VINHDANH_TEST_KEEP names a folder, to look at.
func keep(t *testing.T, name string, data []byte) {
	if dir := os.Getenv("VINHDANH_TEST_KEEP"); dir != "" {
		require.NoError(t, os.WriteFile(dir+"/"+name, data, 0o600))
	}
}

func codeOf(err error) string {
	if err == nil {
		return ""
	}
	if e, ok := err.(*Error); ok {
		return e.Code
	}
	return fmt.Sprintf("%T: %v", err, err)
}
