package ui

import (
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"
)

// view is one page's templates, per language.
type view struct{ vi, en *template.Template }

func (v *view) in(lang string) *template.Template {
	if lang == "en" {
		return v.en
	}
	return v.vi
}

// parse reads every view of every area: the kit's layout and components, the area's
// parts (_*.html), then the page itself.
func (s *Site) parse(areas []Area) error {
	base, err := s.base(areas[0])
	if err != nil {
		return err
	}
	for _, a := range areas {
		if a.Views == nil {
			continue
		}
		if err := s.parseArea(a, base); err != nil {
			return err
		}
	}
	return nil
}

// base is the kit's own templates, per language.
func (s *Site) base(kit Area) (map[string]*template.Template, error) {
	out := map[string]*template.Template{}
	for _, lang := range languages {
		t := template.New("").Funcs(s.funcs(lang))
		parts, err := fs.Glob(kit.Views, "views/_*.html")
		if err != nil {
			return nil, err
		}
		if out[lang], err = t.ParseFS(kit.Views, parts...); err != nil {
			return nil, fmt.Errorf("ui: components: %w", err)
		}
	}
	return out, nil
}

func (s *Site) parseArea(a Area, base map[string]*template.Template) error {
	pages, err := fs.Glob(a.Views, "views/*.html")
	if err != nil {
		return err
	}
	var parts []string
	for _, p := range pages {
		if strings.HasPrefix(path.Base(p), "_") && a.Name != "ui" {
			parts = append(parts, p)
		}
	}
	for _, p := range pages {
		if strings.HasPrefix(path.Base(p), "_") {
			continue
		}
		v := &view{}
		for _, lang := range languages {
			t, err := template.Must(base[lang].Clone()).ParseFS(a.Views, append(parts, p)...)
			if err != nil {
				return fmt.Errorf("ui: view %s/%s: %w", a.Name, p, err)
			}
			if lang == "en" {
				v.en = t
			} else {
				v.vi = t
			}
		}
		s.views[a.Name+"/"+strings.TrimSuffix(path.Base(p), ".html")] = v
	}
	return nil
}
