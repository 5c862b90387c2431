package app

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"vinhdanh/internal/identity/permission"
	docs "vinhdanh/internal/office"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// LevelLetter is the tờ trình of a reviewing level over items of many units: its
// words, and of which days, award and unit its list speaks.
type LevelLetter = postgres.LevelLetter

// LevelLetterInput is a letter as it is typed. No ID makes a new one; Version is the
// one that the form started from.
type LevelLetterInput struct {
	ID          string `json:"id,omitempty" validate:"omitempty,uuid"`
	Unit        string `json:"unit,omitempty" validate:"max=100"` // whose letter; empty: the only one of mine
	Version     int    `json:"version,omitempty" validate:"min=0"`
	Addressee   string `json:"addressee" validate:"max=500"`
	Number      string `json:"number" validate:"max=60"`
	Date        string `json:"date" validate:"omitempty,datetime=2006-01-02"`
	Title       string `json:"title" validate:"required,max=500"`
	Body        string `json:"body" validate:"max=10000"`
	Recipients  string `json:"recipients" validate:"max=2000"` // one a line
	SignerTitle string `json:"signer_title" validate:"max=200"`
	Signer      string `json:"signer" validate:"max=200"`
	From        string `json:"from" validate:"omitempty,datetime=2006-01-02"`
	To          string `json:"to" validate:"omitempty,datetime=2006-01-02"`
	Award       string `json:"award" validate:"max=60"`
	Proposing   string `json:"proposing" validate:"max=100"`
	Nonce       string `json:"nonce,omitempty" validate:"max=200"` // of a new one: the same makes one letter
}

// LevelLetterOf is a letter as its form begins with it.
func LevelLetterOf(l LevelLetter) LevelLetterInput {
	return LevelLetterInput{
		ID: l.ID, Unit: l.Unit, Version: l.Version, Addressee: l.Addressee, Number: l.Number, Date: l.Date, Title: l.Title, Body: l.Body,
		Recipients: l.Recipients, SignerTitle: l.SignerTitle, Signer: l.Signer, From: l.From, To: l.To, Award: l.Award, Proposing: l.Proposing,
	}
}

// levelLetters is how many letters a list shows.
const levelLetters = 100

// levelUnits are the units whose letters the session writes: those in which it holds
// a role of a reviewing level.
func (s Session) levelUnits() []string { return s.where("level.list", permission.Stage) }

// LevelLetters lists the letters of the session's levels, the last changed first.
func (a *App) LevelLetters(ctx context.Context, s Session) ([]LevelLetter, error) {
	out, err := a.Store.LevelLetters(ctx, s.levelUnits(), levelLetters)
	if err != nil {
		return nil, internal("list letters", err)
	}
	return out, nil
}

// LevelLetter reads one letter of the session's levels.
func (a *App) LevelLetter(ctx context.Context, s Session, id string) (LevelLetter, error) {
	l, err := a.Store.LevelLetterOf(ctx, s.levelUnits(), id)
	if err != nil {
		return l, internal("read the letter", err)
	}
	return l, nil
}

// NewLevelLetter proposes the words of a new letter over what a query chooses, for
// the session to change and save; nothing is stored.
func (a *App) NewLevelLetter(ctx context.Context, s Session, q LevelQuery) (LevelLetter, error) {
	l := LevelLetter{
		From: q.From, To: q.To, Award: q.Award, Proposing: q.Unit, Number: q.Number, Date: q.Date,
		Title: "Về việc đề nghị khen thưởng", Recipients: "Như trên",
	}
	if err := a.check(q); err != nil {
		return l, err
	}
	var err error
	if l.Unit, err = s.levelUnit(""); err != nil {
		return l, err
	}
	path, err := a.Store.UnitPath(ctx, l.Unit)
	if err != nil || len(path) == 0 {
		return l, internal("read unit", err)
	}
	l.UnitName = path[0].Name
	words, err := a.documentWords(ctx)
	if err != nil {
		return l, err
	}
	l.Body = docs.LevelLetter.Say(words[docs.LevelLetter.Name], map[string]string{"unit": l.UnitName})
	seats, err := a.Store.Seats(ctx, l.Unit, []string{string(proposal.RoleUnitHead), string(proposal.RoleStandingHead)})
	if err != nil {
		return l, internal("read the unit's heads", err)
	}
	if len(seats) > 0 {
		l.SignerTitle, l.Signer = seats[0].Title, seats[0].Name
	}
	l.Addressee, err = a.levelAbove(ctx, s, q, l.Unit)
	return l, err
}

// levelAbove names the body that the cases of a level went on to.
func (a *App) levelAbove(ctx context.Context, s Session, q LevelQuery, unit string) (string, error) {
	sc := s.scope()
	ps, err := a.Store.PassedBy(ctx, sc.Units, sc.Roles, q.Award, q.Unit, 1)
	if err != nil || len(ps) == 0 || ps[0].Route == nil {
		return "", err
	}
	stages := ps[0].Route.Stages
	i := slices.IndexFunc(stages, func(st proposal.Stage) bool { return st.Unit == unit })
	for i++; i > 0 && i < len(stages); i++ {
		if stages[i].Unit == unit {
			continue
		}
		above, err := a.Store.UnitByID(ctx, stages[i].Unit)
		if err != nil {
			return "", internal("read unit", err)
		}
		return above.Name, nil
	}
	return "", nil
}

// levelUnit is the unit whose letter is written: the named one, or the only one.
func (s Session) levelUnit(named string) (string, error) {
	units := s.levelUnits()
	switch {
	case len(units) == 0 || named != "" && !slices.Contains(units, named):
		return "", fail(CodeForbidden, "no reviewing level of the session's has such letters")
	case named != "":
		return named, nil
	}
	return units[0], nil
}

// SaveLevelLetter stores a new letter, or changes one that stands as the form knew it.
func (a *App) SaveLevelLetter(ctx context.Context, s Session, in LevelLetterInput) (LevelLetter, error) {
	if err := a.check(in); err != nil {
		return LevelLetter{}, err
	}
	l := LevelLetter{
		ID: in.ID, Version: in.Version, Addressee: in.Addressee, Number: in.Number, Date: in.Date, Title: in.Title, Body: in.Body,
		Recipients: in.Recipients, SignerTitle: in.SignerTitle, Signer: in.Signer, From: in.From, To: in.To, Award: in.Award, Proposing: in.Proposing,
	}
	if in.ID != "" {
		was, err := a.LevelLetter(ctx, s, in.ID)
		if err != nil {
			return was, err
		}
		l.Unit = was.Unit
		ok, err := a.Store.PutLevelLetter(ctx, l, s.User)
		if err != nil {
			return l, internal("store the letter", err)
		}
		if !ok {
			return was, fail(CodeConflict, "the letter was changed in between")
		}
		return a.LevelLetter(ctx, s, in.ID)
	}
	var err error
	if l.Unit, err = s.levelUnit(in.Unit); err != nil {
		return l, a.refuse(ctx, s, "level-letter", in.Unit, ErrorOf(err))
	}
	if l.ID = uuid.NewString(); in.Nonce != "" {
		l.ID = uuid.NewSHA1(uuid.NameSpaceOID, []byte("level-letter "+s.User+" "+in.Nonce)).String()
	}
	if err := a.Store.AddLevelLetter(ctx, l, s.User); err != nil {
		return l, internal("store the letter", err)
	}
	return a.LevelLetter(ctx, s, l.ID)
}

// DropLevelLetter forgets a letter. What was printed of it is nobody's to forget.
func (a *App) DropLevelLetter(ctx context.Context, s Session, id string) error {
	ok, err := a.Store.DropLevelLetter(ctx, s.levelUnits(), id)
	if err != nil {
		return internal("drop the letter", err)
	}
	if !ok {
		return &Error{Code: CodeNotFound}
	}
	return nil
}
