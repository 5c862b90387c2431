package cases

import (
	"strconv"

	"vinhdanh/internal/web/ui"
)

// Number reads a whole number of the form; 0 where there is none.
func Number(c *ui.Context, name string) int {
	n, err := strconv.Atoi(c.Field(name))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// Reason is a reason as its author left it: chosen from the list, in own words, or
// the chosen one with the own words after it.
func Reason(c *ui.Context, name string) string {
	chosen, own := c.Field(name+"-standard"), c.Field(name)
	switch {
	case chosen == "" || chosen == own:
		return own
	case own == "":
		return chosen
	}
	return chosen + " " + own
}
