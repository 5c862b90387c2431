package api

import (
	"context"
	"net/http"

	"vinhdanh/internal/app"
)

// registerCouncilRoom are a session's preparation and what happens in the room.
func (h *handlers) registerCouncilRoom() {
	add(h, post("edit-session", "/sessions/{id}", "council", "Change a draft's title, place and day"),
		change(h.app.EditSession))
	add(h, post("order-agenda", "/sessions/{id}/agenda/order", "council", "Take the awards of a draft's agenda in another order"),
		change(h.app.OrderAgenda))
	add(h, get("agenda-groups", "/sessions/{id}/groups", "council", "The agenda grouped as a council works through it: by award, then by unit"),
		func(ctx context.Context, s app.Session, in *ByID) (*One[[]app.AwardGroup], error) {
			v, err := h.app.SessionView(ctx, s, in.ID)
			return &One[[]app.AwardGroup]{h.app.GroupAgenda(v.Agenda)}, err
		})
	add(h, get("candidate-groups", "/council/candidate-groups", "council", "What waits for a council's vote, grouped in the same way"),
		func(ctx context.Context, s app.Session, in *struct {
			Council string `query:"council" maxLength:"100" doc:"Its unit; empty means the one that I serve as secretary"`
		},
		) (*One[[]app.AwardGroup], error) {
			v, err := h.app.CandidateGroups(ctx, s, in.Council)
			return &One[[]app.AwardGroup]{v}, err
		})
	h.registerCouncilActs()
}

// registerCouncilActs are what is done around a session without changing its case.
func (h *handlers) registerCouncilActs() {
	add(h, get("check-session", "/sessions/{id}/check", "council", "Rehearse a draft's convening: who, how many, which rules, what cannot pass"),
		look(h.app.CheckSession))
	add(h, get("interests", "/sessions/{id}/interests", "council", "The names on the agenda, to declare interests on; nothing of their cases"),
		look(h.app.Interests))
	add(h, post("declare-interests", "/sessions/{id}/declare", "council", "Declare own interests in items of the agenda, or that there are none; opens the material"),
		func(ctx context.Context, s app.Session, in *ActIn[app.InterestsInput]) (*One[app.SessionView], error) {
			if in.Body.Nonce == "" {
				in.Body.Nonce = callOf(ctx).nonce
			}
			v, err := h.app.DeclareInterests(ctx, s, in.ID, in.Body)
			return &One[app.SessionView]{v}, err
		})
	add(h, post("mark-presence", "/sessions/{id}/presence", "council", "Mark who has come before the session opens"),
		change(h.app.MarkPresence))
	add(h, get("session-progress", "/sessions/{id}/progress", "council", "How far a session is, in numbers"),
		look(h.app.Progress))
	add(h, get("projector", "/sessions/{id}/projector", "council", "What the room may see: numbers, the group shown, and its results once closed"),
		look(h.app.Projector))
	add(h, post("show-on-screen", "/sessions/{id}/screen", "council", "Choose the award that the projector shows"),
		change(h.app.ShowOnScreen))
	add(h, get("ballot", "/sessions/{id}/ballot", "council", "My own ballot paper with what I have filled in"),
		look(h.app.Ballot))
	add(h, post("save-ballot", "/sessions/{id}/ballot", "council", "Keep what I have filled in; only I can read it, and it is deleted once cast"),
		change(h.app.SaveBallot))
	add(h, get("agenda-material", "/sessions/{id}/items/{item}", "council", "What is weighed on one item: facts, what the rules say, opinions of the levels before, papers"),
		func(ctx context.Context, s app.Session, in *struct {
			ByID
			Item string `path:"item" maxLength:"60" doc:"The item's id"`
		},
		) (*One[app.ItemMaterial], error) {
			v, err := h.app.AgendaMaterial(ctx, s, in.ID, in.Item)
			return &One[app.ItemMaterial]{v}, err
		})
}

func (h *handlers) registerSessionPapers() {
	op := post("add-session-paper", "/sessions/{id}/papers", "council", "Add the scan of a written opinion, or of paper counts")
	op.DefaultStatus = http.StatusCreated
	add(h, op, func(ctx context.Context, s app.Session, in *paperIn) (*One[app.PaperRow], error) {
		form := in.RawBody.Data()
		content, err := h.read(form.File)
		if err != nil {
			return nil, err
		}
		v, err := h.app.AddSessionPaper(ctx, s, in.ID, app.SessionPaperInput{Kind: form.Kind, FileName: form.File.Filename}, content)
		return &One[app.PaperRow]{v}, err
	})
}

// registerSessionFiles are a session's papers: its agenda and its minutes.
func (h *handlers) registerSessionFiles() {
	file := func(id, path, summary, mediaType string, read func(context.Context, app.Session, string) (app.SheetFile, error)) {
		add(h, gives(get(id, "/sessions/{id}/"+path, "council", summary), mediaType),
			func(ctx context.Context, s app.Session, in *ByID) (*FileOut, error) {
				f, err := read(ctx, s, in.ID)
				if err != nil {
					return nil, err
				}
				return fileOut(f.MediaType, f.Name, f.Content), nil
			})
	}
	minutes := func(format string) func(context.Context, app.Session, string) (app.SheetFile, error) {
		return func(ctx context.Context, s app.Session, id string) (app.SheetFile, error) {
			return h.app.MinutesFile(ctx, s, id, format)
		}
	}
	counted := func(format string) func(context.Context, app.Session, string) (app.SheetFile, error) {
		return func(ctx context.Context, s app.Session, id string) (app.SheetFile, error) {
			return h.app.CountRecordFile(ctx, s, id, format)
		}
	}
	file("count-record-pdf", "count-record.pdf", "The minutes of counting the secret ballots", pdfType, counted("pdf"))
	file("count-record-word", "count-record.docx", "The minutes of counting the secret ballots, for Word", wordType, counted("docx"))
	file("minutes-pdf", "minutes.pdf", "The minutes of a closed session", pdfType, minutes("pdf"))
	file("minutes-word", "minutes.docx", "The minutes of a closed session, for Word", wordType, minutes("docx"))
	file("agenda-sheet", "agenda.xlsx", "The agenda, with the sums once it is closed", xlsxType,
		func(ctx context.Context, s app.Session, id string) (app.SheetFile, error) {
			return h.app.AgendaSheet(ctx, s, id, "xlsx")
		})
	add(h, get("minutes", "/sessions/{id}/minutes", "council", "The minutes of a closed session, as blocks"), look(h.app.Minutes))
	add(h, get("count-record", "/sessions/{id}/count-record", "council", "The minutes of counting the secret ballots, as blocks"), look(h.app.CountRecord))
}

// change is an operation that changes the thing in the address and shows it anew.
func change[I, O any](run func(context.Context, app.Session, string, I) (O, error)) func(context.Context, app.Session, *ActIn[I]) (*One[O], error) {
	return func(ctx context.Context, s app.Session, in *ActIn[I]) (*One[O], error) {
		v, err := run(ctx, s, in.ID, in.Body)
		return &One[O]{v}, err
	}
}

// look is an operation that shows something of the thing in the address.
func look[O any](run func(context.Context, app.Session, string) (O, error)) func(context.Context, app.Session, *ByID) (*One[O], error) {
	return func(ctx context.Context, s app.Session, in *ByID) (*One[O], error) {
		v, err := run(ctx, s, in.ID)
		return &One[O]{v}, err
	}
}
