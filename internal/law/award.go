package law

import (
	"fmt"
	"slices"
	"strings"

	"vinhdanh/internal/proposal"
)

// Verbs of a decision, by their code in the data.
var verbs = map[string]Text{
	"cong_nhan":  {VI: "công nhận", EN: "recognise"},
	"tang":       {VI: "tặng", EN: "award"},
	"truy_tang":  {VI: "truy tặng", EN: "award posthumously"},
	"phong_tang": {VI: "phong tặng", EN: "confer"},
}

// Award finds an award of the catalogue by its code.
func (l *Law) Award(code string) (*Award, error) {
	for _, a := range l.document.Awards {
		if a.Code == code {
			return a, nil
		}
	}
	return nil, fail("no_award",
		fmt.Sprintf("danh mục không có mã %q; hãy chọn danh hiệu, hình thức khen thưởng trong danh mục", code),
		fmt.Sprintf("the catalogue has no award %q; choose one of its codes", code))
}

// Awards are the awards that exist on a day, in the order of the data.
func (l *Law) Awards(on Date) ([]*Award, error) {
	r, err := l.RegimeOn(on)
	if err != nil {
		return nil, err
	}
	var list []*Award
	for _, a := range l.document.Awards {
		if _, err := l.AwardRule(a.Code, r.ID); err == nil {
			list = append(list, a)
		}
	}
	return list, nil
}

// AwardRule is what a regime says of an award.
func (l *Law) AwardRule(code, regime string) (AwardRule, error) {
	a, err := l.Award(code)
	if err != nil {
		return AwardRule{}, err
	}
	rule, from, ok := pick(l, a.Rules, regime, func(r AwardRule) ([]string, bool) { return r.Regimes, true })
	if !ok {
		return AwardRule{}, fail("award_not_in_regime",
			fmt.Sprintf("%s không còn (hoặc chưa có) trong quy định %s; hãy chọn danh hiệu, hình thức khác", a.Names.VI, regime),
			fmt.Sprintf("%s does not exist under regime %s; choose another award", a.Names.EN, regime))
	}
	rule.Cite = rule.Cite.assumed(from)
	return rule, nil
}

// RuleFor is AwardRule as it reads for a type of commendation (loại hình khen thưởng);
// the empty type is that of an award of which nobody said it.
func (l *Law) RuleFor(code, regime, typ string) (AwardRule, error) {
	rule, err := l.AwardRule(code, regime)
	if err != nil {
		return rule, err
	}
	return rule.forType(typ), nil
}

// forType is the rule as it reads for a type; its cite is then the type's own.
func (r AwardRule) forType(typ string) AwardRule {
	for _, t := range r.ByType {
		if !slices.Contains(t.Types, typ) {
			continue
		}
		r.Cite, r.Route, r.Council, r.Dossier = t.Cite.assumed(r.AssumedFrom), t.Route, t.Council, t.Dossier
		if len(t.Criteria) > 0 {
			r.Criteria = t.Criteria
		}
		return r
	}
	return r
}

// goes tells whether an award takes a route for any of its types.
func (r AwardRule) goes(route string) bool {
	return r.Route == route || slices.ContainsFunc(r.ByType, func(t TypeRule) bool { return t.Route == route })
}

// Types are the types of commendation of the awards of a day, in the order of the law's
// list (Luật 06/2022/QH15 Điều 8).
func (l *Law) Types(on Date) ([]string, error) {
	awards, err := l.Awards(on)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, t := range knownTypes {
		if slices.ContainsFunc(awards, func(a *Award) bool { return a.HasType(t) }) {
			out = append(out, t)
		}
	}
	return out, nil
}

// HasType tells whether the award is given for a type of commendation.
func (a *Award) HasType(typ string) bool { return slices.Contains(a.Types, typ) }

// HasKind tells whether a kind of subject may receive the award.
func (a *Award) HasKind(k Kind) bool { return slices.Contains(a.Kinds, k) }

// VerbText is the verb of the decision; posthumous picks "truy tặng" where the
// award has it.
func (a *Award) VerbText(posthumous bool) Text {
	if posthumous && a.Posthumous != "" {
		return verbs[a.Posthumous]
	}
	return verbs[a.Verb]
}

// Decider is who decides an award for a proposer.
type Decider struct {
	Cite
	Level proposal.Level
	Name  Text // the office, with placeholders
}

// Decider finds the deciding office: of the levels that the regime empowers, the
// nearest on the proposer's way up. path starts with the proposer's own level.
func (l *Law) Decider(award, regime string, path []proposal.Level) (Decider, error) {
	rule, err := l.AwardRule(award, regime)
	if err != nil {
		return Decider{}, err
	}
	found, from, ok := pick(l, l.Authorities, regime, func(a *Authority) ([]string, bool) { return a.Regimes, a.Code == rule.Authority })
	if !ok {
		return Decider{}, missing("authority", rule.Authority, regime)
	}
	if len(path) > 0 && path[len(path)-1] == proposal.LevelProvince {
		path = append(slices.Clone(path), proposal.LevelCentral) // who decides above it acts in no case, but is named
	}
	for _, level := range path {
		for _, o := range found.Offices {
			if o.Level == level {
				return Decider{Cite: found.Cite.assumed(from), Level: level, Name: o.Name}, nil
			}
		}
	}
	return Decider{}, fail("no_authority",
		"không có cấp nào trên đường quản lý của đơn vị đề nghị được quyền quyết định; hãy kiểm tra cây đơn vị",
		"no level above the proposing unit may decide this award; check where the unit stands in the tree of units")
}

// Places fills the placeholders {province}, {province_kind}, {district},
// {commune}, {department} and {department_head} of printed names.
type Places struct {
	Province       string // "tỉnh Hậu Giang"
	ProvinceKind   string // "tỉnh" or "thành phố"
	District       string // "huyện Phụng Hiệp"
	Commune        string // "xã Tân Long"
	Department     string // "Sở Nội vụ"
	DepartmentHead string // "Giám đốc Sở Nội vụ"
}

func (p Places) values() map[string]string {
	return map[string]string{"province": p.Province, "province_kind": p.ProvinceKind, "district": p.District,
		"commune": p.Commune, "department": p.Department, "department_head": p.DepartmentHead}
}

// Fill replaces placeholders. One that is unknown or has no value is an error,
// so that no document is printed with a hole in it.
func (p Places) Fill(template string) (string, error) {
	values, out, rest := p.values(), strings.Builder{}, template
	for {
		before, after, found := strings.Cut(rest, "{")
		out.WriteString(before)
		if !found {
			return out.String(), nil
		}
		name, tail, closed := strings.Cut(after, "}")
		value := values[name]
		if !closed || value == "" {
			return "", fail("no_place",
				fmt.Sprintf("tên in %q cần {%s}; hãy bổ sung tên đơn vị hành chính", template, name),
				fmt.Sprintf("the printed name %q needs {%s}; give the name of that unit", template, name))
		}
		out.WriteString(value)
		rest = tail
	}
}

// placeholders of a template that are not known.
func unknownPlaceholder(template string) string {
	p := Places{"x", "x", "x", "x", "x", "x"}
	if _, err := p.Fill(template); err != nil {
		return template
	}
	return ""
}

// PrintedName is the award as documents print it under a regime.
func (a *Award) PrintedName(regime string, p Places) (string, error) {
	return p.Fill(a.PrintedUnder(regime))
}

// PrintedUnder is the printed name under a regime, with placeholders: a regime may
// name the award otherwise than the latest law does.
func (a *Award) PrintedUnder(regime string) string {
	for _, r := range a.Rules {
		if r.Printed != "" && slices.Contains(r.Regimes, baseOf(regime)) {
			return r.Printed
		}
	}
	return a.Printed
}

// CatalogueEntry is what reading of sheets needs to recognise an award.
type CatalogueEntry struct {
	Code          string
	Names         Text
	Abbreviations []string
	Kinds         []Kind
	Types         []string // merit, campaign, ad hoc: tells apart awards of one name
}

// Catalogue lists the awards of a day for the matching of texts in sheets.
// Several entries may share an abbreviation ("Bằng khen"); kind of subject and
// type of commendation tell them apart.
func (l *Law) Catalogue(on Date) ([]CatalogueEntry, error) {
	awards, err := l.Awards(on)
	if err != nil {
		return nil, err
	}
	list := make([]CatalogueEntry, 0, len(awards))
	for _, a := range awards {
		list = append(list, CatalogueEntry{Code: a.Code, Names: a.Names, Abbreviations: slices.Clone(a.Abbreviations),
			Kinds: slices.Clone(a.Kinds), Types: slices.Clone(a.Types)})
	}
	return list, nil
}
