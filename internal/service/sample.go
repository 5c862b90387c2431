package service

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"github.com/goccy/go-yaml"
	"github.com/google/uuid"

	"vinhdanh/internal/postgres"
	"vinhdanh/internal/sample"
)

// Tokens are the bearer tokens of sample users, by login.
type Tokens map[string]string

// LoadSample loads both sample provinces with their invented people and the seed
// campaign. Users without a token in known get a new one; the result has all.
// Sample users exist in trial instances only.
func LoadSample(ctx context.Context, databaseURL string, known Tokens) (Tokens, error) {
	store, err := postgres.Open(ctx, databaseURL)
	if err != nil {
		return nil, err
	}
	defer store.Close()
	if err := store.MarkSample(ctx, uuid.NewString(), "2023, 2025"); err != nil {
		return nil, fmt.Errorf("service: mark the installation: %w", err)
	}
	tokens := Tokens{}
	// Today's province first: the units of 2023 name their successors in it.
	for _, load := range []func() (*sample.Province, error){sample.Load2025, sample.Load2023} {
		p, err := load()
		if err != nil {
			return nil, err
		}
		if err := loadProvince(ctx, store, p, known, tokens); err != nil {
			return nil, err
		}
	}
	return tokens, nil
}

func loadProvince(ctx context.Context, store *postgres.Store, p *sample.Province, known, tokens Tokens) error {
	var units []postgres.SeedUnit
	for _, u := range p.Units {
		units = append(units, seedUnit(u))
	}
	var users []postgres.SeedUser
	for _, u := range p.Users {
		token := known[u.Login]
		if token == "" {
			token = newToken()
		}
		tokens[u.Login] = token
		users = append(users, seedUser(u, token))
	}
	campaigns := map[string]json.RawMessage{}
	if p.Campaign != nil {
		data, err := yaml.MarshalWithOptions(p.Campaign, yaml.JSON())
		if err != nil {
			return fmt.Errorf("service: campaign: %w", err)
		}
		campaigns[p.Campaign.ID] = data
	}
	if err := store.Seed(ctx, units, users, campaigns); err != nil {
		return fmt.Errorf("service: load %s: %w", p.Name, err)
	}
	return nil
}

func seedUnit(u sample.Unit) postgres.SeedUnit {
	out := postgres.SeedUnit{
		Unit: postgres.Unit{
			ID: u.ID, Name: u.Name, ShortName: u.ShortName, Kind: string(u.Kind), Level: string(u.Level),
			Parent: optional(u.Parent), Place: u.Place, Symbol: u.Symbol, Order: u.ProtocolOrder,
		},
		ValidFrom: string(u.ValidFrom), ValidTo: string(u.ValidTo), Successors: u.Successors,
	}
	if u.Links != nil {
		out.Authority, out.StandingBody, out.Council =
			optional(u.Links.Authority), optional(u.Links.StandingBody), optional(u.Links.Council)
	}
	return out
}

func seedUser(u sample.User, token string) postgres.SeedUser {
	hash := sha256.Sum256([]byte(token))
	out := postgres.SeedUser{
		User:   postgres.User{ID: uuid.NewString(), Login: u.Login, FullName: u.FullName, Email: u.Email, Locale: u.Locale},
		Sample: true, TokenID: uuid.NewString(), TokenHash: hash[:],
	}
	for _, m := range u.Memberships {
		for _, r := range m.Roles {
			out.Memberships = append(out.Memberships, postgres.Membership{Unit: m.Unit, Role: string(r), Title: m.Title})
		}
	}
	return out
}

func newToken() string {
	b := make([]byte, 24)
	if _, err := rand.Read(b); err != nil {
		panic(err) // the operating system gives no randomness: nothing safe can be done
	}
	return "vd_" + base64.RawURLEncoding.EncodeToString(b)
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
