package main

import (
	"cmp"
	"fmt"
	"strings"

	"vinhdanh/internal/app"
	"vinhdanh/internal/law"
	"vinhdanh/internal/proposal"
)

// showAward prints all that the law of a day says of an award, each value with its
// article and mark.
func showAward(p *page, v app.AwardEntry) {
	p.line("%s  %s", v.Code, p.t(v.Names.VI, v.Names.EN))
	p.line(p.t("Ngày %s, quy định %s; tên in: %s", "On %s, regime %s; printed: %s"), v.On.VN(), p.regime(v.Regime), v.Printed)
	p.cite(p.t("Căn cứ", "Source"), v.Rule.Cite)
	p.line(p.t("Đối tượng: %s. Loại hình: %s. Cách ghi tắt: %s", "Subjects: %s. Types: %s. Abbreviations: %s"),
		inWords(p, v.Kinds), inWords(p, v.Types), strings.Join(v.Abbreviations, "; "))
	if a := v.Account; a != nil {
		p.authority(a.Authority)
		p.route(a)
		for _, t := range a.ByType {
			p.typeWay(t)
		}
		p.head("Tiêu chuẩn", "Criteria")
		p.criteria(a.Criteria, 1)
		for _, t := range v.Rule.JudgedByPeople {
			p.line(p.t("  - người xem xét: %s", "  - for a person to judge: %s"), p.t(t.VI, t.EN))
		}
		p.head("Quy định chung", "Rules for every award")
		p.criteria(a.Global, 1)
		p.papers(a.Dossier)
		p.money(a.Money)
		p.line(p.t("Bảo quản: %s", "Kept: %s"), p.t(a.Retention.Names.VI, a.Retention.Names.EN)+"  "+p.label(a.Retention.Cite))
	}
}

// inWords are codes of the data in the reader's language.
func inWords[T ~string](p *page, list []T) string {
	out := make([]string, len(list))
	for i, x := range list {
		w := law.Word(x)
		out[i] = p.t(w.VI, w.EN)
	}
	return strings.Join(out, ", ")
}

func wordOf[T ~string](p *page, code T) string { return inWords(p, []T{code}) }

// regime is a regime in words: "R3", "R3 (đến 04/08/2025)".
func (p *page) regime(id string) string {
	n := law.RegimeName(id)
	return p.t(n.VI, n.EN)
}

func (p *page) head(vi, en string) { p.line("%s:", p.t(vi, en)) }

// label is article and mark of a value.
func (p *page) label(c law.Cite) string {
	l := c.Label()
	s := "[" + p.t(l.VI, l.EN) + "]"
	if c.Source != "" {
		s += " " + c.Source
	}
	return s
}

func (p *page) cite(name string, c law.Cite) {
	p.line("%s: %s", name, p.label(c))
	if c.Note != "" {
		p.line("  %s", c.Note)
	}
}

func (p *page) authority(a law.AuthorityAccount) {
	p.cite(p.t("Thẩm quyền", "Authority"), a.Cite)
	for _, o := range a.Offices {
		p.line("  - %s (%s)", p.t(o.Name.VI, o.Name.EN), wordOf(p, o.Level))
		for _, h := range o.Includes {
			p.line("    %s %s", p.t(h.Name.VI, h.Name.EN), p.label(h.Cite))
		}
	}
}

// typeWay is what differs for some types of commendation.
func (p *page) typeWay(t law.TypeAccount) {
	names := make([]string, len(t.Types))
	for i, code := range t.Types {
		n := law.TypeNames[code]
		names[i] = p.t(n.VI, n.EN)
	}
	p.cite(p.t("Riêng ", "For ")+strings.Join(names, ", "), t.Cite)
	p.route(&law.Account{Route: t.Route, Council: t.Council})
	p.criteria(t.Criteria, 1)
	p.papers(t.Dossier)
}

func (p *page) route(a *law.Account) {
	p.cite(p.t("Quy trình ", "Route ")+p.t(a.Route.Names.VI, a.Route.Names.EN), a.Route.Cite)
	for _, s := range a.Route.Stages {
		p.line("  - %s: %s", wordOf(p, s.Kind), cmp.Or(inWords(p, s.Levels), wordOf(p, law.AtProposer)))
		for _, d := range s.Deadlines {
			p.line(p.t("    %s: %s, %d ngày làm việc %s", "    %s: %s, %d working days %s"), inWords(p, d.Levels), p.t(d.Names.VI, d.Names.EN), d.WorkingDays, p.label(d.Cite))
		}
		if s.Kind != proposal.StageCouncil {
			continue
		}
		for _, c := range a.Council {
			p.line("    %s: %s, %s %s", inWords(p, c.Levels), p.t(c.Names.VI, c.Names.EN), p.share(c), p.label(c.Threshold.Cite))
		}
	}
}

// share is the majority of a vote rule in a few words.
func (p *page) share(c law.CouncilRule) string {
	sign := "≥"
	if c.MoreThan {
		sign = ">"
	}
	return fmt.Sprintf("%s, %s %d/%d %s", wordOf(p, c.Ballot), sign, c.Threshold.Num, c.Threshold.Den, wordOf(p, c.Base))
}

func (p *page) criteria(list []law.CriterionPart, depth int) {
	for _, c := range list {
		p.line("%s- %s  %s", strings.Repeat("  ", depth), p.t(c.Text.VI, c.Text.EN), p.label(c.Cite))
		for _, n := range c.Numbers {
			p.line("%s%s: %d %s", strings.Repeat("  ", depth+1), p.t(n.Names.VI, n.Names.EN), n.Value, p.label(n.Cite))
		}
		if len(c.Any) > 0 {
			p.line("%s%s", strings.Repeat("  ", depth+1), p.t("một trong:", "one of:"))
		}
		p.criteria(c.Parts, depth+1)
	}
}

func (p *page) papers(d law.DossierAccount) {
	p.cite(p.t("Hồ sơ", "Dossier"), d.Cite)
	if d.Sets > 0 {
		p.line(p.t("  %d bộ", "  %d sets"), d.Sets)
	}
	for _, n := range d.Papers {
		line := "  - " + p.t(n.Names.VI, n.Names.EN) + " (" + n.Paper + ")"
		if n.Unless != "" {
			line += p.t(", trừ khi ", ", unless ") + strings.TrimSpace(p.t(n.Why.VI, n.Why.EN)+" ("+n.Unless+")")
		}
		if n.AddedBy != "" {
			line += p.t(", do cấp trình bổ sung: ", ", added when submitted upward: ") + wordOf(p, n.AddedBy)
		}
		p.line("%s", line)
	}
}

func (p *page) money(list []law.Money) {
	p.head("Tiền thưởng", "Money")
	for _, m := range list {
		switch {
		case m.How != nil:
			p.line("  - %s: %s đồng. %s", wordOf(p, m.Kind), law.Dong(m.Dong), p.t(m.How.Sentence.VI, m.How.Sentence.EN))
		case m.Missing != nil:
			p.line("  - %s: %s", wordOf(p, m.Kind), p.t(m.Missing.VI, m.Missing.EN))
		}
	}
}
