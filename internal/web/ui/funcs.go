package ui

import (
	"errors"
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"time"

	"vinhdanh/internal/app"
	"vinhdanh/internal/law"
	"vinhdanh/internal/law/eval"
)

// funcs are what views may call, in one language.
func (s *Site) funcs(lang string) template.FuncMap {
	say := func(key string, args ...any) string { return s.texts.say(lang, key, args...) }
	return template.FuncMap{
		"t": say,
		"providers": func() []app.Provider {
			if s.app == nil {
				return nil
			}
			return s.app.Providers()
		},
		"award":  func(code string) string { return s.award(lang, code) },
		"pick":   func(t law.Text) string { return pick(lang, t) },
		"regime": func(id string) string { return pick(lang, law.RegimeName(id)) },
		"role":   func(v any) string { return word(s.texts, lang, "role", v) },
		"stage":  func(v any) string { return word(s.texts, lang, "stage", v) },
		"level":  func(v any) string { return word(s.texts, lang, "level", v) },
		"word":   func(group string, v any) string { return word(s.texts, lang, group, v) },
		"status": func(code any) Status {
			return statusOf(fmt.Sprint(code), word(s.texts, lang, "status", code))
		},
		"nodestate": nodeState,
		"date":      civil, "datewords": func(v string) string { return dateWords(lang, v) }, "datetime": instant, "clock": clock, "iso": iso,
		"money": func(v any) string { return say("ui.money", digits(v)) },
		"upto": func(n int) string { // a count that stops
			if n > app.CountedTo {
				return say("ui.over", digits(app.CountedTo))
			}
			return digits(n)
		},
		"number": digits, "nonce": func() string { return randomText(18) },
		"asset": s.assets.address,
		"dict":  dict, "list": func(v ...any) []any { return v },
		"add": func(a, b int) int { return a + b }, "percent": percent,
		"join": strings.Join, "short": short, "str": func(v any) string { return fmt.Sprint(v) },
		"form": newForm, "input": newField, "options": newOptions, "pager": newPager, "crumbs": newCrumbs,
		"contains": func(list []string, x string) bool {
			for _, y := range list {
				if x == y {
					return true
				}
			}
			return false
		},
	}
}

// award is an award's name, or its code where the law in force does not know it.
func (s *Site) award(lang, code string) string {
	if s.app == nil || s.app.LawNow() == nil {
		return code
	}
	a, err := s.app.LawNow().Award(code)
	if err != nil {
		return code
	}
	return pick(lang, a.Names)
}

// nodeState is the state of a node of the law's answer: a paper that is not there is
// missing, it is nothing that an item fails.
func nodeState(n eval.Node) string {
	if n.Result == eval.NotMet && (n.ID == "DOSSIER" || strings.HasPrefix(n.ID, "PAPER_")) {
		return "incomplete"
	}
	return string(n.Result)
}

func pick(lang string, t law.Text) string {
	if lang == "en" && t.EN != "" {
		return t.EN
	}
	return t.VI
}

// word is the name of a code: the text "group.code", or the code itself.
func word(t texts, lang, group string, v any) string {
	key := group + "." + fmt.Sprint(v)
	if _, ok := t[key]; !ok {
		return fmt.Sprint(v)
	}
	return t.say(lang, key)
}

// zone is where every date and time is read: Asia/Ho_Chi_Minh, which has had no
// other offset since 1975.
var zone = time.FixedZone("ICT", 7*3600)

// civil is a date as dd/MM/yyyy: of an instant (in Asia/Ho_Chi_Minh), a date, or
// its ISO text; "" where there is none.
func civil(v any) string {
	switch d := v.(type) {
	case nil:
		return ""
	case time.Time:
		if d.IsZero() {
			return ""
		}
		if d.Equal(d.Truncate(24*time.Hour)) && d.Location() == time.UTC {
			return d.Format("02/01/2006") // a date column
		}
		return d.In(zone).Format("02/01/2006")
	case *time.Time:
		if d == nil {
			return ""
		}
		return civil(*d)
	case law.Date:
		if d.IsZero() {
			return ""
		}
		return d.VN()
	case string:
		if t, err := time.Parse(time.DateOnly, d); err == nil {
			return t.Format("02/01/2006")
		}
		if t, err := time.Parse(time.RFC3339, d); err == nil {
			return t.In(zone).Format("02/01/2006")
		}
		return d
	}
	return fmt.Sprint(v)
}

// instant is a moment as 10:42 15/11/2023 in Asia/Ho_Chi_Minh.
func instant(v any) string { return moment(v, "15:04 02/01/2006") }

// clock is a moment as 10:42.
func clock(v any) string { return moment(v, "15:04") }

// iso is a moment in RFC 3339, UTC, for datetime attributes.
func iso(v any) string {
	if t, ok := timeOf(v); ok {
		return t.UTC().Format(time.RFC3339)
	}
	return ""
}

func moment(v any, layout string) string {
	t, ok := timeOf(v)
	if !ok {
		return ""
	}
	return t.In(zone).Format(layout)
}

func timeOf(v any) (time.Time, bool) {
	switch t := v.(type) {
	case time.Time:
		return t, !t.IsZero()
	case *time.Time:
		if t != nil {
			return *t, !t.IsZero()
		}
	case string:
		x, err := time.Parse(time.RFC3339Nano, t)
		return x, err == nil
	}
	return time.Time{}, false
}

// digits groups an integer by points, as Vietnamese does: 1.234.567.
func digits(v any) string {
	s := fmt.Sprint(v)
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return s
	}
	s = strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, s = "−", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "." + s[i:]
	}
	return sign + s
}

// percent is the whole percentage of a part, rounded down.
func percent(part, whole int) int {
	if whole == 0 {
		return 0
	}
	return 100 * part / whole
}

// short is the beginning of a hash.
func short(hash string) string {
	if len(hash) > 12 {
		return hash[:12] + "…"
	}
	return hash
}

// dict makes a map of its arguments, for templates that take more than one.
func dict(kv ...any) (map[string]any, error) {
	if len(kv)%2 != 0 {
		return nil, errors.New("dict takes pairs")
	}
	m := map[string]any{}
	for i := 0; i < len(kv); i += 2 {
		k, ok := kv[i].(string)
		if !ok {
			return nil, errors.New("dict keys are strings")
		}
		m[k] = kv[i+1]
	}
	return m, nil
}
