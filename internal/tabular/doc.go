// Package tabular writes a list that a person looks at as CSV or Excel, with the
// columns and the order of the page it comes from.
//
// Three things hold for every list that leaves the system this way:
//
//   - no cell is ever a formula. Text that a spreadsheet program could take for
//     one (it begins with = + - @, a tab or a line break, also behind blanks or in
//     full width) gets an apostrophe before it, in CSV and in Excel alike: an
//     Excel file is often saved as CSV later
//   - a list is bounded: after MaxRows rows writing stops with ErrTooMany, and
//     the reader is asked to narrow the filter
//   - dates are dates: dd/MM/yyyy in CSV, real dates in Excel; instants are shown
//     in Vietnamese time
//
// The caller gives a Table (name, title, columns) and a sequence of rows, one
// value a column:
//
//	t := tabular.Table{Name: "danh-sach", Title: "…", Columns: []tabular.Column{{Heading: "Họ và tên", Width: 32}}}
//	err := t.Write(w, tabular.Excel, rows)
package tabular
