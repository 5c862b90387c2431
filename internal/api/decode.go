package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"vinhdanh/internal/app"
)

// A decoding fault travels through huma as text; these mark what it is.
const (
	faultUnknown = "unknown field "
	faultType    = "wrong type "
	faultSyntax  = "not JSON"
)

// decodeStrict reads exactly one JSON value and refuses fields that do not exist.
func decodeStrict(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	err := d.Decode(into)
	var wrong *json.UnmarshalTypeError
	switch {
	case err == nil:
		if _, err := d.Token(); !errors.Is(err, io.EOF) {
			return errors.New(faultSyntax)
		}
		return nil
	case errors.As(err, &wrong):
		return fmt.Errorf("%s%s\n%s", faultType, wrong.Field, wrong.Type.Kind())
	case strings.HasPrefix(err.Error(), `json: unknown field "`):
		return errors.New(faultUnknown + strings.Trim(strings.TrimPrefix(err.Error(), "json: unknown field "), `"`))
	}
	return errors.New(faultSyntax)
}

// decodeError says in the application's terms what decodeStrict found.
func decodeError(message string) *app.Error {
	switch {
	case strings.HasPrefix(message, faultUnknown):
		return invalid(strings.TrimPrefix(message, faultUnknown), "unknown", "")
	case strings.HasPrefix(message, faultType):
		field, kind, _ := strings.Cut(strings.TrimPrefix(message, faultType), "\n")
		return invalid(field, "type", kind)
	}
	return &app.Error{Code: app.CodeBadRequest}
}

// invalid is an error of one field.
func invalid(field, rule, param string) *app.Error {
	return &app.Error{Code: app.CodeInvalid, Fields: []app.FieldError{{Field: field, Rule: rule, Param: param}}}
}
