package notices

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

func preferences(c *ui.Context) error {
	p, err := c.App.NoticePreferences(c, c.Session)
	if err != nil {
		return err
	}
	return c.Render("preferences", p)
}

// prefix of the fields that choose a kind's channel.
const channelField = "channels["

func setPreferences(c *ui.Context) error {
	shown, err := c.App.NoticePreferences(c, c.Session)
	if err != nil {
		return err
	}
	in := app.PreferencesInput{Channels: map[string]string{}}
	for _, p := range shown {
		if v := c.Field(channelField + p.Kind + "]"); v != "" {
			in.Channels[p.Kind] = v
		}
	}
	if _, err := c.App.SetNoticePreferences(c, c.Session, in); err != nil {
		return c.Fail("preferences", shown, err)
	}
	return c.DoneAt("/notices/preferences", "notices.kept")
}
