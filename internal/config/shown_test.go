package config

import (
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSettingsShowNoSecret(t *testing.T) {
	t.Parallel()
	all, err := Settings(func(name string) string { return "value-of-" + name })
	require.NoError(t, err)
	for _, s := range all {
		assert.True(t, s.Set, s.Name)
		assert.NotEmpty(t, s.VI, s.Name)
		assert.NotEmpty(t, s.EN, s.Name)
		if s.Secret {
			assert.Empty(t, s.Value, s.Name)
		}
	}
	for _, secret := range []string{"DATABASE_URL", "TEMPORAL_TOKEN", "SMTP_PASSWORD", "VINHDANH_SEAL"} {
		for _, s := range all {
			assert.False(t, s.Name == secret && !s.Secret, secret)
		}
	}
}

// A setting that FromEnv reads and administrators are not told of would be a secret
// of another kind.
func TestEverySettingIsShown(t *testing.T) {
	t.Parallel()
	all, err := Settings(func(string) string { return "" })
	require.NoError(t, err)
	known := map[string]bool{"OWNER_DATABASE_URL": true, "VINHDANH_DEMO": true} // of set-up only
	for _, s := range all {
		known[s.Name] = true
	}
	entries, err := os.ReadDir(".")
	require.NoError(t, err)
	read := regexp.MustCompile(`"((?:VINHDANH|SMTP|TEMPORAL|DATABASE|LOG)_[A-Z_]+)"`)
	for _, e := range entries {
		if e.Name() != "config.go" && e.Name() != "identity.go" {
			continue
		}
		raw, err := os.ReadFile(e.Name())
		require.NoError(t, err)
		for _, m := range read.FindAllStringSubmatch(string(raw), -1) {
			assert.True(t, known[m[1]], "%s has no line in settings.yaml", m[1])
		}
	}
}
