package config

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func env(values map[string]string) func(string) string {
	return func(name string) string { return values[name] }
}

func TestFromEnvReadsEverySetting(t *testing.T) {
	t.Parallel()
	c, err := FromEnv(env(map[string]string{
		"DATABASE_URL": "postgres://app@h/v", "OWNER_DATABASE_URL": "postgres://owner@h/v", "TEMPORAL_ADDRESS": "h:7233",
		"TEMPORAL_TOKEN": "t", "VINHDANH_KEYS": "k", "VINHDANH_ROOT": "r", "VINHDANH_BLOBS": "b", "VINHDANH_SEAL": "s",
		"VINHDANH_LISTEN": ":80", "VINHDANH_PUBLIC_URL": "https://x.example/", "VINHDANH_LAW": "l", "VINHDANH_REGISTER": "own",
		"VINHDANH_DEMO": "1", "VINHDANH_TODAY": "2023-11-15", "SMTP_HOST": "m", "SMTP_PORT": "2525", "SMTP_TLS": "none",
		"VINHDANH_SUPPORT": "0123", "VINHDANH_PROXIES": "10.0.0.0/8, 192.0.2.1",
	}))
	require.NoError(t, err)
	assert.Equal(t, "https://x.example", c.PublicURL, "without a slash at the end, so that links are well formed")
	assert.True(t, c.OwnRegister)
	assert.Equal(t, "2023-11-15", c.Today.String())
	assert.Equal(t, 2525, c.SMTP.Port)
	assert.Equal(t, "0123", c.Support)
	assert.Equal(t, []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("192.0.2.1/32")}, c.Proxies)
	assert.NoError(t, c.Need("DATABASE_URL", "OWNER_DATABASE_URL", "TEMPORAL_ADDRESS", "TEMPORAL_TOKEN", "VINHDANH_KEYS",
		"VINHDANH_ROOT", "VINHDANH_BLOBS", "VINHDANH_SEAL", "VINHDANH_LISTEN", "VINHDANH_PUBLIC_URL"))
}

func TestBusinessDateIsForDemoInstancesOnly(t *testing.T) {
	t.Parallel()
	_, err := FromEnv(env(map[string]string{"VINHDANH_TODAY": "2023-11-15"}))
	assert.ErrorContains(t, err, "demo instance only")
	_, err = FromEnv(env(map[string]string{"VINHDANH_TODAY": "15-11-2023", "VINHDANH_DEMO": "1"}))
	assert.ErrorContains(t, err, "VINHDANH_TODAY must be a date")
}

func TestWrongValuesNameTheirVariable(t *testing.T) {
	t.Parallel()
	_, err := FromEnv(env(map[string]string{"SMTP_PORT": "smtp"}))
	assert.ErrorContains(t, err, "SMTP_PORT")
	_, err = FromEnv(env(map[string]string{"VINHDANH_PROXIES": "everybody"}))
	assert.ErrorContains(t, err, "VINHDANH_PROXIES")
	_, err = FromEnv(env(map[string]string{"VINHDANH_REGISTER": "ours"}))
	assert.ErrorContains(t, err, "VINHDANH_REGISTER")
	c, err := FromEnv(env(map[string]string{"DATABASE_URL": "x", "VINHDANH_PUBLIC_URL": "ftp://x"}))
	require.NoError(t, err)
	assert.ErrorContains(t, c.Need("DATABASE_URL", "VINHDANH_KEYS", "TEMPORAL_TOKEN"), "VINHDANH_KEYS, TEMPORAL_TOKEN")
	assert.ErrorContains(t, c.Need("VINHDANH_PUBLIC_URL"), "http or https")
}
