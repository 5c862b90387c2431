package council

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"vinhdanh/internal/app"
	rules "vinhdanh/internal/council"
	"vinhdanh/internal/web/ui"
)

// box is a session's sealed ballots: who holds the shares, what was committed to, and
// what was published.
type box struct {
	room
	Record rules.Record
	First  rules.Record // of the first ballot, in a second
}

// Holder is who has made the share of a role; nil before that.
func (b box) Holder(role string) *rules.RecordKey {
	i := slices.IndexFunc(b.Secret.Keys, func(k rules.RecordKey) bool { return k.Holder == role })
	if i < 0 {
		return nil
	}
	return &b.Secret.Keys[i]
}

// Mine tells whether the reader's own ballot is in the committed set.
func (b box) Mine() bool { return slices.Contains(b.Record.Ballots, b.Secret.Receipt) }

func boxOf(c *ui.Context) (box, error) {
	r, err := read(c)
	if err != nil {
		return box{}, err
	}
	if r.Secret == nil {
		return box{}, &app.Error{Code: app.CodeNotFound}
	}
	b := box{room: r}
	if r.Secret.Round == 2 {
		if b.First, err = c.App.SecretRecord(c, c.Session, r.ID, 1); err != nil {
			return b, err
		}
	}
	if r.Secret.Root != "" {
		b.Record, err = c.App.SecretRecord(c, c.Session, r.ID, 0)
	}
	return b, err
}

func secret(c *ui.Context) error {
	b, err := boxOf(c)
	if err != nil {
		return err
	}
	return c.Render("secret", b)
}

// share is one holder's share as it is shown, once.
type share struct {
	app.ShareView
	Title, ID, Ref string
}

// makeKey answers with the share itself: it is nowhere else, so no page to be led to
// could show it.
func makeKey(c *ui.Context) error {
	b, err := boxOf(c)
	if err != nil {
		return err
	}
	v, err := c.App.MakeBallotKey(c, c.Session, b.ID)
	if err != nil {
		return c.Fail("secret", b, err)
	}
	return c.Render("share", share{ShareView: v, Title: b.Title, ID: b.ID, Ref: b.Ref})
}

// step does an act on the sealed ballots and leads back to their page.
func step(c *ui.Context, key string, do func(id string) (app.Done, error)) error {
	b, err := boxOf(c)
	if err != nil {
		return err
	}
	done, err := do(b.ID)
	if err != nil {
		return c.Fail("secret", b, err)
	}
	return told(c, done, here(c)+"/secret", key)
}

// whichBox names the ballot whose box the page showed.
func whichBox(c *ui.Context) app.BoxInput {
	round, _ := strconv.Atoi(c.Field("round")) // a page without it is of the first
	return app.BoxInput{Round: round, Nonce: c.Field("nonce")}
}

func freeze(c *ui.Context) error {
	return step(c, "council.done.frozen", func(id string) (app.Done, error) {
		return c.App.FreezeBallots(c, c.Session, id, whichBox(c))
	})
}

// unseal opens the ballots with both shares, which no page shows again.
func unseal(c *ui.Context) error {
	return step(c, "council.done.unsealed", func(id string) (app.Done, error) {
		return c.App.CountSecret(c, c.Session, id, app.SharesInput{
			Chair: c.Secret("chair"), Secretary: c.Secret("secretary"), Nonce: c.Field("nonce"),
		})
	})
}

func attest(c *ui.Context) error {
	return step(c, "council.done.attested", func(id string) (app.Done, error) {
		return c.App.AttestCount(c, c.Session, id, whichBox(c))
	})
}

// secretRecord is the published record as a file, for vinhdanh council recount.
func secretRecord(c *ui.Context) error {
	round, _ := strconv.Atoi(c.R.URL.Query().Get("round")) // anything else: the box in use
	r, err := c.App.SecretRecord(c, c.Session, c.Path("id"), round)
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return c.Download("phieu-kin.json", "application/json", strings.NewReader(string(text)))
}
