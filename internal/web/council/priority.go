package council

import (
	"cmp"
	"slices"
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// placing is the form for the order that the Council settled: a place for each item of
// equal votes.
type placing struct {
	room
	Places map[string]int // by item, from 1
}

// Place is what stands in an item's field.
func (p placing) Place(item string) int { return p.Places[item] }

func placed(c *ui.Context) (placing, error) {
	r, err := read(c)
	p := placing{room: r, Places: map[string]int{}}
	if err == nil && r.Priority != nil {
		for i, it := range r.Priority.Items {
			p.Places[it.Item] = i + 1
		}
	}
	return p, err
}

func priority(c *ui.Context) error {
	p, err := placed(c)
	if err != nil {
		return err
	}
	return c.Render("priority", p)
}

// setPriority takes a place for each item; each place is given once.
func setPriority(c *ui.Context) error {
	p, err := placed(c)
	if err != nil {
		return err
	}
	in := app.PriorityInput{Reason: c.Field("reason"), Nonce: c.Field("nonce"), Items: []string{}}
	if p.Priority != nil {
		for i, it := range p.Priority.Items {
			n := whole(c, "place"+strconv.Itoa(i))
			if n < 1 || n > len(p.Priority.Items) || slices.ContainsFunc(in.Items, func(x string) bool { return p.Places[x] == n }) {
				return c.Fail("priority", p, misplaced(c, i))
			}
			p.Places[it.Item] = n
			in.Items = append(in.Items, it.Item)
		}
		slices.SortFunc(in.Items, func(x, y string) int { return cmp.Compare(p.Places[x], p.Places[y]) })
	}
	done, err := c.App.SetPriority(c, c.Session, p.ID, in)
	if err != nil {
		return c.Fail("priority", p, err)
	}
	return told(c, done, here(c)+"/priority", "council.done.priority")
}

// misplaced says that the places are not 1 to n, each once.
func misplaced(c *ui.Context, i int) error {
	said := c.T("council.priority.places")
	return &app.Error{Code: app.CodeInvalid, Vi: said, En: said, Detail: said, Fields: []app.FieldError{{Field: "place" + strconv.Itoa(i), Rule: "exists"}}}
}
