package importing

import (
	"maps"
	"slices"
	"strings"

	"vinhdanh/internal/vietnamese"
)

// columns recognises what each column holds, then lets the mapping override.
func columns(texts [][]string, cat Catalogue, m SheetMapping) []Column {
	out := make([]Column, len(texts))
	for i, lines := range texts {
		out[i] = Column{Index: i + 1, Letter: letter(i + 1), HeaderText: strings.Join(lines, "\n")}
		out[i].Field, out[i].Confidence = recogniseLines(lines)
		if a := tickAward(lines, cat); a != "" && (out[i].Field == FieldIgnore || out[i].Field == FieldAward) {
			out[i].Field, out[i].Confidence, out[i].Award = FieldAwardTick, 0.9, a
		}
	}
	nameFromUnit(out)
	onceEach(out)
	for _, col := range slices.Sorted(maps.Keys(m.Columns)) {
		if col >= 1 && col <= len(out) {
			c := &out[col-1]
			c.Field, c.Confidence = m.Columns[col], 1
			if c.Field == FieldAwardTick && c.Award == "" && len(texts[col-1]) > 0 {
				c.Award = texts[col-1][len(texts[col-1])-1]
			}
		}
	}
	return out
}

// recogniseLines reads a header of one or more lines. Nam and Nữ need the
// letters as written: without accents "năm" (year) and "nam" (male) are one.
func recogniseLines(lines []string) (Field, float64) {
	if len(lines) == 0 {
		return FieldIgnore, 0
	}
	leaf := lines[len(lines)-1]
	parent := headerText(strings.Join(lines[:len(lines)-1], " "))
	ofBirth := parent == "" || strings.Contains(parent, "sinh") || strings.Contains(parent, "gioi")
	switch low := strings.ToLower(leaf); {
	case ofBirth && (low == "nam" || low == "năm sinh nam"):
		return FieldBirthMale, confidence(parent != "")
	case ofBirth && (vietnamese.Fold(low) == "nu" || low == "năm sinh nữ"):
		return FieldBirthFemale, confidence(parent != "")
	}
	f, sure := recogniseHeader(strings.Join(lines, " "))
	if g, leafSure := recogniseHeader(leaf); len(lines) > 1 && leafSure >= sure && g != FieldIgnore && f != FieldPastTitles {
		return g, leafSure
	}
	return f, sure
}

func confidence(certain bool) float64 {
	if certain {
		return 1
	}
	return 0.7
}

// tickAward gives the award a column header names by itself ("LĐTT").
func tickAward(lines []string, cat Catalogue) string {
	if cat == nil || len(lines) == 0 {
		return ""
	}
	leaf := lines[len(lines)-1]
	if code, candidates := cat.Match(leaf, ""); code != "" || len(candidates) > 0 {
		return leaf
	}
	return ""
}

// nameFromUnit: in a list of collectives the column "Tên đơn vị" is the name.
func nameFromUnit(cols []Column) {
	for _, c := range cols {
		if c.Field == FieldName {
			return
		}
	}
	for i := range cols {
		if cols[i].Field == FieldUnit {
			cols[i].Field, cols[i].Confidence = FieldName, 0.6
			return
		}
	}
}

// onceEach keeps the surest column of a field that only one may give.
func onceEach(cols []Column) {
	best := map[Field]int{}
	for i := range cols {
		f := cols[i].Field
		if f == FieldIgnore || f.many() {
			continue
		}
		j, taken := best[f]
		switch {
		case !taken:
			best[f] = i
		case cols[i].Confidence > cols[j].Confidence:
			cols[j].Field, cols[j].Confidence = FieldIgnore, 0
			best[f] = i
		default:
			cols[i].Field, cols[i].Confidence = FieldIgnore, 0
		}
	}
}

// mapping is the recognised columns as the row reader uses them.
type mapping struct {
	columns []Column
	byField map[Field][]int // column indexes from 1, left to right
}

func newMapping(cols []Column) mapping {
	m := mapping{columns: cols, byField: map[Field][]int{}}
	for _, c := range cols {
		if c.Field != FieldIgnore {
			m.byField[c.Field] = append(m.byField[c.Field], c.Index)
		}
	}
	return m
}

// first gives the first column of a field, 0 if there is none.
func (m mapping) first(f Field) int {
	if cols := m.byField[f]; len(cols) > 0 {
		return cols[0]
	}
	return 0
}
