package notify

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/proposal"
)

// sampleFacts fills every fact a kind takes.
func sampleFacts(k Kind) map[string]any {
	all := map[string]any{
		FactCase: "HS-2023-0045", FactUnit: "Phòng Giáo dục và Đào tạo huyện Phụng Hiệp",
		FactLink: "https://vinhdanh.example/cases/0045", FactStage: proposal.StageReview,
		FactBody: "Ủy ban nhân dân huyện Phụng Hiệp", FactItems: 13, FactPoints: 3, FactPassed: 10,
		FactNotPassed: 2, FactDeferred: 1, FactDue: "2023-11-20", FactDays: 4,
		FactDecision: "328/QĐ-UBND", FactDecidedOn: "2023-12-05",
		FactSettings: "https://vinhdanh.example/notices/preferences",
	}
	required, optional := Facts(k)
	out := map[string]any{}
	for _, f := range append(required, optional...) {
		out[f] = all[f]
	}
	return out
}

func TestEveryKindInBothLanguages(t *testing.T) {
	t.Parallel()
	require.Len(t, Kinds(), 30)
	for _, k := range Kinds() {
		for _, l := range []Locale{Vietnamese, English} {
			data := sampleFacts(k)
			text, err := Render(k, l, data)
			require.NoError(t, err, "%s %s", k, l)
			require.NotContains(t, text.Subject, "\n")
			if k != Test { // which is about no case
				require.Contains(t, text.Subject, "HS-2023-0045")
			}
			all := text.Subject + "\n" + text.Body
			require.NotContains(t, all, "<no value>")
			require.NotContains(t, all, "%!")
			require.NotContains(t, all, "  ", "%s %s", k, l)
			require.Contains(t, all, "https://vinhdanh.example/cases/0045")
			for name, v := range data {
				want, isText := v.(string)
				if name == FactDue || name == FactDecidedOn || !isText {
					continue
				}
				require.Contains(t, all, want, "%s %s says nothing of %s", k, l, name)
			}
			for _, n := range []string{FactItems, FactPoints, FactPassed, FactNotPassed, FactDeferred, FactDays} {
				if v, ok := data[n]; ok {
					b, _ := json.Marshal(v)
					require.Contains(t, all, string(b), "%s %s says nothing of %s", k, l, n)
				}
			}
		}
	}
}

func TestDatesAndPlurals(t *testing.T) {
	t.Parallel()
	d := sampleFacts(Reminder)
	vi, err := Render(Reminder, Vietnamese, d)
	require.NoError(t, err)
	require.Equal(t, "Nhắc việc: hồ sơ HS-2023-0045 đến hạn ngày 20/11/2023", vi.Subject)
	require.Contains(t, vi.Body, "còn 4 ngày làm việc")
	d[FactDays] = 1
	en, err := Render(Reminder, English, d)
	require.NoError(t, err)
	require.Equal(t, "Reminder: case HS-2023-0045 is due on 20 November 2023", en.Subject)
	require.Contains(t, en.Body, "1 working day left")
	d[FactDays] = 0
	en, err = Render(Reminder, English, d)
	require.NoError(t, err)
	require.Contains(t, en.Body, "which is today")
}

func TestOptionalFactMayBeAbsent(t *testing.T) {
	t.Parallel()
	d := sampleFacts(CaseSent)
	delete(d, FactDue)
	text, err := Render(CaseSent, Vietnamese, d)
	require.NoError(t, err)
	require.NotContains(t, text.Body, "Hạn giải quyết")
}

func TestOutboxFactsAfterJSON(t *testing.T) {
	t.Parallel()
	for _, k := range Kinds() {
		want, err := Render(k, Vietnamese, sampleFacts(k))
		require.NoError(t, err)
		b, err := json.Marshal(sampleFacts(k))
		require.NoError(t, err)
		var back map[string]any
		require.NoError(t, json.Unmarshal(b, &back))
		got, err := Render(k, Vietnamese, back)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
}

func TestRenderRefuses(t *testing.T) {
	t.Parallel()
	with := func(name string, v any) map[string]any {
		d := sampleFacts(Returned)
		d[name] = v
		return d
	}
	missing := sampleFacts(Returned)
	delete(missing, FactPoints)
	cases := map[string]struct {
		kind   Kind
		locale Locale
		data   map[string]any
	}{
		"kind":          {"party", Vietnamese, nil},
		"locale":        {Returned, "fr", sampleFacts(Returned)},
		"missing":       {Returned, Vietnamese, missing},
		"nominee":       {Returned, Vietnamese, with("nominee", "Nguyễn Thị Ví Dụ")},
		"reason":        {ItemNotProposed, Vietnamese, func() map[string]any { d := sampleFacts(ItemNotProposed); d["reason"] = "x"; return d }()},
		"header":        {Returned, Vietnamese, with(FactUnit, "Phòng A\r\nBcc: x@y.example")},
		"empty unit":    {Returned, Vietnamese, with(FactUnit, " ")},
		"stage":         {Returned, Vietnamese, with(FactStage, "lunch")},
		"date":          {Returned, Vietnamese, with(FactDue, "20/11/2023")},
		"negative":      {Returned, Vietnamese, with(FactPoints, -1)},
		"half a count":  {Returned, Vietnamese, with(FactPoints, 1.5)},
		"count as text": {Returned, Vietnamese, with(FactPoints, "ba")},
		"link":          {Returned, Vietnamese, with(FactLink, "javascript:alert(1)")},
	}
	for name, c := range cases {
		_, err := Render(c.kind, c.locale, c.data)
		var e *SendError
		require.ErrorAs(t, err, &e, name)
		require.Equal(t, CodeText, e.Code, name)
		require.False(t, e.Temporary, name)
	}
}

// words are the lower-case words of three letters and more of the texts
// without the facts.
func words(t *testing.T, l Locale) map[string]bool {
	t.Helper()
	address := regexp.MustCompile(`https?://\S+`)
	out := map[string]bool{}
	for _, k := range Kinds() {
		d := sampleFacts(k)
		for n, v := range d {
			if _, isText := v.(string); isText && n != FactDue && n != FactDecidedOn && n != FactLink && n != FactSettings {
				d[n] = "1"
			}
		}
		text, err := Render(k, l, d)
		require.NoError(t, err)
		all := address.ReplaceAllString(text.Subject+" "+text.Body, "")
		for _, w := range strings.FieldsFunc(all, func(r rune) bool { return !unicode.IsLetter(r) }) {
			if len([]rune(w)) >= 3 {
				out[strings.ToLower(w)] = true
			}
		}
	}
	return out
}

func TestLanguagesDoNotMix(t *testing.T) {
	t.Parallel()
	vi, en := words(t, Vietnamese), words(t, English)
	delete(vi, "vinh") // the product's name
	delete(vi, "danh")
	require.Greater(t, len(vi), 80)
	for w := range vi {
		require.False(t, en[w], "%q stands in the texts of both languages", w)
	}
	for w := range en {
		for _, r := range w {
			require.Less(t, r, rune(128), "English text has %q", w)
		}
	}
}

func TestStageNamesComplete(t *testing.T) {
	t.Parallel()
	for _, k := range []proposal.StageKind{
		proposal.StageNomination, proposal.StageReview, proposal.StageReception,
		proposal.StageAppraisal, proposal.StageCouncil, proposal.StageIssuance,
	} {
		require.NotEmpty(t, StageName(Vietnamese, k))
		require.NotEmpty(t, StageName(English, k))
	}
	require.Empty(t, StageName(Vietnamese, "lunch"))
}
