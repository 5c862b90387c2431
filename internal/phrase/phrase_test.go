package phrase

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

var sentence = Phrase{Name: "x", Default: "Tặng {{.what}} cho {{.whom}} {{.why}}", Required: []string{"what", "whom"}, Optional: []string{"why"}}

func TestCheck(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]Fault{
		"Trao {{.what}} tới {{ .whom }}": nil,
		"":                               {{What: "empty"}, {What: "missing", Name: "what"}, {What: "missing", Name: "whom"}},
		"Trao {{.what}}":                 {{What: "missing", Name: "whom"}},
		"{{.what}} {{.whom}} {{.money}}": {{What: "unknown", Name: "money"}},
		"{{.what}} {{.whom}} {{printf \"%s\" .what}}": {{What: "braces"}},
		"{{.what}} {{.whom}} {{.what.Name}}":          {{What: "braces"}},
		"{{.what}} {{.whom}} {% x %}":                 {{What: "braces"}},
		"{{.what}}\n{{.whom}}":                        {{What: "lines"}},
	} {
		assert.Equal(t, want, sentence.Check(text), text)
	}
}

// Values are put in once: what stands in a name is never read as a placeholder.
func TestSay(t *testing.T) {
	t.Parallel()
	values := map[string]string{"what": "Bằng khen", "whom": "ông {{.what}}"}
	assert.Equal(t, "Tặng Bằng khen cho ông {{.what}}", sentence.Say("", values))
	assert.Equal(t, "Trao Bằng khen tới ông {{.what}}.", sentence.Say("Trao {{.what}} tới {{.whom}}.", values))
	assert.Equal(t, "Trao A  B tới C ", sentence.Say("Trao {{.what}} tới {{.whom}}", map[string]string{"what": "A  B", "whom": "C "}), "values stay as they are")
	assert.Equal(t, "Tặng Bằng khen cho ông {{.what}}", sentence.Say("Trao {{.what}}", values), "words that do not fit give way to the built-in ones")
}
