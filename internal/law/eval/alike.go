package eval

import (
	"strconv"
	"strings"
)

// Alike is the facts with the numbers of decisions and certificates replaced by their
// order of appearance. A number only says that there is one, and whether two are the same:
// verdict and sentence of the summary are those of the facts themselves. Lists of
// thousands of items judge each pattern once.
func (f Facts) Alike() Facts {
	seen := map[string]string{}
	stand := func(number string) string {
		if !numbered(number) {
			return ""
		}
		number = strings.TrimSpace(number)
		if seen[number] == "" {
			seen[number] = strconv.Itoa(len(seen) + 1)
		}
		return seen[number]
	}
	titles, initiatives := f.Titles, f.Initiatives
	f.Titles, f.Initiatives = nil, nil
	for _, t := range titles {
		t.Number = stand(t.Number)
		f.Titles = append(f.Titles, t)
	}
	for _, i := range initiatives {
		i.Number = stand(i.Number)
		f.Initiatives = append(f.Initiatives, i)
	}
	if f.Titles == nil && titles != nil { // known to be none is not the same as not known
		f.Titles = []Title{}
	}
	if f.Initiatives == nil && initiatives != nil {
		f.Initiatives = []Initiative{}
	}
	return f
}
