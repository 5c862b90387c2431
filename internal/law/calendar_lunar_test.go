package law

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The data of the calendar against days reckoned here, from the sky: the new moons
// and the winter solstice (Jean Meeus, Astronomical Algorithms, in the short form
// Hồ Ngọc Đức gives for the Vietnamese calendar) at 7 hours east of Greenwich.

const hanoi = 7.0 / 24

var (
	canNames = []string{"Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý"}
	chiNames = []string{"Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi"}
)

// julian is the Julian day number of a civil day.
func julian(d Date) int { return int(d.midnight().Unix()/86400) + 2440588 }

func civil(jd int) Date { return (Date{1970, 1, 1}).AddDays(jd - 2440588) }

// newMoon is the civil day in Hanoi of the k-th new moon after 1 January 1900.
func newMoon(k int) int {
	n, rad := float64(k), math.Pi/180
	t := n / 1236.85
	t2, t3 := t*t, t*t*t
	jd := 2415020.75933 + 29.53058868*n + 0.0001178*t2 - 0.000000155*t3 + 0.00033*math.Sin((166.56+132.87*t-0.009173*t2)*rad)
	sun := (359.2242 + 29.10535608*n - 0.0000333*t2 - 0.00000347*t3) * rad
	moon := (306.0253 + 385.81691806*n + 0.0107306*t2 + 0.00001236*t3) * rad
	lat := (21.2964 + 390.67050646*n - 0.0016528*t2 - 0.00000239*t3) * rad
	c := (0.1734-0.000393*t)*math.Sin(sun) + 0.0021*math.Sin(2*sun) - 0.4068*math.Sin(moon) + 0.0161*math.Sin(2*moon) -
		0.0004*math.Sin(3*moon) + 0.0104*math.Sin(2*lat) - 0.0051*math.Sin(sun+moon) - 0.0074*math.Sin(sun-moon) +
		0.0004*math.Sin(2*lat+sun) - 0.0004*math.Sin(2*lat-sun) - 0.0006*math.Sin(2*lat+moon) + 0.0010*math.Sin(2*lat-moon) +
		0.0005*math.Sin(2*moon+sun)
	return int(math.Floor(jd + c + 0.000278 - 0.000265*t - 0.000262*t2 + 0.5 + hanoi))
}

// sector is the twelfth of the sun's way (0 from the spring equinox) in which a day begins.
func sector(jd int) int {
	t := (float64(jd) - 2451545.5 - hanoi) / 36525
	rad := math.Pi / 180
	m := (357.52910 + 35999.05030*t) * rad
	l := 280.46645 + 36000.76983*t + (1.914600-0.004817*t)*math.Sin(m) + (0.019993-0.000101*t)*math.Sin(2*m) + 0.000290*math.Sin(3*m)
	return int(math.Mod(math.Mod(l, 360)+360, 360) / 30)
}

// lunarDay is the civil day of a day of a lunar month of the year that Tết opens in
// a given civil year. The eleventh month is the one that holds the winter solstice;
// where thirteen moons lie between two of them, the first without a change of
// sector is the leap month.
func lunarDay(year, month, day int) Date {
	eleventh := func(y int) int {
		k := int(float64(julian(Date{y, 12, 31})-2415021) / 29.530588853)
		if sector(newMoon(k)) >= 9 {
			k--
		}
		return k
	}
	first := eleventh(year - 1)
	offset := month + 1
	if newMoon(eleventh(year))-newMoon(first) > 365 {
		leap := 1
		for sector(newMoon(first+leap)) != sector(newMoon(first+leap+1)) {
			leap++
		}
		if offset >= leap {
			offset++
		}
	}
	return civil(newMoon(first+offset) + day - 1)
}

// statutory are the weekdays off that the Labour Code gives a year: the holidays
// themselves and, for those that fall on a weekend, the working days that come next.
// before is how many of the five days of Tết lie before its first; ahead puts the
// second day of 2 September before it. Both are the announcement's to choose.
func statutory(year, before int, ahead bool) []Date {
	days := []Date{{year, 1, 1}, lunarDay(year, 3, 10), {year, 4, 30}, {year, 5, 1}, {year, 9, 2}}
	for i := range 5 {
		days = append(days, lunarDay(year, 1, 1).AddDays(i-before))
	}
	if year >= 2021 {
		days = append(days, map[bool]Date{true: {year, 9, 1}, false: {year, 9, 3}}[ahead])
	}
	slices.SortFunc(days, Date.Compare)
	var off []Date
	for _, d := range days {
		if !isWeekend(d) {
			off = append(off, d)
		}
	}
	for _, d := range days {
		if isWeekend(d) {
			for isWeekend(d) || slices.Contains(days, d) || slices.Contains(off, d) {
				d = d.AddDays(1)
			}
			off = append(off, d)
		}
	}
	slices.SortFunc(off, Date.Compare)
	return off
}

func isWeekend(d Date) bool {
	w := d.Weekday()
	return w == time.Saturday || w == time.Sunday
}

// announced splits a year's weekdays off into the holidays and the days moved.
func announced(y *CalendarYear) (holidays []Date, moved map[Date]string, extra []Date) {
	moved = map[Date]string{}
	for _, o := range y.Off {
		for d, last := o.Span(); !d.After(last); d = d.AddDays(1) {
			switch _, madeUp, found := strings.Cut(o.Name, "Hoán đổi, làm bù "); {
			case found:
				moved[d] = madeUp
			case o.Mark != "": // a day of its own article
				extra = append(extra, d)
			case !isWeekend(d):
				holidays = append(holidays, d)
			}
		}
	}
	return holidays, moved, extra
}

// The reckoning itself, on days anybody can look up: Tết, and the leap months that
// put Giỗ Tổ off (2020 and 2023 had one, after and before the third month).
func TestLunarReckoning(t *testing.T) {
	t.Parallel()
	for year, want := range map[int][2]string{
		1985: {"1985-01-21", "1985-04-29"}, // a month before the Chinese New Year
		2007: {"2007-02-17", "2007-04-26"}, // a day before it
		2018: {"2018-02-16", "2018-04-25"}, 2020: {"2020-01-25", "2020-04-02"},
		2023: {"2023-01-22", "2023-04-29"}, 2026: {"2026-02-17", "2026-04-26"},
	} {
		assert.Equal(t, want[0], lunarDay(year, 1, 1).String())
		assert.Equal(t, want[1], lunarDay(year, 3, 10).String())
	}
}

// Every weekday off from 2018 to 2027 is a holiday of the Labour Code, in lieu of
// one, moved with a make-up day that is named, or a day of an article of its own;
// and none is missing.
func TestCalendarAgreesWithTheSkyAndTheCode(t *testing.T) {
	t.Parallel()
	for year := 2018; year <= 2027; year++ {
		y, ok := Default().Calendar().Year(year)
		require.True(t, ok, year)
		holidays, moved, extra := announced(y)
		var closest []Date
		agrees := false
		for _, before := range []int{1, 2} {
			for _, ahead := range []bool{true, false} {
				closest = statutory(year, before, ahead)
				agrees = agrees || slices.Equal(holidays, closest)
			}
		}
		assert.True(t, agrees, "%d: the data has %v; reckoned, for one, %v", year, holidays, closest)
		for d, madeUp := range moved {
			day := spoken(t, madeUp)
			assert.True(t, isWeekend(day) && !isWeekend(d), "%s for %s: a weekday against a day of a weekend", d, day)
			works, err := Default().Calendar().IsWorkingDay(day)
			require.NoError(t, err)
			assert.True(t, works, "%s is made up on %s, which the data does not say", d, day)
		}
		for _, d := range extra {
			assert.Equal(t, "11-24", d.String()[5:], "a day off that no law here explains")
		}
		name := "Tết " + canNames[(year+6)%10] + " " + chiNames[(year+8)%12]
		assert.True(t, strings.HasPrefix(Default().Calendar().DayOffName(lunarDay(year, 1, 1)), name), "%d is %s", year, name)
		assert.Equal(t, MarkUnconfirmed, y.Mark, "no announcement was seen; who has seen one says so here too")
	}
}

// spoken reads a day as announcements write it: "04/5/2019".
func spoken(t *testing.T, s string) Date {
	t.Helper()
	day, err := time.Parse("2/1/2006", s)
	require.NoError(t, err)
	return Date{day.Year(), int(day.Month()), day.Day()}
}

// Each make-up day belongs to one day moved.
func TestEveryMakeUpDayIsForADay(t *testing.T) {
	t.Parallel()
	var named, made []Date
	for year := 2018; year <= 2027; year++ {
		y, _ := Default().Calendar().Year(year)
		made = append(made, y.MakeUp...)
		_, moved, _ := announced(y)
		for _, madeUp := range moved {
			named = append(named, spoken(t, madeUp))
		}
	}
	assert.ElementsMatch(t, made, named)
}

// Deadlines in the weeks around Tết, each year: the last day of work before and the
// first after stand next to each other, and counting by hand comes to the same day.
func TestDeadlinesAroundTet(t *testing.T) {
	t.Parallel()
	c := Default().Calendar()
	for year, days := range map[int][2]string{
		2018: {"2018-02-13", "2018-02-21"}, 2019: {"2019-02-01", "2019-02-11"}, 2020: {"2020-01-22", "2020-01-30"},
		2021: {"2021-02-09", "2021-02-17"}, 2022: {"2022-01-28", "2022-02-07"}, 2023: {"2023-01-19", "2023-01-27"},
		2024: {"2024-02-07", "2024-02-15"}, 2025: {"2025-01-24", "2025-02-03"}, 2026: {"2026-02-13", "2026-02-23"},
		2027: {"2027-02-04", "2027-02-12"},
	} {
		last, first := MustDate(days[0]), MustDate(days[1])
		for d := last; d.Before(first); d = d.AddDays(1) {
			due, err := c.AddWorkingDays(d, 1)
			require.NoError(t, err)
			assert.Equal(t, first, due, "received on %s, one working day", d)
			left, err := c.WorkingDaysBetween(d, first)
			require.NoError(t, err)
			assert.Equal(t, 1, left, fmt.Sprint("days left on ", d))
		}
		for n, d := 5, last; n <= 15; n += 5 { // weeks after Tết hold no other holiday
			due, err := c.AddWorkingDays(d, n)
			require.NoError(t, err)
			want := first
			for left := n - 1; left > 0; left-- {
				for want = want.AddDays(1); isWeekend(want); {
					want = want.AddDays(1)
				}
			}
			assert.Equal(t, want, due, "%d: %d working days from the last before Tết", year, n)
		}
	}
}
