package app

import (
	"strings"

	"vinhdanh/internal/account"
	"vinhdanh/internal/vietnamese"
)

// statusNames are stages and phases in words.
var statusNames = map[string][2]string{
	"nomination": {"đơn vị lập hồ sơ", "nomination"}, "review": {"xét duyệt", "review"}, "reception": {"tiếp nhận", "reception"},
	"appraisal": {"thẩm định", "appraisal"}, "council": {"Hội đồng xét", "Council"}, "issuance": {"trình ký, ban hành", "signing and issue"},
	"consultation": {"hiệp y", "consultation of agencies"}, "publication": {"lấy ý kiến Nhân dân", "public comment"},
	"submission": {"trình cấp trên", "submission upward"}, "outcome": {"chờ kết quả cấp trên", "outcome from above"},
	"draft": {"dự thảo", "draft"}, "convened": {"đã triệu tập", "convened"}, "open": {"đang họp", "open"},
	"closed": {"đã kết thúc", "closed"}, "cancelled": {"đã hủy", "cancelled"}, "submitted": {"chờ ký", "waits for signature"},
	"signed": {"đã ký, chờ cấp số", "signed, waits for its number"}, "sent_back": {"bị trả lại", "sent back"}, "numbered": {"đã ban hành", "issued"},
	"opened": {"đang lấy ý kiến", "asking for opinions"}, "appraised": {"đã thẩm định", "appraised"}, "refused": {"không hủy bỏ", "refused"}, "withdrawn": {"đã rút", "withdrawn"},
}

var kindNames = map[string][2]string{
	"commendation": {"Hồ sơ đề nghị", "Proposal"}, "council": {"Phiên họp Hội đồng", "Council session"}, "issuance": {"Quyết định", "Decision"},
	"revocation": {"Hủy bỏ khen thưởng", "Revocation"},
}

var refusers = map[string][2]string{
	"workflow": {"quy trình", "the rules of the case"}, "application": {"ứng dụng", "the application"}, "gate": {"cổng Temporal", "Temporal's gate"},
}

// StatusName is a stage or phase in "vi" or "en"; an unknown code stays as it is.
func StatusName(code, locale string) string { return named2(statusNames, code, locale) }

// CaseKind is a kind of case in words.
func CaseKind(code, locale string) string { return named2(kindNames, code, locale) }

// RefusedBy is where an attempt was refused, in words.
func RefusedBy(code, locale string) string { return named2(refusers, code, locale) }

// RoleName is a role in words.
func RoleName(code, locale string) string {
	if body := account.Body(code + ":"); body.VI != "" {
		return "" // its name says what it is
	}
	t := account.Role(code)
	return orElse(pick(locale, t.VI, t.EN), code)
}

// OutcomeName is an item's outcome in words.
func OutcomeName(code, locale string) string {
	t := account.Outcome(code)
	return orElse(pick(locale, t.VI, t.EN), code)
}

func named2(m map[string][2]string, code, locale string) string {
	t, ok := m[code]
	if !ok {
		return code
	}
	return pick(locale, t[0], t[1])
}

// words splits "Vietnamese|English" by the reader's language.
func words(locale string, both ...string) []string {
	out := make([]string, len(both))
	for i, b := range both {
		vi, en, _ := strings.Cut(b, "|")
		out[i] = pick(locale, vi, en)
	}
	return out
}

func joined(texts []string) string { return strings.Join(texts, "; ") }

// slug is a reference as part of a file name: HS-2023-0001/BKT-PT → hs-2023-0001-bkt-pt.
func slug(ref string) string {
	return strings.Map(func(r rune) rune {
		if (r >= 'a' && r <= 'z') || (r >= '0' && r <= '9') {
			return r
		}
		return '-'
	}, vietnamese.Fold(ref))
}
