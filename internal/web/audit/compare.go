package audit

import (
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

func compare(c *ui.Context) error {
	from, _ := strconv.Atoi(c.Field("from")) // anything else is the first transition
	to, _ := strconv.Atoi(c.Field("to"))     // or the latest
	v, err := c.App.CompareStates(c, c.Session, caseOf(c), app.Instant{Number: max(from, 1)}, app.Instant{Number: max(to, 0)})
	if err != nil {
		return err
	}
	return c.Render("compare", around(c, "compare", v.To.Ref, v))
}
