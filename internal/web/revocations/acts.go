package revocations

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/cases"
	"vinhdanh/internal/web/ui"
)

// act does what a form of the page asks for. What was done before under the same nonce
// is not done again; what is refused comes back with everything that was typed.
func act(c *ui.Context) error {
	do, known := map[string]func(*ui.Context, string) (app.Done, error){
		"answer": answer, "appraise": appraise, "submit": submit, "refuse": refuse, "withdraw": withdraw,
	}[c.Path("act")]
	if !known {
		return &app.Error{Code: app.CodeNotFound}
	}
	done, was, err := c.App.Repeated(c, c.Session, app.Act{Kind: "revocation", ID: c.Path("id"), Action: c.Path("act"), Nonce: c.Field("nonce")})
	if err == nil && !was {
		done, err = do(c, c.Path("id"))
	}
	if err != nil {
		p, gone := newPage(c)
		if gone != nil {
			return err
		}
		return c.Fail("show", p, err)
	}
	return c.DoneAt("/revocations/"+c.Path("id"), cases.Recorded(done))
}

func answer(c *ui.Context, id string) (app.Done, error) {
	in := app.AnswerRevocationInput{Position: c.Field("position"), Reason: c.Field("reason"), Nonce: c.Field("nonce")}
	files, err := c.Uploads("document")
	if err != nil {
		return app.Done{}, err
	}
	if len(files) > 0 {
		in.Document, in.Name = files[0].Content, files[0].Name
	}
	return c.App.AnswerRevocation(c, c.Session, id, in)
}

func appraise(c *ui.Context, id string) (app.Done, error) {
	return c.App.AppraiseRevocation(c, c.Session, id, app.AppraiseRevocationInput{Verdict: c.Field("verdict"), Reason: c.Field("reason"), Nonce: c.Field("nonce")})
}

func submit(c *ui.Context, id string) (app.Done, error) {
	return c.App.SubmitRevocation(c, c.Session, id, app.RevokingDraftInput{Signer: c.Field("signer"), Nonce: c.Field("nonce")})
}

func refuse(c *ui.Context, id string) (app.Done, error) {
	return c.App.RefuseRevocation(c, c.Session, id, app.CancelInput{Reason: c.Field("reason"), Nonce: c.Field("nonce")})
}

func withdraw(c *ui.Context, id string) (app.Done, error) {
	return c.App.WithdrawRevocation(c, c.Session, id, app.CancelInput{Reason: c.Field("reason"), Nonce: c.Field("nonce")})
}

// returned marks what came back of what was given.
func returned(c *ui.Context) error {
	in := app.ReturnInput{
		Recognitions: c.Fields("recognitions"), Thing: c.Field("thing"), State: c.Field("state"), Date: c.Field("date"), Note: c.Field("note"), Nonce: c.Field("nonce"),
	}
	_, err := c.App.MarkReturn(c, c.Session, c.Path("id"), in)
	if err == nil {
		return c.DoneAt("/revocations/"+c.Path("id"), "revocations.done.returned")
	}
	p, gone := newPage(c)
	if gone != nil {
		return err
	}
	return c.Fail("show", p, err)
}
