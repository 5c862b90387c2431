package notify

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"vinhdanh/internal/proposal"
)

// The facts a message may carry. Counts are integers, dates "2006-01-02"
// (civil dates in Viet Nam), the stage a proposal.StageKind.
const (
	FactCase      = "case_ref"  // reference number of the case, or of the session
	FactUnit      = "unit"      // name of the unit that proposes, or of the council
	FactLink      = "link"      // http(s) address of the case
	FactStage     = "stage"     // where the case is, or who spoke
	FactBody      = "body"      // name of the unit that acted
	FactItems     = "items"     // number of items concerned
	FactPoints    = "points"    // number of things asked for
	FactPassed    = "passed"    // number of items that passed
	FactNotPassed = "failed"    // number of items that did not
	FactDeferred  = "deferred"  // number of items put off
	FactDue       = "due_date"  // last day of the stage
	FactDays      = "days"      // working days left, or late
	FactDecision  = "decision"  // number and symbol, for example "328/QĐ-UBND"
	FactDecidedOn = "signed_on" // date of the decision
	FactSettings  = "settings"  // address where the reader chooses what is mailed; not of mandatory kinds
)

type factSet struct{ required, optional []string }

func facts(required ...string) factSet {
	return factSet{required: append([]string{FactCase, FactUnit, FactLink}, required...)}
}

func (f factSet) maybe(optional ...string) factSet {
	f.optional = optional
	return f
}

var factsOf = map[Kind]factSet{
	CaseSent:           facts(FactStage, FactItems).maybe(FactDue),
	Returned:           facts(FactStage, FactBody, FactPoints).maybe(FactDue),
	ItemNotProposed:    facts(FactStage, FactBody, FactItems),
	Forwarded:          facts(FactStage, FactBody, FactItems).maybe(FactDue),
	Accepted:           facts(FactBody, FactItems).maybe(FactDue),
	Appraised:          facts(FactStage, FactItems),
	CouncilResult:      facts(FactPassed, FactNotPassed, FactDeferred),
	DecisionIssued:     facts(FactDecision, FactDecidedOn, FactItems),
	SentUpward:         facts(FactBody, FactItems),
	AboveDecided:       facts(FactPassed, FactNotPassed),
	Recalled:           facts(FactStage),
	Withdrawn:          facts(FactStage),
	Held:               facts(FactStage, FactBody),
	Released:           facts(FactStage, FactBody),
	Reminder:           facts(FactStage, FactDue, FactDays),
	Overdue:            facts(FactStage, FactDue, FactDays),
	ReconsiderAsked:    facts(FactStage, FactItems),
	Archived:           facts(),
	SessionConvened:    facts(FactItems, FactDue),
	SessionOpened:      facts(FactItems),
	SessionSecond:      facts(FactItems),
	SessionLate:        facts(FactItems),
	SessionLateAsked:   facts(FactItems),
	ReasonsLetter:      facts(FactItems),
	RevocationOpened:   facts(FactDecision, FactItems, FactDue),
	RevocationAnswered: facts(FactDecision),
	RevocationEnded:    facts(FactDecision, FactItems),
	OutcomeLetter:      facts(FactItems),
	DecisionCorrected:  facts(FactDecision, FactDecidedOn, FactItems),
	Test:               {required: []string{FactLink}},
}

// Kinds lists all kinds, sorted.
func Kinds() []Kind { return slices.Sorted(maps.Keys(factsOf)) }

// Facts names what a kind must carry and what it may carry besides.
func Facts(k Kind) (required, optional []string) {
	f := factsFor(k)
	return slices.Clone(f.required), slices.Clone(f.optional)
}

// factsFor is the facts of a kind; one that the reader may do without says where
// to choose that.
func factsFor(k Kind) factSet {
	f, ok := factsOf[k]
	if ok && !Mandatory(k) {
		f.optional = append(slices.Clone(f.optional), FactSettings)
	}
	return f
}

// checkFacts gives the data for the templates: every required and optional
// fact present (an absent optional one as ""), nothing else, each well formed.
func checkFacts(k Kind, data map[string]any) (map[string]any, error) {
	f := factsFor(k)
	if f.required == nil {
		return nil, textError("unknown kind %q", k)
	}
	out := make(map[string]any, len(f.required)+len(f.optional))
	for _, name := range f.optional {
		out[name] = ""
	}
	for _, name := range slices.Sorted(maps.Keys(data)) {
		if !slices.Contains(f.required, name) && !slices.Contains(f.optional, name) {
			return nil, textError("%s: %q is not a fact this message may carry", k, name)
		}
		v, err := checkFact(name, data[name])
		if err != nil {
			return nil, textError("%s: %v", k, err)
		}
		out[name] = v
	}
	for _, name := range f.required {
		if _, ok := out[name]; !ok {
			return nil, textError("%s: %q is missing", k, name)
		}
	}
	return out, nil
}

func checkFact(name string, v any) (any, error) {
	switch name {
	case FactItems, FactPoints, FactPassed, FactNotPassed, FactDeferred, FactDays:
		return count(name, v)
	}
	s, ok := v.(string)
	if k, isStage := v.(proposal.StageKind); isStage {
		s, ok = string(k), true
	}
	if !ok || strings.TrimSpace(s) == "" || len(s) > 500 || strings.ContainsFunc(s, unicode.IsControl) {
		return nil, fmt.Errorf("%q must be one line of text", name)
	}
	switch name {
	case FactDue, FactDecidedOn:
		d, err := time.Parse(time.DateOnly, s)
		if err != nil {
			return nil, fmt.Errorf("%q must be a date like 2023-11-20", name)
		}
		return d, nil
	case FactLink, FactSettings:
		if u, err := url.Parse(s); err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
			return nil, fmt.Errorf("%q must be a web address", name)
		}
	case FactStage:
		if _, known := stageNames[Vietnamese][proposal.StageKind(s)]; !known {
			return nil, fmt.Errorf("%q is not a stage", name)
		}
		return proposal.StageKind(s), nil
	}
	return s, nil
}

// count accepts the integer kinds and what JSON makes of them.
func count(name string, v any) (int, error) {
	n := -1
	switch x := v.(type) {
	case int:
		n = x
	case int64:
		n = int(x)
	case float64:
		if x == float64(int(x)) {
			n = int(x)
		}
	case json.Number:
		if i, err := x.Int64(); err == nil {
			n = int(i)
		}
	}
	if n < 0 {
		return 0, fmt.Errorf("%q must be a count", name)
	}
	return n, nil
}
