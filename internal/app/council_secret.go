package app

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"vinhdanh/internal/act"
	"vinhdanh/internal/council"
	"vinhdanh/internal/council/ballotbox"
	"vinhdanh/internal/postgres"
)

// SecretState is where a session's sealed ballots stand.
type SecretState struct {
	Keys     []council.RecordKey `json:"keys"` // of who has made a share
	Ballots  int                 `json:"ballots"`
	Root     string              `json:"root,omitempty"` // commitment to the ballots, once the box is closed
	Counted  bool                `json:"counted"`
	Attested bool                `json:"attested"`
	Receipt  string              `json:"receipt,omitempty"` // digest of the reader's own sealed ballot
	Round    int                 `json:"round"`             // the ballot that all of this is of: 1, or 2
	First    string              `json:"first,omitempty"`   // in a second: receipt of the first
}

// secretState reads where a session's sealed ballots stand; nil where it has none.
func (a *App) secretState(ctx context.Context, s Session, row postgres.CouncilSession, v *SessionView) error {
	if !row.Electronic {
		return nil
	}
	st := SecretState{Root: row.Box, Round: row.BoxRound}
	var err error
	if st.Keys, err = a.ballotKeys(ctx, row.CaseID, row.BoxRound); err != nil {
		return err
	}
	votes, err := a.Store.SecretVotesOf(ctx, row.ID)
	if err != nil {
		return internal("read who has cast a sealed ballot", err)
	}
	for _, b := range votes {
		if b.Round != row.BoxRound {
			if b.Member == s.User {
				st.First = b.Digest
			}
			continue
		}
		st.Ballots++
		if b.Member == s.User {
			st.Receipt = b.Digest
		}
		for i := range v.Roster {
			if v.Roster[i].User == b.Member {
				v.Roster[i].Sealed, v.Roster[i].Written = true, v.Roster[i].Written || b.Written
			}
		}
	}
	for action, done := range map[string]*bool{council.ActionCountSealed: &st.Counted, council.ActionAttest: &st.Attested} {
		acts, err := a.Store.AcceptedAttempts(ctx, row.CaseID, action)
		if err != nil {
			return internal("read the count of sealed ballots", err)
		}
		for _, at := range acts {
			round, err := boxRound(at)
			if err != nil {
				return err
			}
			*done = *done || round == row.BoxRound
		}
	}
	v.Secret = &st
	return nil
}

// boxRound is the ballot that an act on sealed ballots is of: 1, or 2.
func boxRound(at postgres.Attempt) (int, error) {
	signed, err := signedAct(at)
	if err != nil {
		return 0, err
	}
	var d struct {
		Round int `json:"round"`
	}
	if err := json.Unmarshal(signed.Data, &d); err != nil {
		return 0, internal("read a stored act", err)
	}
	return max(d.Round, 1), nil
}

// ballotKeys are the public keys in force of one ballot's box, the chair's first: the last
// that each holder made.
func (a *App) ballotKeys(ctx context.Context, caseID string, round int) ([]council.RecordKey, error) {
	made, err := a.Store.AcceptedAttempts(ctx, caseID, council.ActionBallotKey)
	if err != nil {
		return nil, internal("read the keys of the sealed ballots", err)
	}
	out := []council.RecordKey{}
	for _, at := range slices.Backward(made) {
		signed, err := signedAct(at)
		if err != nil {
			return nil, err
		}
		var d council.KeyData
		if err := signedData(at, &d); err != nil {
			return nil, err
		}
		if max(d.Round, 1) != round {
			continue
		}
		k := council.RecordKey{Holder: signed.Role, Person: signed.Actor, Public: d.Public}
		if !slices.ContainsFunc(out, func(x council.RecordKey) bool { return x.Holder == k.Holder }) {
			out = append(out, k)
		}
	}
	slices.SortFunc(out, func(x, y council.RecordKey) int { return strings.Compare(x.Holder, y.Holder) })
	return out, nil
}

func keyPair(keys []council.RecordKey) (out ballotbox.Keys, err error) {
	for _, k := range keys {
		raw, err := hex.DecodeString(k.Public)
		if err != nil {
			return out, internal("read a key of the sealed ballots", err)
		}
		if k.Holder == ballotbox.Chair {
			out.Chair = raw
		} else {
			out.Secretary = raw
		}
	}
	if out.Chair == nil || out.Secretary == nil {
		return out, readable(CodeNotReady, "Chủ trì và Thư ký chưa tạo đủ hai mảnh khóa của phiếu kín điện tử.",
			"chair and secretary have not both made their share of the ballots' key")
	}
	return out, nil
}

// ShareView is one holder's share, shown once: nobody keeps it but its holder.
type ShareView struct {
	Done
	Holder string `json:"holder"` // chair or secretary
	Share  string `json:"share"`  // as it is written down; see ballotbox.Written
}

// MakeBallotKey makes the reader's share of the key of a session's box in use and puts its
// public key on record. The share is in the answer and nowhere else. Made again before the
// session opens, or in a second ballot before both shares are there, it replaces the first.
func (a *App) MakeBallotKey(ctx context.Context, s Session, id string) (ShareView, error) {
	row, actor, err := a.seated(ctx, s, council.ActionBallotKey, id)
	if err != nil {
		return ShareView{}, err
	}
	share, public, err := ballotbox.Generate()
	if err != nil {
		return ShareView{}, internal("make a share", err)
	}
	mine := hex.EncodeToString(public)
	done, err := a.sessionAct(ctx, s, row, actor, council.ActionBallotKey, "", council.KeyData{Public: mine, Round: roundName(row.BoxRound)})
	if err != nil {
		return ShareView{}, err
	}
	keys, err := a.ballotKeys(ctx, row.CaseID, row.BoxRound)
	if err != nil {
		return ShareView{}, err
	}
	inForce := slices.ContainsFunc(keys, func(k council.RecordKey) bool { return k.Public == mine })
	if done.Status == act.Pending || !done.Recorded || !inForce {
		return ShareView{}, readable(CodeConflict, "Chưa ghi được mảnh khóa này; hãy tạo lại sau ít phút.",
			"this share is not on record; make it again in a few minutes")
	}
	return ShareView{Done: done, Holder: actor.Role, Share: ballotbox.Written(share)}, nil
}

// SecretBallotView is a member's own sealed ballot before it is cast: what may be
// said, and to which keys it is sealed. Nothing of it is kept while it is filled in.
type SecretBallotView struct {
	SessionRow
	Member  string       `json:"member"`
	Items   []BallotItem `json:"ballot"`    // every item that the box is for, in the agenda's order
	Box     string       `json:"box"`       // what the ballot is sealed for; see ballotbox.Info
	BoxOf   int          `json:"box_round"` // the ballot it is of: 1, or 2
	Keyed   bool         `json:"keyed"`     // both shares are made
	Asked   int          `json:"asked"`
	Chair   string       `json:"chair_key"` // public keys, hexadecimal
	Second  string       `json:"secretary_key"`
	Boxed   bool         `json:"boxed,omitempty"` // the box is closed
	Written bool         `json:"written,omitempty"`
	Cast    bool         `json:"cast,omitempty"`
	Receipt string       `json:"receipt,omitempty"`
}

// SecretBallot shows the reader's own sealed ballot to be filled in.
func (a *App) SecretBallot(ctx context.Context, s Session, id string) (SecretBallotView, error) {
	v, err := a.SessionView(ctx, s, id)
	if err != nil {
		return SecretBallotView{}, err
	}
	at := slices.IndexFunc(v.Roster, func(x SeatView) bool { return x.User == s.User })
	if at < 0 || v.Secret == nil {
		return SecretBallotView{}, &Error{Code: CodeNotFound}
	}
	if v.Withheld || !v.Roster[at].Declared {
		return SecretBallotView{}, mustDeclare()
	}
	out := SecretBallotView{
		SessionRow: v.CouncilSession, Member: s.User, Boxed: v.Secret.Root != "", Receipt: v.Secret.Receipt, Cast: v.Secret.Receipt != "",
		Written: v.Phase == string(council.PhaseOpen) && !v.Roster[at].Present, Keyed: len(v.Secret.Keys) == 2,
		BoxOf: v.Secret.Round, Box: council.BoxOf(v.CaseID, v.Secret.Round),
	}
	for _, k := range v.Secret.Keys {
		if k.Holder == ballotbox.Chair {
			out.Chair = k.Public
		} else {
			out.Second = k.Public
		}
	}
	for n, it := range v.Agenda {
		if it.Rule == nil || it.Rule.Ballot != council.BallotSecret || out.BoxOf == 2 && !it.Second {
			continue
		}
		line := BallotItem{AgendaItem: it, Place: n}
		line.Blocked, line.Reason = barred(v, it, s.User, out.Written)
		if line.Blocked == "" {
			out.Asked++
		}
		out.Items = append(out.Items, line)
	}
	return out, nil
}
