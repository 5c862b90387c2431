package eval

import (
	"encoding/json"
	"errors"
	"fmt"

	"vinhdanh/internal/law"
)

// Check compiles every expression and runs every test case of the data, under
// each regime that the criterion names. It returns all that fails, with file and
// line. A criterion must have a case that is met and one that is not.
func Check(l *law.Law) error {
	e, err := New(l)
	if err != nil {
		return err
	}
	var problems []error
	for _, c := range l.Criteria {
		problems = append(problems, e.checkCriterion(c)...)
	}
	return errors.Join(problems...)
}

func (e *Evaluator) checkCriterion(c *law.Criterion) []error {
	var problems []error
	met, other := false, false
	for i, k := range c.Cases {
		at := c.At(fmt.Sprintf("cases[%d]", i))
		want := Verdict(k.Want)
		met, other = met || want == Met, other || want == NotMet || want == NeedsPerson
		if want != Met && want != NotMet && want != NeedsPerson {
			problems = append(problems, law.Wrong(at, fmt.Sprintf("%s, ca thử %q: want %q không phải là met, not_met hoặc needs_person", c.Code, k.Name, k.Want),
				fmt.Sprintf("%s, case %q: want %q is not met, not_met or needs_person", c.Code, k.Name, k.Want)))
			continue
		}
		if err := e.checkCase(c, k, want); err != nil {
			text := said(err)
			problems = append(problems, law.Wrong(at, fmt.Sprintf("%s, ca thử %q: %s", c.Code, k.Name, text.VI), fmt.Sprintf("%s, case %q: %s", c.Code, k.Name, text.EN)))
		}
	}
	if !met || !other {
		problems = append(problems, law.Wrong(c.Pos, fmt.Sprintf("criterion %s cần một ca thử đạt và một ca thử không đạt", c.Code),
			fmt.Sprintf("criterion %s needs a test case that is met and one that is not", c.Code)))
	}
	return problems
}

func (e *Evaluator) checkCase(c *law.Criterion, k law.Case, want Verdict) error {
	raw, err := json.Marshal(k.Facts)
	if err != nil {
		return fmt.Errorf("facts: %w", err)
	}
	f, err := ParseFacts(raw)
	if err != nil {
		return err
	}
	for _, regime := range e.law.StretchesOf(c) {
		n, err := e.entry(c, false, regime, &f)
		if err != nil {
			return err
		}
		if n.Result != want {
			text := sentence(&n)
			return &law.Error{Code: "case_fails", Text: law.Text{
				VI: fmt.Sprintf("theo %s cho %s, phải là %s: %s", regime, n.Result, want, text.VI), EN: fmt.Sprintf("under %s it gives %s, expected %s: %s", regime, n.Result, want, text.EN),
			}}
		}
	}
	return nil
}

// said is an error in both languages; what has one only, such as the expression
// language's, says it in both.
func said(err error) law.Text {
	var told *law.Error
	if errors.As(err, &told) {
		return told.Text
	}
	return law.Text{VI: err.Error(), EN: err.Error()}
}
