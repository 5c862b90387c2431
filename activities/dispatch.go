package activities

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/rs/zerolog"
	"go.temporal.io/sdk/activity"

	"vinhdanh/internal/notify"
	"vinhdanh/internal/postgres"
)

// Dispatcher drains the outbox.
type Dispatcher struct {
	Store     *postgres.Store
	Sender    notify.Sender
	PublicURL string
	Patience  time.Duration // with one mail; 0: 20 s
}

// A portion is sent one by one well within its lease, the time that claimed rows
// stay away from other workers, however slow the mail server is.
const (
	lease    = 5 * time.Minute
	portion  = 10
	patience = 20 * time.Second
)

// Dispatch sends what is due, in portions, until nothing is.
func (d *Dispatcher) Dispatch(ctx context.Context) error {
	for {
		mails, err := d.Store.ClaimMail(ctx, portion, lease)
		if err != nil {
			return fmt.Errorf("activities: claim mail: %w", err)
		}
		if len(mails) == 0 {
			return d.digests(ctx)
		}
		for _, m := range mails {
			if err := d.send(ctx, m); err != nil {
				return err
			}
			if activity.IsActivity(ctx) { // also called outside one, when the outbox wakes us
				activity.RecordHeartbeat(ctx)
			}
		}
	}
}

// send delivers one mail and notes the outcome; only the database can fail it.
func (d *Dispatcher) send(ctx context.Context, m postgres.Mail) error {
	if m.Email == "" { // the in-app inbox is this person's only channel
		return d.Store.MailSent(ctx, m.ID)
	}
	switch c := notify.Chosen(notify.Kind(m.Kind), m.Choice); c {
	case notify.Inbox:
		return d.Store.MailSent(ctx, m.ID)
	case notify.Daily, notify.Weekly:
		return d.Store.GatherMail(ctx, m, string(c), digestDue(c, time.Now()))
	}
	msg, err := d.message(m)
	if err == nil {
		msg.Wording, err = d.wording(ctx, m)
	}
	if err == nil {
		err = d.deliver(ctx, msg)
	}
	if err == nil {
		return d.Store.MailSent(ctx, m.ID)
	}
	next, again := notify.NextTryAfter(err, m.Tries, time.Now())
	zerolog.Ctx(ctx).Warn().Str("mail", m.ID).Int("tries", m.Tries).Bool("again", again).Msg("mail not delivered")
	if !again {
		return d.Store.MailFailed(ctx, m.ID, err.Error(), nil)
	}
	return d.Store.MailFailed(ctx, m.ID, err.Error(), &next)
}

// wording is the installation's own text of a kind; nil where the built-in one holds.
func (d *Dispatcher) wording(ctx context.Context, m postgres.Mail) (*notify.Wording, error) {
	own, err := d.Store.OwnTextOf(ctx, "notice/"+m.Kind, m.Locale)
	if errors.Is(err, postgres.ErrNotFound) {
		return nil, nil
	}
	return &notify.Wording{Subject: own.Subject, Body: own.Body}, err
}

func (d *Dispatcher) deliver(ctx context.Context, msg notify.Message) error {
	limit := d.Patience
	if limit == 0 {
		limit = patience
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	return d.Sender.Send(ctx, msg)
}

// message picks the facts that the kind takes out of the notice.
func (d *Dispatcher) message(m postgres.Mail) (notify.Message, error) {
	var notice map[string]any
	if err := json.Unmarshal(m.Data, &notice); err != nil {
		return notify.Message{}, fmt.Errorf("activities: notice %s: %w", m.ID, err)
	}
	path, _ := notice["path"].(string)
	notice[notify.FactLink] = d.PublicURL + path
	notice[notify.FactSettings] = d.PublicURL + settingsPath
	msg := notify.Message{
		ID: m.ID, To: m.Email, Locale: notify.Locale(m.Locale), Kind: notify.Kind(m.Kind), CreatedAt: m.CreatedAt,
		Data: map[string]any{},
	}
	required, optional := notify.Facts(msg.Kind)
	for _, name := range append(required, optional...) {
		if v, ok := notice[name]; ok && v != "" {
			msg.Data[name] = v
		}
	}
	return msg, nil
}
