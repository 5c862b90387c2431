package council

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"vinhdanh/internal/app"
	"vinhdanh/internal/law"
	"vinhdanh/internal/web/ui"
)

// sheet is a member's ballot paper as its page shows it.
type sheet struct {
	app.BallotView
	Awards []ballotAward
}

// ballotAward is the part of a ballot that is about one award.
type ballotAward struct {
	ID     string
	Award  string
	Name   law.Text
	Groups []ballotGroup
}

// ballotGroup is a run of lines of one unit.
type ballotGroup struct {
	ID       string
	UnitName string
	Asked    int
	Lines    []ballotLine
}

// ballotLine is one item. N is its place on the frozen agenda, which names its field.
type ballotLine struct {
	app.BallotItem
	N      int
	Choice string
}

// No is the line's number as people count.
func (l ballotLine) No() int { return l.N + 1 }

func sheetOf(c *ui.Context) (sheet, error) {
	b, err := c.App.Ballot(c, c.Session, c.Path("id"))
	if err != nil {
		return sheet{}, err
	}
	s := sheet{BallotView: b}
	for _, it := range b.Items {
		if k := len(s.Awards); k == 0 || s.Awards[k-1].Award != it.Award {
			g := c.App.GroupAgenda([]app.AgendaItem{it.AgendaItem})[0]
			s.Awards = append(s.Awards, ballotAward{ID: "a" + strconv.Itoa(k), Award: it.Award, Name: g.AwardName})
		}
		a := &s.Awards[len(s.Awards)-1]
		if k := len(a.Groups); k == 0 || a.Groups[k-1].Lines[0].Unit != it.Unit {
			a.Groups = append(a.Groups, ballotGroup{ID: a.ID + "g" + strconv.Itoa(k), UnitName: it.UnitName})
		}
		g := &a.Groups[len(a.Groups)-1]
		if it.Blocked == "" {
			g.Asked++
		}
		g.Lines = append(g.Lines, ballotLine{BallotItem: it, N: it.Place, Choice: b.Choices[it.Item]})
	}
	return s, nil
}

func ballot(c *ui.Context) error {
	s, err := sheetOf(c)
	if e := app.ErrorOf(err); err != nil && e.Code == app.CodeNotReady {
		return c.Redirect(here(c) + "/declare")
	}
	if err != nil {
		return err
	}
	if s.Cast || s.Phase != "open" {
		return c.Render("voted", s)
	}
	return c.Render("ballot", s)
}

// saveBallot keeps what was filled in. The page's script sends what was changed;
// without it the whole form comes with a button.
func saveBallot(c *ui.Context) error {
	s, err := sheetOf(c)
	if err == nil {
		_, err = c.App.SaveBallot(c, c.Session, s.ID, app.BallotChange{Items: changed(c, s)})
	}
	if c.R.Header.Get("X-Autosave") != "" {
		return saved(c, err)
	}
	if err != nil {
		if s.ID == "" {
			return err
		}
		return c.Fail("voted", s, err)
	}
	if c.Field("do") == "check" {
		return c.Redirect(here(c) + "/ballot/check")
	}
	group, _, _ := strings.Cut(c.Field("fill"), "=")
	if group != "" {
		group = "#" + group
	}
	return c.Redirect(here(c) + "/ballot" + group)
}

// changed are the choices that were sent, and those of a group that a button fills.
func changed(c *ui.Context, s sheet) map[string]string {
	out := map[string]string{}
	group, choice, filling := strings.Cut(c.Field("fill"), "=")
	for _, a := range s.Awards {
		for _, g := range a.Groups {
			for _, l := range g.Lines {
				if l.Blocked != "" {
					continue
				}
				v := c.Field("c" + strconv.Itoa(l.N))
				if v != "" {
					out[l.Item] = v
				} else if filling && l.Choice == "" && (group == a.ID || group == g.ID) {
					out[l.Item] = choice
				}
			}
		}
	}
	return out
}

// saved answers the page's script: the time, or why it was not saved.
func saved(c *ui.Context, err error) error {
	out := map[string]string{"saved": time.Now().In(time.FixedZone("", 7*3600)).Format("15:04")}
	status := http.StatusOK
	if err != nil {
		e := app.ErrorOf(err)
		out, status = map[string]string{"error": e.Text(c.Lang)}, app.HTTPStatus(e.Code)
	}
	c.W.Header().Set("Content-Type", "application/json; charset=utf-8")
	c.W.WriteHeader(status)
	return json.NewEncoder(c.W).Encode(out)
}
