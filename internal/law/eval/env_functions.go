package eval

import (
	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
)

// countFunctions count titles and initiatives.
func countFunctions() []cel.EnvOption {
	whole := func(v ref.Val) int64 { return int64(v.(types.Int)) }
	return []cel.EnvOption{
		cel.Function("atLeast",
			cel.MemberOverload("titles_at_least", []*cel.Type{titlesType, cel.StringType, cel.IntType, periodsType}, cel.BoolType,
				cel.FunctionBinding(func(a ...ref.Val) ref.Val {
					return a[0].(subject).titlesAtLeast(string(a[1].(types.String)), whole(a[2]), a[3].(periods))
				})),
			cel.MemberOverload("initiatives_at_least", []*cel.Type{initiativesType, cel.IntType, cel.IntType, periodsType}, cel.BoolType,
				cel.FunctionBinding(func(a ...ref.Val) ref.Val {
					return a[0].(subject).initiativesAtLeast(whole(a[1]), whole(a[2]), a[3].(periods))
				}))),
		cel.Function("valid",
			cel.MemberOverload("initiatives_valid", []*cel.Type{initiativesType, cel.IntType, cel.IntType, cel.IntType}, cel.BoolType,
				cel.FunctionBinding(func(a ...ref.Val) ref.Val {
					return a[0].(subject).initiativesValid(whole(a[1]), whole(a[2]), whole(a[3]))
				}))),
		cel.Function("yearsSince",
			cel.MemberOverload("titles_years_since", []*cel.Type{titlesType, cel.StringType, cel.IntType}, cel.BoolType,
				cel.FunctionBinding(func(a ...ref.Val) ref.Val {
					return a[0].(subject).yearsSince(string(a[1].(types.String)), whole(a[2]))
				}))),
		cel.Function("ever",
			cel.MemberOverload("titles_ever", []*cel.Type{titlesType, cel.StringType, cel.IntType}, cel.BoolType,
				cel.FunctionBinding(func(a ...ref.Val) ref.Val {
					return a[0].(subject).titlesEver(string(a[1].(types.String)), whole(a[2]))
				})),
			cel.MemberOverload("initiatives_ever", []*cel.Type{initiativesType, cel.IntType, cel.IntType}, cel.BoolType,
				cel.FunctionBinding(func(a ...ref.Val) ref.Val { return a[0].(subject).initiativesEver(whole(a[1]), whole(a[2])) }))),
		cel.Function("ofKind",
			cel.MemberOverload("initiatives_of_kind", []*cel.Type{initiativesType, cel.IntType}, initiativesType,
				cel.BinaryBinding(func(i, kind ref.Val) ref.Val { return i.(subject).ofKind(whole(kind)) }))),
	}
}

func shareFunctions() []cel.EnvOption {
	three := []*cel.Type{cel.IntType, cel.IntType, cel.IntType}
	bind := func(name string, answer func(part, whole, percent int64) ref.Val) cel.EnvOption {
		return cel.Function(name, cel.Overload(name+"_int", three, cel.BoolType, cel.FunctionBinding(func(a ...ref.Val) ref.Val {
			return answer(int64(a[0].(types.Int)), int64(a[1].(types.Int)), int64(a[2].(types.Int)))
		})))
	}
	part := func(holds func(int) bool) func(part, whole, percent int64) ref.Val {
		return func(part, whole, percent int64) ref.Val {
			side, ok := share(part, whole, percent)
			if !ok || part > whole {
				return perhaps()
			}
			return types.Bool(holds(side))
		}
	}
	return []cel.EnvOption{
		bind("percentAtLeast", part(func(side int) bool { return side >= 0 })),
		bind("percentOver", part(func(side int) bool { return side > 0 })),
		// A quota: the part may exceed the whole, and nobody proposed fits any quota.
		bind("percentAtMost", func(part, whole, percent int64) ref.Val {
			if part == 0 {
				return types.True
			}
			side, ok := share(part, whole, percent)
			if !ok {
				return types.Bool(false)
			}
			return types.Bool(side <= 0)
		}),
		cel.Function("askIf", cel.Overload("ask_if", []*cel.Type{cel.BoolType}, cel.BoolType, cel.UnaryBinding(func(v ref.Val) ref.Val {
			if v == types.True {
				return perhaps()
			}
			return v
		}))),
	}
}
