package law

import (
	"fmt"
	"time"
)

// Calendar counts working days: Monday to Friday, less the days off, plus the
// make-up days of the data. A year without data is an error, never a guess.
type Calendar struct {
	years  map[int]*CalendarYear
	off    map[Date]string
	makeUp map[Date]bool
}

func newCalendar(years []*CalendarYear) *Calendar {
	c := &Calendar{years: map[int]*CalendarYear{}, off: map[Date]string{}, makeUp: map[Date]bool{}}
	for _, y := range years {
		c.years[y.Year] = y
		for _, o := range y.Off {
			for d, last := o.Span(); !d.After(last); d = d.AddDays(1) {
				c.off[d] = o.Name
			}
		}
		for _, d := range y.MakeUp {
			c.makeUp[d] = true
		}
	}
	return c
}

// Year is the data of a year with its source; false where there is none.
func (c *Calendar) Year(year int) (*CalendarYear, bool) {
	y, ok := c.years[year]
	return y, ok
}

// Unconfirmed are the years from one day to another, both included, whose days off no
// official announcement confirms; a year without data is not among them.
func (c *Calendar) Unconfirmed(from, to Date) []int {
	var years []int
	for year := from.Year; year <= to.Year; year++ {
		if y, ok := c.years[year]; ok && y.Mark != MarkConfirmed {
			years = append(years, year)
		}
	}
	return years
}

// IsWorkingDay tells whether offices work on a day. The error has the code
// no_calendar.
func (c *Calendar) IsWorkingDay(d Date) (bool, error) {
	if _, ok := c.years[d.Year]; !ok {
		return false, fail("no_calendar",
			fmt.Sprintf("chưa có lịch nghỉ lễ năm %d; hãy bổ sung dữ liệu lịch", d.Year),
			fmt.Sprintf("the calendar has no data for %d; add that year", d.Year))
	}
	if c.makeUp[d] {
		return true, nil
	}
	if _, off := c.off[d]; off {
		return false, nil
	}
	w := d.Weekday()
	return w != time.Saturday && w != time.Sunday, nil
}

// DayOffName is why a day is off ("Tết Nguyên đán"); empty on other days.
func (c *Calendar) DayOffName(d Date) string { return c.off[d] }

// AddWorkingDays is the n-th working day after a day. The day itself does not
// count: received on Friday, one working day ends on Monday. n = 0 is the day
// itself; a negative n is an error.
func (c *Calendar) AddWorkingDays(d Date, n int) (Date, error) {
	if n < 0 {
		return Date{}, fail("bad_days", "số ngày làm việc không được âm", "the number of working days must not be negative")
	}
	for n > 0 {
		d = d.AddDays(1)
		works, err := c.IsWorkingDay(d)
		if err != nil {
			return Date{}, err
		}
		if works {
			n--
		}
	}
	return d, nil
}

// WorkingDaysBetween counts the working days after from up to and including to:
// the days left when from is today and to the due day. It is negative when to
// lies before from.
func (c *Calendar) WorkingDaysBetween(from, to Date) (int, error) {
	if to.Before(from) {
		n, err := c.WorkingDaysBetween(to, from)
		return -n, err
	}
	n := 0
	for d := from.AddDays(1); !d.After(to); d = d.AddDays(1) {
		works, err := c.IsWorkingDay(d)
		if err != nil {
			return 0, err
		}
		if works {
			n++
		}
	}
	return n, nil
}
