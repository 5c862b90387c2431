package importing

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// BadRows writes an .xlsx of the rows in the given states (those in error when
// none is given) in the template's columns, with the messages beside them, so
// that the clerk corrects and uploads only these. A text that Excel might take
// for a formula gets an apostrophe before it, which Read takes off again.
func BadRows(w io.Writer, p *Preview, states ...State) error {
	if len(states) == 0 {
		states = []State{StateError}
	}
	f := excelize.NewFile()
	defer f.Close()
	if err := badTable(f, p, states); err != nil {
		return fmt.Errorf("list of rows to correct: %w", err)
	}
	if err := f.Write(w); err != nil {
		return fmt.Errorf("list of rows to correct: %w", err)
	}
	return nil
}

func badTable(f *excelize.File, p *Preview, states []State) error {
	if err := f.SetSheetName(f.GetSheetName(0), listSheet); err != nil {
		return err
	}
	if err := templateTable(f); err != nil {
		return err
	}
	n := len(templateColumns)
	head, text, err := tableStyles(f)
	if err != nil {
		return err
	}
	for i, h := range []string{"Trang tính gốc", "Dòng gốc", "Cần sửa", "To correct"} {
		if err := f.SetCellStr(listSheet, ref(templateHeader, n+1+i), h); err != nil {
			return err
		}
	}
	if err := f.SetCellStyle(listSheet, ref(templateHeader, n+1), ref(templateHeader, n+4), head); err != nil {
		return err
	}
	line := templateHeader
	for _, r := range p.Rows {
		if !slices.Contains(states, r.State) {
			continue
		}
		line++
		for i, s := range badCells(r) {
			if s == "" {
				continue
			}
			if err := f.SetCellStr(listSheet, ref(line, i+1), shield(s)); err != nil {
				return err
			}
		}
	}
	if line == templateHeader {
		return nil
	}
	return f.SetCellStyle(listSheet, ref(templateHeader+1, 1), ref(line, n+4), text)
}

func badCells(r PreviewRow) []string {
	out := make([]string, 0, len(templateColumns)+4)
	for _, c := range templateColumns {
		out = append(out, badCell(r.Row, c.field))
	}
	var vi, en []string
	for _, m := range r.Marks {
		if m.Severity == Note {
			continue
		}
		at := ""
		if m.Ref != "" {
			at = m.Ref + ": "
		}
		vi, en = append(vi, at+m.Vi), append(en, at+m.En)
	}
	return append(out, r.Sheet, fmt.Sprint(r.Line), strings.Join(vi, "\n"), strings.Join(en, "\n"))
}

func badCell(r *Row, f Field) string {
	switch f {
	case FieldKind:
		return map[Kind]string{Individual: "Cá nhân", Collective: "Tập thể", Household: "Hộ gia đình"}[r.Kind]
	case FieldName:
		return r.NameAsWritten
	case FieldSex:
		return map[Sex]string{Male: "Nam", Female: "Nữ"}[r.Sex]
	case FieldBirth:
		for _, g := range []Field{FieldBirth, FieldBirthMale, FieldBirthFemale} {
			if c := r.Cell(g); c != nil && !ticked(c.Text) {
				return c.Text
			}
		}
		return ""
	case FieldPosition:
		return r.Position
	case FieldUnit:
		return r.Workplace
	case FieldAward:
		texts := make([]string, len(r.Awards))
		for i, a := range r.Awards {
			texts[i] = a.Text
		}
		return strings.Join(texts, "; ")
	}
	var texts []string
	for _, c := range r.Cells {
		if c.Field == f && c.Text != "" {
			texts = append(texts, c.Text)
		}
	}
	return strings.Join(texts, "\n")
}

// shield neutralises formula injection: no exported text begins with a sign
// that starts a formula in a spreadsheet or in the CSV made of it.
func shield(s string) string {
	if strings.IndexByte("=+-@\t\r", s[0]) >= 0 {
		return "'" + s
	}
	return s
}
