package gate

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestKeyring(t *testing.T) {
	t.Parallel()
	tokens := NewTokens()
	k, err := NewKeyring(tokens)
	require.NoError(t, err)
	for s, c := range tokens {
		h, err := HeadersProvider(c).GetHeaders(context.Background())
		require.NoError(t, err)
		got, ok := k.Identify(h["authorization"])
		require.True(t, ok)
		require.Equal(t, s, got)
	}
	app := tokens[App].Reveal()
	for _, header := range []string{"", "Bearer", "Bearer ", app, "Basic " + app, "Bearer " + app + "x", "Bearer " + app[1:], "Bearer  " + app} {
		got, ok := k.Identify(header)
		require.False(t, ok, header)
		require.Equal(t, Unknown, got)
	}
	same := NewCredential()
	for want, bad := range map[string]Tokens{
		"gate.no-credentials":    nil,
		"gate.sender-unknown":    {"root": same},
		"gate.credential-short":  {App: "x"},
		"gate.credential-blank":  {App: Credential(strings.Repeat("a b", 20))},
		"gate.credential-shared": {App: same, Operator: same},
	} {
		_, err := NewKeyring(bad)
		require.ErrorContains(t, err, want)
	}
}

func TestCredentialDoesNotPrint(t *testing.T) {
	t.Parallel()
	c := NewCredential()
	tokens := Tokens{App: c}
	for _, verb := range []string{"%v", "%s", "%+v", "%#v", "%q"} {
		require.NotContains(t, fmt.Sprintf(verb, c), c.Reveal())
		require.NotContains(t, fmt.Sprintf(verb, tokens), c.Reveal())
	}
	require.NotEqual(t, c, NewCredential())
	require.Len(t, c.Reveal(), 43)
}

func TestTokensFromEnv(t *testing.T) {
	t.Parallel()
	env := map[string]string{}
	_, err := TokensFromEnv(func(n string) string { return env[n] })
	for _, s := range Senders() {
		require.ErrorContains(t, err, ServerEnv(s))
		env[ServerEnv(s)] = NewCredential().Reveal()
	}
	tokens, err := TokensFromEnv(func(n string) string { return env[n] })
	require.NoError(t, err)
	require.Equal(t, env["TEMPORAL_TOKEN_APP"], tokens[App].Reveal())
	_, err = TokenFromEnv(func(string) string { return "short" })
	require.ErrorContains(t, err, ClientEnv)
	c, err := TokenFromEnv(func(string) string { return "" })
	require.NoError(t, err)
	h, err := HeadersProvider(c).GetHeaders(context.Background())
	require.NoError(t, err)
	require.Empty(t, h)
}

func TestTokensFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "tokens.json")
	first, err := LoadOrCreateTokens(path)
	require.NoError(t, err)
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	again, err := LoadOrCreateTokens(path)
	require.NoError(t, err)
	require.Equal(t, first, again)
	require.NoError(t, os.WriteFile(path, []byte("{"), 0o600))
	_, err = LoadOrCreateTokens(path)
	require.ErrorContains(t, err, "gate.tokens-broken")
}

func TestClean(t *testing.T) {
	t.Parallel()
	r := Refusal{Reason: strings.Repeat("ễ", 400), Name: "a\x00\xffb"}.Clean()
	require.LessOrEqual(t, len(r.Reason), maxText)
	require.Equal(t, strings.Repeat("ễ", maxText/3), r.Reason)
	require.Equal(t, "a\uFFFDb", r.Name)
}
