package app

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/decision"
	docs "vinhdanh/internal/office"
)

// Every sentence of documents can be previewed as it is built in, names its placeholders
// and refuses what would lose something or act.
func TestSentencesOfDocumentsAreWordedAndChecked(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	admin := w.as("hg-admin")
	all, err := w.Texts(ctx, admin)
	require.NoError(t, err)
	seen := 0
	for _, v := range all {
		if !strings.HasPrefix(v.Name, documentText) {
			continue
		}
		seen++
		in := TextInput{Name: v.Name, Locale: v.Locale, Body: v.Body}
		got, err := w.PreviewText(ctx, admin, in)
		require.NoError(t, err, v.Name)
		assert.NotContains(t, got.Body, "{{", v.Name)
		for _, bad := range []string{"", v.Body + " {{.nobody}}", v.Body + ` {{printf "%s" .x}}`, v.Body + " <% x %>", v.Body + "\nhai dòng"} {
			in.Body = bad
			_, err := w.SaveText(ctx, admin, in)
			assert.Equal(t, CodeInvalid, asError(err).Code, "%s %q", v.Name, bad)
		}
		p, _ := phraseNamed(v.Name)
		for _, must := range p.Required {
			in.Body = strings.ReplaceAll(v.Body, "{{."+must+"}}", "")
			_, err := w.SaveText(ctx, admin, in)
			assert.Equal(t, CodeInvalid, asError(err).Code, "%s without %s", v.Name, must)
		}
	}
	assert.Equal(t, len(decision.Phrases())+len(docs.Phrases()), seen)
	got, err := w.PreviewText(ctx, admin, TextInput{Name: "document/decision-execution", Locale: "vi", Body: "{{.who}} thi hành Quyết định này."})
	require.NoError(t, err)
	assert.Contains(t, got.Body, "thi hành Quyết định này.")
	assert.Contains(t, got.Body, "QUYẾT ĐỊNH:", "the sentence is shown in its place")
	_, err = w.SaveText(ctx, w.as("pgd-clerk"), TextInput{Name: "document/decision-fund", Locale: "vi", Body: "{{.total}} {{.fund}}"})
	assert.Equal(t, CodeForbidden, asError(err).Code)
}

// A draft takes the words of its day and keeps them; what a name holds is never read as
// a placeholder.
func TestADraftKeepsTheWordsItWasMadeWith(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	admin := w.as("hg-admin")
	save := func(name, body string) {
		t.Helper()
		_, err := w.SaveText(ctx, admin, TextInput{Name: documentText + name, Locale: "vi", Body: body, Reason: "theo mẫu của tỉnh"})
		require.NoError(t, err)
	}
	save("decision-execution", "{{.who}} căn cứ Quyết định thi hành từ ngày ký.")
	save("letter-closing", "Kính đề nghị quý cơ quan xem xét./.")
	ps := w.passed("Nguyễn Văn {{.who}}")
	d := w.decide(ps...)
	says := func() decision.Document {
		row, in, err := w.readDecision(ctx, w.as("hg-auditor"), d.ID)
		require.NoError(t, err)
		doc, err := numbered(in, row)
		require.NoError(t, err)
		return doc
	}
	last := func(doc decision.Document) string { return doc.Articles[len(doc.Articles)-1].Paragraphs[0] }
	before := says()
	assert.Contains(t, last(before), "căn cứ Quyết định thi hành từ ngày ký.")
	assert.Contains(t, before.Articles[0].Paragraphs[0], "Nguyễn Văn {{.who}}")
	save("decision-execution", "{{.who}} chịu trách nhiệm thi hành.")
	assert.Equal(t, before, says(), "a draft that exists keeps its words")

	v := w.imported(t)
	var b bytes.Buffer
	require.NoError(t, w.writeLetter(ctx, v, &b))
	assert.Contains(t, said(t, b.Bytes()), "Kính đề nghị quý cơ quan xem xét./.")
}
