package gate

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// ClientEnv is the variable in which a client (serve, worker, a verb of the command line) finds its credential.
const ClientEnv = "TEMPORAL_TOKEN"

// ServerEnv returns the variable in which the server finds the credential of a sender, e.g. TEMPORAL_TOKEN_APP.
func ServerEnv(s Sender) string { return ClientEnv + "_" + strings.ToUpper(string(s)) }

// TokenFromEnv reads a client's credential through getenv (os.Getenv in production). An unset variable yields an
// empty credential and no error: a stock server without a gate asks for none.
func TokenFromEnv(getenv func(string) string) (Credential, error) {
	c := Credential(getenv(ClientEnv))
	if c == "" {
		return "", nil
	}
	if err := c.Check(); err != nil {
		return "", fmt.Errorf("%s: %w", ClientEnv, err)
	}
	return c, nil
}

// TokensFromEnv reads the credentials of all senders through getenv. Every one of them must be set.
func TokensFromEnv(getenv func(string) string) (Tokens, error) {
	t := Tokens{}
	var missing []string
	for _, s := range Senders() {
		c := Credential(getenv(ServerEnv(s)))
		if c == "" {
			missing = append(missing, ServerEnv(s))
			continue
		}
		if err := c.Check(); err != nil {
			return nil, fmt.Errorf("%s: %w", ServerEnv(s), err)
		}
		t[s] = c
	}
	if len(missing) > 0 {
		return nil, fmt.Errorf("gate.credential-missing: set %s, each to its own `openssl rand -hex 32`", strings.Join(missing, ", "))
	}
	return t, nil
}

// LoadOrCreateTokens reads credentials from a file of mode 0600, and writes fresh ones there when it does not exist.
func LoadOrCreateTokens(path string) (Tokens, error) {
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return createTokens(path)
	}
	if err != nil {
		return nil, fmt.Errorf("gate.tokens-unreadable: %w", err)
	}
	t := Tokens{}
	if err := json.Unmarshal(raw, &t); err != nil {
		return nil, fmt.Errorf("gate.tokens-broken: %s is not readable as JSON; delete it and start again: %w", path, err)
	}
	if _, err := NewKeyring(t); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return t, nil
}

func createTokens(path string) (Tokens, error) {
	t := NewTokens()
	plain := map[Sender]string{}
	for s, c := range t {
		plain[s] = c.Reveal()
	}
	raw, err := json.MarshalIndent(plain, "", "  ")
	if err != nil {
		return nil, err
	}
	// Written aside and renamed: a crash leaves no half file behind.
	aside := path + ".new"
	if err := os.WriteFile(aside, append(raw, '\n'), 0o600); err != nil {
		return nil, fmt.Errorf("gate.tokens-unwritable: %w", err)
	}
	if err := os.Rename(aside, path); err != nil {
		return nil, fmt.Errorf("gate.tokens-unwritable: %w", err)
	}
	return t, nil
}

// Headers presents a credential with every call. It satisfies the Temporal SDK's client.HeadersProvider.
type Headers struct{ credential Credential }

// HeadersProvider returns the headers for a credential; nil fields of client.Options stay usable with an empty one.
func HeadersProvider(c Credential) Headers { return Headers{credential: c} }

// GetHeaders returns "authorization: Bearer …", or nothing when there is no credential.
func (h Headers) GetHeaders(context.Context) (map[string]string, error) {
	if h.credential == "" {
		return nil, nil
	}
	return map[string]string{"authorization": "Bearer " + h.credential.Reveal()}, nil
}
