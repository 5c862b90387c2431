package service

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"vinhdanh/internal/identity"
	"vinhdanh/internal/postgres"
)

// passwordFile is where the sample people's password is, beside their tokens.
const passwordFile = "sample-password.txt"

// SampleToFile is LoadSample with the tokens kept in a file of its owner's only, and
// beside it the one password of all sample people, which each installation makes
// anew.
func SampleToFile(ctx context.Context, databaseURL, path string) error {
	known := Tokens{}
	if data, err := os.ReadFile(path); err == nil {
		if err := json.Unmarshal(data, &known); err != nil {
			return fmt.Errorf("service: %s holds no tokens: %w", path, err)
		}
	}
	tokens, err := LoadSample(ctx, databaseURL, known)
	if err != nil {
		return err
	}
	data, err := json.MarshalIndent(tokens, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		return err
	}
	password, err := ReadSamplePassword(path)
	if errors.Is(err, os.ErrNotExist) {
		password, err = newSamplePassword(path)
	}
	if err != nil {
		return err
	}
	return SetSamplePassword(ctx, databaseURL, password, identity.DefaultParams)
}

func newSamplePassword(path string) (string, error) {
	codes, err := identity.NewRecoveryCodes(1)
	if err != nil {
		return "", err
	}
	password := strings.ToLower(codes[0][:14]) // three groups of four letters: 60 bits
	return password, os.WriteFile(filepath.Join(filepath.Dir(path), passwordFile), []byte(password+"\n"), 0o600)
}

// ReadSamplePassword reads the password that SampleToFile wrote beside the tokens.
func ReadSamplePassword(path string) (string, error) {
	raw, err := os.ReadFile(filepath.Join(filepath.Dir(path), passwordFile))
	return strings.TrimSpace(string(raw)), err
}

// SetSamplePassword gives a password to the sample people who have none.
func SetSamplePassword(ctx context.Context, databaseURL, password string, cost identity.Params) error {
	store, err := postgres.Open(ctx, databaseURL)
	if err != nil {
		return err
	}
	defer store.Close()
	hash, err := identity.NewHasher(cost).Hash(password)
	if err != nil {
		return err
	}
	if err := store.SetSamplePassword(ctx, hash); err != nil {
		return fmt.Errorf("service: the sample people's password: %w", err)
	}
	return nil
}

// ReadTokens reads the file that SampleToFile wrote.
func ReadTokens(path string) (Tokens, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("service: tokens: %w", err)
	}
	tokens := Tokens{}
	return tokens, json.Unmarshal(data, &tokens)
}
