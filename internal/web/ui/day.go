package ui

// Day is a civil date as dd/MM/yyyy, for handlers that put one into a text; "" where
// there is none. It takes what the view function date takes.
func Day(v any) string { return civil(v) }
