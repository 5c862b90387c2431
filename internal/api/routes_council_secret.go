package api

import (
	"context"

	"vinhdanh/internal/app"
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
		plainNonce, func(ctx context.Context, s app.Session, id string, in Plain) (app.Done, error) {
			return h.app.FreezeBallots(ctx, s, id, in.Nonce)
		})
	act(h, ofSession, "count-sealed", "count-sealed", "Open the sealed ballots with both shares and publish their shuffled rows",
		func(in *app.SharesInput) *string { return &in.Nonce }, h.app.CountSecret)
	act(h, ofSession, "attest-count", "attest-count", "Attest that what is published was opened with both shares; the secretary who holds one does",
		plainNonce, func(ctx context.Context, s app.Session, id string, in Plain) (app.Done, error) {
			return h.app.AttestCount(ctx, s, id, in.Nonce)
		})
	add(h, get("secret-record", "/sessions/{id}/secret-record", "council", "The committed set of sealed ballots and, once counted, the rows per item; anybody counts them again"),
		look(h.app.SecretRecord))
}
