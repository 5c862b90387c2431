package config

import (
	_ "embed"
	"fmt"

	"github.com/goccy/go-yaml"
)

//go:embed settings.yaml
var shown []byte

// Shown is one setting as administrators see it.
type Shown struct {
	Name    string `yaml:"name" json:"name"`
	Value   string `yaml:"-" json:"value,omitempty"` // empty for secrets and for what is not set
	Set     bool   `yaml:"-" json:"set"`
	Secret  bool   `yaml:"secret" json:"secret,omitempty"`
	Default string `yaml:"default" json:"default,omitempty"`
	VI      string `yaml:"vi" json:"vi"`
	EN      string `yaml:"en" json:"en"`
}

// Settings lists every setting with its effect, its default and, unless it is a
// secret, its value.
func Settings(getenv func(string) string) ([]Shown, error) {
	var out []Shown
	if err := yaml.UnmarshalWithOptions(shown, &out, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("config: settings.yaml: %w", err)
	}
	for i := range out {
		v := getenv(out[i].Name)
		out[i].Set = v != ""
		if !out[i].Secret {
			out[i].Value = v
		}
	}
	return out, nil
}
