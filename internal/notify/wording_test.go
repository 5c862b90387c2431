package notify

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What one begins to edit with says the same as the built-in text.
func TestTheDefaultWordingSaysTheSame(t *testing.T) {
	t.Parallel()
	for _, k := range Kinds() {
		for _, l := range []Locale{Vietnamese, English} {
			w, err := DefaultWording(k, l)
			require.NoError(t, err, "%s %s", k, l)
			require.Empty(t, w.Check(k), "%s %s: %+v", k, l, w)
			data := SampleFacts(k)
			own, err := RenderWording(w, k, l, data)
			require.NoError(t, err)
			builtIn, err := Render(k, l, data)
			require.NoError(t, err)
			assert.Equal(t, builtIn.Subject, own.Subject, "%s %s", k, l)
			if k != Reminder && k != Overdue { // which count days in more than one way
				assert.Equal(t, builtIn.Body, own.Body, "%s %s", k, l)
			}
		}
	}
}

func TestAWordingHoldsNothingThatRuns(t *testing.T) {
	t.Parallel()
	ok := Wording{Subject: "Hồ sơ {{.case_ref}}", Body: "{{ .unit }}\nHạn {{.due_date}}"}
	assert.Empty(t, ok.Check(CaseSent))
	for _, bad := range []string{
		`{{printf "%s" .case_ref}}`, `{{template "foot" .}}`, `{{.case_ref.Secret}}`, `{{.password}}`, `{{range .}}x{{end}}`,
		`{{.case_ref}`, `}}`, `{{`, `{{- .case_ref -}}`, `{% raw %}`, `{{{{.case_ref}}}}`, `{{.CASE_REF}}`, ``,
	} {
		assert.NotEmpty(t, Wording{Subject: "x", Body: bad}.Check(CaseSent), bad)
		_, err := RenderWording(Wording{Subject: "x", Body: bad}, CaseSent, Vietnamese, SampleFacts(CaseSent))
		assert.Error(t, err, bad)
	}
	assert.NotEmpty(t, Wording{Subject: "a\nBcc: x@y.example", Body: "b"}.Check(CaseSent))
}

func TestAValueIsNeverAPlaceholder(t *testing.T) {
	t.Parallel()
	data := SampleFacts(CaseSent)
	data[FactUnit] = "{{.link}}"
	got, err := RenderWording(Wording{Subject: "x", Body: "{{.unit}}"}, CaseSent, Vietnamese, data)
	require.NoError(t, err)
	assert.Contains(t, got.Body, "{{.link}}", "what came in is not looked at again")
	delete(data, FactDue)
	got, err = RenderWording(Wording{Subject: "x", Body: "một\nHạn {{.due_date}}\nhai"}, CaseSent, Vietnamese, data)
	require.NoError(t, err)
	assert.Contains(t, got.Body, "một\nhai", "a line without its value is left out")
}
