package roster

import (
	"fmt"
	"io"
	"slices"
	"strconv"
)

// State says what becomes of a row.
type State string

// The states of a row.
const (
	StateNew     State = "new"
	StateChanged State = "changed"
	StateSame    State = "same"
	StateError   State = "error"
)

// Row is one row of a preview.
type Row struct {
	Sheet    string    `json:"sheet"`
	Line     int       `json:"line"`
	Key      string    `json:"key"` // id or login
	Name     string    `json:"name"`
	State    State     `json:"state"`
	Changes  []string  `json:"changes,omitempty"` // fields that will differ
	Problems []Problem `json:"problems,omitempty"`

	unit   *Unit
	person *Person
	cells  map[string]string
}

// Counts sums a preview up.
type Counts struct {
	Rows    int `json:"rows"`
	New     int `json:"new"`
	Changed int `json:"changed"`
	Same    int `json:"same"`
	Errors  int `json:"errors"`
}

// Preview is what would become of a workbook.
type Preview struct {
	Counts Counts `json:"counts"`
	Units  []Row  `json:"units"`
	People []Row  `json:"people"`
}

// Present is what is there before a workbook is taken over.
type Present struct {
	Tree   Tree
	People map[string]Person // by login
}

// Preview judges every row against what is there and against the other rows. A row
// that leans on a faulty one is faulty too.
func (b *Book) Preview(now Present, bounds Bounds) *Preview {
	p := &Preview{Units: []Row{}, People: []Row{}}
	p.readUnits(b.units, now.Tree)
	tree := p.settleUnits(now.Tree, bounds)
	p.readPeople(b.people, now.People)
	p.settlePeople(tree, now.People, bounds)
	for _, rows := range [][]Row{p.Units, p.People} {
		for _, r := range rows {
			p.Counts.Rows++
			switch r.State {
			case StateNew:
				p.Counts.New++
			case StateChanged:
				p.Counts.Changed++
			case StateSame:
				p.Counts.Same++
			default:
				p.Counts.Errors++
			}
		}
	}
	return p
}

// readUnits makes units of rows, over what is there.
func (p *Preview) readUnits(lines []line, tree Tree) {
	taken := tree.With()
	seen := map[string]int{}
	for _, l := range lines {
		r := Row{Sheet: unitSheet, Line: l.number, cells: l.cells}
		id := l.cells["id"]
		if id == "" {
			id = taken.NewID(l.cells["short_name"])
		}
		u, problems := unitOf(l, id, tree[id])
		r.unit, r.Key, r.Name, r.Problems = &u, id, u.Name, problems
		if first := seen[id]; first != 0 {
			r.Problems = append(r.Problems, problem("id", fmt.Sprintf("Mã này đã có ở dòng %d.", first), fmt.Sprintf("Row %d has this id.", first)))
		}
		seen[id], taken[id] = l.number, u
		if l.cells["bodies"] != "" && len(r.Problems) == 0 {
			bodies := bodiesOf(r.unit, taken)
			p.Units = append(p.Units, r)
			for _, b := range bodies {
				taken[b.ID] = b
				p.Units = append(p.Units, Row{Sheet: unitSheet, Line: l.number, Key: b.ID, Name: b.Name, unit: &b, cells: unitCells(b)})
			}
			continue
		}
		p.Units = append(p.Units, r)
	}
}

// unitOf reads a row; an empty cell keeps what is there.
func unitOf(l line, id string, was Unit) (Unit, []Problem) {
	u := was
	u.ID = id
	var problems []Problem
	for field, into := range map[string]*string{
		"name": &u.Name, "short_name": &u.ShortName, "parent": &u.Parent, "place": &u.Place, "symbol": &u.Symbol,
		"authority": &u.Authority, "standing_body": &u.StandingBody, "council": &u.Council,
	} {
		if v := l.cells[field]; v != "" {
			*into = v
		}
	}
	if v := l.cells["kind"]; v != "" {
		u.Kind = codeOf(Kinds, v)
	}
	if v := l.cells["level"]; v != "" {
		u.Level = codeOf(Levels, v)
	}
	if v := l.cells["order"]; v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 0 || n > 100000 {
			problems = append(problems, problem("order", "Thứ tự phải là số.", "The order is a number."))
		}
		u.Order = n
	}
	for field, into := range map[string]*string{"valid_from": &u.ValidFrom, "valid_to": &u.ValidTo} {
		if v := l.cells[field]; v != "" {
			d, ok := date(v)
			if !ok {
				problems = append(problems, problem(field, "Ngày ghi dạng 01/07/2025.", "Write the day as 01/07/2025."))
				continue
			}
			*into = d
		}
	}
	return u, problems
}

// bodiesOf are the council and the standing body of a People's Committee, which
// then acts through them and decides itself.
func bodiesOf(u *Unit, taken Tree) []Unit {
	council := Unit{
		ID: taken.NewID("hoi-dong-tdkt-" + u.ID), Name: "Hội đồng Thi đua - Khen thưởng " + u.ShortName, ShortName: "Hội đồng TĐKT " + u.ShortName,
		Kind: "council", Level: u.Level, Parent: u.ID, Place: u.Place, Symbol: "HĐTĐKT", Order: 1, ValidFrom: u.ValidFrom,
	}
	standing := Unit{
		ID: taken.NewID("thuong-truc-tdkt-" + u.ID), Name: "Cơ quan thường trực Hội đồng Thi đua - Khen thưởng " + u.ShortName,
		ShortName: "Thường trực TĐKT " + u.ShortName,
		Kind:      "standing_body", Level: u.Level, Parent: u.ID, Place: u.Place, Symbol: "TTTĐKT", Order: 2, ValidFrom: u.ValidFrom,
	}
	var out []Unit
	if u.Council == "" {
		u.Council = council.ID
		out = append(out, council)
	}
	if u.StandingBody == "" {
		u.StandingBody = standing.ID
		out = append(out, standing)
	}
	if u.Authority == "" {
		u.Authority = u.ID
	}
	return out
}

// settleUnits checks the rows against the tree that they would make, until no more
// row falls.
func (p *Preview) settleUnits(now Tree, bounds Bounds) Tree {
	for {
		tree := now.With()
		for _, r := range p.Units {
			if len(r.Problems) == 0 {
				tree[r.Key] = *r.unit
			}
		}
		fell := false
		for i := range p.Units {
			r := &p.Units[i]
			if len(r.Problems) > 0 {
				r.State = StateError
				continue
			}
			was, known := now[r.Key]
			r.Problems = append(tree.CheckUnit(*r.unit), bounds.unit(tree, was, known, *r.unit)...)
			if len(r.Problems) > 0 {
				fell, r.State = true, StateError
				continue
			}
			r.State, r.Changes = stateOf(known, unitCells(was), unitCells(*r.unit))
		}
		if !fell {
			return tree
		}
	}
}

func stateOf(known bool, was, will map[string]string) (State, []string) {
	if !known {
		return StateNew, nil
	}
	var changes []string
	for field, v := range will {
		if was[field] != v {
			changes = append(changes, field)
		}
	}
	slices.Sort(changes)
	if len(changes) == 0 {
		return StateSame, nil
	}
	return StateChanged, changes
}

// Take gives what to write: units that are new or changed, and people with the
// seats of all their good rows.
func (p *Preview) Take() ([]Unit, []Person) {
	var units []Unit
	for _, r := range p.Units {
		if r.State == StateNew || r.State == StateChanged {
			units = append(units, *r.unit)
		}
	}
	var people []Person
	at := map[string]int{}
	for _, r := range p.People {
		if r.State != StateNew && r.State != StateChanged {
			continue
		}
		i, known := at[r.Key]
		if !known {
			at[r.Key] = len(people)
			people = append(people, *r.person)
			continue
		}
		people[i].Seats = append(people[i].Seats, r.person.Seats...)
	}
	return units, people
}

// BadRows writes a workbook of only the rows to correct, with what is wrong beside
// each.
func (p *Preview) BadRows(w io.Writer) error {
	bad := func(rows []Row) []map[string]string {
		var out []map[string]string
		for _, r := range rows {
			if r.State != StateError {
				continue
			}
			cells := map[string]string{"line": strconv.Itoa(r.Line)}
			for k, v := range r.cells {
				cells[k] = v
			}
			for _, pr := range r.Problems {
				cells["vi"] += pr.VI + " "
				cells["en"] += pr.EN + " "
			}
			out = append(out, cells)
		}
		return out
	}
	extra := []column{{"line", "Dòng gốc", 9, nil}, {"vi", "Cần sửa", 50, nil}, {"en", "To correct", 50, nil}}
	return write(w, bad(p.Units), bad(p.People), extra)
}
