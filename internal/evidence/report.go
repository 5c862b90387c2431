package evidence

import (
	"errors"
	"fmt"
)

// Check is one thing that was looked at. Skipped means that an earlier fault
// left nothing to look at.
type Check struct {
	Name    string `json:"name"`
	OK      bool   `json:"ok"`
	Skipped bool   `json:"skipped,omitempty"`
	Code    string `json:"code,omitempty"` // of the fault
	Detail  string `json:"detail"`         // English
	Vi      string `json:"vi,omitempty"`
}

// Report is the outcome of a verification. Vi and En are one plain sentence:
// what holds, or the first thing that does not.
type Report struct {
	OK           bool     `json:"ok"`
	Vi           string   `json:"vi"`
	En           string   `json:"en"`
	Case         string   `json:"case"`
	Kind         string   `json:"kind"`
	Installation string   `json:"installation"`
	Fingerprint  string   `json:"fingerprint"`   // of the root key in the bundle
	SelfDeclared bool     `json:"self_declared"` // nobody said which fingerprint to expect
	SHA256       string   `json:"sha256"`        // of the bundle
	Events       int      `json:"events"`
	Transitions  int      `json:"transitions"`
	Checks       []Check  `json:"checks"`
	Notes        []string `json:"notes,omitempty"` // what a reader should know; no fault
}

// Sentence is the report in one sentence; locale is "vi" or "en".
func (r Report) Sentence(locale string) string {
	if locale == "en" {
		return r.En
	}
	return r.Vi
}

// First is the first check that failed; nil when all hold.
func (r Report) First() *Check {
	for i := range r.Checks {
		if !r.Checks[i].OK && !r.Checks[i].Skipped {
			return &r.Checks[i]
		}
	}
	return nil
}

// add records the outcome of a check: a Fault, or what holds.
func (r *Report) add(name, detail string, err error) {
	if err == nil {
		r.Checks = append(r.Checks, Check{Name: name, OK: true, Detail: detail})
		return
	}
	var f *Fault
	if !errors.As(err, &f) {
		f = &Fault{Code: faultReplay, Vi: err.Error(), En: err.Error()}
	}
	r.Checks = append(r.Checks, Check{Name: name, Code: f.Code, Detail: f.En, Vi: f.Vi})
}

func (r *Report) skip(name string) {
	r.Checks = append(r.Checks, Check{Name: name, Skipped: true, Detail: "not looked at: an earlier check failed"})
}

// conclude writes the sentence.
func (r *Report) conclude() {
	if c := r.First(); c != nil {
		r.Vi = "KHÔNG hợp lệ: " + c.Vi + "."
		r.En = "NOT valid: " + c.Detail + "."
		return
	}
	r.OK = true
	r.Vi = fmt.Sprintf("Hợp lệ: bộ hồ sơ %s còn nguyên vẹn; %d thao tác đã ký, nhật ký và tài liệu khớp với lịch sử khi chạy lại (%d sự kiện)",
		r.Case, r.Transitions, r.Events)
	r.En = fmt.Sprintf("Valid: bundle %s is intact; its %d signed acts, trail and documents agree with the replayed history (%d events)",
		r.Case, r.Transitions, r.Events)
	if r.SelfDeclared {
		r.Vi += fmt.Sprintf("; khóa gốc %s do chính bộ hồ sơ khai, hãy đối chiếu với dấu vân đã công bố", r.Fingerprint)
		r.En += fmt.Sprintf("; the root key %s is only what the bundle itself declares: compare it with the published fingerprint", r.Fingerprint)
	}
	r.Vi, r.En = r.Vi+".", r.En+"."
}
