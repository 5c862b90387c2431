package help

import "vinhdanh/internal/web/ui"

// terms are the words of the field, in the order in which a case meets them; their
// texts are help.term.<name> and help.means.<name>.
var terms = []string{
	"submission", "proposal", "item", "subject", "unit", "campaign", "award", "regime", "route", "stage", "opinion", "return", "recall",
	"withdraw", "hold", "outcome", "session", "decision", "recognition", "bundle",
}

// Term is a word with its meaning, and what the other language calls it.
type Term struct{ Name, Other, Means string }

func glossary(c *ui.Context) error {
	out := make([]Term, len(terms))
	for i, t := range terms {
		out[i] = Term{Name: c.T("help.term." + t), Other: c.T("help.other." + t), Means: c.T("help.means." + t)}
	}
	return c.Render("glossary", out)
}
