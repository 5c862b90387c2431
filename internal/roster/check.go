package roster

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"vinhdanh/internal/vietnamese"
)

// Problem is one thing to correct, with the field that it is about (its JSON name).
type Problem struct {
	Field string `json:"field"`
	VI    string `json:"vi"`
	EN    string `json:"en"`
}

func problem(field, vi, en string) Problem { return Problem{Field: field, VI: vi, EN: en} }

var (
	idForm    = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	loginForm = regexp.MustCompile(`^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$`)
)

// Tree is the units by id, to check changes against.
type Tree map[string]Unit

// NewTree indexes units.
func NewTree(units []Unit) Tree {
	t := make(Tree, len(units))
	for _, u := range units {
		t[u.ID] = u
	}
	return t
}

// With is the tree with units added or replaced.
func (t Tree) With(units ...Unit) Tree {
	out := make(Tree, len(t)+len(units))
	for id, u := range t {
		out[id] = u
	}
	for _, u := range units {
		out[u.ID] = u
	}
	return out
}

// Below lists the units below one, itself included.
func (t Tree) Below(id string) map[string]bool {
	out := map[string]bool{}
	for u := range t {
		at := u
		for range len(t) + 1 {
			if at == id {
				out[u] = true
				break
			}
			if at = t[at].Parent; at == "" {
				break
			}
		}
	}
	return out
}

// CheckUnit says what is wrong with a unit as it would stand in the tree.
func (t Tree) CheckUnit(u Unit) []Problem {
	var out []Problem
	add := func(field, vi, en string) { out = append(out, problem(field, vi, en)) }
	if !idForm.MatchString(u.ID) {
		add("id", "Mã chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối.", "The id takes lower-case letters without accents, digits and single hyphens.")
	}
	for _, f := range []struct{ name, value string }{{"name", u.Name}, {"short_name", u.ShortName}, {"place", u.Place}, {"symbol", u.Symbol}} {
		if strings.TrimSpace(f.value) == "" {
			add(f.name, "Chưa nhập.", "It is missing.")
		} else if !tidy(f.value) {
			add(f.name, "Có ký tự lạ hoặc khoảng trắng thừa.", "It holds odd characters or stray blanks.")
		}
	}
	if _, ok := Find(Kinds, u.Kind); !ok {
		add("kind", "Hãy chọn loại đơn vị trong danh sách.", "Choose the kind from the list.")
	}
	if _, ok := Find(Levels, u.Level); !ok {
		add("level", "Hãy chọn cấp trong danh sách.", "Choose the level from the list.")
	}
	if u.ValidFrom != "" && u.ValidTo != "" && u.ValidTo < u.ValidFrom {
		add("valid_to", "Ngày hết hiệu lực phải sau ngày bắt đầu.", "It ends before it begins.")
	}
	return append(out, t.checkLinks(u)...)
}

func (t Tree) checkLinks(u Unit) []Problem {
	var out []Problem
	for _, l := range []struct{ field, id string }{
		{"parent", u.Parent}, {"authority", u.Authority}, {"standing_body", u.StandingBody}, {"council", u.Council},
	} {
		if l.id == "" {
			continue
		}
		if _, ok := t[l.id]; !ok {
			out = append(out, problem(l.field, fmt.Sprintf("Không có đơn vị mã %q.", l.id), fmt.Sprintf("There is no unit %q.", l.id)))
		}
	}
	if c, ok := t[u.Council]; ok && c.Kind != "council" {
		out = append(out, problem("council", c.ShortName+" không phải là Hội đồng Thi đua - Khen thưởng.", c.ShortName+" is not a council."))
	}
	if t.circle(u) {
		out = append(out, problem("parent", "Đơn vị cấp trên đi vòng về chính đơn vị này.", "The parents go round in a circle."))
	}
	if u.Parent == "" && u.Kind != "province" {
		out = append(out, problem("parent", "Chỉ UBND cấp tỉnh không có đơn vị cấp trên.", "Only a province has no parent."))
	}
	return out
}

func (t Tree) circle(u Unit) bool {
	at := u.Parent
	for range len(t) + 1 {
		if at == "" {
			return false
		}
		if at == u.ID {
			return true
		}
		at = t[at].Parent
	}
	return true
}

// CheckPerson says what is wrong with a person and the seats.
func (t Tree) CheckPerson(p Person) []Problem {
	var out []Problem
	if !loginForm.MatchString(p.Login) || len(p.Login) > 60 || len(p.Login) < 2 {
		out = append(out, problem("login", "Tên đăng nhập gồm 2–60 chữ thường không dấu, chữ số, dấu chấm, gạch nối, gạch dưới.",
			"A login has 2–60 lower-case letters without accents, digits, dots, hyphens or underscores."))
	}
	if strings.TrimSpace(p.FullName) == "" || !tidy(p.FullName) {
		out = append(out, problem("full_name", "Họ tên chưa nhập, có ký tự lạ hoặc khoảng trắng thừa.", "The name is missing, or holds odd characters or stray blanks."))
	}
	for i, s := range p.Seats {
		for _, pr := range t.CheckSeat(s) {
			pr.Field = fmt.Sprintf("seats[%d].%s", i, pr.Field)
			out = append(out, pr)
		}
	}
	return out
}

// CheckSeat says what is wrong with one role in a unit.
func (t Tree) CheckSeat(s Seat) []Problem {
	var out []Problem
	if _, ok := t[s.Unit]; !ok {
		out = append(out, problem("unit", fmt.Sprintf("Không có đơn vị mã %q.", s.Unit), fmt.Sprintf("There is no unit %q.", s.Unit)))
	}
	if _, ok := Find(Roles, s.Role); !ok {
		out = append(out, problem("role", "Hãy chọn vai trò trong danh sách.", "Choose the role from the list."))
	}
	if s.From != "" && s.To != "" && s.To < s.From {
		out = append(out, problem("to", "Ngày kết thúc phải sau ngày bắt đầu.", "It ends before it begins."))
	}
	if s.Standing && (t[s.Unit].Kind != "council" || s.Role != "member" && s.Role != "chair") {
		out = append(out, problem("standing", "Chỉ ủy viên, Chủ tịch của một Hội đồng là thành viên Thường trực Hội đồng.", "Only a member or the chair of a council is one of its standing members."))
	}
	if s.Title != "" && !tidy(s.Title) {
		out = append(out, problem("title", "Có ký tự lạ hoặc khoảng trắng thừa.", "It holds odd characters or stray blanks."))
	}
	return out
}

// tidy: composed, one line, no invisible characters, no stray blanks. Names are kept
// exactly as they are written otherwise.
func tidy(s string) bool {
	if !vietnamese.IsNFC(s) || strings.Join(strings.Fields(s), " ") != s {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || vietnamese.Invisible(r) })
}

var notID = regexp.MustCompile(`[^a-z0-9]+`)

// NewID makes an id from a name that is not in the tree yet.
func (t Tree) NewID(name string) string {
	base := strings.Trim(notID.ReplaceAllString(vietnamese.Fold(name), "-"), "-")
	if len(base) > 70 {
		base = strings.Trim(base[:70], "-")
	}
	if base == "" {
		base = "don-vi"
	}
	id := base
	for n := 2; ; n++ {
		if _, taken := t[id]; !taken {
			return id
		}
		id = fmt.Sprintf("%s-%d", base, n)
	}
}
