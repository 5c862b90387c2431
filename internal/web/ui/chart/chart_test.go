package chart

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestChartIsWellFormedAndSaysItsNumbers(t *testing.T) {
	t.Parallel()
	svg := string(Chart{ID: "x", Title: `Hồ sơ <"theo bước">`, Desc: "a & b", Bars: []Bar{
		{Label: "Thẩm định", Parts: []Part{{Name: "đúng hạn", Class: "a", Value: 12, Href: "/search/cases?stage=appraisal&late=1"}, {Name: "quá hạn", Class: "d", Value: 1}}},
		{Label: strings.Repeat("dài ", 30), Parts: []Part{{Name: "x", Class: "b", Value: 0}}},
	}}.SVG())
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		_, err := d.Token()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
	}
	assert.Contains(t, svg, `role="group" aria-labelledby="x-t x-d"`)
	assert.Contains(t, svg, `&lt;&#34;theo bước&#34;&gt;`)
	assert.Contains(t, svg, `>13</text>`)
	assert.Contains(t, svg, `aria-label="Thẩm định: đúng hạn 12"`)
	assert.NotContains(t, svg, "style=")
	assert.NotContains(t, svg, "<script")
	assert.Contains(t, svg, "url(#x-d)", "what is late has a pattern beside its colour")
}
