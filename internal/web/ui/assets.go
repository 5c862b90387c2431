package ui

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"
)

// assets are style sheet, scripts and fonts, each under an address that carries its
// hash, so that a browser keeps it for good.
type assets struct {
	byPath map[string]asset // by address
	named  map[string]string
}

type asset struct {
	content   []byte
	mediaType string
}

// readAssets joins the areas' style sheets into one and takes scripts and fonts as
// they are.
func readAssets(areas []Area) (*assets, error) {
	s := &assets{byPath: map[string]asset{}, named: map[string]string{}}
	var css bytes.Buffer
	for _, a := range areas {
		if a.Static == nil {
			continue
		}
		files, err := fs.Glob(a.Static, "*/*")
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			content, err := fs.ReadFile(a.Static, f)
			if err != nil {
				return nil, fmt.Errorf("ui: %w", err)
			}
			if path.Ext(f) == ".css" {
				css.Write(s.linked(content))
				continue
			}
			s.add(a.Name, path.Base(f), content)
		}
	}
	s.add("ui", "site.css", css.Bytes())
	return s, nil
}

// linked puts the addresses of fonts into a style sheet: url(name) in the source.
func (s *assets) linked(css []byte) []byte {
	for name, address := range s.named {
		css = bytes.ReplaceAll(css, []byte("url("+strings.TrimPrefix(name, "ui/")+")"), []byte("url("+address+")"))
	}
	return css
}

func (s *assets) add(area, name string, content []byte) {
	if path.Ext(name) == ".txt" {
		return // licences
	}
	sum := sha256.Sum256(content)
	address := "/assets/" + hex.EncodeToString(sum[:8]) + "/" + name
	kind := mime.TypeByExtension(path.Ext(name))
	if path.Ext(name) == ".woff2" {
		kind = "font/woff2"
	}
	s.byPath[address] = asset{content: content, mediaType: kind}
	s.named[area+"/"+name] = address
}

// address is where an asset is: "ui/app.js".
func (s *assets) address(name string) (string, error) {
	a, ok := s.named[name]
	if !ok {
		return "", fmt.Errorf("no asset %q", name)
	}
	return a, nil
}

func (s *assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a, ok := s.byPath[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", a.mediaType)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(a.content))
}
