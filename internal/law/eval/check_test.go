package eval

import (
	"testing"

	"vinhdanh/internal/law"
)

// TestDataCases runs every test case that stands beside a criterion in the data.
func TestDataCases(t *testing.T) {
	t.Parallel()
	if err := Check(law.Default()); err != nil {
		t.Fatal(err)
	}
}
