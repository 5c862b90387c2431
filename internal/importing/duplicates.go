package importing

import (
	"fmt"

	"vinhdanh/internal/vietnamese"
)

var (
	msgSame   = message{Warning, "duplicate.same", "Trùng với dòng %s: cùng tên%s%s. Nếu là một người, hãy gộp hoặc bỏ một dòng.", "Same as row %s: same name%s%s. If it is one subject, merge the rows or leave one out."}
	msgTone   = message{Warning, "duplicate.tone", "Có thể trùng với dòng %s: \"%s\" và \"%s\" chỉ khác chỗ đặt dấu thanh%s. Nếu là một người, hãy sửa tên theo căn cước và bỏ một dòng.", "Perhaps the same as row %s: \"%s\" and \"%s\" differ only in where the tone mark stands%s. If it is one person, write the name as on the identity card and leave one row out."}
	msgAccent = message{Warning, "duplicate.accents", "Có thể trùng với dòng %s: \"%s\" và \"%s\" chỉ khác dấu hoặc chữ hoa%s. Hãy kiểm tra.", "Perhaps the same as row %s: \"%s\" and \"%s\" differ only in accents or capitals%s. Please check."}
)

// duplicates marks each row that seems to name the subject of an earlier one:
// same kind, names equal but for accents, years of birth not contradicting. A
// person may well stand in two rows for two awards, so it is a warning and the
// clerk decides. Rows that share a merged name cell are meant so.
func duplicates(rows []*Row) map[int][]Mark {
	out := map[int][]Mark{}
	seen := make(map[string][]int, len(rows))
	for i, r := range rows {
		if r.Name == "" {
			continue
		}
		key := string(r.Kind) + "|" + vietnamese.Fold(r.Name)
		for _, j := range seen[key] {
			if m, ok := compareRows(rows[j], r); ok {
				out[i] = append(out[i], m)
				break
			}
		}
		if len(seen[key]) < 50 { // a list that repeats one name is marked all the same
			seen[key] = append(seen[key], i)
		}
	}
	return out
}

// compareRows explains how b repeats a; ok is false when it does not.
func compareRows(a, b *Row) (Mark, bool) {
	switch {
	case a.BirthYear != 0 && b.BirthYear != 0 && a.BirthYear != b.BirthYear:
		return Mark{}, false
	case !a.Number.IsZero() && !b.Number.IsZero() && a.Number != b.Number:
		return Mark{}, false
	case a.Sheet == b.Sheet && a.nameLine() == b.nameLine():
		return Mark{}, false
	}
	nameRef := ""
	if c := b.Cell(FieldName); c != nil {
		nameRef = c.Ref
	}
	where := fmt.Sprint(a.Line)
	if a.Sheet != b.Sheet {
		where += " (" + a.Sheet + ")"
	}
	bornVi, bornEn := "", ""
	if b.BirthYear != 0 && a.BirthYear == b.BirthYear {
		bornVi, bornEn = fmt.Sprintf(", cùng năm sinh %d", b.BirthYear), fmt.Sprintf(", both born in %d", b.BirthYear)
	}
	if a.Name == b.Name {
		awardVi, awardEn := "", ""
		if sameAward(a, b) {
			awardVi, awardEn = ", cùng danh hiệu", ", same award"
		}
		return bilingual(msgSame, nameRef, []any{where, bornVi, awardVi}, []any{where, bornEn, awardEn}), true
	}
	m := msgAccent
	if vietnamese.Key(a.Name) == vietnamese.Key(b.Name) && a.Name != b.Name && sameCase(a.Name, b.Name) {
		m = msgTone
	}
	return bilingual(m, nameRef, []any{where, a.Name, b.Name, bornVi}, []any{where, a.Name, b.Name, bornEn}), true
}

func bilingual(m message, ref string, vi, en []any) Mark {
	return Mark{Ref: ref, Field: FieldName, Severity: m.severity, Code: m.code, Vi: fmt.Sprintf(m.vi, vi...), En: fmt.Sprintf(m.en, en...)}
}

// nameLine is the row the name is written in, shared by the rows of a merge.
func (r *Row) nameLine() int {
	if r.nameMerge != 0 {
		return r.nameMerge
	}
	return r.Line
}

func sameAward(a, b *Row) bool {
	for _, x := range a.Awards {
		for _, y := range b.Awards {
			if x.Code != "" && x.Code == y.Code {
				return true
			}
		}
	}
	return false
}

// sameCase: capitals in the same places, so that only the tone mark differs.
func sameCase(a, b string) bool { return allCapitals(a) == allCapitals(b) }
