package tabular

import (
	"encoding/csv"
	"io"
)

// csv writes RFC 4180 with a byte order mark, by which Excel knows UTF-8.
func (t Table) csv(w io.Writer, rows Rows) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	line := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		line[i] = Safe(c.Heading)
	}
	if err := out.Write(line); err != nil {
		return err
	}
	err := t.each(rows, func(_ int, row []any) error {
		for i, v := range row {
			line[i] = text(t.Columns[i].Kind, v)
		}
		return out.Write(line)
	})
	if err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}
