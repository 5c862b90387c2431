package permission

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"github.com/goccy/go-yaml"

	"vinhdanh/internal/law"
	"vinhdanh/internal/proposal"
)

// Matrix is the loaded table. It is read-only and safe for concurrent use.
type Matrix struct {
	table
	hash    string
	actions map[string]*Action
	fields  map[string]*Field
	roles   map[proposal.Role]*Role
}

// table is what the file holds.
type table struct {
	Kinds     []Kind         `yaml:"kinds" json:"kinds"`
	Roles     []Role         `yaml:"roles" json:"roles"`
	Relations []RelationText `yaml:"relations" json:"relations"`
	Actions   []Action       `yaml:"actions" json:"actions"`
	Fields    []Field        `yaml:"fields" json:"fields"`
	// Open are functions that ask for nobody: what they show is public, or they
	// open a session themselves.
	Open []OpenFunction `yaml:"open" json:"open"`
}

// RelationText explains a relation.
type RelationText struct {
	Name Relation `yaml:"name" json:"name"`
	Text law.Text `yaml:"text" json:"text"`
}

// OpenFunction is a function without a signed-in person, and why it needs none.
type OpenFunction struct {
	Do  string   `yaml:"do" json:"do"`
	Why law.Text `yaml:"why" json:"why"`
}

// Load reads the table strictly: unknown keys, unknown roles, relations or states,
// names that stand twice, and grants that allow nothing fail, all named at once.
func Load(raw []byte) (*Matrix, error) {
	m := &Matrix{actions: map[string]*Action{}, fields: map[string]*Field{}, roles: map[proposal.Role]*Role{}}
	if err := yaml.NewDecoder(bytes.NewReader(raw), yaml.Strict()).Decode(&m.table); err != nil {
		return nil, fmt.Errorf("permissions: %w", err)
	}
	sum := sha256.Sum256(raw)
	m.hash = hex.EncodeToString(sum[:])
	var problems []error
	add := func(format string, args ...any) {
		problems = append(problems, fmt.Errorf("permissions: "+format, args...))
	}
	m.index(add)
	for _, a := range m.Actions {
		m.check(add, "action "+a.Name, a.On, a.Grants)
		if len(a.Grants) == 0 && !a.Everybody {
			add("action %s: nobody may do it; take it out or grant it", a.Name)
		}
		if len(a.Do) == 0 {
			add("action %s: names no function", a.Name)
		}
	}
	for _, f := range m.Fields {
		m.check(add, "field "+f.Name, f.On, f.Read)
		m.check(add, "field "+f.Name, f.On, f.Write)
	}
	return m, errors.Join(problems...)
}

// index fills the maps and finds what stands twice or has no text.
func (m *Matrix) index(add func(string, ...any)) {
	for i := range m.Roles {
		r := &m.Roles[i]
		if m.roles[r.Code] != nil {
			add("role %s stands twice", r.Code)
		}
		m.roles[r.Code] = r
		if !slices.Contains([]Delegable{DelegableYes, DelegableLaw, DelegableNo}, r.Delegable) || (r.Delegable == DelegableNo && r.Why.VI == "") {
			add("role %s: delegable is yes, law, or no with the reason", r.Code)
		}
		written(add, "role "+string(r.Code), r.Names)
	}
	for i := range m.Actions {
		a := &m.Actions[i]
		if m.actions[a.Name] != nil {
			add("action %s stands twice", a.Name)
		}
		m.actions[a.Name] = a
		written(add, "action "+a.Name, a.Text)
	}
	for i := range m.Fields {
		f := &m.Fields[i]
		if m.fields[f.Name] != nil {
			add("field %s stands twice", f.Name)
		}
		m.fields[f.Name] = f
		written(add, "field "+f.Name, f.Text)
	}
}

func written(add func(string, ...any), what string, t law.Text) {
	if t.VI == "" || t.EN == "" {
		add("%s: its text is given in vi and en", what)
	}
}

func (m *Matrix) check(add func(string, ...any), what, on string, grants []Grant) {
	i := slices.IndexFunc(m.Kinds, func(k Kind) bool { return k.Name == on })
	if i < 0 {
		add("%s: there is no kind of thing %q", what, on)
		return
	}
	for _, g := range grants {
		if len(g.Roles) == 0 {
			add("%s: a grant names no role", what)
		}
		for _, r := range g.Roles {
			if m.roles[r] == nil {
				add("%s: there is no role %q", what, r)
			}
		}
		if !slices.ContainsFunc(m.Relations, func(t RelationText) bool { return t.Name == g.At }) {
			add("%s: there is no relation %q", what, g.At)
		}
		for _, s := range g.States {
			if !slices.ContainsFunc(m.Kinds[i].States, func(x State) bool { return x.Name == s }) {
				add("%s: %s has no state %q", what, on, s)
			}
		}
	}
}

// Hash is the SHA-256 of the file, in hexadecimal.
func (m *Matrix) Hash() string { return m.hash }

// Role finds a role; false if the table does not know it.
func (m *Matrix) Role(code proposal.Role) (Role, bool) {
	r, ok := m.roles[code]
	if !ok {
		return Role{}, false
	}
	return *r, true
}

// Action finds an action; false if the table does not know it.
func (m *Matrix) Action(name string) (Action, bool) {
	a, ok := m.actions[name]
	if !ok {
		return Action{}, false
	}
	return *a, true
}
