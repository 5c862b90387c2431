package importing

import (
	"strings"

	"vinhdanh/internal/vietnamese"
)

// headerRule recognises a column by its header, folded and without
// punctuation. Exact texts give confidence 1. Otherwise each group of any must
// contribute a phrase and none of none may occur, which gives a lower one.
// Rules are tried in order, the specific before the general.
type headerRule struct {
	field Field
	exact []string
	any   [][]string
	none  []string
}

var past = []string{"da dat", "da duoc", "da nhan", "da khen", "da tang", "qua trinh khen", "qua trinh thi dua", "truoc day", "lich su"}

var headerRules = []headerRule{
	{field: FieldOrder, exact: []string{"stt", "tt", "so tt", "so thu tu", "thu tu", "no", "s t t"}},
	{field: FieldMembersLDTT, any: [][]string{{"so ldtt", "so nguoi dat ldtt", "so ca nhan dat ldtt", "so lao dong tien tien", "so nguoi dat lao dong tien tien", "so ca nhan dat lao dong tien tien"}}, none: past},
	{field: FieldMembersCSTDCS, any: [][]string{{"so cstdcs", "so nguoi dat cstdcs", "so ca nhan dat cstdcs", "so cstd co so", "so chien si thi dua co so", "so nguoi dat chien si thi dua co so", "so ca nhan dat chien si thi dua co so"}}, none: past},
	{field: FieldMembersDone, any: [][]string{{"so nguoi hoan thanh nhiem vu", "so ca nhan hoan thanh nhiem vu", "so nguoi hoan thanh", "so ca nhan hoan thanh"}}},
	{field: FieldMembers, exact: []string{"so nguoi", "so thanh vien", "tong so nguoi", "quan so", "bien che"},
		any: [][]string{{"tong so nguoi", "tong so thanh vien", "tong so ca nhan", "tong so cbccvc", "tong so can bo", "tong so lao dong", "so luong thanh vien"}}},
	{field: FieldClusterRank, exact: []string{"xep hang", "thu hang", "vi thu"},
		any: [][]string{{"xep hang", "thu hang", "vi thu", "xep thu"}, {"cum", "khoi"}}},
	{field: FieldPersonalNumber, exact: []string{"cccd", "so cccd", "cmnd", "so dinh danh", "so dinh danh ca nhan", "so dinh danh ca nhan cccd"},
		any: [][]string{{"cccd", "cmnd", "can cuoc", "dinh danh", "chung minh"}}},
	{field: FieldPastTitles, exact: []string{"danh hieu quyet dinh da dat so ngay"},
		any: [][]string{{"danh hieu", "hinh thuc", "khen thuong", "quyet dinh", "thanh tich", "khen"}, past}},
	{field: FieldPastTitles, exact: []string{"so quyet dinh", "quyet dinh", "so qd", "qua trinh khen thuong"},
		any: [][]string{{"so quyet dinh", "quyet dinh so", "quyet dinh cong nhan", "quyet dinh khen thuong"}}},
	{field: FieldKind, exact: []string{"loai doi tuong", "loai doi tuong khen thuong", "doi tuong khen thuong"},
		any: [][]string{{"loai doi tuong", "phan loai doi tuong"}}},
	{field: FieldPositionUnit, any: [][]string{{"chuc vu", "chuc danh", "nghe nghiep"}, {"don vi", "noi cong tac", "co quan", "noi lam viec", "dia chi", "noi o"}}},
	{field: FieldPosition, exact: []string{"chuc vu", "chuc danh", "nghe nghiep", "chuc vu chuc danh", "chuc danh nghe nghiep"},
		any: [][]string{{"chuc vu", "chuc danh", "nghe nghiep", "cap bac"}}},
	{field: FieldName, exact: []string{"ho va ten", "ho ten", "ho va ten ten tap the", "ten tap the", "ten tap the ca nhan", "ho va ten ca nhan", "ten tap the ca nhan ho gia dinh"},
		any: [][]string{{"ho va ten", "ho ten", "ho va dem", "ho dem", "ho va chu dem", "ten tap the", "ten ca nhan", "ten ho", "ten doi tuong", "ten don vi ca nhan", "ten chu ho", "tap the ca nhan", "ca nhan tap the", "full name"}}},
	{field: FieldName, exact: []string{"ten", "ho", "ho lot", "doi tuong", "ca nhan", "tap the", "ho gia dinh", "name", "danh sach"}},
	{field: FieldSex, exact: []string{"gioi tinh", "gioi", "phai", "nam nu", "gioi tinh nam nu", "sex"}},
	{field: FieldBirth, exact: []string{"nam sinh", "ngay sinh", "ngay thang nam sinh", "sinh nam", "ngay thang nam", "nam sinh ngay sinh", "ngay sinh hoac nam sinh"},
		any: [][]string{{"nam sinh", "ngay sinh", "sinh ngay", "sinh nam", "thang nam sinh"}}},
	{field: FieldEthnicity, exact: []string{"dan toc"}, any: [][]string{{"dan toc"}}, none: []string{"don vi", "khen"}},
	{field: FieldInitiative, any: [][]string{{"sang kien", "de tai", "giai phap"}}, none: []string{"thanh tich"}},
	{field: FieldRating, any: [][]string{{"muc do hoan thanh", "xep loai", "ket qua phan loai", "ket qua danh gia", "danh gia phan loai", "danh gia xep loai"}}},
	{field: FieldAchievement, exact: []string{"thanh tich", "tom tat thanh tich", "noi dung thanh tich", "thanh tich dat duoc"},
		any: [][]string{{"thanh tich", "noi dung khen", "ly do khen", "tom tat"}}},
	{field: FieldAmount, any: [][]string{{"so tien", "tien thuong", "muc thuong", "muc tien", "kinh phi"}}},
	{field: FieldPeriod, exact: []string{"nam hoc", "nam", "giai doan", "nam de nghi", "thoi gian", "nam giai doan"},
		any: [][]string{{"nam hoc", "giai doan", "nien hoc", "nam dat", "nam xet", "nam khen", "nam de nghi", "thoi gian lap", "ky xet"}}},
	{field: FieldAward, exact: []string{"hinh thuc de nghi khen thuong", "danh hieu de nghi", "hinh thuc khen thuong", "danh hieu thi dua", "hinh thuc de nghi", "danh hieu hinh thuc de nghi", "danh hieu hinh thuc khen thuong", "de nghi khen thuong", "danh hieu"},
		any: [][]string{{"danh hieu", "hinh thuc", "de nghi khen", "de nghi tang", "khen thuong", "de nghi cong nhan", "muc khen", "giay khen", "bang khen"}}, none: past},
	{field: FieldAddress, any: [][]string{{"dia chi", "noi o", "cho o", "que quan", "thuong tru", "noi cu tru", "nguyen quan"}}},
	{field: FieldUnit, exact: []string{"don vi", "don vi cong tac", "noi cong tac", "co quan", "co quan don vi", "noi lam viec", "ten don vi", "truong"},
		any: [][]string{{"don vi", "noi cong tac", "co quan", "noi lam viec"}}},
	{field: FieldNote, exact: []string{"ghi chu", "note", "notes"}, any: [][]string{{"ghi chu"}}},
}

// headerText is a header as rules see it: folded, punctuation as blanks.
func headerText(s string) string {
	return strings.Join(strings.FieldsFunc(vietnamese.Fold(s), func(r rune) bool {
		return strings.ContainsRune(" /\\,;:.()[]-–_*\"'+&|#\n", r)
	}), " ")
}

// recogniseHeader gives the field of a header text and how sure that is.
func recogniseHeader(text string) (Field, float64) {
	t := headerText(text)
	if t == "" || len(t) > 160 {
		return FieldIgnore, 0
	}
	for _, r := range headerRules {
		for _, e := range r.exact {
			if t == e {
				return r.field, 1
			}
		}
	}
	padded := " " + t + " "
	for _, r := range headerRules {
		if r.matches(padded) {
			return r.field, 0.8
		}
	}
	return FieldIgnore, 0
}

func (r headerRule) matches(padded string) bool {
	if len(r.any) == 0 || hasPhrase(padded, r.none) {
		return false
	}
	for _, group := range r.any {
		if !hasPhrase(padded, group) {
			return false
		}
	}
	return true
}

// hasPhrase looks for whole words in a text with a blank at either end.
func hasPhrase(padded string, phrases []string) bool {
	for _, p := range phrases {
		if strings.Contains(padded, " "+p+" ") {
			return true
		}
	}
	return false
}
