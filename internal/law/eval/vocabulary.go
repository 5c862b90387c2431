package eval

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/google/cel-go/cel"

	"vinhdanh/internal/law"
)

// fact is one name that expressions may use.
type fact struct {
	name  string
	label law.Text
	typ   *cel.Type
	// value is what the expression sees; false when the fact is missing.
	value func(*Facts, *recorder) (any, bool)
	// shown is what a person reads; raw is what the result keeps.
	shown func(*Facts) law.Text
	raw   func(*Facts) any
}

// vocabulary lists every fact in alphabetical order of its name.
var vocabulary = sortedVocabulary()

func sortedVocabulary() []fact {
	all := slices.Concat(flags(), moreFlags(), counts(), memberCounts(), words(), lists())
	slices.SortFunc(all, func(a, b fact) int { return strings.Compare(a.name, b.name) })
	return all
}

func factNamed(name string) (fact, bool) {
	i, ok := slices.BinarySearchFunc(vocabulary, name, func(f fact, n string) int { return strings.Compare(f.name, n) })
	if !ok {
		return fact{}, false
	}
	return vocabulary[i], true
}

func yesNo(b *bool) law.Text {
	switch {
	case b == nil:
		return law.Text{}
	case *b:
		return law.Text{VI: "có", EN: "yes"}
	}
	return law.Text{VI: "không", EN: "no"}
}

func flag(name, vi, en string, get func(*Facts) *bool) fact {
	return fact{name: name, label: law.Text{VI: vi, EN: en}, typ: cel.BoolType,
		value: func(f *Facts, _ *recorder) (any, bool) {
			if b := get(f); b != nil {
				return *b, true
			}
			return nil, false
		},
		shown: func(f *Facts) law.Text { return yesNo(get(f)) },
		raw:   func(f *Facts) any { return get(f) },
	}
}

func flags() []fact {
	return []fact{
		flag("on_hold", "đang tạm dừng xét", "on hold", func(f *Facts) *bool { return f.OnHold }),
		flag("already_rewarded", "đã được khen thưởng cho thành tích này", "already rewarded for this achievement", func(f *Facts) *bool { return f.AlreadyRewarded }),
		flag("proposer_manages", "đơn vị đề nghị quản lý đối tượng", "proposer manages the subject", func(f *Facts) *bool { return f.ProposerManages }),
		flag("unit_dissolved", "đơn vị đã giải thể", "unit dissolved", func(f *Facts) *bool { return f.UnitDissolved }),
		flag("local_criteria_met", "đạt tiêu chuẩn do người quyết định quy định", "meets the awarding head's criteria", func(f *Facts) *bool { return f.LocalCriteriaMet }),
		flag("campaign.review_held", "đã sơ kết, tổng kết", "review held", func(f *Facts) *bool { return f.Campaign.ReviewHeld }),
		flag("campaign.selected", "được bình xét trong phong trào", "selected at the review", func(f *Facts) *bool { return f.Campaign.Selected }),
		flag("campaign.quota_stated", "phong trào quy định số lượng", "the movement sets a quota", func(f *Facts) *bool { return f.Campaign.QuotaStated }),
		flag("adhoc.confirmed", "thành tích đột xuất được xác nhận", "ad hoc achievement confirmed", func(f *Facts) *bool { return f.Adhoc.Confirmed }),
	}
}

func count(name, vi, en string, get func(*Facts) *int64) fact {
	return fact{name: name, label: law.Text{VI: vi, EN: en}, typ: cel.IntType,
		value: func(f *Facts, rec *recorder) (any, bool) {
			n := get(f)
			if n == nil {
				return nil, false
			}
			if *n < 0 {
				rec.because(vi+" không được âm", en+" must not be negative")
				return nil, false
			}
			return *n, true
		},
		shown: func(f *Facts) law.Text {
			if n := get(f); n != nil {
				return law.Text{VI: law.Dong(*n), EN: law.Dong(*n)}
			}
			return law.Text{}
		},
		raw: func(f *Facts) any { return get(f) },
	}
}

func counts() []fact {
	return []fact{
		count("campaign.quota_limit", "số lượng tối đa của phong trào", "quota of the movement", func(f *Facts) *int64 { return f.Campaign.QuotaLimit }),
		count("campaign.quota_proposed", "số lượng đề nghị của phong trào", "proposed in the movement", func(f *Facts) *int64 { return f.Campaign.QuotaProposed }),
		count("contribution.amount", "giá trị đóng góp (đồng)", "contribution (đồng)", func(f *Facts) *int64 { return f.Contribution.Amount }),
		count("contribution.threshold", "mức địa phương quy định (đồng)", "local threshold (đồng)", func(f *Facts) *int64 { return f.Contribution.Threshold }),
		count("campaign.term_years", "thời hạn phong trào (năm)", "term of the movement (years)", func(f *Facts) *int64 { return f.Campaign.TermYears }),
		count("cluster.rank", "thứ hạng trong cụm, khối thi đua", "rank in the cluster", func(f *Facts) *int64 { return f.Cluster.Rank }),
		count("public_comment.days", "số ngày làm việc lấy ý kiến nhân dân", "working days of public comment", func(f *Facts) *int64 { return f.PublicComment.Days }),
		count("state_level.others_in_year", "số lần đề nghị cấp Nhà nước khác trong năm", "other State-level proposals of the year", func(f *Facts) *int64 { return f.StateLevel.OthersInYear }),
		count("quota.ldtt", "số Lao động tiên tiến của đơn vị", "advanced workers of the unit", func(f *Facts) *int64 { return f.Quota.LDTT }),
		count("quota.cstdcs_proposed", "số đề nghị Chiến sĩ thi đua cơ sở", "proposed grassroots fighters", func(f *Facts) *int64 { return f.Quota.CSTDCSProposed }),
	}
}

func word(name, vi, en string, s scale, get func(*Facts) string) fact {
	return fact{name: name, label: law.Text{VI: vi, EN: en}, typ: cel.IntType,
		value: func(f *Facts, rec *recorder) (any, bool) {
			n, ok := s.place(get(f))
			if !ok && get(f) != "" {
				rec.because(vi+": giá trị không nhận ra", en+": value not recognised")
			}
			return n, ok
		},
		shown: func(f *Facts) law.Text { return s.text(get(f)) },
		raw:   func(f *Facts) any { return get(f) },
	}
}

var kindTexts = map[law.Kind]law.Text{
	law.KindIndividual: {VI: "cá nhân", EN: "individual"},
	law.KindCollective: {VI: "tập thể", EN: "collective"},
	law.KindHousehold:  {VI: "hộ gia đình", EN: "household"},
}

func words() []fact {
	kind := fact{name: "subject.kind", label: law.Text{VI: "loại đối tượng", EN: "kind of subject"}, typ: cel.StringType,
		value: func(f *Facts, _ *recorder) (any, bool) { return string(f.Kind), f.Kind != "" },
		shown: func(f *Facts) law.Text { return kindTexts[f.Kind] },
		raw:   func(f *Facts) any { return f.Kind },
	}
	return []fact{kind, commendationType(),
		word("rating", "xếp loại", "rating", ratingScale, func(f *Facts) string { return f.Rating }),
		word("discipline", "kỷ luật", "discipline", disciplineScale, func(f *Facts) string { return f.Discipline }),
		memberDiscipline(),
		word("occupation", "nhóm nghề nghiệp", "occupation", occupationScale, func(f *Facts) string { return f.Occupation }),
		word("cluster.organiser", "cấp tổ chức cụm, khối thi đua", "level that organises the cluster", scopeScale, func(f *Facts) string { return f.Cluster.Organiser }),
		word("campaign.level", "cấp phát động", "level that launched the movement", scopeScale, func(f *Facts) string { return f.Campaign.Level }),
		word("adhoc.influence", "phạm vi ảnh hưởng", "reach of influence", scopeScale, func(f *Facts) string { return f.Adhoc.Influence }),
	}
}

// FactUsed is a fact as a node used it.
type FactUsed struct {
	Name    string          `json:"name"`
	Label   law.Text        `json:"label"`
	Value   json.RawMessage `json:"value"` // null when missing
	Shown   law.Text        `json:"shown"`
	Missing bool            `json:"missing,omitempty"`
}

func (ft fact) used(f *Facts) FactUsed {
	_, ok := ft.value(f, &recorder{})
	u := FactUsed{Name: ft.name, Label: ft.label, Value: json.RawMessage("null"), Missing: !ok}
	if !ok {
		return u
	}
	if raw, err := json.Marshal(ft.raw(f)); err == nil {
		u.Value = raw
	}
	u.Shown = ft.shown(f)
	return u
}
