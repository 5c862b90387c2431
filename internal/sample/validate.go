package sample

import (
	"errors"
	"fmt"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"vinhdanh/internal/proposal"
)

var (
	idForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	kinds  = []Kind{
		KindProvince, KindDistrict, KindCommune, KindDepartment, KindOffice,
		KindCouncil, KindStandingBody, KindSchool, KindEnterprise, KindOrganisation,
	}
	levels = []proposal.Level{
		proposal.LevelUnit, proposal.LevelCommune, proposal.LevelDistrict,
		proposal.LevelDepartment, proposal.LevelProvince,
	}
	roles = []proposal.Role{
		proposal.RoleClerk, proposal.RoleUnitHead, proposal.RoleReviewer, proposal.RoleAppraiser,
		proposal.RoleStandingHead, proposal.RoleSecretary, proposal.RoleMember, proposal.RoleChair,
		proposal.RoleSigner, proposal.RoleRegistrar, proposal.RoleAuditor, proposal.RoleAdmin,
	}
)

// newProvince indexes and checks the units; every fault is reported, not only
// the first.
func newProvince(f unitsFile, others []Unit) (*Province, error) {
	p := &Province{Name: f.Name, Units: f.Units, byID: map[string]int{}}
	elsewhere := map[string]bool{}
	for _, u := range others {
		elsewhere[u.ID] = true
	}
	var errs []error
	for i, u := range p.Units {
		if _, twice := p.byID[u.ID]; twice || elsewhere[u.ID] {
			errs = append(errs, fmt.Errorf("unit %q: the id is used twice", u.ID))
		}
		p.byID[u.ID] = i
	}
	order := map[string]string{}
	for _, u := range p.Units {
		errs = append(errs, p.checkUnit(u, elsewhere)...)
		place := fmt.Sprintf("%s/%d", u.Parent, u.ProtocolOrder)
		if first, taken := order[place]; taken {
			errs = append(errs, fmt.Errorf("unit %q: protocol_order %d is already that of %q", u.ID, u.ProtocolOrder, first))
		}
		order[place] = u.ID
	}
	return p, errors.Join(errs...)
}

func (p *Province) checkUnit(u Unit, elsewhere map[string]bool) []error {
	var errs []error
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("unit %q: "+format, append([]any{u.ID}, args...)...))
	}
	if !idForm.MatchString(u.ID) {
		bad("the id may have lower-case letters, digits and single '-' only")
	}
	if !slices.Contains(kinds, u.Kind) {
		bad("unknown kind %q", u.Kind)
	}
	if !slices.Contains(levels, u.Level) {
		bad("unknown level %q", u.Level)
	}
	if u.Name == "" || u.ShortName == "" || u.Place == "" || u.Symbol == "" || u.ProtocolOrder < 1 {
		bad("name, short_name, place, symbol and protocol_order are needed")
	}
	if !tidy(u.Name) || !tidy(u.ShortName) || !tidy(u.Place) {
		bad("name, short_name and place must be NFC without stray blanks")
	}
	if err := validDates(u.ValidFrom, u.ValidTo); err != nil {
		bad("%v", err)
	}
	if p.cycle(u) {
		bad("the parents go round in a circle")
	} else if _, ok := p.Unit(u.Parent); !ok && (u.Parent != "" || u.Kind != KindProvince) {
		bad("parent %q does not exist", u.Parent)
	}
	for _, id := range slices.Concat(u.Successors, u.Predecessors) {
		if _, here := p.Unit(id); id == u.ID || (!here && !elsewhere[id]) {
			bad("successor or predecessor %q does not exist", id)
		}
	}
	return append(errs, p.checkLinks(u)...)
}

func (p *Province) checkLinks(u Unit) []error {
	governs := u.Kind == KindProvince || u.Kind == KindDistrict // a commune of 2023 only proposes
	if u.Links == nil {
		if governs {
			return []error{fmt.Errorf("unit %q: a People's Committee of province or district needs links", u.ID)}
		}
		return nil
	}
	var errs []error
	for name, id := range map[string]string{"authority": u.Links.Authority, "standing_body": u.Links.StandingBody, "council": u.Links.Council} {
		if _, ok := p.Unit(id); !ok {
			errs = append(errs, fmt.Errorf("unit %q: %s %q does not exist", u.ID, name, id))
		}
	}
	if c, ok := p.Unit(u.Links.Council); ok && c.Kind != KindCouncil {
		errs = append(errs, fmt.Errorf("unit %q: %q is not a council", u.ID, c.ID))
	}
	return errs
}

// cycle tells whether following the parents of u never ends.
func (p *Province) cycle(u Unit) bool {
	for range len(p.Units) + 1 {
		next, ok := p.Unit(u.Parent)
		if !ok {
			return false
		}
		u = next
	}
	return true
}

func validDates(from, to Date) error {
	for _, d := range []Date{from, to} {
		if _, err := time.Parse(time.DateOnly, string(d)); d != "" && err != nil {
			return fmt.Errorf("%q is not a date like 2025-07-01", d)
		}
	}
	if from != "" && to != "" && from > to {
		return fmt.Errorf("it ends on %s before it begins on %s", to, from)
	}
	return nil
}

func tidy(s string) bool {
	return norm.NFC.IsNormalString(s) && strings.Join(strings.Fields(s), " ") == s
}

func (p *Province) checkUsers(invented bool) error {
	var errs []error
	if !invented {
		errs = append(errs, errors.New("the file must say invented: true; real people do not belong in it"))
	}
	seen := map[string]bool{}
	for _, u := range p.Users {
		errs = append(errs, p.checkUser(u, seen)...)
	}
	return errors.Join(errs...)
}

func (p *Province) checkUser(u User, seen map[string]bool) []error {
	var errs []error
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("user %q: "+format, append([]any{u.Login}, args...)...))
	}
	for _, key := range []string{"login " + u.Login, "email " + strings.ToLower(u.Email)} {
		if seen[key] {
			bad("%s is used twice", key)
		}
		seen[key] = true
	}
	if u.Login == "" || u.FullName == "" || !tidy(u.FullName) || (u.Locale != "vi" && u.Locale != "en") {
		bad("login, full_name (NFC, no stray blanks) and locale (vi or en) are needed")
	}
	if a, err := mail.ParseAddress(u.Email); err != nil || a.Address != u.Email || !strings.HasSuffix(u.Email, ".example") {
		bad("the email must be an address that ends in .example")
	}
	if len(u.Memberships) == 0 {
		bad("no membership")
	}
	for _, m := range u.Memberships {
		if _, ok := p.Unit(m.Unit); !ok {
			bad("unit %q does not exist", m.Unit)
		}
		if m.Title == "" || len(m.Roles) == 0 {
			bad("title and roles are needed in %q", m.Unit)
		}
		for _, r := range m.Roles {
			if !slices.Contains(roles, r) {
				bad("unknown role %q", r)
			}
		}
	}
	return errs
}

// check reports what is wrong with a campaign of a province.
func (c *Campaign) check(p *Province) error {
	var errs []error
	if !idForm.MatchString(c.ID) || c.Title == "" || c.Theme == "" || c.Source == "" || len(c.Audience) == 0 || len(c.Aims) == 0 {
		errs = append(errs, errors.New("id, title, theme, source, audience and aims are needed"))
	}
	if _, ok := p.Unit(c.Launcher.Unit); !ok {
		errs = append(errs, fmt.Errorf("launcher's unit %q does not exist", c.Launcher.Unit))
	}
	for i, x := range c.Contents {
		if x.Number != i+1 || x.Text == "" {
			errs = append(errs, fmt.Errorf("content %d: contents are numbered from 1 and have a text", x.Number))
		}
	}
	for _, x := range c.Indicators {
		if x.Content < 1 || x.Content > len(c.Contents) || x.Text == "" || (x.Target == "") != x.NotStated {
			errs = append(errs, fmt.Errorf("indicator %q: it belongs to a content, and has a target or says not_stated", x.Text))
		}
		if err := validDates(x.Before, ""); err != nil {
			errs = append(errs, err)
		}
	}
	for _, o := range c.Open.All() {
		if (o.Point.Value == "") != o.Point.NotStated {
			errs = append(errs, fmt.Errorf("open_points.%s: give a value or say not_stated: true", o.Name))
		}
	}
	return errors.Join(errs...)
}
