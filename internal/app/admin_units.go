package app

import (
	"context"
	"slices"

	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/roster"
	"vinhdanh/internal/vietnamese"
)

// UnitNode is a unit in the tree as administrators see it.
type UnitNode struct {
	UnitRow
	Depth  int  `json:"depth"`  // below the roots that are shown
	Exists bool `json:"exists"` // on the business date
	Mine   bool `json:"mine"`   // within the reader's reach, to change
}

// Units lists the tree of units within the session's reach, parents before their
// children, each level in protocol order. Auditors see the whole tree.
func (a *App) Units(ctx context.Context, s Session) ([]UnitNode, error) {
	r, err := a.reach(ctx, s, true, "units", "")
	if err != nil {
		return nil, err
	}
	below := map[string][]postgres.UnitRow{}
	shown := map[string]bool{}
	for _, u := range r.rows {
		if r.covers(u.ID) {
			shown[u.ID] = true
		}
	}
	for _, u := range r.rows {
		switch {
		case !shown[u.ID]:
		case shown[u.Parent]:
			below[u.Parent] = append(below[u.Parent], u)
		default:
			below[""] = append(below[""], u)
		}
	}
	admin := len(s.where("administer", permission.Unit)) > 0
	today, out := a.Today().String(), []UnitNode{}
	var walk func(parent string, depth int)
	walk = func(parent string, depth int) {
		for _, u := range below[parent] {
			out = append(out, UnitNode{UnitRow: u, Depth: depth, Exists: u.Exists(today), Mine: admin && r.covers(u.ID)})
			if depth < 20 {
				walk(u.ID, depth+1)
			}
		}
	}
	walk("", 0)
	return out, nil
}

// UnitDetail is one unit with what hangs on it.
type UnitDetail struct {
	UnitNode
	Children  []roster.Unit       `json:"children"`
	Seats     []PersonRow         `json:"seats"` // people with a role there, past and to come
	OpenCases []postgres.OpenCase `json:"open_cases"`
	Drafts    int                 `json:"drafts"`
	Events    []AdminEvent        `json:"events"`
}

// UnitDetail shows one unit within reach: people, open cases by reference, history.
func (a *App) UnitDetail(ctx context.Context, s Session, id string) (UnitDetail, error) {
	all, err := a.Units(ctx, s)
	if err != nil {
		return UnitDetail{}, err
	}
	i := slices.IndexFunc(all, func(u UnitNode) bool { return u.ID == id })
	if i < 0 {
		return UnitDetail{}, &Error{Code: CodeNotFound}
	}
	out := UnitDetail{UnitNode: all[i], Children: []roster.Unit{}}
	for _, u := range all {
		if u.Parent == id {
			out.Children = append(out.Children, u.Unit)
		}
	}
	if out.Seats, err = a.Store.FindPeople(ctx, postgres.PersonQuery{Unit: id}); err != nil {
		return out, internal("read people", err)
	}
	if out.OpenCases, err = a.Store.OpenCasesOf(ctx, id, 500); err != nil {
		return out, internal("read open cases", err)
	}
	if out.Drafts, err = a.Store.DraftsOf(ctx, id); err != nil {
		return out, internal("read drafts", err)
	}
	out.Events, err = a.Store.AdminEvents(ctx, postgres.EventQuery{Target: id, Limit: 50})
	if err != nil {
		return out, internal("read events", err)
	}
	return out, nil
}

// UnitInput is a unit as an administrator writes it. With New set it must not exist;
// its id may be left empty.
type UnitInput struct {
	roster.Unit
	New    bool   `json:"new,omitempty"`
	Reason string `json:"reason,omitempty" validate:"max=1000"`
	Nonce  string `json:"-"`
}

// SaveUnit makes a unit or changes one. Its end by merging has its own function.
func (a *App) SaveUnit(ctx context.Context, s Session, in UnitInput) (UnitDetail, error) {
	in.Unit = composed(in.Unit)
	if err := a.check(in); err != nil {
		return UnitDetail{}, err
	}
	action := "unit.edit"
	if in.New {
		action = "unit.create"
	}
	r, err := a.reach(ctx, s, false, action, in.ID)
	if err != nil {
		return UnitDetail{}, err
	}
	was, there := r.tree[in.ID]
	switch {
	case in.New && in.ID == "":
		in.ID = r.tree.NewID(in.ShortName)
	case in.New && there:
		if ev, err := a.again(ctx, s, in.Nonce); err == nil && ev {
			return a.UnitDetail(ctx, s, in.ID)
		}
		return UnitDetail{}, &Error{Code: CodeDuplicate, Fields: []FieldError{{Field: "id", Rule: "unique"}}}
	case !in.New && (!there || !r.covers(in.ID)):
		return UnitDetail{}, &Error{Code: CodeNotFound}
	}
	if err := a.mayPlace(ctx, s, r, action, was, in.Unit); err != nil {
		return UnitDetail{}, err
	}
	if err := wrong(r.tree.With(in.Unit).CheckUnit(in.Unit)); err != nil {
		return UnitDetail{}, err
	}
	if _, err := a.Store.PutUnits(ctx, doing(s, action, in.ID, in.Reason, in.Nonce), []roster.Unit{in.Unit}); err != nil {
		return UnitDetail{}, changed("save unit", err)
	}
	return a.UnitDetail(ctx, s, in.ID)
}

// mayPlace asks that a unit, and what it newly names, is within reach: nobody hangs a
// unit below another's, or lets it act through another's bodies. A unit without a
// parent is for administrators of the installation.
func (a *App) mayPlace(ctx context.Context, s Session, r reach, action string, was, will roster.Unit) error {
	if r.all {
		return nil
	}
	foreign := will.Parent == "" || will.Parent != was.Parent && !r.covers(will.Parent)
	for _, link := range [][2]string{{was.Authority, will.Authority}, {was.StandingBody, will.StandingBody}, {was.Council, will.Council}} {
		foreign = foreign || link[1] != "" && link[1] != link[0] && link[1] != will.ID && !r.covers(link[1])
	}
	if foreign {
		return a.refuse(ctx, s, action, will.ID, fail(CodeForbidden, "the unit would stand outside the administrator's reach"))
	}
	return nil
}

// again tells whether the form with this nonce was taken before.
func (a *App) again(ctx context.Context, s Session, nonce string) (bool, error) {
	if nonce == "" {
		return false, nil
	}
	return a.Store.AdminNonce(ctx, s.User, formNonce(s, nonce))
}

// composed writes the texts of a unit in NFC; letters stay as they are.
func composed(u roster.Unit) roster.Unit {
	for _, f := range []*string{&u.Name, &u.ShortName, &u.Place, &u.Symbol} {
		*f = vietnamese.NFC(*f)
	}
	return u
}
