package evidence

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"vinhdanh/internal/envelope"
)

// Record is what PostgreSQL holds of a case, open or closed, with what Temporal
// says of it, to be held against each other.
type Record struct {
	CaseID      string
	Rows        []Recorded
	Attempts    []Attempt
	Content     Content
	Validations []Validation
	// History are the transitions as the workflow itself tells them; nil when it
	// could not be asked, or is gone after its archive.
	History []json.RawMessage
	// Silent says why History is nil, in English, for the report.
	Silent string
	// Archived is the trail that the case's bundle holds; nil without a bundle.
	Archived []TrailRow
}

// recordSteps in the order in which a reader wants the first fault named.
var recordSteps = []struct {
	name  string
	check func(*recordCheck) (string, error)
	base  bool
}{
	{"chain", (*recordCheck).chain, false},
	{"acts", (*recordCheck).retrace, true},
	{"history", (*recordCheck).history, false},
	{"archive", (*recordCheck).archive, false},
	{"envelopes", func(c *recordCheck) (string, error) { return c.v.checkEnvelopes() }, false},
	{"content", func(c *recordCheck) (string, error) { return c.v.checkContent() }, false},
	{"reasons", func(c *recordCheck) (string, error) { return c.v.checkReasons() }, false},
	{"validations", (*recordCheck).validations, false},
}

// recordCheck is one check in progress; its verifier has no bundle file and no
// history, only what the steps above ask of it.
type recordCheck struct {
	in Record
	v  *verifier
}

// CheckRecord checks a case where it lives. It finds a changed, missing or added
// row of the trail, a changed envelope, content or reason, and a record that says
// something else than the history. A record that does not hold is no error: the
// report names what does not. The error is the context's.
func CheckRecord(ctx context.Context, ring *envelope.Ring, in Record) (Report, error) {
	c := &recordCheck{in: in, v: &verifier{
		ctx: ctx, ring: ring, record: &record{caseID: in.CaseID, kind: KindOf(in.CaseID)},
		bundle: &Bundle{Attempts: in.Attempts, Content: in.Content, Validations: in.Validations},
	}}
	r := &c.v.report
	r.Case, r.Kind, r.Installation = in.CaseID, KindOf(in.CaseID), ring.Installation
	if len(in.Rows) > 0 {
		c.v.record.input = in.Rows[0].Start
	}
	stop := false
	for _, s := range recordSteps {
		if err := ctx.Err(); err != nil {
			return Report{}, err
		}
		if stop {
			r.skip(s.name)
			continue
		}
		detail, err := s.check(c)
		r.add(s.name, detail, err)
		stop = err != nil && s.base
	}
	r.concludeRecord()
	return *r, nil
}

func (c *recordCheck) chain() (string, error) {
	prev := c.in.CaseID
	for i, row := range c.in.Rows {
		if row.Number != i+1 || row.PrevHash != prev || row.Hash != ChainHash(prev, row.Body) {
			return "", fault(faultChain, i+1)
		}
		prev = row.Hash
	}
	return fmt.Sprintf("%d rows in one unbroken chain, the last is %.16s", len(c.in.Rows), prev), nil
}

// retrace drives the machine by the stored acts and keeps what the later steps
// lean on.
func (c *recordCheck) retrace() (string, error) {
	rows := c.in.Rows
	err := Retrace(c.v.ring, c.in.CaseID, rows, func(s State) {
		row := rows[s.Number-1]
		h := &happened{event: int64(s.Number), at: row.At, via: viaUpdate, id: s.Opened.Act.Nonce, opened: s.Opened}
		_ = json.Unmarshal(row.Message, &h.message) // it decoded a moment ago
		c.v.acts, c.v.bodies = append(c.v.acts, h), append(c.v.bodies, row.Body)
	})
	c.v.report.Transitions = len(c.v.acts)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%d signed acts make the %d rows, byte for byte, when played again", len(c.v.acts), len(rows)), nil
}

func (c *recordCheck) history() (string, error) {
	if c.in.History == nil {
		return "not asked: " + c.in.Silent, nil
	}
	for i, row := range c.in.Rows {
		if i < len(c.in.History) && !bytes.Equal(row.Body, c.in.History[i]) {
			return "", fault(faultTrail, i+1)
		}
	}
	if len(c.in.Rows) != len(c.in.History) {
		return "", fault(faultCount, len(c.in.Rows), len(c.in.History))
	}
	return fmt.Sprintf("the workflow tells the same %d transitions", len(c.in.History)), nil
}

func (c *recordCheck) archive() (string, error) {
	if c.in.Archived == nil {
		return "the case has no bundle yet", nil
	}
	for i, row := range c.in.Rows {
		if i < len(c.in.Archived) && (row.Hash != c.in.Archived[i].Hash || !bytes.Equal(row.Body, c.in.Archived[i].Body)) {
			return "", fault(faultArchived, i+1)
		}
	}
	if len(c.in.Rows) != len(c.in.Archived) {
		return "", fault(faultArchived, min(len(c.in.Rows), len(c.in.Archived))+1)
	}
	return fmt.Sprintf("the archived bundle holds the same %d rows", len(c.in.Archived)), nil
}

func (c *recordCheck) validations() (string, error) {
	for _, s := range c.in.Validations {
		if compactSum(s.Facts) != s.FactsHash || compactSum(s.Result) != s.ResultHash {
			return "", fault(faultValidation, s.Revision)
		}
	}
	return fmt.Sprintf("%d findings of the rules are as they were hashed", len(c.in.Validations)), nil
}

// concludeRecord writes the sentence.
func (r *Report) concludeRecord() {
	if c := r.First(); c != nil {
		r.Vi, r.En = "KHÔNG toàn vẹn: "+c.Vi+".", "NOT intact: "+c.Detail+"."
		return
	}
	r.OK = true
	r.Vi = fmt.Sprintf("Toàn vẹn: %d thao tác đã ký nối thành một chuỗi không đứt và khớp với lịch sử, nội dung và lý do đang lưu.", r.Transitions)
	r.En = fmt.Sprintf("Intact: %d signed acts form one unbroken chain and agree with the history, the contents and the reasons that are kept.", r.Transitions)
}
