package activities

import (
	"context"
	"fmt"

	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
)

// Deadlines reminds before the due day and escalates after it.
type Deadlines struct {
	Store    *postgres.Store
	Calendar *law.Calendar
	Today    func() law.Date
	Ahead    int // working days before the due day at which to remind
}

// Sweep reminds whoever a case waits for as the due day comes near, and after it
// tells the standing body too. Each is said once per step of a case.
func (d *Deadlines) Sweep(ctx context.Context) error {
	today := d.Today()
	until, err := d.Calendar.AddWorkingDays(today, d.Ahead)
	if err != nil {
		return fmt.Errorf("activities: calendar: %w", err)
	}
	due, err := d.Store.DueBy(ctx, until.String())
	if err != nil {
		return fmt.Errorf("activities: read deadlines: %w", err)
	}
	for _, c := range due {
		if err := d.remind(ctx, c, today); err != nil {
			return err
		}
	}
	return nil
}

func (d *Deadlines) remind(ctx context.Context, c postgres.Due, today law.Date) error {
	day := law.Date{Year: c.DueOn.Year(), Month: int(c.DueOn.Month()), Day: c.DueOn.Day()}
	if !day.Before(today) {
		left, err := d.Calendar.WorkingDaysBetween(today, day)
		if err != nil {
			return fmt.Errorf("activities: calendar: %w", err)
		}
		return d.Store.Remind(ctx, c, "reminder", left, []string{c.Waiting})
	}
	late, err := d.Calendar.WorkingDaysBetween(day, today)
	if err != nil {
		return fmt.Errorf("activities: calendar: %w", err)
	}
	units := []string{c.Waiting}
	if c.Standing != nil && *c.Standing != c.Waiting {
		units = append(units, *c.Standing)
	}
	return d.Store.Remind(ctx, c, "overdue", late, units)
}
