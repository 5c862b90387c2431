package app

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"vinhdanh/internal/filecheck"
	"vinhdanh/internal/proposal"
)

func TestDocumentsOfASubmissionComeOutAsWordAndExcel(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	v := w.imported(t)
	clerk := w.as("pgd-clerk")
	item := v.Proposals[0].ItemList[0]
	now, err := w.Item(ctx, clerk, item.ID)
	require.NoError(t, err)
	w.save(t, "pgd-clerk", now, now.Version, func(c *proposal.ItemContent) { c.Note = `=HYPERLINK("http://x")` })
	for _, name := range []string{DocLetter, DocList, DocReport, DocSummary} {
		d, err := w.SubmissionDocument(ctx, clerk, v.ID, name, item.ID)
		require.NoError(t, err, name)
		kind, err := filecheck.Check(d.Content, filecheck.DefaultLimits)
		require.NoError(t, err, name)
		assert.Equal(t, filecheck.Word, kind, name)
		keep(t, name, d.Content)
	}
	d, err := w.SubmissionDocument(ctx, clerk, v.ID, DocListExcel, "")
	require.NoError(t, err)
	f, err := excelize.OpenReader(bytes.NewReader(d.Content))
	require.NoError(t, err)
	rows, err := f.GetRows(f.GetSheetName(0))
	require.NoError(t, err)
	found := false
	for i, row := range rows {
		for j, cell := range row {
			found = found || cell == `'=HYPERLINK("http://x")`
			at, err := excelize.CoordinatesToCellName(j+1, i+1)
			require.NoError(t, err)
			formula, err := f.GetCellFormula(f.GetSheetName(0), at)
			require.NoError(t, err)
			assert.Empty(t, formula, at)
		}
	}
	assert.True(t, found, "a formula is text in Excel")
	for _, login := range []string{"vt-clerk", "ph-reviewer"} {
		_, err = w.SubmissionDocument(ctx, w.as(login), v.ID, DocList, "")
		assert.Equal(t, CodeNotFound, asError(err).Code, login)
	}
	_, err = w.SubmissionDocument(ctx, clerk, v.ID, "x.exe", "")
	assert.Equal(t, CodeNotFound, asError(err).Code)
}
