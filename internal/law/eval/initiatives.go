package eval

import (
	"strconv"
	"strings"

	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"

	"vinhdanh/internal/law"
)

// kind is INITIATIVE where nothing is said.
func (i Initiative) kind() string {
	if i.Kind == "" {
		return workScale[0].word
	}
	return i.Kind
}

// proven tells evidence from a claim: a certificate number, and among several
// authors a certificate of the subject's own.
func (i Initiative) proven() bool {
	shared := i.Authors != nil && *i.Authors > 1
	return numbered(i.Number) && (!shared || i.OwnCertificate != nil && *i.OwnCertificate)
}

// period is the period of recognition; a certificate's date stands in for it.
func (i Initiative) period() Period {
	if i.Period.Kind == "" && i.Period.Label == "" && !i.Date.IsZero() {
		return Period{Kind: law.PeriodCalendar, Label: strconv.Itoa(i.Date.Year)}
	}
	return i.Period
}

// certificates remembers which certificates were counted. One number of two issuers
// is two certificates; where an issuer is not known it is taken for the same.
type certificates map[string][]string

func (c certificates) again(i Initiative) bool {
	if !numbered(i.Number) {
		return false
	}
	by := strings.TrimSpace(i.Issuer)
	for _, issuer := range c[strings.TrimSpace(i.Number)] {
		if issuer == by || issuer == "" || by == "" {
			return true
		}
	}
	return false
}

func (c certificates) add(i Initiative) {
	if number := strings.TrimSpace(i.Number); numbered(number) {
		c[number] = append(c[number], strings.TrimSpace(i.Issuer))
	}
}

// timely says whether an initiative's time counts, or might. year is its year within
// the item's kind of period; same is false where it belongs to another kind.
type timely func(i Initiative, year int, same bool) (yes, maybe bool)

// countInitiatives answers whether at least n initiatives of that scope, or a wider
// one, count.
func (s subject) countInitiatives(n, scope int64, when timely) ref.Val {
	var sure, possible int64
	seen := certificates{}
	for _, i := range s.facts.Initiatives {
		reach, known := scopeScale.place(i.Scope)
		if s.only != "" && i.kind() != s.only || known && reach < scope || seen.again(i) {
			continue
		}
		year, same := i.period().at(s.facts.Period)
		yes, maybe := when(i, year, same)
		switch {
		case known && yes && i.proven():
			sure++
		case yes || maybe:
			possible++
		default:
			continue
		}
		seen.add(i)
	}
	switch {
	case sure >= n:
		return types.True
	case sure+possible >= n:
		s.rec.because("có sáng kiến chưa có số giấy công nhận hoặc giấy chứng nhận riêng của đồng tác giả, hoặc phạm vi, thời gian chưa rõ hay thuộc loại khác",
			"an initiative without certificate number or without a co-author's own certificate, or whose scope or period is unclear or of another kind")
		return perhaps()
	}
	return types.False
}

// initiativesAtLeast answers initiatives.atLeast(n, scope, periods).
func (s subject) initiativesAtLeast(n, scope int64, within periods) ref.Val {
	return s.countInitiatives(n, scope, func(_ Initiative, year int, same bool) (bool, bool) {
		if !same {
			return false, !within.empty()
		}
		return within.has(year)
	})
}

// initiativesValid answers initiatives.valid(n, scope, years): recognised in the
// item's period or in the years-1 before, or still valid by its own certificate.
func (s subject) initiativesValid(n, scope, years int64) ref.Val {
	if years < 1 || years > span {
		return types.NewErr("valid: %d is not between 1 and %d", years, span)
	}
	item, ok := s.itemYear()
	if !ok {
		return perhaps()
	}
	return s.countInitiatives(n, scope, func(i Initiative, year int, same bool) (bool, bool) {
		if !same {
			return false, true
		}
		if !i.ValidUntil.IsZero() && year <= item {
			return s.facts.Period.reachedBy(i.ValidUntil)
		}
		counts := year <= item && int64(item-year) < years
		return counts, counts
	})
}

// initiativesEver answers initiatives.ever(n, scope): of any time up to the item's.
func (s subject) initiativesEver(n, scope int64) ref.Val {
	return s.countInitiatives(n, scope, func(i Initiative, _ int, _ bool) (bool, bool) {
		return i.period().before(s.facts.Period)
	})
}

// ofKind answers initiatives.ofKind(RESEARCH).
func (s subject) ofKind(place int64) ref.Val {
	if place < 0 || place >= int64(len(workScale)) {
		return types.NewErr("ofKind: %d is no kind of initiative", place)
	}
	s.only = workScale[place].word
	return s
}
