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
			problems = append(problems, fmt.Errorf("%s: %s, case %q: want %q is not met, not_met or needs_person", at, c.Code, k.Name, k.Want))
			continue
		}
		if err := e.checkCase(c, k, want); err != nil {
			problems = append(problems, fmt.Errorf("%s: %s, case %q: %w", at, c.Code, k.Name, err))
		}
	}
	if !met || !other {
		problems = append(problems, fmt.Errorf("%s: criterion %s needs a test case that is met and one that is not", c.Pos, c.Code))
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
	for _, regime := range c.Regimes {
		n, err := e.entry(c, false, regime, &f)
		if err != nil {
			return err
		}
		if n.Result != want {
			return fmt.Errorf("under %s it gives %s, expected %s: %s", regime, n.Result, want, sentence(&n).EN)
		}
	}
	return nil
}
