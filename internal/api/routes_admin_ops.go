package api

import (
	"context"

	"vinhdanh/internal/app"
)

// OutboxQuery narrows the outbox.
type OutboxQuery struct {
	State  string `query:"state" enum:"waiting,failed,discarded" doc:"Empty: waiting and failed"`
	Limit  int    `query:"limit" default:"100" minimum:"1" maximum:"500"`
	Offset int    `query:"offset" default:"0" minimum:"0" maximum:"10000000"`
}

func (h *handlers) registerOps() {
	adminGet(h, get("health", "/admin/health", "admin", "How each part of the system is, and what to do where it is not well"), h.app.Health)
	adminGet(h, get("settings", "/admin/settings", "admin", "The settings with effect and default; no secrets"), h.app.ShowSettings)
	add(h, get("outbox", "/admin/outbox", "admin", "Mails that wait or failed: kind, recipient, reason; never what they say"),
		func(ctx context.Context, s app.Session, in *OutboxQuery) (*One[app.MailBacklog], error) {
			v, err := h.app.Outbox(ctx, s, in.State, in.Limit, in.Offset)
			return &One[app.MailBacklog]{v}, err
		})
	adminPostAt(h, post("retry-mail", "/admin/outbox/{id}/retry", "admin", "Try a mail again at once; the id failed names all that failed"),
		func(ctx context.Context, s app.Session, id, nonce string, in Reasoned) (app.Touched, error) {
			return h.app.RetryMail(ctx, s, app.MailInput{Mail: id, Reason: in.Reason, Nonce: nonce})
		})
	adminPostAt(h, post("discard-mail", "/admin/outbox/{id}/discard", "admin", "Give a mail up, with a reason"),
		func(ctx context.Context, s app.Session, id, nonce string, in Reasoned) (app.Touched, error) {
			return h.app.DiscardMail(ctx, s, app.MailInput{Mail: id, Reason: in.Reason, Nonce: nonce})
		})
	adminPost(h, post("test-mail", "/admin/test-mail", "admin", "Send a test mail to oneself by the way of every other one"),
		func(ctx context.Context, s app.Session, nonce string, _ struct{}) (app.TestMail, error) {
			return h.app.SendTestMail(ctx, s, nonce)
		})
	add(h, get("test-mail-state", "/admin/test-mail/{id}", "admin", "What became of a test mail"),
		func(ctx context.Context, s app.Session, in *ByID) (*One[app.TestMail], error) {
			v, err := h.app.TestMailState(ctx, s, in.ID)
			return &One[app.TestMail]{v}, err
		})
	adminGet(h, get("restore-trials", "/admin/restore-trials", "admin", "Whether a restore can be tried from here, and what trials found"), h.app.RestoreTrials)
	adminPost(h, post("start-restore-trial", "/admin/restore-trials", "admin", "Restore the newest back-up into a scratch database, check it, and drop it again"),
		func(ctx context.Context, s app.Session, nonce string, _ struct{}) (app.RestoreTrials, error) {
			return h.app.StartRestoreTrial(ctx, s, nonce)
		})
	h.registerSchedules()
}

func (h *handlers) registerSchedules() {
	adminGet(h, get("schedules", "/admin/schedules", "admin", "What runs by itself, with last and next run"), h.app.Schedules)
	for _, verb := range []string{"run", "pause", "resume"} {
		adminPostAt(h, post(verb+"-schedule", "/admin/schedules/{id}/"+verb, "admin", "Run a schedule now, pause it with a reason, or let it go on"),
			func(ctx context.Context, s app.Session, id, nonce string, in Reasoned) ([]app.ScheduleRow, error) {
				return h.app.ChangeSchedule(ctx, s, app.ScheduleInput{ID: id, Verb: verb, Reason: in.Reason, Nonce: nonce})
			})
	}
	adminGet(h, get("keyring", "/admin/keys", "admin", "The signing keys: purpose, fingerprint, since when, revoked or not"), h.app.KeyRing)
	adminPost(h, post("upload-keyring", "/admin/keys", "admin", "Take a keyring that the offline root has signed"),
		func(ctx context.Context, s app.Session, nonce string, in app.RingInput) (app.KeyRing, error) {
			in.Nonce = nonce
			return h.app.UploadRing(ctx, s, in)
		})
}
