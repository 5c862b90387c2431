package audit

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// story is a case step by step.
type story struct {
	app.CaseTimeline
	Actor string // the filter
	Sheet app.Sheet
}

func timeline(c *ui.Context) error {
	actor := c.Field("actor")
	v, err := c.App.Timeline(c, c.Session, caseOf(c), actor)
	if err != nil {
		return err
	}
	return c.Render("timeline", around(c, "timeline", v.Ref, story{CaseTimeline: v, Actor: actor, Sheet: app.TimelineSheet(v, c.Lang)}))
}
