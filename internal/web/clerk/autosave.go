package clerk

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// Answers to a form that is saved as it is typed; see ui/static/app.js.

// answerSaved says when it was saved, and which hidden fields move on.
func answerSaved(c *ui.Context, fields map[string]string) error {
	return answer(c, http.StatusOK, map[string]any{"saved": time.Now().In(zone).Format("15:04"), "fields": fields})
}

// answerClash says that somebody else changed the same field: saving by the button
// shows both.
func answerClash(c *ui.Context) error {
	return answer(c, http.StatusConflict, map[string]any{"error": c.T("clerk.clash.soon")})
}

// answerError says in words why nothing was saved.
func answerError(c *ui.Context, err error) error {
	e := app.ErrorOf(err)
	if e.Code == app.CodeInternal {
		return err
	}
	text := e.Text(c.Lang)
	for _, f := range e.Fields {
		text += " " + f.Text(c.Lang)
	}
	return answer(c, app.HTTPStatus(e.Code), map[string]any{"error": text})
}

func answer(c *ui.Context, status int, body any) error {
	c.W.Header().Set("Content-Type", "application/json")
	c.W.WriteHeader(status)
	return json.NewEncoder(c.W).Encode(body)
}

// zone is Asia/Ho_Chi_Minh.
var zone = time.FixedZone("ICT", 7*3600)

// unsettled are the clashes of the form of which the reader chose neither side.
func unsettled(c *ui.Context) []app.Clash {
	_ = c.Field("nonce") // reads the form
	var out []app.Clash
	for name := range c.R.Form {
		field, ok := strings.CutPrefix(name, "mine.")
		if chosen := c.Field("take." + field); ok && chosen != "mine" && chosen != "theirs" {
			out = append(out, app.Clash{Field: field, Mine: c.Field(name), Theirs: c.Field("theirs." + field)})
		}
	}
	slices.SortFunc(out, func(a, b app.Clash) int { return strings.Compare(a.Field, b.Field) })
	return out
}

// askAgain is the error of clashes that were not settled.
func askAgain(c *ui.Context, open []app.Clash) error {
	e := &app.Error{Code: app.CodeInvalid}
	for _, x := range open {
		e.Fields = append(e.Fields, app.FieldError{Field: "take." + x.Field, Rule: "required", Vi: c.T("clerk.clash.choose", c.T("clerk.field."+x.Field)), En: c.T("clerk.clash.choose", c.T("clerk.field."+x.Field))})
	}
	return e
}

// take puts what the reader chose at a clash into the form: take.FIELD is mine or
// theirs, mine.FIELD what was typed.
func take(c *ui.Context) {
	_ = c.Field("nonce") // reads the form
	for name, v := range c.R.Form {
		field, ok := strings.CutPrefix(name, "take.")
		if !ok || len(v) == 0 {
			continue
		}
		if from, ok := c.R.Form[v[0]+"."+field]; ok && (v[0] == "mine" || v[0] == "theirs") {
			c.R.Form[field] = from
		}
	}
}
