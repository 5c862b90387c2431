package ui

import (
	"io"
	"path"
	"strings"

	"golang.org/x/text/unicode/norm"

	"vinhdanh/internal/app"
)

// Field is a field of the form or the query: trimmed, line ends as \n, NFC.
func (c *Context) Field(name string) string { return clean(c.R.FormValue(name)) }

// Secret is a password exactly as it was typed (ASVS 6.2.8).
func (c *Context) Secret(name string) string { return c.R.PostFormValue(name) }

// Fields are all fields of that name.
func (c *Context) Fields(name string) []string {
	if c.R.Form == nil {
		_ = c.R.ParseForm() // a broken query has no such field
	}
	var out []string
	for _, v := range c.R.Form[name] {
		out = append(out, clean(v))
	}
	return out
}

// Checked tells whether a box is checked.
func (c *Context) Checked(name string) bool { return c.Field(name) != "" }

func clean(v string) string {
	return norm.NFC.String(strings.TrimSpace(strings.ReplaceAll(v, "\r\n", "\n")))
}

// Upload is a file that was sent with a form. Its name is the last part of what the
// browser said; its type is nobody's word but its content's.
type Upload struct {
	Name    string
	Content []byte
}

// Upload reads a file of the form; without one it is the error of a missing field.
func (c *Context) Upload(name string) (Upload, error) {
	all, err := c.Uploads(name)
	if err != nil {
		return Upload{}, err
	}
	if len(all) == 0 {
		return Upload{}, &app.Error{Code: app.CodeInvalid, Fields: []app.FieldError{{Field: name, Rule: "required"}}}
	}
	return all[0], nil
}

// Uploads reads every file of that field.
func (c *Context) Uploads(name string) ([]Upload, error) {
	var out []Upload
	if c.R.MultipartForm == nil {
		return nil, nil
	}
	for _, h := range c.R.MultipartForm.File[name] {
		f, err := h.Open()
		if err != nil {
			return nil, err
		}
		content, err := io.ReadAll(f)
		_ = f.Close() // only read from
		if err != nil {
			return nil, err
		}
		if len(content) == 0 && h.Filename == "" {
			continue // nothing was chosen
		}
		out = append(out, Upload{Name: norm.NFC.String(path.Base(strings.ReplaceAll(h.Filename, `\`, "/"))), Content: content})
	}
	return out, nil
}
