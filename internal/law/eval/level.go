package eval

import "vinhdanh/internal/law"

// level says whether the award is decided above the province, where the facts do not.
func (e *Evaluator) level(rule law.AwardRule, regime string, f *Facts) {
	if f.StateLevel.Asked == nil {
		above := e.law.Above(rule.Authority, regime)
		f.StateLevel.Asked = &above
	}
}
