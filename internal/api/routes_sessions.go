package api

import (
	"context"
	"net/http"

	"vinhdanh/internal/app"
)

// ByID names one thing in the address.
type ByID struct {
	ID string `path:"id" maxLength:"120" doc:"Id, reference or case id"`
}

func (h *handlers) registerSessions() {
	add(h, get("sessions", "/sessions", "council", "The sessions of my councils, newest first"),
		func(ctx context.Context, s app.Session, in *Paging) (*PageOut[app.SessionRow], error) {
			return page(ctx, "/sessions", query(), *in, func(limit, offset int) ([]app.SessionRow, error) {
				return h.app.Sessions(ctx, s, limit, offset)
			})
		})
	add(h, get("session", "/sessions/{id}", "council", "One session: roster, agenda, who has voted, and the results once it is closed"),
		func(ctx context.Context, s app.Session, in *ByID) (*One[app.SessionView], error) {
			v, err := h.app.SessionView(ctx, s, in.ID)
			return &One[app.SessionView]{v}, err
		})
	add(h, get("agenda-candidates", "/council/candidates", "council", "Items that wait for a council's vote and stand on no live session"),
		func(ctx context.Context, s app.Session, in *struct {
			Council string `query:"council" maxLength:"100" doc:"Its unit; empty means the one that I serve as secretary"`
		},
		) (*One[[]app.AgendaItem], error) {
			v, err := h.app.AgendaCandidates(ctx, s, in.Council)
			return &One[[]app.AgendaItem]{v}, err
		})
	draft := post("draft-session", "/sessions", "council", "Plan a session")
	draft.DefaultStatus = http.StatusCreated
	add(h, draft, func(ctx context.Context, s app.Session, in *struct {
		Key
		Body app.DraftSessionInput
	},
	) (*Created[app.SessionView], error) {
		if in.Body.Nonce == "" {
			in.Body.Nonce = callOf(ctx).nonce
		}
		v, err := h.app.DraftSession(ctx, s, in.Body)
		return &Created[app.SessionView]{Location: prefix + "/sessions/" + v.ID, Body: v}, err
	})
	h.registerAgenda()
}

func (h *handlers) registerAgenda() {
	add(h, post("put-on-agenda", "/sessions/{id}/agenda", "council", "Put proposals on a draft's agenda"),
		func(ctx context.Context, s app.Session, in *ActIn[app.AgendaInput]) (*One[app.SessionView], error) {
			v, err := h.app.PutOnAgenda(ctx, s, in.ID, in.Body)
			return &One[app.SessionView]{v}, err
		})
	add(h, post("take-off-agenda", "/sessions/{id}/agenda/remove", "council", "Take proposals off a draft's agenda"),
		func(ctx context.Context, s app.Session, in *ActIn[app.AgendaInput]) (*One[app.SessionView], error) {
			v, err := h.app.TakeOffAgenda(ctx, s, in.ID, in.Body)
			return &One[app.SessionView]{v}, err
		})
}

// registerLateItems are what joins an agenda after its convening.
func (h *handlers) registerLateItems() {
	add(h, post("ask-late", "/sessions/{id}/late", "council", "Ask the chair to let proposals join a convened session; refused once it is open"),
		change(h.app.AskLate))
	add(h, post("drop-late", "/sessions/{id}/late/drop", "council", "Take a request for late items back, or not consent to it"),
		change(h.app.DropLate))
	act(h, ofSession, "admit-late", "admit-late", "Consent to late items; the session's chair does. They join the end of the agenda",
		func(in *app.AdmitInput) *string { return &in.Nonce }, h.app.AdmitLate)
}

// Plain is the body of an act that needs no data.
type Plain struct {
	Nonce string `json:"nonce,omitempty"`
}

func plainNonce(in *Plain) *string { return &in.Nonce }

func (h *handlers) registerSessionActs() {
	add(h, post("convene-session", "/sessions/{id}/convene", "council", "Freeze roster and agenda and start the session. May be repeated"),
		func(ctx context.Context, s app.Session, in *struct {
			ByID
			Key
		},
		) (*DoneOut, error) {
			return doneOut(h.app.Convene(ctx, s, in.ID))
		})
	act(h, ofSession, "open", "open", "Open a convened session with who is present",
		func(in *app.OpenInput) *string { return &in.Nonce }, h.app.OpenSession)
	act(h, ofSession, "cast", "cast", "Cast an open ballot for the whole list",
		func(in *app.CastInput) *string { return &in.Nonce }, h.app.Cast)
	act(h, ofSession, "count", "count-paper", "Enter the counts of the secret ballots; two people enter them independently",
		func(in *app.CountInput) *string { return &in.Nonce }, h.app.CountPaper)
	h.registerLateItems()
	act(h, ofSession, "counting-team", "counting-team", "Name the counting team of the paper ballots: only its people enter the counts then",
		func(in *app.TeamInput) *string { return &in.Nonce }, h.app.NameTeam)
	act(h, ofSession, "sign-count", "sign-count", "Sign for the count as the head of the counting team",
		plainNonce, func(ctx context.Context, s app.Session, id string, in Plain) (app.Done, error) {
			return h.app.SignCount(ctx, s, id, in.Nonce)
		})
	add(h, get("team-choices", "/sessions/{id}/team-choices", "council", "Of whom the counting team may be named: members of the session and the council's secretaries"),
		look(h.app.TeamChoices))
	h.registerSealedBallots()
	act(h, ofSession, "priority", "set-priority", "Enter the order of priority that the Council settled, where equal votes straddle a quota; the chair consents by closing",
		func(in *app.PriorityInput) *string { return &in.Nonce }, h.app.SetPriority)
	act(h, ofSession, "close", "close", "Count and end the session; its chair does. Where a rule holds a second ballot, or equal votes straddle a quota, the session stays open: next says so and what is to be done",
		plainNonce, func(ctx context.Context, s app.Session, id string, in Plain) (app.Done, error) {
			return h.app.CloseSession(ctx, s, id, in.Nonce)
		})
	act(h, ofSession, "cancel", "cancel", "Cancel a session; what stood on its agenda is free again",
		func(in *app.CancelInput) *string { return &in.Nonce }, h.app.CancelSession)
}
