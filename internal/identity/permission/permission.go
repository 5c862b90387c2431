// Package permission is the one table of who may do and see what. The table is
// data (permissions.yaml, one folder up); the application looks everything up in
// it, so page, API, command line, export and notice obey the same rows.
//
// The model: an Action is a name with Grants. A Grant lists roles, a Relation
// between the unit in which the role is held and the thing that is acted on, and
// the states in which it holds. What no grant allows is refused: deny by default.
// A Field is a part of what is shown or written, with grants of its own.
//
// A person holds Capacities: a role in a unit, in person or for somebody else by a
// dated delegation. Capacities held in person are always tried first.
package permission

import (
	"slices"

	"vinhdanh/internal/law"
	"vinhdanh/internal/proposal"
)

// Relation says where the unit of a capacity stands towards what is acted on.
type Relation string

// The relations. Which units they are is resolved by the application, from the
// case's own route and the tree of units.
const (
	Anywhere Relation = "anywhere" // whatever the unit
	Own      Relation = "own"      // the proposing unit itself
	Stage    Relation = "stage"    // the unit at whose stage the case is
	Awaited  Relation = "awaited"  // the unit, and the roles, that the case waits for
	Reached  Relation = "reached"  // units of the stages that the case has reached
	Review   Relation = "review"   // the level between the unit and the authority
	Standing Relation = "standing" // the standing body that receives the case
	Council  Relation = "council"  // the council itself
	Served   Relation = "served"   // the standing body that serves the council
	Deciding Relation = "deciding" // the deciding authority
	Unit     Relation = "unit"     // the unit in question
	Above    Relation = "above"    // a unit above the one in question
)

// Delegable says whether a role may be exercised for its holder.
type Delegable string

// Whether a role may be delegated.
const (
	DelegableYes Delegable = "yes"
	DelegableLaw Delegable = "law" // where the law's data allows it
	DelegableNo  Delegable = "no"
)

// Role is an office that the table speaks of.
type Role struct {
	Code      proposal.Role `yaml:"code" json:"code"`
	Names     law.Text      `yaml:"names" json:"names"`
	Delegable Delegable     `yaml:"delegable" json:"delegable"`
	Why       law.Text      `yaml:"why" json:"why,omitzero"` // of a role that may not be delegated
	// To are the roles of the same unit of which a delegate must hold one; none
	// means anybody of the house.
	To []proposal.Role `yaml:"to" json:"to,omitempty"`
}

// Grant allows its roles something.
type Grant struct {
	Roles    []proposal.Role `yaml:"roles" json:"roles"` // in the order of preference
	At       Relation        `yaml:"at" json:"at"`
	States   []string        `yaml:"states" json:"states,omitempty"`       // empty: in every state
	InPerson bool            `yaml:"in_person" json:"in_person,omitempty"` // never by delegation
	// Declared: of what stands on a live session of the council, only after the
	// person has declared interests there, and without the items of a conflict.
	Declared bool `yaml:"declared" json:"declared,omitempty"`
}

// Action is something that a person may ask for.
type Action struct {
	Name   string   `yaml:"name" json:"name"`
	Text   law.Text `yaml:"text" json:"text"`
	On     string   `yaml:"on" json:"on"` // kind of thing: case, session, decision, …
	Do     []string `yaml:"do" json:"do"` // functions of the application
	Grants []Grant  `yaml:"grants" json:"grants"`
	// Everybody: whoever is signed in and holds a role, about themselves.
	Everybody bool `yaml:"everybody" json:"everybody,omitempty"`
}

// Field is a part of what is shown or written, with rules of its own.
type Field struct {
	Name  string   `yaml:"name" json:"name"`
	Text  law.Text `yaml:"text" json:"text"`
	On    string   `yaml:"on" json:"on"`
	Read  []Grant  `yaml:"read" json:"read"`
	Write []Grant  `yaml:"write" json:"write,omitempty"`
}

// Kind is a sort of thing with its states.
type Kind struct {
	Name   string   `yaml:"name" json:"name"`
	Names  law.Text `yaml:"names" json:"names"`
	States []State  `yaml:"states" json:"states,omitempty"`
}

// State is a state in which a thing can be.
type State struct {
	Name  string   `yaml:"name" json:"name"`
	Names law.Text `yaml:"names" json:"names"`
}

// Capacity is one role in one unit, as a person holds it.
type Capacity struct {
	Unit   string
	Role   proposal.Role
	Behalf bool // held for somebody else
}

// Place is where something stands: its state, and which units have which relation
// to it. An empty State asks whether the role and the unit would do in some state.
type Place struct {
	State string
	Units map[Relation][]Spot
}

// Spot is a unit in a relation. Only lists the roles that the case's own route asks
// for there; nil means that no route limits them.
type Spot struct {
	Unit string
	Only []proposal.Role
}

// In is the place in another state.
func (p Place) In(state string) Place {
	p.State = state
	return p
}

// At is a place of one unit in one relation, whatever the state.
func At(rel Relation, units ...string) Place {
	p := Place{Units: map[Relation][]Spot{}}
	for _, u := range units {
		p.Units[rel] = append(p.Units[rel], Spot{Unit: u})
	}
	return p
}

// Pick chooses the capacity to act in, by its index: the first that an action's
// grants allow, those held in person before the delegated ones.
func (m *Matrix) Pick(action string, held []Capacity, at Place) (int, bool) {
	a, ok := m.actions[action]
	if !ok {
		return 0, false
	}
	return pick(a.Grants, held, at)
}

func pick(grants []Grant, held []Capacity, at Place) (int, bool) {
	for _, behalf := range []bool{false, true} {
		for _, g := range grants {
			if behalf && g.InPerson || !g.in(at.State) {
				continue
			}
			for _, role := range g.Roles {
				i := slices.IndexFunc(held, func(c Capacity) bool {
					return c.Behalf == behalf && c.Role == role && at.fits(g, c)
				})
				if i >= 0 {
					return i, true
				}
			}
		}
	}
	return 0, false
}

func (g Grant) in(state string) bool {
	return state == "" || len(g.States) == 0 || slices.Contains(g.States, state)
}

func (p Place) fits(g Grant, c Capacity) bool {
	if c.Unit == "" {
		return false // who belongs to no unit may nothing
	}
	if g.At == Anywhere {
		return true
	}
	return slices.ContainsFunc(p.Units[g.At], func(s Spot) bool {
		return s.Unit == c.Unit && (s.Only == nil || slices.Contains(s.Only, c.Role))
	})
}

// Everybody tells whether the action is open to whoever holds a role somewhere.
func (m *Matrix) Everybody(action string, held []Capacity) bool {
	a, ok := m.actions[action]
	return ok && a.Everybody && slices.ContainsFunc(held, func(c Capacity) bool { return c.Unit != "" })
}

// Knows tells whether the table has the action.
func (m *Matrix) Knows(action string) bool { return m.actions[action] != nil }

// RolesOf lists the roles that an action's grants at a relation name, in their order.
func (m *Matrix) RolesOf(action string, rel Relation) []proposal.Role {
	var out []proposal.Role
	if a, ok := m.actions[action]; ok {
		for _, g := range a.Grants {
			if g.At == rel {
				out = append(out, g.Roles...)
			}
		}
	}
	return out
}

// Where lists the units in which a person holds a role that an action grants at a
// relation, each once.
func (m *Matrix) Where(action string, rel Relation, held []Capacity) []string {
	out := []string{}
	for _, c := range m.Held(action, rel, held) {
		if !slices.Contains(out, c.Unit) {
			out = append(out, c.Unit)
		}
	}
	return out
}

// Held lists the capacities that an action's grants at a relation name, whatever
// the state.
func (m *Matrix) Held(action string, rel Relation, held []Capacity) []Capacity {
	a, ok := m.actions[action]
	if !ok {
		return nil
	}
	var out []Capacity
	for _, c := range held {
		for _, g := range a.Grants {
			if g.At == rel && c.Unit != "" && !(g.InPerson && c.Behalf) && slices.Contains(g.Roles, c.Role) && !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out
}

// Owing lists the capacities that an action's grants at a relation name only for
// whoever has declared interests.
func (m *Matrix) Owing(action string, rel Relation, held []Capacity) []Capacity {
	a, ok := m.actions[action]
	if !ok {
		return nil
	}
	return slices.DeleteFunc(m.Held(action, rel, held), func(c Capacity) bool {
		return slices.ContainsFunc(a.Grants, func(g Grant) bool {
			return g.At == rel && !g.Declared && !(g.InPerson && c.Behalf) && slices.Contains(g.Roles, c.Role)
		})
	})
}

// HeldFor tells whether one of the capacities is named by a field's grants to read
// at a relation, whatever the unit and the state.
func (m *Matrix) HeldFor(field string, rel Relation, held []Capacity) bool {
	f, ok := m.fields[field]
	return ok && slices.ContainsFunc(f.Read, func(g Grant) bool {
		return g.At == rel && slices.ContainsFunc(held, func(c Capacity) bool {
			return c.Unit != "" && !(g.InPerson && c.Behalf) && slices.Contains(g.Roles, c.Role)
		})
	})
}

// Reads tells whether a field may be read; a field of no table may not.
func (m *Matrix) Reads(field string, held []Capacity, at Place) bool {
	f, ok := m.fields[field]
	if !ok {
		return false
	}
	_, may := pick(f.Read, held, at)
	return may
}

// Writes tells whether a field may be written.
func (m *Matrix) Writes(field string, held []Capacity, at Place) bool {
	f, ok := m.fields[field]
	if !ok {
		return false
	}
	_, may := pick(f.Write, held, at)
	return may
}
