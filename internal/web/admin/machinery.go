package admin

import (
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

func health(c *ui.Context) error {
	v, err := c.App.Health(c, c.Session)
	if err != nil {
		return err
	}
	return c.Render("health", v)
}

func settings(c *ui.Context) error {
	v, err := c.App.ShowSettings(c, c.Session)
	if err != nil {
		return err
	}
	return c.Render("settings", v)
}

// outboxPage is what was not delivered, perhaps with a test mail that is on its way.
type outboxPage struct {
	app.MailBacklog
	State string
	Next  int
	Test  *app.TestMail
}

const mailsOnPage = 100

func readOutbox(c *ui.Context) (outboxPage, error) {
	offset, _ := strconv.Atoi(c.Field("offset")) // anything else is the first page
	page := outboxPage{State: c.Field("state")}
	var err error
	page.MailBacklog, err = c.App.Outbox(c, c.Session, page.State, mailsOnPage+1, offset)
	if len(page.Rows) > mailsOnPage {
		page.Rows, page.Next = page.Rows[:mailsOnPage], offset+mailsOnPage
	}
	if id := c.Field("test"); id != "" && err == nil {
		test, terr := c.App.TestMailState(c, c.Session, id)
		if terr != nil {
			return page, terr
		}
		page.Test = &test
	}
	return page, err
}

func outbox(c *ui.Context) error {
	page, err := readOutbox(c)
	if err != nil {
		return err
	}
	return c.Render("outbox", page)
}

// touchMail retries or discards.
func touchMail(c *ui.Context) error {
	in := app.MailInput{Mail: c.Field("mail"), Reason: c.Field("reason"), Nonce: c.Field("nonce")}
	var err error
	switch c.Field("do") {
	case "retry":
		_, err = c.App.RetryMail(c, c.Session, in)
	case "discard":
		_, err = c.App.DiscardMail(c, c.Session, in)
	default:
		return &app.Error{Code: app.CodeBadRequest}
	}
	if err != nil {
		page, perr := readOutbox(c)
		if perr != nil {
			return perr
		}
		return c.Fail("outbox", page, err)
	}
	return c.DoneAt("/admin/outbox", "admin.outbox.done")
}

func testMail(c *ui.Context) error {
	mail, err := c.App.SendTestMail(c, c.Session, c.Field("nonce"))
	if err != nil {
		page, perr := readOutbox(c)
		if perr != nil {
			return perr
		}
		return c.Fail("outbox", page, err)
	}
	return c.DoneAt("/admin/outbox?test="+mail.ID, "admin.outbox.test.done")
}

func schedules(c *ui.Context) error {
	rows, err := c.App.Schedules(c, c.Session)
	if err != nil {
		return err
	}
	return c.Render("schedules", rows)
}

func changeSchedule(c *ui.Context) error {
	in := app.ScheduleInput{ID: c.Path("id"), Verb: c.Field("do"), Reason: c.Field("reason"), Nonce: c.Field("nonce")}
	if _, err := c.App.ChangeSchedule(c, c.Session, in); err != nil {
		rows, rerr := c.App.Schedules(c, c.Session)
		if rerr != nil {
			return rerr
		}
		return c.Fail("schedules", rows, err)
	}
	return c.DoneAt("/admin/schedules", "admin.saved")
}

func keys(c *ui.Context) error {
	v, err := c.App.KeyRing(c, c.Session)
	if err != nil {
		return err
	}
	return c.Render("keys", v)
}

func uploadRing(c *ui.Context) error {
	_, err := c.App.UploadRing(c, c.Session, app.RingInput{Signed: c.Field("signed"), Reason: c.Field("reason"), Nonce: c.Field("nonce")})
	if err != nil {
		v, rerr := c.App.KeyRing(c, c.Session)
		if rerr != nil {
			return rerr
		}
		return c.Fail("keys", v, err)
	}
	return c.DoneAt("/admin/keys", "admin.keys.done")
}
