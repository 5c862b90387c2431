package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"vinhdanh/internal/evidence"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// Integrity says in one plain sentence whether a case's record holds, and how that
// was found out.
type Integrity struct {
	OK     bool             `json:"ok"`
	Vi     string           `json:"vi"`
	En     string           `json:"en"`
	Case   string           `json:"case"`
	Ref    string           `json:"ref"`
	At     time.Time        `json:"at"`
	Record evidence.Report  `json:"record"`           // the record where it lives
	Bundle *evidence.Report `json:"bundle,omitempty"` // the archived bundle, replayed
}

// Sentence is the sentence in "vi" or "en".
func (i Integrity) Sentence(locale string) string { return pick(locale, i.Vi, i.En) }

// historyWait is how long Temporal is asked for a case's transitions.
const historyWait = 8 * time.Second

// CheckIntegrity checks a case's record: that the trail's chain is unbroken, that
// the signed acts make each row when they are played again, that the workflow
// tells the same, that contents, reasons and the row that people see are those
// that were signed for; and, once archived, that the bundle verifies. Auditors
// only; bounded, since it costs much more than a page.
func (a *App) CheckIntegrity(ctx context.Context, s Session, id string) (Integrity, error) {
	c, err := a.audited(ctx, s, "check-integrity", id)
	if err != nil {
		return Integrity{}, err
	}
	if a.ring() == nil {
		return Integrity{}, fail(CodeUnavailable, "the keyring is not loaded")
	}
	leave, err := a.costly.checking(ctx, s.User)
	if err != nil {
		return Integrity{}, err
	}
	defer leave()
	out := Integrity{Case: c.Case, Ref: c.Ref, At: time.Now().UTC()}
	rec, err := a.acts(ctx, c.Case)
	if err != nil {
		return out, err
	}
	in, err := a.evidenceOf(ctx, c, rec)
	if err != nil {
		return out, err
	}
	if out.Bundle, in.Archived, err = a.checkBundle(ctx, c.Case); err != nil {
		return out, err
	}
	if out.Record, err = evidence.CheckRecord(ctx, a.ring(), in); err != nil {
		return out, internal("check the record", err)
	}
	if err := a.checkProjection(ctx, c, in, &out.Record); err != nil {
		return out, err
	}
	out.conclude()
	return out, nil
}

// conclude takes the first sentence that does not hold, or the record's.
func (i *Integrity) conclude() {
	i.OK, i.Vi, i.En = i.Record.OK, i.Record.Vi, i.Record.En
	switch {
	case !i.OK || i.Bundle == nil:
	case !i.Bundle.OK:
		i.OK, i.Vi, i.En = false, "Bộ hồ sơ lưu trữ "+i.Bundle.Vi, "The archived bundle is "+i.Bundle.En
	default:
		i.Vi += " Bộ hồ sơ lưu trữ cũng hợp lệ khi chạy lại."
		i.En += " The archived bundle verifies too when replayed."
	}
}

// evidenceOf gathers what a check compares.
func (a *App) evidenceOf(ctx context.Context, c auditable, rec caseRecord) (evidence.Record, error) {
	in := evidence.Record{CaseID: c.Case, Rows: rec.recorded}
	for _, t := range rec.attempts {
		in.Attempts = append(in.Attempts, evidence.Attempt{
			Nonce: t.Nonce, Action: t.Action, Actor: t.Actor, At: t.At.UTC(), Message: t.Message,
			Status: deref(t.Status), Number: number(t.Number), Code: deref(t.Code),
		})
	}
	items, err := a.Store.RevisionsOfCase(ctx, c.Case)
	if err != nil {
		return in, internal("read contents", err)
	}
	for _, r := range items {
		in.Content.Items = append(in.Content.Items, evidence.ItemRevision(r))
	}
	reasons, err := a.Store.ReasonsOf(ctx, c.Case)
	if err != nil {
		return in, internal("read reasons", err)
	}
	for _, r := range reasons {
		in.Content.Reasons = append(in.Content.Reasons, evidence.Reason{
			Commitment: r.Commitment, Salt: r.Salt, Body: r.Body, Field: r.Field, Item: deref(r.Item),
		})
	}
	findings, err := a.Store.FindingsOfCase(ctx, c.Case)
	if err != nil {
		return in, internal("read validations", err)
	}
	for _, f := range findings {
		in.Validations = append(in.Validations, evidence.Validation{
			Revision: f.Revision, LawHash: f.LawHash, Facts: f.Facts, FactsHash: f.FactsHash, Result: f.Result, ResultHash: f.ResultHash,
		})
	}
	wait, cancel := context.WithTimeout(ctx, historyWait)
	defer cancel()
	if in.History, err = a.Desk.Transitions(wait, c.Case, 0); err != nil {
		in.History, in.Silent = nil, "Temporal did not answer"
	}
	return in, nil
}

// checkBundle verifies the archived bundle by itself and hands out the trail in it.
func (a *App) checkBundle(ctx context.Context, caseID string) (*evidence.Report, []evidence.TrailRow, error) {
	row, err := a.Store.ArchiveOf(ctx, caseID)
	if errors.Is(err, postgres.ErrNotFound) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, internal("read archive", err)
	}
	r, err := a.open(ctx, row.SHA256)
	if err != nil {
		return nil, nil, err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, evidence.MaxBytes))
	if err != nil {
		return nil, nil, internal("read the bundle", err)
	}
	report, err := evidence.Verify(ctx, data, evidence.Options{ExpectFingerprint: a.Root, ExpectSHA256: row.SHA256})
	if err != nil {
		return nil, nil, internal("verify the bundle", err)
	}
	b, err := evidence.Open(data)
	if err != nil {
		return &report, nil, nil // the report names it
	}
	return &report, b.Trail, nil
}

// checkProjection compares the row that people see with what the acts replay to.
func (a *App) checkProjection(ctx context.Context, c auditable, in evidence.Record, r *evidence.Report) error {
	if c.Proposal == nil || !r.OK {
		return nil
	}
	have, err := a.Store.CaseStateOf(ctx, c.Case)
	if err != nil {
		return internal("read the case's row", err)
	}
	items, err := a.Store.ItemStatesOf(ctx, c.Case)
	if err != nil {
		return internal("read the items' rows", err)
	}
	var want proposal.Account
	err = evidence.Retrace(a.ring(), c.Case, in.Rows, func(st evidence.State) {
		if st.Number == len(in.Rows) {
			want = st.Case.Account()
		}
	})
	if err != nil {
		return internal("play the acts", err)
	}
	check := evidence.Check{Name: "projection", OK: true, Detail: "the row that people see is what the acts replay to"}
	if what := differs(have, items, want); what != "" {
		check = evidence.Check{
			Name: "projection", Code: "projection", Detail: "the row that people see differs from the acts: " + what,
			Vi: "dòng dữ liệu hiển thị khác với các thao tác đã ký: " + what,
		}
		r.OK, r.Vi, r.En = false, "KHÔNG toàn vẹn: "+check.Vi+".", "NOT intact: "+check.Detail+"."
	}
	r.Checks = append(r.Checks, check)
	return nil
}

// differs names the first field in which a projection differs; "" for none.
func differs(have postgres.CaseState, items []postgres.ItemState, want proposal.Account) string {
	p := want.Place
	replayed := postgres.CaseState{
		Number: want.Transitions, Revision: want.Revision, Regime: want.Regime, LawHash: want.LawHash,
		Stage: string(p.Stage), StageIndex: p.Index, Unit: p.Unit, Returned: p.Returned, OnHold: p.OnHold,
		Closed: p.Closed, OpenItems: p.Open,
	}
	if have != replayed {
		a, _ := json.Marshal(have) // plain fields, which always encode
		b, _ := json.Marshal(replayed)
		return fmt.Sprintf("%s ≠ %s", a, b)
	}
	rows := map[string]postgres.ItemState{}
	for _, it := range items {
		rows[it.ID] = it
	}
	for _, w := range want.Items {
		if rows[w.ID] != (postgres.ItemState{ID: w.ID, Outcome: string(w.Outcome), Opinion: string(w.Opinion), Held: w.Held}) {
			return "item " + w.ID
		}
	}
	if len(items) != len(want.Items) {
		return fmt.Sprintf("%d items, not %d", len(items), len(want.Items))
	}
	return ""
}

func number(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}
