package council

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// tally is a ballot to be checked before it is cast.
type tally struct {
	sheet
	Packed           string // the choices as shown, one letter per item of the agenda
	Yes, No, Abstain int
	Missing          []ballotLine
	Others           []ballotLine // what is not in favour
}

var letters = map[string]byte{"yes": 'y', "no": 'n', "abstain": 'a'}
var choices = map[byte]string{'y': "yes", 'n': "no", 'a': "abstain"}

func tallyOf(s sheet) tally {
	t := tally{sheet: s}
	packed := make([]byte, 0, len(s.Items))
	for _, a := range s.Awards {
		for _, g := range a.Groups {
			for _, l := range g.Lines {
				letter, filled := letters[l.Choice]
				if !filled {
					letter = '-'
				}
				packed = append(packed, letter)
				t.count(l)
			}
		}
	}
	t.Packed = string(packed)
	return t
}

func (t *tally) count(l ballotLine) {
	switch l.Choice {
	case "yes":
		t.Yes++
		return
	case "no":
		t.No++
	case "abstain":
		t.Abstain++
	default:
		if l.Blocked == "" {
			t.Missing = append(t.Missing, l)
		}
		return
	}
	t.Others = append(t.Others, l)
}

func checkBallot(c *ui.Context) error {
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
	return c.Render("check", tallyOf(s))
}

// cast casts the ballot exactly as the check page showed it. What comes after the
// close is put on record by the session as refused, and the page says so.
func cast(c *ui.Context) error {
	s, err := sheetOf(c)
	if err != nil {
		return err
	}
	in := app.CastInput{Items: map[string]string{}, Written: s.Written, Nonce: c.Field("nonce"), Round: round(c)}
	for i, it := range s.Items {
		if packed := c.Field("choices"); i < len(packed) && choices[packed[i]] != "" {
			in.Items[it.Item] = choices[packed[i]]
		}
	}
	done, err := c.App.Cast(c, c.Session, s.ID, in)
	if err == nil {
		return told(c, done, here(c)+"/ballot", "council.done.cast")
	}
	if s, rerr := sheetOf(c); rerr == nil && s.Cast {
		return c.DoneAt(here(c)+"/ballot", "council.done.cast")
	}
	if s.Phase != "open" {
		return c.Fail("voted", s, err)
	}
	return c.Fail("check", tallyOf(s), err)
}
