package account

import (
	"bytes"
	"strings"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// enrolment is an authenticator app that is being set up.
type enrolment struct {
	app.CodeEnrolment
	Groups string // the secret in groups of four, for typing
	Next   string
}

func enrolmentData(c *ui.Context) (enrolment, error) {
	e, err := c.App.EnrolCode(c, c.Session, app.EnrolCodeInput{})
	if err != nil {
		return enrolment{}, err
	}
	var groups []string
	for s := e.Secret; s != ""; s = s[min(4, len(s)):] {
		groups = append(groups, s[:min(4, len(s))])
	}
	return enrolment{e, strings.Join(groups, " "), next(c).Next}, nil
}

func codeForm(c *ui.Context) error {
	e, err := enrolmentData(c)
	if err != nil {
		return err
	}
	return c.Render("code", e)
}

func codePicture(c *ui.Context) error {
	png, err := c.App.EnrolmentPNG(c, c.Session)
	if err != nil {
		return err
	}
	return c.Inline("ma-qr.png", "image/png", bytes.NewReader(png))
}

func confirmCode(c *ui.Context) error {
	in := app.ConfirmCodeInput{CodeInput: app.CodeInput{Code: c.Field("code")}, Name: c.Field("name")}
	out, err := c.App.ConfirmCode(c, c.Session, in)
	if err == nil {
		return enrolled(c, out)
	}
	e, rerr := enrolmentData(c)
	if rerr != nil {
		return rerr
	}
	return c.Fail("code", e, err)
}
