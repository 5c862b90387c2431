package ui

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
)

// texts are the words that a person reads, by key. A key begins with its area's
// name. Where a language tells one from many, the text holds both, the form for one
// first: "{0} case | {0} cases"; the first argument decides.
type texts map[string]text

type text struct {
	VI string `yaml:"vi"`
	EN string `yaml:"en"`
}

func readTexts(areas []Area) (texts, error) {
	all := texts{}
	for _, a := range areas {
		own := map[string]text{}
		if err := yaml.UnmarshalWithOptions(a.Text, &own, yaml.Strict()); err != nil {
			return nil, fmt.Errorf("ui: text.yaml of %s: %w", a.Name, err)
		}
		for k, t := range own {
			if t.VI == "" || t.EN == "" {
				return nil, fmt.Errorf("ui: text %q of %s lacks a language", k, a.Name)
			}
			if _, ok := all[k]; ok {
				return nil, fmt.Errorf("ui: text %q of %s exists twice", k, a.Name)
			}
			if a.Name != "ui" && !strings.HasPrefix(k, a.Name+".") {
				return nil, fmt.Errorf("ui: text %q of %s must begin with %s and a point", k, a.Name, a.Name)
			}
			all[k] = t
		}
	}
	return all, nil
}

var hole = regexp.MustCompile(`\{(\d)\}`)

// say is a text in a language. A key that does not exist is itself, so that a gap
// is seen; a test finds it first.
func (t texts) say(lang, key string, args ...any) string {
	x, ok := t[key]
	if !ok {
		return key
	}
	s := x.VI
	if lang == "en" {
		s = x.EN
	}
	if one, many, ok := strings.Cut(s, " | "); ok {
		s = many
		if len(args) > 0 && fmt.Sprint(args[0]) == "1" {
			s = one
		}
	}
	return hole.ReplaceAllStringFunc(s, func(m string) string {
		i, _ := strconv.Atoi(m[1:2]) // one digit
		if i >= len(args) {
			return m
		}
		return fmt.Sprint(args[i])
	})
}
