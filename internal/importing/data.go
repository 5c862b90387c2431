package importing

import (
	"math"
	"strconv"
	"strings"

	"vinhdanh/internal/vietnamese"
)

// data reads one row of the list.
func (p *parser) data(r *gridRow) Row {
	row := Row{Sheet: p.sheet.Name, Line: r.line, Group: p.groups.path()}
	vs := p.values(&row, r)
	row.Order = get(vs, FieldOrder).text
	if r.hidden {
		row.mark(msgHiddenRow.mark("", FieldRow))
	}
	readName(&row, vs)
	p.readKind(&row, vs)
	readForm(&row, vs)
	readSexAndBirth(&row, vs, p.opts.Today)
	if row.Kind == Individual && row.BirthYear == 0 && !hasBirthFault(&row) {
		row.mark(msgBirthNone.mark(p.birthRef(r), FieldBirth))
	}
	readPosition(&row, vs)
	if unit := p.groups.unit(); row.Workplace == "" && unit != "" && row.Kind == Individual {
		row.Workplace = unit
		row.mark(msgUnitGroup.mark("", FieldUnit, unit))
	}
	row.Address, row.Ethnicity = get(vs, FieldAddress).text, get(vs, FieldEthnicity).text
	row.Period, row.Note = get(vs, FieldPeriod).text, joined(vs, FieldNote, "; ")
	row.Achievement = joined(vs, FieldAchievement, "; ")
	readPersonalNumber(&row, vs, p.opts.Open)
	readAmount(&row, vs)
	readCounts(&row, vs)
	p.readAwards(&row, vs)
	p.readFactsAndPast(&row, vs)
	return row
}

func hasBirthFault(row *Row) bool {
	for _, m := range row.Marks {
		if m.Severity == Fault && (m.Field == FieldBirth || m.Field == FieldBirthMale || m.Field == FieldBirthFemale) {
			return true
		}
	}
	return false
}

// birthRef is the cell a missing year belongs in.
func (p *parser) birthRef(r *gridRow) string {
	for _, f := range []Field{FieldBirth, FieldBirthMale, FieldBirthFemale} {
		if col := p.cols.first(f); col > 0 {
			return ref(r.line, col)
		}
	}
	return ""
}

// readKind takes the kind from its column, the heading, the title or sheet
// name; failing all, from the name itself, which is a guess and marked.
func (p *parser) readKind(row *Row, vs []value) {
	if v := get(vs, FieldKind); v.text != "" {
		if k, ok := parseKind(v.text); ok {
			row.Kind = k
			return
		}
		row.mark(msgKindUnknown.mark(v.ref, FieldKind, v.text))
	}
	guess := kindOfName(row.NameAsWritten)
	row.Kind = p.groups.kind()
	if row.Kind == "" {
		row.Kind = p.titleKind
	}
	at := get(vs, FieldName).ref
	switch {
	case row.Kind == "" && guess != "":
		row.Kind = guess
		row.mark(msgKindGuess.mark(at, FieldKind, kindVi[guess], guess))
	case row.Kind == "":
		row.Kind = Individual
	case guess != "" && guess != row.Kind:
		row.mark(msgKindConflict.mark(at, FieldKind, kindVi[guess], kindVi[row.Kind], guess, row.Kind))
	}
}

// kindOfName says what a name looks like; "" for the name of a person.
func kindOfName(name string) Kind {
	key := vietnamese.Key(name) + " "
	for _, h := range householdWords {
		if strings.HasPrefix(key, h+" ") {
			return Household
		}
	}
	if startsWithUnit(name) {
		return Collective
	}
	return ""
}

var householdWords = keys("Hộ ông", "Hộ bà", "Hộ gia đình", "Hộ anh", "Hộ chị", "Gia đình")

func readAmount(row *Row, vs []value) {
	v := get(vs, FieldAmount)
	if v.text == "" {
		return
	}
	text := strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(v.text), "đồng"), "đ"))
	n, ok := localNumber(text)
	if v.cell != nil && v.cell.number {
		n, ok = v.cell.value, true
	}
	if !ok || n < 0 || n > 1e15 || n != math.Trunc(n) {
		row.mark(msgAmount.mark(v.ref, v.field, v.text))
		return
	}
	row.Amount = int64(n)
}

// countFields are columns of whole numbers that state a fact.
var countFields = []Field{FieldMembers, FieldMembersDone, FieldMembersLDTT, FieldMembersCSTDCS, FieldClusterRank}

// readCounts reads the columns of counts: exactly, or with a fault.
func readCounts(row *Row, vs []value) {
	for _, f := range countFields {
		v := get(vs, f)
		if v.text == "" {
			continue
		}
		n, err := strconv.ParseInt(strings.NewReplacer(".", "", " ", "").Replace(v.text), 10, 64)
		if v.cell != nil && v.cell.number && v.cell.value == math.Trunc(v.cell.value) && math.Abs(v.cell.value) < 1e9 {
			n, err = int64(v.cell.value), nil
		}
		if err != nil || n < 0 || n > 1e9 {
			row.mark(msgCount.mark(v.ref, f, v.text))
			continue
		}
		if row.Facts.Counts == nil {
			row.Facts.Counts = map[Field]int64{}
		}
		row.Facts.Counts[f] = n
	}
}

// readAwards gathers the awards of all award columns and ticks; a row without
// any takes the one its heading or the title names.
func (p *parser) readAwards(row *Row, vs []value) {
	for _, v := range vs {
		text := v.text
		switch {
		case v.field == FieldAwardTick && ticked(text):
			text = v.award
		case v.field == FieldAwardTick && vietnamese.Fold(text) == vietnamese.Fold(v.award):
		case v.field != FieldAward:
			continue
		}
		refs := p.awards.read(text, row.Kind)
		if len(refs) > 1 {
			row.mark(msgAwardSeveral.mark(v.ref, v.field, len(refs)))
		}
		for i := range refs {
			refs[i].Ref = v.ref
		}
		row.Awards = append(row.Awards, refs...)
	}
	if len(row.Awards) > 0 {
		return
	}
	text := p.groups.award()
	if text == "" {
		text = p.titleAward
	}
	if text != "" {
		row.Awards = p.awards.read(text, row.Kind)
		row.mark(msgAwardGroup.mark("", FieldAward))
	}
}

func (p *parser) readFactsAndPast(row *Row, vs []value) {
	match := func(text string) string {
		if p.opts.Catalogue == nil || text == "" {
			return ""
		}
		code, _ := p.opts.Catalogue.Match(text, row.Kind)
		return code
	}
	if past := all(vs, FieldPastTitles); len(past) > 0 {
		row.PastTitles = readPast(joined(vs, FieldPastTitles, "\n"), match)
	}
	for _, f := range []Field{FieldAchievement, FieldRating, FieldInitiative} {
		text := joined(vs, f, "; ")
		if text == "" {
			continue
		}
		key := factKey{string(f) + text, row.Kind}
		facts, known := p.facts[key]
		if !known {
			facts = factsOf(f, text, row.Kind, match)
			p.facts[key] = facts
		}
		if !facts.Empty() {
			row.Facts.merge(facts, f)
			row.mark(msgFacts.mark(get(vs, f).ref, f))
		}
	}
	if len(row.PastTitles) > 0 {
		linkPast(row, get(vs, FieldPastTitles))
	}
}
