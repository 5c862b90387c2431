package law

import "vinhdanh/internal/proposal"

// Above tells whether an authority sits above the province in a regime: what it decides
// is a State-level commendation (khen thưởng cấp Nhà nước).
func (l *Law) Above(authority, regime string) bool {
	found, _, ok := pick(l, l.Authorities, regime, func(a *Authority) ([]string, bool) { return a.Regimes, a.Code == authority })
	if !ok || len(found.Offices) == 0 {
		return false
	}
	for _, o := range found.Offices {
		if o.Level != proposal.LevelCentral {
			return false
		}
	}
	return true
}

// StateLevel tells whether an award is decided above the province in a regime.
func (l *Law) StateLevel(award, regime string) bool {
	rule, err := l.AwardRule(award, regime)
	return err == nil && l.Above(rule.Authority, regime)
}

// StateAwards are the codes of the awards that some regime decides above the province.
func (l *Law) StateAwards() []string {
	var out []string
	for _, a := range l.document.Awards {
		for _, r := range l.Regimes {
			if l.StateLevel(a.Code, r.ID) {
				out = append(out, a.Code)
				break
			}
		}
	}
	return out
}
