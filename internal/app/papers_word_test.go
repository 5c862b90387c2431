package app

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestAListComesBackFromWord: as a paper it must say what the submission says; only what
// is told of achievements may be reworded.
func TestAListComesBackFromWord(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	v, clerk := w.imported(t), w.as("pgd-clerk")
	list, err := w.SubmissionDocument(ctx, clerk, v.ID, DocList, "")
	require.NoError(t, err)
	letter, err := w.SubmissionDocument(ctx, clerk, v.ID, DocLetter, "")
	require.NoError(t, err)
	add := func(kind string, content []byte) error {
		_, err := w.AddPaper(ctx, clerk, PaperInput{Submission: v.ID, Kind: kind, FileName: "sua.docx"}, content)
		return err
	}
	name := v.Proposals[0].ItemList[0].Content.Name
	award := w.awardVI(v.Proposals[0].Award)
	for what, c := range map[string]struct {
		kind    string
		content []byte
		says    string
	}{
		"a name":   {"other", inWord(t, list.Content, name, name+"h"), "họ và tên: dữ liệu ghi “"},
		"an award": {"other", inWord(t, list.Content, award, "Huân chương Lao động hạng Nhất"), "danh hiệu, hình thức: dữ liệu ghi “" + award + "”"},
		"a count":  {paperLetter, inWord(t, letter.Content, award+": 0", award+": 9"), "số lượng: dữ liệu ghi “"},
	} {
		err := add(c.kind, c.content)
		require.Equal(t, CodeInvalid, codeOf(err), what)
		said := ""
		for _, f := range err.(*Error).Fields {
			said += f.Vi + "\n"
		}
		require.Contains(t, said, c.says, what)
	}
	require.NoError(t, add("other", list.Content))
	require.NoError(t, add("other", inWord(t, list.Content, "</w:t></w:r></w:p></w:tc></w:tr></w:tbl>", " (ghi chú thêm)</w:t></w:r></w:p></w:tc></w:tr></w:tbl>")), "a note is free")
	require.NoError(t, add(paperLetter, inWord(t, letter.Content, "Căn cứ các quy định", "Thực hiện các quy định")))
	require.NoError(t, add("other", inWord(t, list.Content, "Chức vụ, nơi công tác", "Nơi làm việc")), "a list in another layout is a paper like any other")
}
