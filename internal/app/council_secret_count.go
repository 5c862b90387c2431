package app

import (
	"bytes"
	"context"
	"strings"

	"vinhdanh/internal/council"
	"vinhdanh/internal/council/ballotbox"
	"vinhdanh/internal/postgres"
)

// BoxInput names the box of sealed ballots that somebody acts on.
type BoxInput struct {
	Round int    `json:"round,omitempty" validate:"omitempty,oneof=1 2"` // the ballot it is of (SecretState.Round); empty: the first
	Nonce string `json:"nonce,omitempty" validate:"omitempty,max=120"`
}

// FreezeBallots closes the box of sealed ballots; the session's chair does. No ballot
// is taken after it.
func (a *App) FreezeBallots(ctx context.Context, s Session, id string, in BoxInput) (Done, error) {
	if err := a.check(in); err != nil {
		return Done{}, err
	}
	row, actor, err := a.seated(ctx, s, council.ActionFreeze, id)
	if err != nil {
		return Done{}, err
	}
	if err := a.thisBox(ctx, s, row, council.ActionFreeze, in.Round); err != nil {
		return Done{}, err
	}
	if err := a.mayFreeze(ctx, row); err != nil {
		return Done{}, a.refuse(ctx, s, council.ActionFreeze, row.CaseID, asError(err))
	}
	return a.sessionAct(ctx, s, row, actor, council.ActionFreeze, in.Nonce, council.FreezeData{Round: roundName(row.BoxRound)})
}

// SharesInput is both shares, as their holders wrote them down. They are used in
// memory and kept nowhere.
type SharesInput struct {
	Chair     string `json:"chair" validate:"required,max=200"`
	Secretary string `json:"secretary" validate:"required,max=200"`
	Nonce     string `json:"nonce,omitempty" validate:"omitempty,max=120"`
}

// CountSecret opens the sealed ballots with both shares, shuffles the choices of each
// item on their own and publishes them; the ballots themselves are deleted with the
// recording of that act.
func (a *App) CountSecret(ctx context.Context, s Session, id string, in SharesInput) (Done, error) {
	if err := a.check(in); err != nil {
		return Done{}, err
	}
	row, actor, err := a.seated(ctx, s, council.ActionCountSealed, id)
	if err != nil {
		return Done{}, err
	}
	if row.Box == "" {
		return Done{}, a.refuse(ctx, s, council.ActionCountSealed, row.CaseID, readable(CodeNotReady,
			"Hòm phiếu kín điện tử chưa khóa; Chủ trì khóa hòm phiếu trước khi mở phiếu.",
			"the box of sealed ballots is still open: the chair closes it first"))
	}
	shares, err := a.sharesOf(ctx, row, in)
	if err != nil {
		return Done{}, err
	}
	rows, err := a.openBallots(ctx, row, shares)
	if err != nil {
		return Done{}, err
	}
	return a.sessionAct(ctx, s, row, actor, council.ActionCountSealed, in.Nonce, council.SealedCount{Root: row.Box, Rows: rows, Round: roundName(row.BoxRound)})
}

// sharesOf reads both shares and compares each with its public key on record.
func (a *App) sharesOf(ctx context.Context, row postgres.CouncilSession, in SharesInput) (out ballotbox.Shares, err error) {
	recorded, err := a.ballotKeys(ctx, row.CaseID, row.BoxRound)
	if err != nil {
		return out, err
	}
	keys, err := keyPair(recorded)
	if err != nil {
		return out, err
	}
	wrong := readable(CodeInvalid, "Mảnh khóa không đúng với mảnh đã tạo cho phiên họp này; hãy nhập lại đúng như đã ghi.",
		"this is not the share that was made for this session; enter it as it was written down")
	for field, part := range map[string]struct {
		written string
		public  []byte
		into    *[]byte
	}{"chair": {in.Chair, keys.Chair, &out.Chair}, "secretary": {in.Secretary, keys.Secretary, &out.Secretary}} {
		share, err := ballotbox.Read(part.written)
		if err == nil {
			var public []byte
			if public, err = ballotbox.Public(share); err == nil && !bytes.Equal(public, part.public) {
				err = ballotbox.ErrShare
			}
		}
		if *part.into = share; err != nil {
			wrong.Fields = append(wrong.Fields, FieldError{Field: field, Rule: "wrong"})
		}
	}
	if len(wrong.Fields) > 0 {
		return ballotbox.Shares{}, wrong
	}
	return out, nil
}

// openBallots opens every ballot of the committed set in memory and gives each item's
// choices in an order of their own.
func (a *App) openBallots(ctx context.Context, row postgres.CouncilSession, shares ballotbox.Shares) ([]council.SealedRow, error) {
	frozen, err := inputOf(row)
	if err != nil {
		return nil, err
	}
	told, err := a.declaredIn(ctx, row.ID)
	if err != nil {
		return nil, err
	}
	ballots, err := a.Store.SealedBallotsOf(ctx, row.ID)
	if err != nil {
		return nil, internal("read the sealed ballots", err)
	}
	digests := make([]string, len(ballots))
	places := frozen.Boxed()
	votes := make([]bytes.Buffer, len(places))
	for i, b := range ballots {
		digests[i] = ballotbox.Digest(b.Sealed)
		choices, err := ballotbox.Open(shares, frozen.Box(), b.Member, b.Sealed)
		if err != nil || len(choices) != len(votes) {
			choices = strings.Repeat(string(rune(council.ChoiceInvalid)), len(votes))
		}
		late := told.late(frozen, b.Member)
		for n, at := range places {
			if it := frozen.Agenda[at]; frozen.SealedAsks(it, b.Member, b.Written) {
				_, interest := late[it.ID]
				votes[n].WriteByte(readChoice(choices[n], interest))
			}
		}
	}
	if council.Root(frozen.Box(), digests) != row.Box {
		return nil, readable(CodeConflict, "Phiếu đang lưu không trùng với hòm phiếu đã khóa; hãy báo quản trị, không kiểm phiếu được.",
			"the ballots that are kept are not those of the closed box: tell the administrator, they cannot be counted")
	}
	var out []council.SealedRow
	for n, at := range places {
		if err := ballotbox.Shuffle(votes[n].Bytes()); err != nil {
			return nil, internal("shuffle the choices", err)
		}
		out = append(out, council.SealedRow{Item: frozen.Agenda[at].ID, Votes: votes[n].String()})
	}
	return out, nil
}

// readChoice is a choice as it counts: who declared an interest since the roster was
// frozen abstains, whatever the ballot says.
func readChoice(c byte, interest bool) byte {
	switch {
	case interest:
		return council.ChoiceAbstain
	case c == council.ChoiceYes, c == council.ChoiceNo, c == council.ChoiceAbstain:
		return c
	}
	return council.ChoiceInvalid
}

// AttestCount is the second holder's word that what is published was opened with both
// shares.
func (a *App) AttestCount(ctx context.Context, s Session, id string, in BoxInput) (Done, error) {
	if err := a.check(in); err != nil {
		return Done{}, err
	}
	row, actor, err := a.seated(ctx, s, council.ActionAttest, id)
	if err != nil {
		return Done{}, err
	}
	if err := a.thisBox(ctx, s, row, council.ActionAttest, in.Round); err != nil {
		return Done{}, err
	}
	d, _, err := a.publishedCount(ctx, row, row.BoxRound)
	if err != nil {
		return Done{}, err
	}
	if d == nil {
		return Done{}, a.refuse(ctx, s, council.ActionAttest, row.CaseID, readable(CodeNotReady,
			"Phiếu kín điện tử chưa được mở.", "the sealed ballots are not opened yet"))
	}
	return a.sessionAct(ctx, s, row, actor, council.ActionAttest, in.Nonce, council.AttestData{
		Root: d.Root, Rows: council.RowsDigest(d.Rows), Round: roundName(row.BoxRound),
	})
}

// mayFreeze tells in words why the box of a written consultation cannot be closed yet.
func (a *App) mayFreeze(ctx context.Context, row postgres.CouncilSession) error {
	if !inWriting(row) || row.Phase != string(council.PhaseOpen) {
		return nil
	}
	in, err := inputOf(row)
	if err != nil {
		return err
	}
	votes, err := a.Store.SecretVotesOf(ctx, row.ID)
	if err != nil {
		return internal("read who has answered", err)
	}
	return tooEarly(row, in, len(votes))
}
