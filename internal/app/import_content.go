package app

import (
	"vinhdanh/internal/dossier"
	"vinhdanh/internal/importing"
	"vinhdanh/internal/law"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/proposal"
)

// contentOf is an item's content as the row states it.
func contentOf(r *importing.Row, aw importing.AwardRef, in ImportInput) proposal.ItemContent {
	c, f := readOf(r, aw, in)
	_ = dossier.State(&c, f) // plain values, which always encode
	return c
}

// readOf is contentOf with its facts beside it.
func readOf(r *importing.Row, aw importing.AwardRef, in ImportInput) (proposal.ItemContent, eval.Facts) {
	c := proposal.ItemContent{
		Kind: string(r.Kind), Form: r.FormOfAddress, Name: r.Name, Sex: string(r.Sex), BirthYear: r.BirthYear,
		Position: r.Position, Workplace: r.Workplace, Award: aw.Code, Achievement: r.Achievement,
		PeriodKind: in.PeriodKind, Period: in.Period, Note: r.Note, Sheet: r.Sheet, Line: r.Line,
	}
	if aw.Period != "" {
		c.Period = aw.Period
	}
	if c.Form == "" && r.Kind == importing.Individual {
		c.Form = address[r.Sex] // as lists and decisions print it; the clerk may change it
	}
	return c, suggested(r, c)
}

// address is the usual form of address by sex; none where the list does not say.
var address = map[importing.Sex]string{importing.Male: "Ông", importing.Female: "Bà"}

// suggested turns what was read from the row's texts into facts. They are claims
// of the unit's list; titles without a decision's number stay claims.
func suggested(r *importing.Row, c proposal.ItemContent) eval.Facts {
	f := eval.Facts{Rating: string(r.Facts.Rating), Period: eval.Period{Kind: c.PeriodKind, Label: c.Period}}
	if r.Facts.Members > 0 {
		f.Members = eval.Members{Total: count(r.Facts.Members), LDTT: count(r.Facts.MembersLDTT)}
		if r.Facts.MembersDonePct == 100 {
			f.Members.TaskDone = count(r.Facts.Members)
		}
	}
	if r.Facts.MembersCSTDCS > 0 { // a text that does not say it does not say "none"
		f.Members.CSTDCS = count(r.Facts.MembersCSTDCS)
	}
	stated(&f, r.Facts.Counts)
	for _, t := range r.PastTitles {
		for _, y := range t.Years {
			title := eval.Title{Award: t.Award, Number: t.DecisionNumber, Period: period(y)}
			if !t.DecisionDate.IsZero() {
				title.Date = law.FromTime(t.DecisionDate)
			}
			f.Titles = append(f.Titles, title)
		}
	}
	for _, i := range r.Facts.Initiatives {
		for range max(i.Count, 1) {
			f.Initiatives = append(f.Initiatives, eval.Initiative{Scope: string(i.Scope), Number: i.Certificate, Period: f.Period})
		}
	}
	if r.Facts.ContributionVND > 0 {
		f.Contribution.Amount = &r.Facts.ContributionVND
	}
	return f
}

// stated lays what columns of their own state over what was read from texts.
func stated(f *eval.Facts, counts map[importing.Field]int64) {
	for field, place := range map[importing.Field]**int64{
		importing.FieldMembers: &f.Members.Total, importing.FieldMembersDone: &f.Members.TaskDone,
		importing.FieldMembersLDTT: &f.Members.LDTT, importing.FieldMembersCSTDCS: &f.Members.CSTDCS,
		importing.FieldClusterRank: &f.Cluster.Rank,
	} {
		if n, ok := counts[field]; ok {
			*place = &n
		}
	}
}

func count(n int) *int64 {
	v := int64(n)
	return &v
}

// period reads "2021-2022" as a school year and "2022" as a calendar year.
func period(label string) eval.Period {
	if len(label) == len("2021-2022") {
		return eval.Period{Kind: "school", Label: label}
	}
	return eval.Period{Kind: "calendar", Label: label}
}
