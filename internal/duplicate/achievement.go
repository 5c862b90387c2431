package duplicate

import (
	"slices"
	"strconv"
)

// achievement weighs whether two entries are about the same merit.
func (w *weighing) achievement(a, b *Prepared) {
	code := periods(a, b)
	w.add("period", code, w.m.Period[code], a.Period, b.Period)
	code = awards(a, b)
	w.add("award", code, w.m.Award[code], a.Award, b.Award)
	if len(a.sketch) == 0 || len(b.sketch) == 0 {
		w.add("text", "none", w.m.Text.None, "", "")
	} else {
		share := alike(a.sketch, b.sketch)
		t := w.m.Text
		w.add("text", "alike", t.Least+(t.Most-t.Least)*share/1000, strconv.Itoa(share/10), "")
	}
	if i := slices.IndexFunc(a.quoted, func(n string) bool { return slices.Contains(b.quoted, n) }); i >= 0 {
		w.add("quoted", "number", w.m.Quoted, a.quoted[i], a.quoted[i])
	}
	if a.Campaign != "" && a.Campaign == b.Campaign && a.Class == ClassForm && b.Class == ClassForm {
		w.add("campaign", "same", w.m.Campaign, a.Campaign, b.Campaign)
	}
}

// periods: the same years, some in common, none, or unknown.
func periods(a, b *Prepared) string {
	switch {
	case a.from == 0 || b.from == 0:
		return "unknown"
	case a.from == b.from && a.to == b.to:
		return "same"
	case a.to < b.from || b.to < a.from:
		return "apart"
	}
	return "overlap"
}

// awards: the same, two forms, or a title beside something else.
func awards(a, b *Prepared) string {
	switch {
	case a.Award == "" || b.Award == "":
		return "unknown"
	case a.Award == b.Award:
		return "same"
	case a.Class == ClassForm && b.Class == ClassForm:
		return "forms"
	case a.Class == "" || b.Class == "":
		return "unknown"
	}
	return "beside"
}
