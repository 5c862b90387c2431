package law

import (
	"fmt"
	"testing"
	"testing/quick"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestWorkingDays(t *testing.T) {
	t.Parallel()
	for day, works := range map[string]bool{
		"2023-11-15": true,  // a Wednesday
		"2023-11-18": false, // a Saturday
		"2023-09-01": false, // the second day of 2 September in 2023
		"2023-09-04": false, // in lieu of Saturday 2 September
		"2023-09-05": true,
		"2024-02-07": true, // the last day before Tết Giáp Thìn
		"2024-02-08": false,
		"2024-02-14": false,
		"2024-02-15": true,
		"2024-04-29": false, // moved
		"2024-05-04": true,  // a Saturday, made up
		"2025-04-26": true,
		"2025-05-02": false,
		"2026-01-02": false,
		"2026-01-10": true,
		"2019-01-05": true, // made up for 31/12/2018
		"2018-12-31": false,
	} {
		got, err := Default().Calendar().IsWorkingDay(MustDate(day))
		require.NoError(t, err)
		assert.Equal(t, works, got, day)
	}
	assert.Equal(t, "Tết Giáp Thìn", Default().Calendar().DayOffName(MustDate("2024-02-10")))
}

func TestAddWorkingDays(t *testing.T) {
	t.Parallel()
	tests := []struct {
		from string
		n    int
		want string
	}{
		{"2023-11-17", 0, "2023-11-17"},
		{"2023-11-17", 1, "2023-11-20"}, // Friday to Monday
		{"2023-11-15", 15, "2023-12-06"},
		{"2024-02-06", 1, "2024-02-07"},
		{"2024-02-06", 2, "2024-02-15"}, // over Tết 2024
		{"2024-02-10", 1, "2024-02-15"}, // received on the first day of Tết
		{"2024-01-31", 10, "2024-02-21"},
		{"2023-08-31", 1, "2023-09-05"}, // over 2 September 2023
		{"2023-08-30", 2, "2023-09-05"},
		{"2024-04-26", 3, "2024-05-04"}, // the make-up Saturday counts
		{"2023-12-29", 1, "2024-01-02"}, // over the year's end
	}
	for _, tc := range tests {
		got, err := Default().Calendar().AddWorkingDays(MustDate(tc.from), tc.n)
		require.NoError(t, err)
		assert.Equal(t, tc.want, got.String(), "%s + %d", tc.from, tc.n)
		back, err := Default().Calendar().WorkingDaysBetween(MustDate(tc.from), got)
		require.NoError(t, err)
		assert.Equal(t, tc.n, back, "between %s and %s", tc.from, got)
		back, err = Default().Calendar().WorkingDaysBetween(got, MustDate(tc.from))
		require.NoError(t, err)
		if first, _ := Default().Calendar().IsWorkingDay(MustDate(tc.from)); first {
			assert.Equal(t, -tc.n, back)
		}
	}
}

func TestCalendarRefuses(t *testing.T) {
	t.Parallel()
	c := Default().Calendar()
	_, err := c.AddWorkingDays(MustDate("2023-11-15"), -1)
	require.ErrorContains(t, err, "bad_days")
	_, err = c.AddWorkingDays(MustDate("2027-12-30"), 5)
	require.ErrorContains(t, err, "no_calendar", "2028 has no data and is not guessed")
	_, err = c.WorkingDaysBetween(MustDate("2016-12-30"), MustDate("2017-01-03"))
	require.ErrorContains(t, err, "no_calendar")
}

// A year is unconfirmed until its mark says otherwise; a year without data is not judged.
func TestUnconfirmedYears(t *testing.T) {
	t.Parallel()
	year := func(n int, m Mark) *CalendarYear { return &CalendarYear{Cite: Cite{Mark: m}, Year: n} }
	c := newCalendar([]*CalendarYear{year(2023, MarkUnconfirmed), year(2024, MarkConfirmed), year(2025, MarkOld)})
	assert.Equal(t, []int{2023, 2025}, c.Unconfirmed(MustDate("2023-12-20"), MustDate("2026-01-05")))
	assert.Empty(t, c.Unconfirmed(MustDate("2024-01-02"), MustDate("2024-12-31")))
}

// Every year has the statutory number of days off: ten before 2021, eleven
// since, counting days in lieu and neither weekends nor moved days.
func TestStatutoryDays(t *testing.T) {
	t.Parallel()
	c := Default().Calendar()
	for year := 2018; year <= 2026; year++ {
		y, ok := c.Year(year)
		require.True(t, ok, year)
		off := 0
		for d := (Date{year, 1, 1}); d.Year == year; d = d.AddDays(1) {
			weekday := d.Weekday() != 0 && d.Weekday() != 6
			if works, err := c.IsWorkingDay(d); err == nil && !works && weekday {
				off++
			}
		}
		want := 10
		if year >= 2021 {
			want = 11
		}
		moved := map[int]int{2018: 1, 2019: 1, 2024: 1, 2025: 1, 2026: 3}[year] // 2026: two moved, and 24 November
		assert.Equal(t, want+moved, off, "weekdays off in %d", year)
		assert.NotEmpty(t, y.Article)
	}
}

// Adding n and counting back agree from any working day.
func TestAddAndCountAgree(t *testing.T) {
	t.Parallel()
	c := Default().Calendar()
	agree := func(offset uint16, n uint8) bool {
		from := MustDate("2018-01-02").AddDays(int(offset) % 2900)
		due, err := c.AddWorkingDays(from, int(n%60))
		if err != nil {
			return false
		}
		back, err := c.WorkingDaysBetween(from, due)
		return err == nil && back == int(n%60)
	}
	require.NoError(t, quick.Check(agree, nil))
}

func ExampleCalendar_AddWorkingDays() {
	due, _ := Default().Calendar().AddWorkingDays(MustDate("06/02/2024"), 15)
	fmt.Println(due.VN())
	// Output: 05/03/2024
}
