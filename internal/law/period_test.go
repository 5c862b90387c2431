package law

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestPeriodLabels(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ kind, label, want string }{
		{"calendar", "2020", "2020"}, {"calendar", " Năm  2020 ", "2020"}, {"calendar", "na\u0306m 2020", "2020"}, {"calendar", "năm công tác 2020", "2020"},
		{"school", "2022-2023", "2022-2023"}, {"school", "Năm học 2022 – 2023", "2022-2023"}, {"school", "2022/2023", "2022-2023"}, {"school", "Nam hoc 2022-2023", "2022-2023"}, {"school", "Năm học 2022—2023", "2022-2023"},
		{"range", "Giai đoạn 2019 – 2023", "2019-2023"}, {"range", "từ năm 2019 đến năm 2023", "2019-2023"},
		{"calendar", "2022-2023", ""}, {"school", "2022-2024", ""}, {"school", "2022", ""}, {"range", "2023-2019", ""}, {"", "2020", ""}, {"calendar", "đợt 2 năm 2020", ""}, {"calendar", "+202", ""},
	} {
		y, ok := YearsOf(tc.kind, tc.label)
		assert.Equal(t, tc.want != "", ok, "%v", tc)
		if ok {
			assert.Equal(t, tc.want, y.String(), "%v", tc)
		}
	}
	assert.Equal(t, PlainPeriod("calendar", "2020"), PlainPeriod("calendar", "năm 2020"))
	assert.Equal(t, "đợt 2", PlainPeriod("calendar", " đợt  2"))
	assert.Equal(t, DeclaredKey("A", "u", "school", "2022-2023"), DeclaredKey("A", "u", "school", "Năm học 2022 – 2023"))
}
