package app

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"vinhdanh/internal/dossier"
	"vinhdanh/internal/postgres"
)

// ResolveInput says what a pair is. After is the id of the last word that the speaker
// saw, so that nobody overrules unseen; empty where nothing was said.
type ResolveInput struct {
	Word   string `json:"word" validate:"required,oneof=same other_achievement different"`
	Reason string `json:"reason" validate:"required,max=2000"`
	After  string `json:"after,omitempty" validate:"omitempty,uuid"`
	Nonce  string `json:"nonce,omitempty" validate:"max=120"`
}

// UndoInput takes the last word back.
type UndoInput struct {
	Reason string `json:"reason" validate:"required,max=2000"`
	After  string `json:"after,omitempty" validate:"omitempty,uuid"`
	Nonce  string `json:"nonce,omitempty" validate:"max=120"`
}

// ResolveDuplicate puts on record what a pair is: the same, the same subject for
// another achievement, or another subject. It may be said anew, and undone.
func (a *App) ResolveDuplicate(ctx context.Context, s Session, pair string, in ResolveInput) (DuplicateView, error) {
	if err := a.check(in); err != nil {
		return DuplicateView{}, err
	}
	return a.sayDuplicate(ctx, s, pair, postgres.NewWord{Word: in.Word, Reason: in.Reason, After: in.After, Nonce: in.Nonce})
}

// UndoDuplicate takes back what was said last of a pair; it stays on record.
func (a *App) UndoDuplicate(ctx context.Context, s Session, pair string, in UndoInput) (DuplicateView, error) {
	if err := a.check(in); err != nil {
		return DuplicateView{}, err
	}
	return a.sayDuplicate(ctx, s, pair, postgres.NewWord{Word: dossier.WordUndone, Reason: in.Reason, After: in.After, Nonce: in.Nonce})
}

func (a *App) sayDuplicate(ctx context.Context, s Session, pair string, w postgres.NewWord) (DuplicateView, error) {
	v, err := a.Duplicate(ctx, s, pair)
	if err != nil {
		return v, err
	}
	if w.Nonce = formNonce(s, w.Nonce); w.Nonce == "" {
		w.Nonce = uuid.NewString()
	}
	low, high, _ := cutPair(v.Pair)
	w.Pair = postgres.DuplicatePair{Low: low, High: high}
	weighed, err := dossier.WeighPairs(ctx, a.Store, []postgres.DuplicatePair{w.Pair})
	if err != nil {
		return v, internal("weigh duplicates", err)
	}
	sight, err := a.pairSight(ctx, s, weighed[w.Pair])
	switch {
	case err != nil:
		return v, err
	case sight.self:
		return v, a.refuse(ctx, s, "resolve-duplicate", pair, readable(CodeForbidden,
			"Không ai kết luận về trường hợp của chính mình.", "nobody decides on themselves"))
	case !sight.may:
		return v, a.refuse(ctx, s, "resolve-duplicate", pair, readable(CodeForbidden,
			"Cơ quan thường trực kết luận về trường hợp trùng.", "the standing body says whether it is a duplicate"))
	}
	if w.Word == dossier.WordUndone && v.State == "" && len(v.Words) == 0 {
		return v, readable(CodeNotReady, "Chưa có kết luận nào để hủy.", "nothing was said that could be undone")
	}
	if w.After == "" && len(v.Words) > 0 && w.Word == dossier.WordUndone {
		w.After = v.Words[0].ID
	}
	w.Seen, w.By, w.Behalf, w.Role, w.Unit = weighed[w.Pair].Match, s.User, sight.actor.OnBehalfOf, sight.actor.Role, sight.actor.Unit
	err = a.Store.SayDuplicate(ctx, w)
	if errors.Is(err, postgres.ErrSaidMeanwhile) {
		return v, readable(CodeConflict, "Vừa có người kết luận khác; hãy xem lại rồi kết luận.", "somebody else has just said something of this pair; look again")
	}
	if err != nil {
		return v, internal("put the word on record", err)
	}
	return a.Duplicate(ctx, s, pair)
}
