package api

import (
	"context"

	"vinhdanh/internal/app"
)

// letterQuery narrows the outbox of letters.
type letterQuery struct {
	Paging
	State   string `query:"state" maxLength:"20" doc:"held, released or discarded"`
	Session string `query:"session" maxLength:"60" doc:"Id or reference of the session in which it was voted"`
}

// registerOutcomeLetters are the letters of outcome that wait, went or were discarded.
func (h *handlers) registerOutcomeLetters() {
	add(h, get("outcome-letters", "/outcome-letters", "letters", "The letters of outcome that I write or audit, the newest first"),
		func(ctx context.Context, s app.Session, in *letterQuery) (*PageOut[app.OutcomeLetterRow], error) {
			q := app.OutcomeLetterQuery{State: in.State, Session: in.Session}
			return page(ctx, "/outcome-letters", query("state", in.State, "session", in.Session), in.Paging, func(limit, offset int) ([]app.OutcomeLetterRow, error) {
				return h.app.OutcomeLetters(ctx, s, q, limit, offset)
			})
		})
	add(h, get("outcome-letter", "/outcome-letters/{id}", "letters", "One letter as the unit will read it, and what was done to it"), look(h.app.OutcomeLetter))
	for _, f := range [][2]string{{"pdf", pdfType}, {"docx", wordType}} {
		add(h, gives(get("outcome-letter-"+f[0], "/outcome-letters/{id}/letter."+f[0], "letters", "The letter as a file"), f[1]),
			func(ctx context.Context, s app.Session, in *ByID) (*FileOut, error) {
				file, err := h.app.OutcomeLetterFile(ctx, s, in.ID, f[0])
				if err != nil {
					return nil, err
				}
				return fileOut(file.MediaType, file.Name, file.Content), nil
			})
	}
	h.registerOutcomeLetterActs()
}

// registerOutcomeLetterActs are what is done to letters of outcome, and how they go.
func (h *handlers) registerOutcomeLetterActs() {
	add(h, post("edit-outcome-letter", "/outcome-letters/{id}/edit", "letters", "Change the paragraph of a letter that waits; names, numbers and awards come from the record"), change(h.app.EditOutcomeLetter))
	add(h, post("discard-outcome-letter", "/outcome-letters/{id}/discard", "letters", "Let a letter that waits never go, for a reason"), change(h.app.DiscardOutcomeLetter))
	add(h, post("restore-outcome-letter", "/outcome-letters/{id}/restore", "letters", "Take the discarding of a letter back, for a reason: it waits again"), change(h.app.RestoreOutcomeLetter))
	add(h, post("release-outcome-letters", "/outcome-letter-releases", "letters", "Rehearse a release, or let units have letters that wait: some, or all of a session"),
		func(ctx context.Context, s app.Session, in *struct {
			Key
			Body app.ReleaseInput
		},
		) (*One[app.Released], error) {
			v, err := h.app.ReleaseOutcomeLetters(ctx, s, in.Body)
			return &One[app.Released]{v}, err
		})
	add(h, get("held-sessions", "/outcome-letter-sessions", "letters", "Sessions of which letters wait"),
		func(ctx context.Context, s app.Session, _ *struct{}) (*One[[]app.HeldSession], error) {
			v, err := h.app.HeldSessions(ctx, s)
			return &One[[]app.HeldSession]{v}, err
		})
	add(h, get("letter-modes", "/outcome-letter-modes", "letters", "Whether letters of my standing body wait"),
		func(ctx context.Context, s app.Session, _ *struct{}) (*One[[]app.LetterMode], error) {
			v, err := h.app.LetterModes(ctx, s)
			return &One[[]app.LetterMode]{v}, err
		})
	add(h, post("set-letter-mode", "/outcome-letter-modes", "letters", "Let letters of my standing body wait (held), or go when their cases close (sent)"),
		func(ctx context.Context, s app.Session, in *struct {
			Key
			Body app.LetterModeInput
		},
		) (*One[[]app.LetterMode], error) {
			v, err := h.app.SetLetterMode(ctx, s, in.Body)
			return &One[[]app.LetterMode]{v}, err
		})
}
