package api

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// describe carries the validator's tags of the application's input types into
// their schemas, so that the description says what is checked. Bodies are checked
// by the validator alone.
func describe(o *huma.OpenAPI) {
	registry := o.Components.Schemas
	delete(registry.Map(), "v2.FormFile") // an uploaded file, which forms describe in place
	for name, schema := range registry.Map() {
		t := registry.TypeFromRef("#/components/schemas/" + name)
		for t != nil && t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		if t == nil || t.Kind() != reflect.Struct || !validated(t) {
			continue
		}
		schema.Required = nil
		describeFields(schema, t)
		slices.Sort(schema.Required)
		schema.Required = slices.Compact(schema.Required)
	}
}

// validated tells whether a type is an input: one of its fields has a rule.
func validated(t reflect.Type) bool {
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Tag.Get("validate") != "" || f.Anonymous && f.Type.Kind() == reflect.Struct && validated(f.Type) {
			return true
		}
	}
	return false
}

// fromPath are the fields that the address gives; a body may repeat them.
var fromPath = []string{"proposal", "submission", "item", "list"}

func describeFields(schema *huma.Schema, t reflect.Type) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && name == "" && f.Type.Kind() == reflect.Struct {
			describeFields(schema, f.Type)
			continue
		}
		property := schema.Properties[name]
		if property == nil {
			continue
		}
		needed := !strings.Contains(f.Tag.Get("validate"), "omitempty") // an empty value fits no list of values
		rules, elements, _ := strings.Cut(f.Tag.Get("validate"), "dive")
		for _, rule := range strings.Split(strings.Trim(rules, ","), ",") {
			tag, param, _ := strings.Cut(rule, "=")
			if (tag == "required" || needed && tag == "oneof") && !(pathGiven(t) && slices.Contains(fromPath, name)) {
				schema.Required = append(schema.Required, name)
			}
			constrain(property, f.Type, tag, param)
		}
		if property.Items != nil {
			for _, rule := range strings.Split(strings.Trim(elements, ","), ",") {
				tag, param, _ := strings.Cut(rule, "=")
				constrain(property.Items, f.Type.Elem(), tag, param)
			}
		}
	}
}

// pathGiven tells whether a type names its target in the address.
func pathGiven(t reflect.Type) bool {
	switch t.Name() {
	case "Target", "Declaration", "EditInput", "SendInput", "AddInput", "SaveInput", "LetterInput", "HandInput", "JudgeInput", "ListChange", "PaperSendInput":
		return true
	}
	return false
}

// constrain writes one rule into a schema.
func constrain(s *huma.Schema, t reflect.Type, tag, param string) {
	n, err := strconv.Atoi(param)
	f := float64(n)
	number := t.Kind() >= reflect.Int && t.Kind() <= reflect.Float64
	list := t.Kind() == reflect.Slice
	switch {
	case s.Ref != "":
		return // shared with other fields
	case tag == "oneof":
		s.Enum = nil
		for _, v := range strings.Fields(param) {
			s.Enum = append(s.Enum, strings.Trim(v, "'"))
		}
	case tag == "uuid":
		s.Format = "uuid"
	case tag == "datetime":
		s.Format = "date"
	case tag == "unique":
		s.UniqueItems = true
	case err != nil:
		return
	case tag == "max" && number:
		s.Maximum = &f
	case tag == "min" && number:
		s.Minimum = &f
	case tag == "max" && list:
		s.MaxItems = &n
	case tag == "min" && list:
		s.MinItems = &n
	case tag == "max" && t.Kind() == reflect.String:
		s.MaxLength = &n
	case tag == "min" && t.Kind() == reflect.String:
		s.MinLength = &n
	case tag == "len" && t.Kind() == reflect.String:
		s.MinLength, s.MaxLength = &n, &n
	}
}
