package importing

// Field is what a column means. The values are stable and appear in mappings,
// corrections and the API.
type Field string

const (
	FieldIgnore         Field = ""                  // a column that is not read
	FieldOrder          Field = "order"             // STT
	FieldKind           Field = "kind"              // loại đối tượng
	FieldName           Field = "name"              // họ và tên, tên tập thể; several columns are joined
	FieldSex            Field = "sex"               // giới tính
	FieldBirth          Field = "birth"             // năm sinh or ngày sinh
	FieldBirthMale      Field = "birth_year_male"   // năm sinh, Nam; an "x" gives the sex alone
	FieldBirthFemale    Field = "birth_year_female" // năm sinh, Nữ
	FieldPersonalNumber Field = "personal_number"   // số định danh, CCCD
	FieldEthnicity      Field = "ethnicity"         // dân tộc
	FieldPositionUnit   Field = "position_unit"     // chức vụ, đơn vị công tác in one cell
	FieldPosition       Field = "position"          // chức vụ
	FieldUnit           Field = "unit"              // đơn vị công tác
	FieldAddress        Field = "address"           // địa chỉ
	FieldAward          Field = "award"             // danh hiệu, hình thức đề nghị; may be several columns
	FieldAwardTick      Field = "award_tick"        // a column headed by an award, ticked with x
	FieldPeriod         Field = "period"            // năm, năm học, giai đoạn of the achievement
	FieldRating         Field = "rating"            // mức độ hoàn thành nhiệm vụ
	FieldAchievement    Field = "achievement"       // tóm tắt thành tích
	FieldInitiative     Field = "initiative"        // sáng kiến, đề tài
	FieldPastTitles     Field = "past_titles"       // danh hiệu, quyết định đã đạt
	FieldMembers        Field = "members_total"     // tổng số người của tập thể
	FieldMembersDone    Field = "members_done"      // số người hoàn thành nhiệm vụ
	FieldMembersLDTT    Field = "members_ldtt"      // số Lao động tiên tiến
	FieldMembersCSTDCS  Field = "members_cstdcs"    // số Chiến sĩ thi đua cơ sở
	FieldClusterRank    Field = "cluster_rank"      // thứ hạng trong cụm, khối thi đua
	FieldAmount         Field = "amount"            // số tiền
	FieldNote           Field = "note"              // ghi chú

	// FieldRow stands for the row itself in a Correction: Value "data", "group"
	// or "skip" says how to read a row that was taken for something else.
	FieldRow Field = "row"
)

// Fields lists what a column may be mapped to, in the order a form shows them.
func Fields() []Field {
	return []Field{
		FieldOrder, FieldKind, FieldName, FieldSex, FieldBirth, FieldBirthMale, FieldBirthFemale,
		FieldPersonalNumber, FieldEthnicity, FieldPositionUnit, FieldPosition, FieldUnit, FieldAddress,
		FieldAward, FieldAwardTick, FieldPeriod, FieldRating, FieldAchievement, FieldInitiative,
		FieldPastTitles, FieldMembers, FieldMembersDone, FieldMembersLDTT, FieldMembersCSTDCS, FieldClusterRank, FieldAmount, FieldNote,
	}
}

// many reports fields that several columns may give together.
func (f Field) many() bool {
	switch f {
	case FieldName, FieldAward, FieldAwardTick, FieldAchievement, FieldPastTitles, FieldNote, FieldInitiative:
		return true
	}
	return false
}

// known reports whether f may be given to a column.
func (f Field) known() bool {
	if f == FieldIgnore {
		return true
	}
	for _, g := range Fields() {
		if f == g {
			return true
		}
	}
	return false
}
