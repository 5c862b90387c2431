package eval

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"

	"vinhdanh/internal/law"
)

// Opaque types of the expression language.
var (
	periodType      = cel.OpaqueType("period")
	periodsType     = cel.OpaqueType("periods")
	titlesType      = cel.OpaqueType("titles")
	ratingsType     = cel.OpaqueType("ratings")
	initiativesType = cel.OpaqueType("initiatives")
)

// recorder collects why a person must look, while one expression is evaluated.
type recorder struct {
	reasons []law.Text
	from    []string // what the regime's clock runs from
}

func (r *recorder) because(vi, en string) {
	t := law.Text{VI: vi, EN: en}
	if !slices.Contains(r.reasons, t) {
		r.reasons = append(r.reasons, t)
	}
}

// perhaps is the unknown answer of a function.
func perhaps() ref.Val { return types.NewUnknown(0, nil) }

// opaque gives a type the parts of ref.Val that expressions never use.
type opaque struct{}

// ConvertToNative is never possible.
func (opaque) ConvertToNative(t reflect.Type) (any, error) {
	return nil, fmt.Errorf("no conversion to %v", t)
}

// ConvertToType is never possible.
func (opaque) ConvertToType(t ref.Type) ref.Val { return types.NewErr("no conversion to %v", t) }

// Equal is an error: these values are not compared.
func (opaque) Equal(ref.Val) ref.Val { return types.NewErr("these values are not compared") }

// Value has no Go form.
func (opaque) Value() any { return nil }

// subject is period, titles, ratings or initiatives of one item.
type subject struct {
	opaque
	typ   *cel.Type
	facts *Facts
	rec   *recorder
	only  string // of initiatives: the kind asked for, "" every kind
}

// Type is the type that the expression sees.
func (s subject) Type() ref.Type { return s.typ }

// periods is a row of years of the item's kind of period, both ends included;
// empty when first lies after last. open says that the row may reach further
// back than is known.
type periods struct {
	opaque
	first, last int
	open        bool
}

// Type is the type that the expression sees.
func (periods) Type() ref.Type { return periodsType }

func (p periods) empty() bool { return p.first > p.last }

// has tells whether a year lies within, and whether it might.
func (p periods) has(year int) (yes, maybe bool) {
	if p.empty() {
		return false, false
	}
	if year >= p.first && year <= p.last {
		return true, true
	}
	return false, p.open && year < p.first
}

// numbered tells a number of a decision or certificate from a blank or a dash, which say
// that there is none.
func numbered(number string) bool {
	return strings.ContainsFunc(number, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}
