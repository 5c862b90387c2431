package law

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseDate(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]Date{
		"2023-11-15": {2023, 11, 15},
		"15/11/2023": {2023, 11, 15},
		"29/02/2024": {2024, 2, 29},
		"2000-02-29": {2000, 2, 29},
	} {
		got, err := ParseDate(in)
		require.NoError(t, err, in)
		assert.Equal(t, want, got, in)
	}
}

func TestParseDateRefuses(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"", "29/02/2023", "1900-02-29", "31/04/2024", "15/13/2023", "00/01/2023", "1/7/2023",
		"2023-7-1", " 15/11/2023", "15/11/2023 ", "15-11-2023", "11/2023", "2023", "0000-01-01", "15/11/23", "١٥/١١/٢٠٢٣"} {
		_, err := ParseDate(in)
		var e *Error
		require.ErrorAs(t, err, &e, "%q must be refused", in)
		assert.Equal(t, "bad_date", e.Code)
		assert.NotEmpty(t, e.Text.VI)
	}
}

func TestDateForms(t *testing.T) {
	t.Parallel()
	d := MustDate("05/09/2023")
	assert.Equal(t, "2023-09-05", d.String())
	assert.Equal(t, "05/09/2023", d.VN())
	assert.Empty(t, Date{}.String())
	assert.Empty(t, Date{}.VN())
	raw, err := json.Marshal(map[string]Date{"d": d})
	require.NoError(t, err)
	assert.JSONEq(t, `{"d":"2023-09-05"}`, string(raw))
	var back struct{ D Date }
	require.NoError(t, json.Unmarshal([]byte(`{"D":"05/09/2023"}`), &back))
	assert.Equal(t, d, back.D)
	require.Error(t, json.Unmarshal([]byte(`{"D":"31/02/2023"}`), &back))
	assert.Panics(t, func() { MustDate("x") })
}

// The civil date is Vietnam's: 17:00 UTC is already the next day there.
func TestFromTime(t *testing.T) {
	t.Parallel()
	at := time.Date(2023, 12, 31, 16, 59, 59, 0, time.UTC)
	assert.Equal(t, MustDate("2023-12-31"), FromTime(at))
	assert.Equal(t, MustDate("2024-01-01"), FromTime(at.Add(time.Second)))
}

func TestDateArithmetic(t *testing.T) {
	t.Parallel()
	d := MustDate("2024-02-28")
	assert.Equal(t, MustDate("2024-03-01"), d.AddDays(2))
	assert.Equal(t, MustDate("2023-12-31"), MustDate("2024-01-01").AddDays(-1))
	assert.True(t, d.Before(MustDate("2024-02-29")))
	assert.False(t, d.Before(d))
	assert.True(t, MustDate("2025-01-01").After(d))
	assert.Equal(t, time.Wednesday, d.Weekday())
}
