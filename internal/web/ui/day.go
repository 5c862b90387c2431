package ui

import "time"

// Day is a civil date as dd/MM/yyyy, for handlers that put one into a text; "" where
// there is none. It takes what the view function date takes.
func Day(v any) string { return civil(v) }

var weekdays = map[string][]string{
	"vi": {"Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"},
	"en": {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
}

// dateWords is a day as it cannot be misread, beside a field whose figures stand in
// the order that the browser likes, which need not be the reader's: "Thứ bảy, ngày
// 04 tháng 3 năm 2023". static/app.js says the same while a day is chosen.
func dateWords(lang, iso string) string {
	d, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return ""
	}
	if lang == "en" {
		return weekdays["en"][d.Weekday()] + " " + d.Format("2 January 2006")
	}
	return weekdays["vi"][d.Weekday()] + ", ngày " + d.Format("02") + " tháng " + d.Format("1") + " năm " + d.Format("2006")
}
