package app

import (
	"context"
	"slices"

	"vinhdanh/internal/law"
	"vinhdanh/internal/reasons"
)

// StandardReason is a reason to choose, and then to edit.
type StandardReason = reasons.Reason

// standardReasons are loaded once; they come with the program.
var standardReasons = reasons.Default()

// StandardReasons lists the standard reasons for an act (not_propose, return,
// hold, release, recall, withdraw) at a stage; empty means any.
func (a *App) StandardReasons(ctx context.Context, _ Session, act, stage string) ([]StandardReason, error) {
	if act != "" && !slices.Contains(reasons.Acts(), act) {
		return nil, &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "act", Rule: "oneof"}}}
	}
	own, err := a.Store.OwnTexts(ctx)
	if err != nil {
		return nil, internal("read texts", err)
	}
	list := slices.Clone(standardReasons.For(act, stage))
	for i := range list {
		for _, t := range own { // as this installation words them
			switch {
			case t.Name != "reason/"+list[i].Code || t.Body == "":
			case t.Locale == "vi":
				list[i].Text.VI = t.Body
			default:
				list[i].Text.EN = t.Body
			}
		}
	}
	return list, nil
}

// ItemFields are the fields of an item that a return may point at, in the order
// of the form, with their names on screen.
func ItemFields() []FieldName {
	return []FieldName{
		{"name", law.Text{VI: "Họ và tên", EN: "Name"}}, {"form", law.Text{VI: "Danh xưng", EN: "Form of address"}},
		{"sex", law.Text{VI: "Giới tính", EN: "Sex"}}, {"birth_year", law.Text{VI: "Năm sinh", EN: "Year of birth"}},
		{"position", law.Text{VI: "Chức vụ", EN: "Position"}}, {"workplace", law.Text{VI: "Đơn vị công tác", EN: "Workplace"}},
		{"achievement", law.Text{VI: "Tóm tắt thành tích", EN: "Achievement"}},
		{"period_kind", law.Text{VI: "Loại thời gian", EN: "Kind of period"}}, {"period", law.Text{VI: "Thời gian lập thành tích", EN: "Achievement period"}},
		{"facts", law.Text{VI: "Danh hiệu, sáng kiến làm căn cứ", EN: "Titles and initiatives it rests on"}},
		{"note", law.Text{VI: "Ghi chú", EN: "Note"}},
	}
}

// FieldName is a field with its name on screen.
type FieldName struct {
	Field string   `json:"field"`
	Name  law.Text `json:"name"`
}
