package law

// Each calls f with every entry of the data, section by section in the order of the
// files: what compares and counts data, without knowing each kind of entry.
func (l *Law) Each(f func(section string, entry any)) {
	each(f, "regimes", l.Regimes)
	each(f, "awards", l.document.Awards)
	each(f, "authorities", l.Authorities)
	each(f, "routes", l.Routes)
	each(f, "required_stages", l.Required)
	each(f, "agencies", l.Agencies)
	each(f, "deadlines", l.Deadlines)
	each(f, "council_rules", l.CouncilRules)
	each(f, "papers", l.Papers)
	each(f, "dossiers", l.Dossiers)
	each(f, "retention", l.document.Retention)
	each(f, "base_salary", l.BaseSalary)
	each(f, "multiples", l.Multiples)
	each(f, "rounding", l.document.Rounding)
	each(f, "numbers", l.Numbers)
	each(f, "criteria", l.Criteria)
	each(f, "global", l.Global)
	each(f, "calendar", l.Years)
	each(f, "signing_for", l.SigningFor)
	each(f, "apply_drafts", l.ApplyDrafts)
	each(f, "quotas", l.document.Quotas)
	each(f, "ladders", l.document.Ladders)
	each(f, "clocks", l.document.Clocks)
	each(f, "several_awards", l.document.Several)
	each(f, "revocation_grounds", l.RevocationGrounds)
	each(f, "reissue_reasons", l.ReissueReasons)
	each(f, "correction_rules", l.CorrectionRules)
}

func each[T any](f func(string, any), section string, list []*T) {
	for _, e := range list {
		f(section, e)
	}
}
