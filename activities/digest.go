package activities

import (
	"context"
	"fmt"
	"time"

	"github.com/rs/zerolog"
	"go.temporal.io/sdk/activity"

	"vinhdanh/internal/notify"
	"vinhdanh/internal/postgres"
)

// settingsPath is where a person chooses what is mailed; noticesPath where all
// notices are.
const (
	settingsPath = "/notices/preferences"
	noticesPath  = "/notices"
)

// digestHour is when digests are sent, in Vietnamese time.
const digestHour = 7

var vietNam = time.FixedZone("ICT", 7*60*60)

// digestDue is when the next digest of a channel is sent: tomorrow morning, or
// the morning of next Monday.
func digestDue(c notify.Channel, now time.Time) time.Time {
	t := now.In(vietNam)
	day := time.Date(t.Year(), t.Month(), t.Day()+1, digestHour, 0, 0, 0, vietNam)
	for c == notify.Weekly && day.Weekday() != time.Monday {
		day = day.AddDate(0, 0, 1)
	}
	return day
}

// digests sends the digests that are due.
func (d *Dispatcher) digests(ctx context.Context) error {
	for {
		due, err := d.Store.ClaimDigests(ctx, portion, lease)
		if err != nil {
			return fmt.Errorf("activities: claim digests: %w", err)
		}
		if len(due) == 0 {
			return nil
		}
		for _, m := range due {
			if err := d.sendDigest(ctx, m); err != nil {
				return err
			}
			if activity.IsActivity(ctx) {
				activity.RecordHeartbeat(ctx)
			}
		}
	}
}

// sendDigest delivers one digest and notes the outcome; only the database can fail it.
func (d *Dispatcher) sendDigest(ctx context.Context, m postgres.DigestMail) error {
	gathered, err := d.Store.GatheredIn(ctx, m.ID)
	if err != nil {
		return fmt.Errorf("activities: read digest: %w", err)
	}
	if m.Email == "" || len(gathered) == 0 {
		return d.Store.DigestSent(ctx, m.ID)
	}
	subjects := []string{}
	for _, g := range gathered {
		msg, err := d.message(postgres.Mail{ID: m.ID, Kind: g.Kind, Data: g.Data, Locale: m.Locale})
		if err != nil {
			continue // it is in the application all the same
		}
		if text, err := notify.Render(msg.Kind, msg.Locale, msg.Data); err == nil {
			subjects = append(subjects, text.Subject)
		}
	}
	err = d.deliver(ctx, notify.Message{
		ID: m.ID, To: m.Email, Locale: notify.Locale(m.Locale), Kind: notify.Digest, CreatedAt: m.CreatedAt,
		Data: map[string]any{notify.FactSubjects: subjects, notify.FactLink: d.PublicURL + noticesPath, notify.FactSettings: d.PublicURL + settingsPath},
	})
	if err == nil {
		return d.Store.DigestSent(ctx, m.ID)
	}
	next, again := notify.NextTryAfter(err, m.Tries, time.Now())
	zerolog.Ctx(ctx).Warn().Str("digest", m.ID).Int("tries", m.Tries).Bool("again", again).Msg("digest not delivered")
	if !again {
		return d.Store.DigestFailed(ctx, m.ID, err.Error(), nil)
	}
	return d.Store.DigestFailed(ctx, m.ID, err.Error(), &next)
}
