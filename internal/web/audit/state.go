package audit

import (
	"strconv"
	"time"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// zone is the zone of the times that a reader enters.
var zone = time.FixedZone("+07", 7*60*60)

// instantOf reads the moment from the address: a transition's number, or a time of
// the day in Vietnam.
func instantOf(c *ui.Context, number, at string) app.Instant {
	var in app.Instant
	in.Number, _ = strconv.Atoi(c.Field(number)) // anything else is the latest state
	for _, layout := range []string{"2006-01-02T15:04", "2006-01-02T15:04:05"} {
		if t, err := time.ParseInLocation(layout, c.Field(at), zone); err == nil && c.Field(at) != "" {
			in.Number, in.At = 0, t.Add(time.Minute-time.Nanosecond) // the whole minute
		}
	}
	in.Number = max(in.Number, 0)
	return in
}

func state(c *ui.Context) error {
	v, err := c.App.StateAt(c, c.Session, caseOf(c), instantOf(c, "number", "at"))
	if err == nil {
		return c.Render("state", around(c, "state", v.Ref, v))
	}
	latest, other := c.App.StateAt(c, c.Session, caseOf(c), app.Instant{})
	if other != nil {
		return err
	}
	return c.Fail("state", around(c, "state", latest.Ref, latest), err)
}
