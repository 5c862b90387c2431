package importing

// value is what one cell, or a correction without a cell, gives a row.
type value struct {
	field Field
	ref   string
	text  string
	cell  *cell // nil when the text is a correction
	award string
}

// values collects the cells of a data row by the mapping, with corrections laid
// over them, and marks what cleaning and formulas did.
func (p *parser) values(row *Row, r *gridRow) []value {
	corrections := p.corrections[r.line]
	out := make([]value, 0, len(p.cols.columns))
	for _, col := range p.cols.columns {
		if col.Field == FieldIgnore {
			continue
		}
		c := r.at(col.Index)
		if c.blank() {
			c = p.fromMerge(row, r, col)
		}
		v := value{field: col.Field, ref: ref(r.line, col.Index), cell: c, award: col.Award}
		raw, shown, formula := "", "", false
		if c != nil {
			v.text, raw, shown, formula = c.text, c.raw, c.text, c.formula
		}
		if corrected(corrections, &v) {
			row.mark(msgCorrected.mark(v.ref, v.field))
		} else if v.cell != nil {
			markCell(row, v)
		}
		if v.field == FieldOrder && formula {
			v.text = ""
		}
		if raw == "" && v.text == "" && !formula {
			continue
		}
		row.Cells = append(row.Cells, Cell{Ref: v.ref, Field: v.field, Raw: raw, Text: v.text, Formula: formula, shown: shown})
		if v.text != "" {
			out = append(out, v)
		}
	}
	for i := range corrections {
		if c := &corrections[i]; !c.used && c.Field != FieldRow && c.Value != "" {
			out = append(out, value{field: c.Field, text: c.Value})
			row.mark(msgCorrected.mark("", c.Field))
		}
	}
	return out
}

// fromMerge gives the cell a vertical merge shows here.
func (p *parser) fromMerge(row *Row, r *gridRow, col Column) *cell {
	for _, f := range r.fills {
		if f.col != col.Index {
			continue
		}
		c := p.grid.row(f.line).at(f.col)
		if c.blank() {
			return nil
		}
		if col.Field == FieldName {
			row.nameMerge = f.line
		}
		if col.Field != FieldOrder {
			row.mark(msgMerged.mark(ref(r.line, col.Index), col.Field, f.line))
		}
		return c
	}
	return nil
}

// overlay is a Correction of one row and whether a cell took it.
type overlay struct {
	Correction
	used bool
}

// corrected lays the correction of a field over its first cell and empties the
// field's other cells, since the value stands for all of them.
func corrected(list []overlay, v *value) bool {
	for i := range list {
		c := &list[i]
		whole := c.Field == FieldBirth && (v.field == FieldBirthMale || v.field == FieldBirthFemale)
		switch {
		case whole: // the year moves to FieldBirth; the sex its column told stays in the column's name
			if v.text == "" {
				return false
			}
			v.text, v.cell = "x", nil
			return false
		case c.Field != v.field:
			continue
		case c.used:
			v.text, v.cell = "", nil
			return false
		}
		c.used = true
		v.text, v.cell = c.Value, nil
		return true
	}
	return false
}

func markCell(row *Row, v value) {
	c := v.cell
	if c.changed&composed != 0 {
		row.mark(msgComposed.mark(v.ref, v.field))
	}
	if c.changed&stripped != 0 {
		row.mark(msgStripped.mark(v.ref, v.field))
	}
	if c.changed&apostrophe != 0 {
		row.mark(msgApostrophe.mark(v.ref, v.field))
	}
	switch {
	case c.formula && v.field == FieldOrder:
		row.mark(msgFormulaNo.mark(v.ref, v.field))
	case c.isError:
		row.mark(msgCellError.mark(v.ref, v.field, c.text))
	case c.formula && c.text == "":
		row.mark(msgFormulaNil.mark(v.ref, v.field))
	case c.formula:
		row.mark(msgFormula.mark(v.ref, v.field))
	}
}

// get gives the first value of a field.
func get(vs []value, f Field) value {
	for _, v := range vs {
		if v.field == f {
			return v
		}
	}
	return value{field: f}
}

// all gives the texts of a field's cells, left to right.
func all(vs []value, f Field) []value {
	var out []value
	for _, v := range vs {
		if v.field == f {
			out = append(out, v)
		}
	}
	return out
}

// joined gives the texts of a field's cells with sep between them.
func joined(vs []value, f Field, sep string) string {
	s := ""
	for _, v := range vs {
		if v.field != f {
			continue
		}
		if s != "" {
			s += sep
		}
		s += v.text
	}
	return s
}
