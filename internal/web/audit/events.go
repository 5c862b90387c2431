package audit

import (
	"bytes"
	"encoding/json"
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// eventsAt is how many events a page shows.
const eventsAt = 25

// raw is a page of events, each with its body laid out for reading.
type raw struct {
	app.EventsPage
	Next   int
	Bodies []string
}

func events(c *ui.Context) error {
	offset, _ := strconv.Atoi(c.Field("offset")) // anything else is the beginning
	v, err := c.App.Events(c, c.Session, caseOf(c), eventsAt, offset)
	if err != nil {
		return err
	}
	out := raw{EventsPage: v}
	for _, e := range v.Events {
		var b bytes.Buffer
		if json.Indent(&b, e.Body, "", "  ") != nil {
			b.Write(e.Body)
		}
		out.Bodies = append(out.Bodies, b.String())
	}
	if v.Offset+len(v.Events) < v.Total {
		out.Next = v.Offset + len(v.Events)
	}
	return c.Render("events", around(c, "events", v.Ref, out))
}

// history is the raw history as Temporal keeps it, payloads encrypted.
func history(c *ui.Context) error {
	data, err := c.App.History(c, c.Session, caseOf(c))
	if err != nil {
		return err
	}
	return c.Download("lich-su-"+c.Path("kind")+".json", "application/json", bytes.NewReader(data))
}

func bundle(c *ui.Context) error {
	r, err := c.App.Bundle(c, c.Session, caseOf(c))
	if err != nil {
		return err
	}
	defer r.Close()
	return c.Download("bo-ho-so-"+c.Path("kind")+".zip", "application/zip", r)
}
