package app

import (
	"context"
	"encoding/hex"
	"slices"

	"vinhdanh/internal/council"
	"vinhdanh/internal/council/ballotbox"
)

// SecretInput is one sealed ballot for all items with a secret vote.
type SecretInput struct {
	// Sealed is the ballot as the voter's own machine sealed it, hexadecimal: one byte
	// per item of SecretBallotView.Items (y, n, a, and - where blocked).
	Sealed string `json:"sealed" validate:"required_without=Items,omitempty,hexadecimal,max=20000"`
	// Items are choices to be sealed here, of a browser that cannot: item → yes, no or
	// abstain. They are never part of a message or a row.
	Items map[string]string `json:"-" validate:"max=5000,dive,oneof=yes no abstain"`
	Round int               `json:"round,omitempty" validate:"omitempty,oneof=1 2"` // the ballot it is of (SecretBallotView.BoxOf); empty: the first
	Nonce string            `json:"nonce,omitempty" validate:"omitempty,max=120"`
}

// CastSecret casts the reader's own sealed ballot. Only its digest goes to the
// session; what it says, nobody can read before both shares open it.
func (a *App) CastSecret(ctx context.Context, s Session, id string, in SecretInput) (Done, error) {
	if err := a.check(in); err != nil {
		return Done{}, err
	}
	row, actor, err := a.seated(ctx, s, council.ActionCastSealed, id)
	if err != nil {
		return Done{}, err
	}
	if _, err := inputOf(row); err != nil {
		return Done{}, err
	}
	if err := a.thisBox(ctx, s, row, council.ActionCastSealed, in.Round); err != nil {
		return Done{}, err
	}
	b, err := a.SecretBallot(ctx, s, row.ID)
	if err != nil {
		return Done{}, err
	}
	sealed, err := sealedOf(b, in)
	if err != nil {
		return Done{}, err
	}
	if max(in.Round, 1) != b.BoxOf { // the chair closed the first ballot in between
		row.BoxRound = b.BoxOf
		return Done{}, a.thisBox(ctx, s, row, council.ActionCastSealed, in.Round)
	}
	digest := ballotbox.Digest(sealed)
	kept, err := a.Store.SaveSealed(ctx, row.ID, s.User, digest, sealed)
	if err != nil {
		return Done{}, internal("keep the sealed ballot", err)
	}
	if !kept && !b.Cast { // a second ballot goes on, to be refused on record
		return Done{}, a.refuse(ctx, s, council.ActionCastSealed, row.CaseID, readable(CodeConflict,
			"Hòm phiếu kín không mở; phiếu chưa được bỏ.", "the ballot box is not open: the ballot was not cast"))
	}
	return a.sessionAct(ctx, s, row, actor, council.ActionCastSealed, in.Nonce, council.SealedData{
		Member: s.User, Digest: digest, Written: b.Written, Round: roundName(b.BoxOf),
	})
}

// sealedOf takes a sealed ballot as it came, or seals one in memory.
func sealedOf(b SecretBallotView, in SecretInput) ([]byte, error) {
	if in.Sealed != "" {
		sealed, err := hex.DecodeString(in.Sealed)
		if err != nil || len(sealed) != ballotbox.Size(len(b.Items)) {
			e := readable(CodeInvalid, "Phiếu kín không đúng khuôn dạng; hãy tải lại trang và bỏ lại.",
				"the sealed ballot has another form; read the page again and cast anew")
			e.Fields = []FieldError{{Field: "sealed", Rule: "value"}}
			return nil, e
		}
		return sealed, nil
	}
	choices, err := b.letters(in.Items)
	if err != nil {
		return nil, err
	}
	keys, err := keyPair([]council.RecordKey{{Holder: ballotbox.Chair, Public: b.Chair}, {Holder: ballotbox.Secretary, Public: b.Second}})
	if err != nil {
		return nil, err
	}
	sealed, err := ballotbox.Seal(keys, b.Box, b.Member, choices)
	if err != nil {
		return nil, readable(CodeNotReady, "Chủ trì và Thư ký chưa tạo đủ hai mảnh khóa của phiếu kín điện tử.",
			"chair and secretary have not both made their share of the ballots' key")
	}
	return sealed, nil
}

// letters writes choices as they are sealed: one letter per item.
func (b SecretBallotView) letters(items map[string]string) (string, error) {
	out := make([]byte, len(b.Items))
	var missing, foreign []string
	named := 0
	for i, it := range b.Items {
		choice, given := items[it.Item]
		if given {
			named++
		}
		switch {
		case it.Blocked != "" && given:
			foreign = append(foreign, it.Item)
		case it.Blocked != "":
			out[i] = council.ChoiceNone
		case !given:
			missing = append(missing, it.Item)
		default:
			out[i] = choiceBytes[choice]
		}
	}
	switch {
	case named < len(items), len(foreign) > 0:
		return "", ballotError(foreign, "Bạn không bỏ phiếu kín các trường hợp này", "you have no secret vote on these items")
	case len(missing) > 0:
		return "", ballotError(missing, "Phiếu còn bỏ trống các trường hợp", "the ballot leaves items open")
	}
	return string(out), nil
}

// Letters seals nothing: it writes choices in the form that a sealed ballot has, for
// a voter's own machine. items: item → yes, no or abstain; all: what is said of those
// not named, or empty.
func (b SecretBallotView) Letters(items map[string]string, all string) (string, error) {
	full := map[string]string{}
	for _, it := range b.Items {
		if c := items[it.Item]; c != "" {
			full[it.Item] = c
		} else if all != "" && it.Blocked == "" {
			full[it.Item] = all
		}
	}
	for item, c := range full {
		if choiceBytes[c] == 0 {
			return "", ballotError([]string{item}, "Lựa chọn là yes, no hoặc abstain", "a choice is yes, no or abstain")
		}
	}
	return b.letters(full)
}

// barred says why a voter has no say on an item of the sealed ballot; empty when asked.
func barred(v SessionView, it AgendaItem, member string, written bool) (kind, reason string) {
	at := slices.IndexFunc(v.Conflicts, func(c SeatConflict) bool { return c.Member == member && c.Item == it.Item })
	if at >= 0 {
		return v.Conflicts[at].Kind, v.Conflicts[at].Reason
	}
	if written && it.Rule.Absent != council.AbsentWritten && !inWriting(v.CouncilSession) {
		return BlockedAbsent, ""
	}
	return "", ""
}
