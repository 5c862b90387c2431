package app

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/rs/zerolog"

	"vinhdanh/internal/council"
	"vinhdanh/internal/identity/permission"
)

// Reasons for which a voter has no say on an item, beside the kinds of conflict.
const (
	BlockedSecret = "secret" // voted on paper
	BlockedSealed = "sealed" // voted by a sealed ballot, on its own page
	BlockedAbsent = "absent" // the item takes no written opinions of absent members
)

// BallotView is a member's own ballot paper: every item, what may be said on it,
// and what was filled in so far. Nobody else can read a ballot before it is cast.
type BallotView struct {
	SessionRow
	Items   []BallotItem      `json:"ballot"`
	Choices map[string]string `json:"choices"` // item → yes, no or abstain, as saved
	Asked   int               `json:"asked"`   // items on which this voter has a say
	Filled  int               `json:"filled"`
	Saved   *time.Time        `json:"saved,omitempty"`
	Version int               `json:"version,omitempty"`
	Written bool              `json:"written,omitempty"` // the voter is absent and gives a written opinion
	Cast    bool              `json:"cast,omitempty"`
}

// BallotItem is one line of a ballot paper.
type BallotItem struct {
	AgendaItem
	Place   int    `json:"place"`             // on the agenda, from 0
	Blocked string `json:"blocked,omitempty"` // secret, absent, own, declared or late; empty: asked
	Reason  string `json:"reason,omitempty"`  // of a declared conflict
}

// BallotChange is what a voter filled in since the last saving. An empty choice
// clears an item.
type BallotChange struct {
	Items map[string]string `json:"items" validate:"max=5000,dive,keys,required,max=60,endkeys,oneof='' yes no abstain"`
}

// Ballot shows the reader's own ballot paper for a session.
func (a *App) Ballot(ctx context.Context, s Session, id string) (BallotView, error) {
	v, err := a.SessionView(ctx, s, id)
	if err != nil {
		return BallotView{}, err
	}
	at := slices.IndexFunc(v.Roster, func(x SeatView) bool { return x.User == s.User })
	if at < 0 {
		return BallotView{}, &Error{Code: CodeNotFound}
	}
	if v.Withheld || !v.Roster[at].Declared {
		return BallotView{}, mustDeclare()
	}
	out := BallotView{SessionRow: v.CouncilSession, Cast: v.Roster[at].Voted, Choices: map[string]string{}}
	out.Written = v.Phase == string(council.PhaseOpen) && !v.Roster[at].Present
	for n, it := range v.Agenda {
		if !onBallot(v.CouncilSession, it) {
			continue
		}
		line := BallotItem{AgendaItem: it, Place: n}
		line.Blocked, line.Reason = blocked(v, it, s.User, out.Written)
		if line.Blocked == "" {
			out.Asked++
		}
		out.Items = append(out.Items, line)
	}
	return out, a.fillDraft(ctx, &out, s.User)
}

// blocked says why a voter has no say on an item; empty when asked.
func blocked(v SessionView, it AgendaItem, member string, written bool) (kind, reason string) {
	for _, c := range v.Conflicts {
		if c.Member == member && c.Item == it.Item {
			return c.Kind, c.Reason
		}
	}
	switch {
	case it.Rule != nil && it.Rule.Ballot == council.BallotSecret:
		if v.Electronic {
			return BlockedSealed, ""
		}
		return BlockedSecret, ""
	case it.Rule != nil && written && it.Rule.Absent != council.AbsentWritten && !inWriting(v.CouncilSession):
		return BlockedAbsent, ""
	}
	return "", ""
}

func (a *App) fillDraft(ctx context.Context, out *BallotView, member string) error {
	d, err := a.Store.BallotDraftOf(ctx, out.ID, member)
	if err != nil {
		return internal("read the ballot's draft", err)
	}
	if d == nil {
		return nil
	}
	choices, err := a.openDraft(out.CaseID, member, d.Sealed)
	if err != nil {
		return err
	}
	out.Saved, out.Version = &d.At, d.Version
	for _, it := range out.Items {
		if c := choices[it.Item]; c != "" && it.Blocked == "" {
			out.Choices[it.Item] = c
			out.Filled++
		}
	}
	return nil
}

// SaveBallot keeps what the reader has filled in of an own ballot, sealed so that
// only the voter's own requests open it. What two tabs save is merged, item by
// item. It is deleted once the ballot is cast.
func (a *App) SaveBallot(ctx context.Context, s Session, id string, in BallotChange) (BallotView, error) {
	if err := a.check(in); err != nil {
		return BallotView{}, err
	}
	v, err := a.Ballot(ctx, s, id)
	if err != nil {
		return v, err
	}
	if _, ok := s.can("session.cast", permission.Council, v.Unit); !ok {
		return v, &Error{Code: CodeNotFound}
	}
	if err := a.mayFill(ctx, s, v, in); err != nil {
		return v, err
	}
	_, err = a.Store.ChangeBallotDraft(ctx, v.ID, s.User, func(sealed []byte) ([]byte, error) {
		choices := map[string]string{}
		if sealed != nil {
			if choices, err = a.openDraft(v.CaseID, s.User, sealed); err != nil {
				return nil, err
			}
		}
		for item, c := range in.Items {
			if choices[item] = c; c == "" {
				delete(choices, item)
			}
		}
		return a.sealDraft(v.CaseID, s.User, choices)
	})
	if err != nil {
		return v, internal("save the ballot", err)
	}
	v.Choices, v.Filled = map[string]string{}, 0
	return v, a.fillDraft(ctx, &v, s.User)
}

func (a *App) mayFill(ctx context.Context, s Session, v BallotView, in BallotChange) error {
	if v.Cast || over(v.SessionRow) || v.Number == 0 {
		return a.refuse(ctx, s, "save-ballot", v.CaseID, readable(CodeConflict,
			"Phiếu đã bỏ, hoặc cuộc bỏ phiếu chưa mở hay đã kết thúc; không lưu thêm được.",
			"the ballot was cast, or the vote is not open; nothing was saved"))
	}
	known := map[string]bool{}
	for _, it := range v.Items {
		known[it.Item] = it.Blocked == ""
	}
	var foreign []string
	for item := range in.Items {
		if !known[item] {
			foreign = append(foreign, item)
		}
	}
	if len(foreign) > 0 {
		slices.Sort(foreign)
		return ballotError(foreign, "Bạn không biểu quyết các trường hợp này", "you have no vote on these items")
	}
	return nil
}

// forgetDraft deletes what is left of ballots that were being filled in. The act
// is done whether or not it succeeds.
func (a *App) forgetDraft(ctx context.Context, session, member string) {
	if err := a.Store.DropBallotDrafts(ctx, session, member); err != nil {
		zerolog.Ctx(ctx).Error().Err(err).Str("session", session).Msg("a ballot's draft could not be deleted")
	}
}

// errDraft says that a draft does not open under its voter's key.
var errDraft = errors.New("app: the ballot's draft does not open")

// sealDraft encrypts choices for one voter of one session: AES-256-GCM under a key
// derived from the session's own key.
func (a *App) sealDraft(caseID, member string, choices map[string]string) ([]byte, error) {
	gcm, err := a.draftCipher(caseID, member)
	if err != nil {
		return nil, err
	}
	short := make(map[string]string, len(choices)) // of one length, so that the size says nothing
	for item, c := range choices {
		short[item] = c[:1]
	}
	plain, err := json.Marshal(short)
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, gcm.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return nil, err
	}
	return gcm.Seal(nonce, nonce, plain, []byte(caseID+"\n"+member)), nil
}

func (a *App) openDraft(caseID, member string, sealed []byte) (map[string]string, error) {
	gcm, err := a.draftCipher(caseID, member)
	if err != nil {
		return nil, err
	}
	if len(sealed) < gcm.NonceSize() {
		return nil, errDraft
	}
	plain, err := gcm.Open(nil, sealed[:gcm.NonceSize()], sealed[gcm.NonceSize():], []byte(caseID+"\n"+member))
	if err != nil {
		return nil, errDraft
	}
	choices := map[string]string{}
	if err := json.Unmarshal(plain, &choices); err != nil {
		return nil, err
	}
	for item, c := range choices {
		choices[item] = choiceWords[c[0]]
	}
	return choices, nil
}

func (a *App) draftCipher(caseID, member string) (cipher.AEAD, error) {
	key, err := a.Keys.Key(caseID, true)
	if err != nil {
		return nil, fmt.Errorf("app: key of the session: %w", err)
	}
	own, err := hkdf.Key(sha256.New, key, nil, "vinhdanh ballot draft "+member, 32)
	if err != nil {
		return nil, fmt.Errorf("app: key of a ballot's draft: %w", err)
	}
	block, err := aes.NewCipher(own)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}
