package reasons

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTheStandardListReadsAndServesEachActAndStage(t *testing.T) {
	t.Parallel()
	l := Default()
	for _, act := range acts {
		assert.NotEmpty(t, l.For(act, ""), act)
	}
	for _, stage := range []string{"review", "reception", "appraisal"} {
		assert.NotEmpty(t, l.For("not_propose", stage), stage)
		assert.NotEmpty(t, l.For("return", stage), stage)
	}
	for _, x := range l.For("not_propose", "review") {
		assert.NotEqual(t, "NP_FIELD", x.Code, "offered at the appraisal only")
	}
}

func TestAFaultyListIsRefused(t *testing.T) {
	t.Parallel()
	good := "reasons:\n  - {code: A, acts: [hold], text: {vi: x, en: y}}\n"
	_, err := Parse(strings.NewReader(good))
	require.NoError(t, err)
	for name, bad := range map[string]string{
		"unknown key": strings.Replace(good, "acts", "act", 1),
		"unknown act": strings.Replace(good, "hold", "dance", 1),
		"one tongue":  strings.Replace(good, "en: y", "en: ''", 1),
		"twice":       good + "  - {code: A, acts: [hold], text: {vi: x, en: y}}\n",
	} {
		_, err := Parse(strings.NewReader(bad))
		assert.Error(t, err, name)
	}
}
