// Package importing turns the Excel lists of offices into rows a clerk can
// check, and writes the template such a list is best filled into.
//
// The model. Read takes the bytes of a workbook (Workbook) and looks in every
// visible sheet (Sheet) for the header: the row, or block of merged rows, that
// names the columns. What stands above it gives suggestions (Header: proposing
// unit, letter, title); what stands below is sorted row by row into group
// headings, data, totals and the signature block at the foot. Each data row
// becomes a Row: one subject with the awards asked for it, in the order of the
// list, with the original text of every cell kept beside what was read from it.
//
// Nothing is guessed silently. Whatever was read otherwise than it stands in
// the cell, and whatever needs the clerk, is a Mark on the cell in one of three
// severities: a note (done, and said), a warning (read so, please look), an
// error (cannot be accepted so). NewPreview adds the marks that need the whole
// list (duplicates) or the catalogue, runs the checks the caller gives (the
// law), and sums up. The package writes nowhere: a list is taken over by the
// caller, after the clerk has accepted the preview.
//
// The clerk corrects in three ways, each an input of the next Read of the same
// bytes, so that the file itself is never changed: Options.Mapping says what a
// column is, Options.Corrections what a cell should say or that a row is left
// out, and Options.Choices which award an ambiguous text means.
//
// Names are kept exactly as written (design.md section 6): composed to NFC,
// freed of stray blanks and nothing else.
package importing
