package roster

import (
	"fmt"
	"slices"
	"strings"
)

// readPeople makes a person of each row; the rows of one login agree on the name.
func (p *Preview) readPeople(lines []line, known map[string]Person) {
	names := map[string]string{}
	for _, l := range lines {
		login := strings.ToLower(l.cells["login"])
		person := known[login]
		person.Login, person.Seats = login, nil
		for field, into := range map[string]*string{"full_name": &person.FullName, "email": &person.Email, "locale": &person.Locale} {
			if v := l.cells[field]; v != "" {
				*into = v
			}
		}
		if person.FullName == "" {
			person.FullName = names[login]
		}
		r := Row{Sheet: peopleSheet, Line: l.number, Key: login, Name: person.FullName, cells: l.cells, person: &person}
		if first, ok := names[login]; ok && first != person.FullName {
			r.Problems = append(r.Problems, problem("full_name", fmt.Sprintf("Tên đăng nhập này ở dòng trên là %q.", first), fmt.Sprintf("This login is %q in a row above.", first)))
		} else {
			names[login] = person.FullName
		}
		r.Problems = append(r.Problems, seatsOf(l, &person)...)
		keepStanding(l, known[login].Seats, person.Seats)
		p.People = append(p.People, r)
	}
}

// seatsOf reads the roles of a row.
func seatsOf(l line, p *Person) []Problem {
	var problems []Problem
	if p.Locale == "" {
		p.Locale = "vi"
	}
	if p.Locale != "vi" && p.Locale != "en" {
		problems = append(problems, problem("locale", "Ngôn ngữ là vi hoặc en.", "The language is vi or en."))
	}
	if p.Email != "" && (strings.Count(p.Email, "@") != 1 || strings.ContainsAny(p.Email, " ,;<>")) {
		problems = append(problems, problem("email", "Địa chỉ thư điện tử chưa đúng.", "The mail address is not well formed."))
	}
	days := [2]string{}
	for i, field := range []string{"from", "to"} {
		d, ok := date(l.cells[field])
		if !ok {
			problems = append(problems, problem(field, "Ngày ghi dạng 01/07/2025.", "Write the day as 01/07/2025."))
		}
		days[i] = d
	}
	roles := strings.FieldsFunc(l.cells["role"], func(r rune) bool { return r == ';' })
	if len(roles) == 0 && l.cells["unit"] != "" {
		problems = append(problems, problem("role", "Chưa ghi vai trò.", "The role is missing."))
	}
	for _, role := range roles {
		p.Seats = append(p.Seats, Seat{Unit: l.cells["unit"], Role: codeOf(Roles, strings.TrimSpace(role)), Title: l.cells["title"], From: days[0], To: days[1], Standing: l.cells["standing"] != ""})
	}
	return problems
}

// keepStanding leaves the marks of standing members as they are where the file has no column
// for them: a file from before there was one says nothing of it. An empty cell of the column
// takes the mark away.
func keepStanding(l line, was, will []Seat) {
	for _, field := range l.heads {
		if field == "standing" {
			return
		}
	}
	for i := range will {
		for _, s := range was {
			if s.Unit == will[i].Unit && s.Role == will[i].Role {
				will[i].Standing = will[i].Standing || s.Standing
			}
		}
	}
}

func (p *Preview) settlePeople(tree Tree, known map[string]Person, bounds Bounds) {
	for i := range p.People {
		r := &p.People[i]
		r.Problems = append(r.Problems, tree.CheckPerson(*r.person)...)
		if len(r.Problems) == 0 {
			r.Problems = bounds.person(tree, known[r.Key], *r.person)
		}
		if len(r.Problems) > 0 {
			r.State = StateError
			continue
		}
		was, there := known[r.Key]
		r.State, r.Changes = personState(there, was, *r.person)
	}
}

func personState(known bool, was, will Person) (State, []string) {
	if !known {
		return StateNew, nil
	}
	var changes []string
	for field, pair := range map[string][2]string{"full_name": {was.FullName, will.FullName}, "email": {was.Email, will.Email}, "locale": {was.Locale, will.Locale}} {
		if pair[0] != pair[1] {
			changes = append(changes, field)
		}
	}
	for _, s := range will.Seats {
		if !slices.Contains(was.Seats, s) {
			changes = append(changes, "seats")
			break
		}
	}
	slices.Sort(changes)
	if len(changes) == 0 {
		return StateSame, nil
	}
	return StateChanged, changes
}
