package api

import (
	"context"

	"vinhdanh/internal/app"
	"vinhdanh/internal/council"
)

// registerSealedBallots are secret ballots that are held electronically. No operation
// takes a choice in the clear: a caller seals its ballot itself.
func (h *handlers) registerSealedBallots() {
	add(h, post("ballot-key", "/sessions/{id}/ballot-key", "council", "Make my share of the sealed ballots' key; it is in this answer and nowhere else"),
		func(ctx context.Context, s app.Session, in *ByID) (*One[app.ShareView], error) {
			v, err := h.app.MakeBallotKey(ctx, s, in.ID)
			return &One[app.ShareView]{v}, err
		})
	add(h, get("secret-ballot", "/sessions/{id}/secret-ballot", "council", "What my sealed ballot asks, and the keys it is sealed to"),
		look(h.app.SecretBallot))
	act(h, ofSession, "cast-sealed", "cast-sealed", "Cast my sealed ballot; the session gets its digest only",
		func(in *app.SecretInput) *string { return &in.Nonce }, h.app.CastSecret)
	act(h, ofSession, "freeze-ballots", "freeze-ballots", "Close the box of sealed ballots; the session's chair does",
		boxNonce, h.app.FreezeBallots)
	act(h, ofSession, "count-sealed", "count-sealed", "Open the sealed ballots with both shares and publish their shuffled rows",
		func(in *app.SharesInput) *string { return &in.Nonce }, h.app.CountSecret)
	act(h, ofSession, "attest-count", "attest-count", "Attest that what is published was opened with both shares; the secretary who holds one does",
		boxNonce, h.app.AttestCount)
	add(h, get("secret-record", "/sessions/{id}/secret-record", "council", "The committed set of sealed ballots and, once counted, the rows per item; anybody counts them again"),
		func(ctx context.Context, s app.Session, in *struct {
			ByID
			Round int `query:"round" minimum:"0" maximum:"2" doc:"1, 2, or empty for the ballot whose box is in use"`
		}) (*One[council.Record], error) {
			v, err := h.app.SecretRecord(ctx, s, in.ID, in.Round)
			return &One[council.Record]{v}, err
		})
}

func boxNonce(in *app.BoxInput) *string { return &in.Nonce }
