package app

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var tags = regexp.MustCompile(`<[^>]+>`)

// said is every word of a document in Word.
func said(t *testing.T, content []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	require.NoError(t, err)
	f, err := z.Open("word/document.xml")
	require.NoError(t, err)
	raw, err := io.ReadAll(f)
	require.NoError(t, err)
	return tags.ReplaceAllString(string(raw), " ")
}

// A level's letter keeps its words, says in Word what the level proposes and nothing
// of what it does not, and is nobody else's.
func TestALevelsLetterIsKeptAndComesOutInWord(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	p := w.sent(t)["BKT-PT"]
	v, err := w.Proposal(ctx, w.as("ph-reviewer"), p.ID, false)
	require.NoError(t, err)
	out := v.ItemList[1]
	_, err = w.Decide(ctx, w.as("ph-reviewer"), DecideInput{Target: Target{Proposal: p.ID}, Verdict: "forward", Minutes: w.minutes(t, "ph-reviewer", p.ID),
		Exceptions: []OpinionInput{{Item: out.ID, Opinion: "not_propose", Reason: "chưa đủ"}}})
	require.NoError(t, err)
	s := w.as("ph-reviewer")
	words, err := w.NewLevelLetter(ctx, s, LevelQuery{From: "2023-11-01", Number: "12/TTr-UBND", Date: "2023-11-20"})
	require.NoError(t, err)
	assert.NotEmpty(t, words.Addressee, "the body that the cases went on to")
	in := LevelLetterOf(words)
	in.Nonce, in.Recipients = "one form", "Như trên\nPhòng Nội vụ"
	l, err := w.SaveLevelLetter(ctx, s, in)
	require.NoError(t, err)
	again, err := w.SaveLevelLetter(ctx, s, in)
	require.NoError(t, err)
	assert.Equal(t, l.ID, again.ID, "one form makes one letter")

	change := LevelLetterOf(l)
	change.Body = "Đoạn thứ nhất.\n\nĐoạn thứ hai."
	l, err = w.SaveLevelLetter(ctx, s, change)
	require.NoError(t, err)
	_, err = w.SaveLevelLetter(ctx, s, change)
	assert.Equal(t, CodeConflict, codeOf(err), "somebody changed it in between")
	_, err = w.SaveLevelLetter(ctx, s, LevelLetterInput{Title: "x", Date: "hôm qua"})
	assert.Equal(t, CodeInvalid, codeOf(err))

	for _, name := range []string{DocLetter, DocList} {
		d, err := w.LevelLetterDocument(ctx, s, l.ID, name)
		require.NoError(t, err)
		text := said(t, d.Content)
		assert.Contains(t, text, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
		assert.Contains(t, text, "12/TTr-UBND", name)
		assert.NotContains(t, text, out.Content.Name, "what is not proposed stands in no letter")
		if name == DocList {
			assert.Contains(t, text, v.ItemList[0].Content.Name)
			continue
		}
		for _, part := range []string{"Đoạn thứ nhất.", "Đoạn thứ hai.", "Phòng Nội vụ", words.Addressee, "ngày 20 tháng 11 năm 2023"} {
			assert.Contains(t, text, part)
		}
	}
	_, err = w.LevelLetterDocument(ctx, s, l.ID, "other.docx")
	assert.Equal(t, CodeNotFound, codeOf(err))
	for _, login := range []string{"vt-reviewer", "pgd-clerk", "pgd-head", "snv-appraiser", "hg-auditor", "hg-admin"} {
		other := w.as(login)
		list, err := w.LevelLetters(ctx, other)
		require.NoError(t, err)
		assert.Empty(t, list, login)
		_, err = w.LevelLetter(ctx, other, l.ID)
		assert.Equal(t, CodeNotFound, codeOf(err), login)
		_, err = w.LevelLetterDocument(ctx, other, l.ID, DocLetter)
		assert.Equal(t, CodeNotFound, codeOf(err), login)
		_, err = w.SaveLevelLetter(ctx, other, LevelLetterOf(l))
		assert.Equal(t, CodeNotFound, codeOf(err), login)
		assert.Equal(t, CodeNotFound, codeOf(w.DropLevelLetter(ctx, other, l.ID)), login)
	}
	_, err = w.SaveLevelLetter(ctx, w.as("pgd-clerk"), LevelLetterInput{Title: "x"})
	assert.Equal(t, CodeForbidden, codeOf(err))
	_, err = w.SaveLevelLetter(ctx, w.as("vt-reviewer"), LevelLetterInput{Title: "x", Unit: l.Unit})
	assert.Equal(t, CodeForbidden, codeOf(err))
	require.NoError(t, w.DropLevelLetter(ctx, s, l.ID))
	_, err = w.LevelLetter(ctx, s, l.ID)
	assert.Equal(t, CodeNotFound, codeOf(err))
}
