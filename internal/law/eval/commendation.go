package eval

import (
	"github.com/google/cel-go/cel"

	"vinhdanh/internal/law"
)

// commendationType is the fact of which type the commendation is (loại hình khen
// thưởng, Luật 06/2022/QH15 Điều 8).
func commendationType() fact {
	return fact{name: "commendation.type", label: law.Text{VI: "loại hình khen thưởng", EN: "type of commendation"}, typ: cel.StringType,
		value: func(f *Facts, _ *recorder) (any, bool) { return f.Type, f.Type != "" },
		shown: func(f *Facts) law.Text { return law.TypeNames[f.Type] },
		raw:   func(f *Facts) any { return f.Type },
	}
}

// typeNode says whether the award is given for the type of commendation that the
// submission names.
func (e *Evaluator) typeNode(a *law.Award, rule law.AwardRule, f *Facts) Node {
	c := rule.Cite
	c.AssumedFrom = "" // for what an award is given is the catalogue's word, not a rule of the new text
	n := leafNode("COMMENDATION_TYPE", law.Text{VI: "Đúng loại hình khen thưởng", EN: "The right type of commendation"}, c)
	ft, _ := factNamed("commendation.type")
	e.use(&n, ft, f)
	n.Result = NotMet
	if a.HasType(f.Type) {
		n.Result = Met
	}
	n.settle()
	return n
}
