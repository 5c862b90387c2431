package delegation

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/law"
	"vinhdanh/internal/web/ui"
)

// choice is what the form offers, for one person's roles in one unit.
type choice struct {
	Units  []ui.Option
	Unit   string
	People []ui.Option // whose roles may be delegated
	Of     string
	Roles  []ui.Option
	Refuse []refusal // roles that may not be delegated, and why
	To     []ui.Option
}

type refusal struct {
	Role string
	Why  law.Text
}

func form(c *ui.Context) error {
	data, err := choices(c)
	if err != nil {
		return err
	}
	return c.Render("new", data)
}

func set(c *ui.Context) error {
	data, err := choices(c)
	if err != nil {
		return err
	}
	_, err = c.App.SetDelegation(c, c.Session, app.DelegationInput{
		Delegator: c.Field("of"), Delegate: c.Field("delegate"), Unit: c.Field("unit"), Roles: c.Fields("roles"),
		From: c.Field("first_day"), To: c.Field("last_day"), Basis: c.Field("basis"), Nonce: c.Field("nonce"),
	})
	if err != nil {
		return c.Fail("new", data, err)
	}
	return c.DoneAt("/delegations", "delegation.done.set")
}

// choices reads what the chosen unit and person offer; a reader with one unit and
// only own roles need not choose.
func choices(c *ui.Context) (choice, error) {
	all, err := c.App.DelegationChoices(c, c.Session, c.Field("unit"))
	if err != nil {
		return choice{}, err
	}
	out := choice{Unit: c.Field("unit"), Of: c.Field("of")}
	for _, u := range all.Units {
		out.Units = append(out.Units, ui.Option{Value: u.ID, Text: u.Name})
	}
	if len(all.Holders) == 0 {
		return out, nil
	}
	out.Unit = all.Holders[0].Unit
	for _, h := range all.Holders {
		if n := len(out.People); n == 0 || !has(out.People, h.User) {
			out.People = append(out.People, ui.Option{Value: h.User, Text: h.Name})
		}
		if out.Of == "" && h.User == c.Session.User {
			out.Of = h.User
		}
	}
	if !has(out.People, out.Of) {
		out.Of = ""
	}
	if out.Of == "" && len(out.People) == 1 {
		out.Of = out.People[0].Value
	}
	for _, h := range all.Holders {
		switch {
		case h.User != out.Of:
		case h.May:
			out.Roles = append(out.Roles, ui.Option{Value: h.Role, Text: c.T("role." + h.Role), Hint: h.Title})
		default:
			out.Refuse = append(out.Refuse, refusal{h.Role, h.Why})
		}
	}
	for _, p := range all.People {
		if p.User != out.Of && (out.Of == c.Session.User || p.User != c.Session.User) {
			out.To = append(out.To, ui.Option{Value: p.User, Text: p.Name + " – " + p.Title + ", " + p.UnitName})
		}
	}
	return out, nil
}

func has(options []ui.Option, value string) bool {
	for _, o := range options {
		if o.Value == value {
			return true
		}
	}
	return false
}
