package council

import (
	"slices"

	"vinhdanh/internal/app"
	rules "vinhdanh/internal/council"
	"vinhdanh/internal/web/ui"
)

// room is a session with what its pages say beside it.
type room struct {
	app.SessionView
	Groups   []app.AwardGroup
	Names    map[string]string // of members, by id
	Lines    map[string]string // of items, by id
	Progress app.Progress
	Runs     bool // the reader runs the session: secretary or chair
	Declared bool // the reader has declared
	Seated   bool // the reader has a seat
	Voted    bool // the reader's ballot is cast
	Passed   int
	Shown    int // items shown to be declared on
}

// May tells whether the reader may do something now.
func (r room) May(act string) bool { return slices.Contains(r.SessionView.May, act) }

// Steps are the phases of a session for the kit's steps.
func (r room) Steps() []map[string]any {
	order := []string{"draft", "convened", "open", "closed"}
	at := slices.Index(order, r.Phase)
	out := []map[string]any{}
	for i, p := range order {
		state := "todo"
		switch {
		case i < at || r.Phase == "closed":
			state = "done"
		case i == at:
			state = "here"
		}
		out = append(out, map[string]any{"code": p, "state": state})
	}
	return out
}

// Failed counts the items that did not pass.
func (r room) Failed() int { return len(r.Agenda) - r.Passed }

// Doubtful counts the items that may stand twice while nobody has said which it is.
func (r room) Doubtful() int {
	n := 0
	for _, it := range r.Agenda {
		if len(it.Doubles) > 0 {
			n++
		}
	}
	return n
}

// SilentOf counts the members who gave no ballot on an item.
func (r room) SilentOf(s rules.Sum) int { return max(0, len(r.Roster)-s.Yes-s.No-s.Abstain-s.Invalid) }

// read reads the session that the request names, with what every page of it shows.
func read(c *ui.Context) (room, error) {
	v, err := c.App.SessionView(c, c.Session, c.Path("id"))
	if err != nil {
		return room{}, err
	}
	r := room{SessionView: v, Groups: c.App.GroupAgenda(v.Agenda), Names: map[string]string{}, Lines: map[string]string{}}
	if r.Progress, err = c.App.Progress(c, c.Session, v.ID); err != nil {
		return r, err
	}
	for _, seat := range v.Roster {
		r.Names[seat.User] = seat.Name
		if seat.User == c.Session.User {
			r.Seated, r.Declared, r.Voted = true, seat.Declared, seat.Voted
		}
	}
	for _, it := range v.Agenda {
		r.Lines[it.Item] = it.Line
		if it.Result != nil && it.Result.Passed {
			r.Passed++
		}
	}
	r.Runs = r.May(app.ActOpen) || r.May(app.ActCancel)
	return r, nil
}

func session(c *ui.Context) error {
	r, err := read(c)
	if err != nil {
		return err
	}
	return c.Render("session", r)
}
