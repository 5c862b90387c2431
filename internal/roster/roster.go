// Package roster is the tree of units and the people in it as administrators keep
// them: what a unit and a person must look like, what a change may break, and the
// workbook by which a whole province is loaded and taken away.
//
// The model: a Unit stands below a parent between two days; a body that reviews or
// decides names the units through which it acts (authority, standing body,
// council). A Person has seats: a role in a unit, perhaps with dates. Nothing here
// knows a database: the caller gives the units that are there, and gets problems in
// words, each with the field that it is about.
package roster

import "vinhdanh/internal/proposal"

// Unit is one organisation. Dates are ISO civil dates or empty.
type Unit struct {
	ID           string `json:"id" validate:"omitempty,max=80"` // lower case, digits and '-'; empty: made from the name
	Name         string `json:"name" validate:"required,max=300"`
	ShortName    string `json:"short_name" validate:"required,max=150"`
	Kind         string `json:"kind" validate:"required,max=30"`
	Level        string `json:"level" validate:"required,max=30"`
	Parent       string `json:"parent,omitempty" validate:"max=80"`
	Place        string `json:"place" validate:"required,max=100"` // as documents name it
	Symbol       string `json:"symbol" validate:"required,max=30"` // as document numbers carry it
	Authority    string `json:"authority,omitempty" validate:"max=80"`
	StandingBody string `json:"standing_body,omitempty" validate:"max=80"`
	Council      string `json:"council,omitempty" validate:"max=80"`
	Order        int    `json:"order" validate:"min=0,max=100000"`
	ValidFrom    string `json:"valid_from,omitempty" validate:"omitempty,datetime=2006-01-02"`
	ValidTo      string `json:"valid_to,omitempty" validate:"omitempty,datetime=2006-01-02"` // the last day
}

// Exists tells whether the unit exists on an ISO civil date.
func (u Unit) Exists(on string) bool {
	return (u.ValidFrom == "" || u.ValidFrom <= on) && (u.ValidTo == "" || on <= u.ValidTo)
}

// Seat is one role of a person in a unit, both days included.
type Seat struct {
	Unit  string `json:"unit" validate:"required,max=80"`
	Role  string `json:"role" validate:"required,max=30"`
	Title string `json:"title,omitempty" validate:"max=150"` // chức danh, as printed
	From  string `json:"from,omitempty" validate:"omitempty,datetime=2006-01-02"`
	To    string `json:"to,omitempty" validate:"omitempty,datetime=2006-01-02"`
	// Standing: of the council's standing members (Thường trực Hội đồng); of a member or
	// the chair, who is one of them anyway.
	Standing bool `json:"standing,omitempty"`
}

// Person is somebody who signs in.
type Person struct {
	Login    string `json:"login" validate:"required,min=2,max=60"`
	FullName string `json:"full_name" validate:"required,max=120"`
	Email    string `json:"email,omitempty" validate:"omitempty,email,max=200"`
	Locale   string `json:"locale,omitempty" validate:"omitempty,oneof=vi en"` // empty: vi
	Seats    []Seat `json:"seats,omitempty" validate:"max=40,dive"`
}

// Word is a code with what people read.
type Word struct {
	Code string `json:"code"`
	VI   string `json:"vi"`
	EN   string `json:"en"`
}

// Kinds are the kinds of unit.
var Kinds = []Word{
	{"province", "UBND cấp tỉnh", "People's Committee of a province"},
	{"district", "UBND cấp huyện", "People's Committee of a district"},
	{"commune", "UBND cấp xã", "People's Committee of a commune"},
	{"department", "Sở, ban, ngành", "Department"},
	{"office", "Phòng", "Office"},
	{"council", "Hội đồng Thi đua - Khen thưởng", "Emulation and Commendation Council"},
	{"standing_body", "Cơ quan thường trực của Hội đồng", "Standing body of the Council"},
	{"school", "Trường học", "School"},
	{"enterprise", "Doanh nghiệp", "Enterprise"},
	{"organisation", "Mặt trận, đoàn thể", "Front and mass organisations"},
}

// Levels are the tiers at which a unit acts.
var Levels = []Word{
	{string(proposal.LevelProvince), "Cấp tỉnh", "Province"},
	{string(proposal.LevelDepartment), "Cấp sở", "Department"},
	{string(proposal.LevelDistrict), "Cấp huyện", "District"},
	{string(proposal.LevelCommune), "Cấp xã", "Commune"},
	{string(proposal.LevelUnit), "Đơn vị cơ sở", "Unit that only proposes"},
}

// Roles are what a person may do (design.md section 2).
var Roles = []Word{
	{string(proposal.RoleClerk), "Người làm công tác thi đua, khen thưởng", "Clerk"},
	{string(proposal.RoleUnitHead), "Thủ trưởng đơn vị", "Head of the unit"},
	{string(proposal.RoleReviewer), "Người xét duyệt", "Reviewer"},
	{string(proposal.RoleAppraiser), "Chuyên viên thẩm định", "Appraiser"},
	{string(proposal.RoleStandingHead), "Lãnh đạo cơ quan thường trực", "Head of the standing body"},
	{string(proposal.RoleSecretary), "Thư ký Hội đồng", "Council secretary"},
	{string(proposal.RoleMember), "Ủy viên Hội đồng", "Council member"},
	{string(proposal.RoleChair), "Chủ tịch Hội đồng", "Chair of the Council"},
	{string(proposal.RoleSigner), "Người ký", "Signer"},
	{string(proposal.RoleRegistrar), "Văn thư", "Registrar"},
	{string(proposal.RoleAuditor), "Người kiểm tra, thanh tra", "Auditor"},
	{string(proposal.RoleAdmin), "Quản trị", "Administrator"},
}

// Find finds a word by its code.
func Find(words []Word, code string) (Word, bool) {
	for _, w := range words {
		if w.Code == code {
			return w, true
		}
	}
	return Word{}, false
}
