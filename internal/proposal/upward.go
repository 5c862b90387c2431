package proposal

import (
	"slices"
	"time"

	"vinhdanh/internal/envelope"
)

func (u Upward) clone() Upward {
	u.Consulted = slices.Clone(u.Consulted)
	return u
}

// Upward tells what happened so far on the stages above the province.
func (c *Case) Upward() Upward { return c.upward.clone() }

func (c *Case) consult(a envelope.Act, t *Transition) error {
	var d ConsultData
	if err := decode(a.Data, &d); err != nil {
		return err
	}
	t.Verdict, t.Consult = d.Verdict, &d // its words are not the unit's to read: they are no reason of the transition
	switch d.Verdict {
	case VerdictAsked:
		if err := c.asking(d); err != nil {
			return err
		}
	case VerdictAnswered:
		if err := c.answer(d); err != nil {
			return err
		}
	case VerdictForward:
		if len(c.upward.Consulted) == 0 || slices.ContainsFunc(c.upward.Consulted, func(x Consulted) bool { return x.Answer == "" }) {
			return envelope.Refuse(envelope.CodeData, "an agency was not asked yet, or has not answered")
		}
		return c.pass(d.Opinions, t)
	default:
		return envelope.Refuse(envelope.CodeData, "a consultation asks, is answered, or goes on")
	}
	c.upward.consulted(d)
	c.touched = true
	return nil
}

func (c *Case) asking(d ConsultData) error {
	if len(d.Agencies) == 0 || !days(d.Due, d.Date) || d.Due < d.Date {
		return envelope.Refuse(envelope.CodeData, "agencies are asked by a letter with its date and a last day for the answer")
	}
	known := c.at().Agencies
	for i, code := range d.Agencies {
		switch {
		case code == "" || len(known) > 0 && !slices.Contains(known, code):
			return envelope.Refuse(envelope.CodeData, "the route does not name agency "+code)
		case slices.Contains(d.Agencies[:i], code) || c.upward.asked(code) != nil:
			return envelope.Refuse(envelope.CodeData, "agency "+code+" was asked already")
		}
	}
	return nil
}

func (c *Case) answer(d ConsultData) error {
	asked := c.upward.asked(d.Agency)
	if asked == nil || asked.Answer != "" {
		return envelope.Refuse(envelope.CodeData, "no answer is awaited from agency "+d.Agency)
	}
	if !days(d.Date) {
		return envelope.Refuse(envelope.CodeData, "an answer has its date")
	}
	for _, id := range d.Items {
		if c.item(id) == nil {
			return envelope.Refuse(envelope.CodeItem, "no item "+id)
		}
	}
	switch d.Answer {
	case AnswerAgree:
		return nil
	case AnswerObject:
		if d.Reason == "" {
			return envelope.Refuse(envelope.CodeData, "an objection has its reason")
		}
		return nil
	case AnswerSilent:
		if d.Date <= asked.Due {
			return envelope.Refuse(envelope.CodeData, "agency "+d.Agency+" has time to answer until "+asked.Due)
		}
		return nil
	}
	return envelope.Refuse(envelope.CodeData, "an agency agrees, objects, or is silent")
}

func (c *Case) publish(a envelope.Act, t *Transition) error {
	var d PublishData
	if err := decode(a.Data, &d); err != nil {
		return err
	}
	t.Verdict, t.Publish = d.Verdict, &d
	switch d.Verdict {
	case VerdictOpened:
		// Working days are the application's word; no period of theirs is shorter than this.
		if !days(d.From, d.To) || d.Where == "" || daysBetween(d.From, d.To)+1 < c.at().WorkingDays {
			return envelope.Refuse(envelope.CodeData, "the list is before the public at a named place, for as long as the stage says")
		}
	case VerdictReceived:
		if c.upward.To == "" || !days(d.Date) || d.Reason == "" && d.Paper == "" {
			return envelope.Refuse(envelope.CodeData, "a comment comes after the opening, with its date and its words")
		}
		for _, id := range d.Items {
			if c.item(id) == nil {
				return envelope.Refuse(envelope.CodeItem, "no item "+id)
			}
		}
	case VerdictForward:
		if c.upward.To == "" || !days(d.Date) || d.Date <= c.upward.To {
			return envelope.Refuse(envelope.CodeData, "the public still has time to comment, or was not asked")
		}
		return c.pass(d.Opinions, t)
	default:
		return envelope.Refuse(envelope.CodeData, "a public comment is opened, received, or goes on")
	}
	c.upward.published(d)
	c.touched = true
	return nil
}

// pass ends a stage that speaks of each item but ends none.
func (c *Case) pass(o Opinions, t *Transition) error {
	if err := c.mayMoveOn(); err != nil {
		return err
	}
	if err := c.opine(c.at(), o, t, false, func(it *Item) bool { return it.inPlay() }); err != nil {
		return err
	}
	c.advance()
	return nil
}

// days tells whether each is a civil date.
func days(list ...string) bool {
	for _, d := range list {
		if _, err := time.Parse(time.DateOnly, d); err != nil {
			return false
		}
	}
	return true
}

// daysBetween counts calendar days between two civil dates.
func daysBetween(from, to string) int {
	a, _ := time.Parse(time.DateOnly, from)
	b, _ := time.Parse(time.DateOnly, to)
	return int(b.Sub(a).Hours() / 24)
}

func (u *Upward) asked(agency string) *Consulted {
	i := slices.IndexFunc(u.Consulted, func(x Consulted) bool { return x.Agency == agency })
	if i < 0 {
		return nil
	}
	return &u.Consulted[i]
}

// consulted, published and lettered follow an act that was accepted.
func (u *Upward) consulted(d ConsultData) {
	for _, code := range d.Agencies {
		u.Consulted = append(u.Consulted, Consulted{Agency: code, Due: d.Due})
	}
	if x := u.asked(d.Agency); x != nil {
		x.Answer = d.Answer
	}
}

func (u *Upward) published(d PublishData) {
	switch d.Verdict {
	case VerdictOpened:
		u.From, u.To = d.From, d.To
	case VerdictReceived:
		u.Comments++
	}
}

func (u *Upward) lettered(d SubmitUpData) {
	u.Phase = d.Verdict
	switch d.Verdict {
	case VerdictPrepared:
		u.Letter = d.Letter
	case VerdictSentBack:
		u.Letter, u.Phase = "", ""
	}
}
