package clerk_test

import (
	"os"
	"testing"

	"vinhdanh/internal/embedded/pg/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Run(m)) }
