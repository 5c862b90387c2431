package app

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"google.golang.org/protobuf/encoding/protojson"

	"vinhdanh/internal/account"
	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
)

// CaseAccount is a case in plain language: who did what, when, on whose behalf,
// why, under which rules.
type CaseAccount struct {
	Case     string               `json:"case"`
	Ref      string               `json:"ref,omitempty"`
	Steps    []AccountStep        `json:"steps"`
	Findings []ValidationFinding  `json:"findings,omitempty"`
	Reasons  []postgres.Reason    `json:"-"`
	Refusals []postgres.Refusal   `json:"refusals,omitempty"`
	Archive  *postgres.ArchiveRow `json:"archive,omitempty"`
	// Delegations are those that covered somebody's office in this case while it
	// ran: who could act for whom, and until when.
	Delegations []DelegationRow `json:"delegations,omitempty"`
}

// AccountStep is one recorded transition in words.
type AccountStep struct {
	Number int    `json:"number"`
	At     string `json:"at"` // RFC 3339, UTC
	Vi     string `json:"vi"`
	En     string `json:"en"`
	Hash   string `json:"hash"` // of the trail row
}

// ValidationFinding says which rules a revision was checked under.
type ValidationFinding struct {
	Revision   int    `json:"revision"`
	LawHash    string `json:"law_hash"`
	FactsHash  string `json:"facts_hash"`
	ResultHash string `json:"result_hash"`
	At         string `json:"at"`
}

// auditCase finds a case that the session may audit: auditors every case, others
// the cases in their sight, by id, reference or case id.
func (a *App) auditCase(ctx context.Context, s Session, id string) (caseID, proposalID, ref string, err error) {
	if s.anywhere("case.audit") && (strings.HasPrefix(id, "council/") || strings.HasPrefix(id, "issuance/") || strings.HasPrefix(id, "revocation/")) {
		return id, "", "", nil
	}
	p, err := a.proposal(ctx, s, id)
	return p.CaseID, p.ID, p.Ref, err
}

// Account reads a case in plain language, open or closed.
func (a *App) Account(ctx context.Context, s Session, id string) (CaseAccount, error) {
	caseID, proposalID, ref, err := a.auditCase(ctx, s, id)
	if err != nil {
		return CaseAccount{}, err
	}
	rows, err := a.Store.Trail(ctx, caseID)
	if err != nil {
		return CaseAccount{}, internal("read trail", err)
	}
	if len(rows) == 0 {
		return CaseAccount{}, &Error{Code: CodeNotFound}
	}
	out := CaseAccount{Case: caseID, Ref: ref}
	var p postgres.Proposal
	if proposalID != "" {
		if p, err = a.Store.ProposalIn(ctx, postgres.Scope{All: true}, proposalID); err != nil {
			return out, internal("read proposal", err)
		}
		if out.Findings, err = a.findings(ctx, proposalID); err != nil {
			return out, err
		}
		if out.Delegations, err = a.covering(ctx, p, rows[0].At); err != nil {
			return out, err
		}
	}
	words := proposalID == "" || s.reads("item.opinion", casePlace(p))
	closed := map[string]bool{}
	if proposalID != "" {
		if closed, err = a.barred(ctx, s, p); err != nil {
			return out, err
		}
	}
	if out.Steps, err = a.told(ctx, caseID, rows, words, closed); err != nil {
		return out, err
	}
	if s.reads("case.refusals", permission.Place{}) {
		if out.Refusals, err = a.Store.Refusals(ctx, caseID, 200); err != nil {
			return out, internal("read refusals", err)
		}
	}
	archive, err := a.Store.ArchiveOf(ctx, caseID)
	if err == nil {
		out.Archive = &archive
	} else if !errors.Is(err, postgres.ErrNotFound) {
		return out, internal("read archive", err)
	}
	return out, nil
}

// told tells rows of a trail in plain language; without words, no reason is quoted.
func (a *App) told(ctx context.Context, caseID string, rows []postgres.TrailRow, words bool, closed map[string]bool) ([]AccountStep, error) {
	tell, err := a.teller(ctx, caseID, rows, closed)
	if err != nil {
		return nil, err
	}
	if !words {
		tell.Reason = nil
	}
	var out []AccountStep
	for _, r := range rows {
		text, err := tell.Row(r.CaseID, r.Body)
		if err != nil {
			return nil, internal("tell the trail", err)
		}
		out = append(out, AccountStep{
			Number: r.Number, At: r.At.UTC().Format("2006-01-02T15:04:05Z"), Vi: text.VI, En: text.EN, Hash: r.Hash,
		})
	}
	return out, nil
}

// covering lists the delegations over the offices of a case's route, from its
// sending to its end.
func (a *App) covering(ctx context.Context, p postgres.Proposal, since time.Time) ([]DelegationRow, error) {
	if p.Route == nil {
		return nil, nil
	}
	// A demo's business date lies before the instants of its record.
	from, until := law.FromTime(since).String(), a.Today().String()
	if p.ClosedAt != nil {
		until = law.FromTime(*p.ClosedAt).String()
	}
	from = min(from, a.Today().String())
	var units, roles []string
	for i, st := range p.Route.Stages {
		for _, r := range st.Roles {
			if i <= p.StageIndex {
				units, roles = append(units, st.Unit), append(roles, string(r))
			}
		}
	}
	out, err := a.Store.DelegationsOver(ctx, units, roles, from, until)
	if err != nil {
		return nil, internal("read delegations", err)
	}
	return out, nil
}

// teller resolves ids to names and commitments to reasons, but those on the items
// that are closed to the reader.
func (a *App) teller(ctx context.Context, caseID string, rows []postgres.TrailRow, closed map[string]bool) (account.Teller, error) {
	reasons, err := a.Store.ReasonsOf(ctx, caseID)
	if err != nil {
		return account.Teller{}, internal("read reasons", err)
	}
	why := map[string]string{}
	for _, r := range reasons {
		if !closed[deref(r.Item)] {
			why[r.Commitment] = r.Body
		}
	}
	var ids []string
	for _, r := range rows {
		var who struct {
			Actor      string `json:"actor"`
			OnBehalfOf string `json:"on_behalf_of"`
		}
		if json.Unmarshal(r.Body, &who) == nil {
			ids = append(ids, who.Actor, who.OnBehalfOf)
		}
	}
	users, err := a.Store.UsersByID(ctx, ids)
	if err != nil {
		return account.Teller{}, internal("read people", err)
	}
	names := map[string]string{}
	for _, u := range users {
		names[u.ID] = u.FullName
	}
	return account.Teller{
		Name:   func(id string) string { return names[id] },
		Reason: func(commitment string) string { return why[commitment] },
	}, nil
}

func (a *App) findings(ctx context.Context, proposalID string) ([]ValidationFinding, error) {
	vs, err := a.Store.ValidationsOf(ctx, proposalID)
	if err != nil {
		return nil, internal("read validations", err)
	}
	var out []ValidationFinding
	for _, v := range vs {
		out = append(out, ValidationFinding{
			Revision: v.Revision, LawHash: v.LawHash, FactsHash: v.FactsHash, ResultHash: v.ResultHash,
			At: v.At.UTC().Format("2006-01-02T15:04:05Z"),
		})
	}
	return out, nil
}

// Refusals lists refused attempts, newest first: auditors only.
func (a *App) Refusals(ctx context.Context, s Session, caseID string, limit int) ([]postgres.Refusal, error) {
	if !s.anywhere("record.refusals") {
		return nil, a.refuse(ctx, s, "refusals", caseID, fail(CodeForbidden, "auditors read refusals"))
	}
	if limit <= 0 || limit > 1000 {
		limit = 200
	}
	rs, err := a.Store.Refusals(ctx, caseID, limit)
	if err != nil {
		return nil, internal("read refusals", err)
	}
	return rs, nil
}

// Bundle streams the archived bundle of a closed case: auditors only.
func (a *App) Bundle(ctx context.Context, s Session, id string) (io.ReadCloser, error) {
	if !s.anywhere("case.bundle") {
		return nil, a.refuse(ctx, s, "bundle", id, fail(CodeForbidden, "auditors take bundles away"))
	}
	caseID, _, _, err := a.auditCase(ctx, s, id)
	if err != nil {
		return nil, err
	}
	row, err := a.Store.ArchiveOf(ctx, caseID)
	if errors.Is(err, postgres.ErrNotFound) {
		return nil, &Error{
			Code: CodeNotReady, Detail: "not archived yet",
			Vi: "Hồ sơ chưa kết thúc hoặc chưa được lưu trữ.", En: "The case is not closed or not archived yet.",
		}
	}
	if err != nil {
		return nil, internal("read archive", err)
	}
	return a.open(ctx, row.SHA256)
}

// AttemptView follows an act by its nonce.
type AttemptView struct {
	Nonce   string            `json:"nonce"`
	Case    string            `json:"case"`
	Action  string            `json:"action"`
	Status  string            `json:"status"` // accepted, refused or pending
	Outcome *postgres.Outcome `json:"outcome,omitempty"`
}

// Attempt tells the actor (or an auditor) what became of an act.
func (a *App) Attempt(ctx context.Context, s Session, nonce string) (AttemptView, error) {
	at, err := a.Store.Attempt(ctx, nonce)
	if err != nil || (at.Actor != s.User && !s.anywhere("attempt.audit")) {
		return AttemptView{}, &Error{Code: CodeNotFound}
	}
	v := AttemptView{Nonce: at.Nonce, Case: at.CaseID, Action: at.Action, Status: "pending"}
	o, err := a.Store.OutcomeOf(ctx, nonce)
	if err == nil {
		v.Outcome, v.Status = &o, o.Status
	} else if !errors.Is(err, postgres.ErrNotFound) {
		return v, internal("read outcome", err)
	}
	return v, nil
}

// History exports a case's raw history as Temporal keeps it, in protobuf JSON;
// payloads stay encrypted. Auditors only.
func (a *App) History(ctx context.Context, s Session, id string) ([]byte, error) {
	if !s.anywhere("case.history") {
		return nil, a.refuse(ctx, s, "history", id, fail(CodeForbidden, "auditors read raw histories"))
	}
	caseID, _, _, err := a.auditCase(ctx, s, id)
	if err != nil {
		return nil, err
	}
	var h historypb.History
	it := a.Temporal.GetWorkflowHistory(ctx, caseID, "", false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for it.HasNext() {
		e, err := it.Next()
		if err != nil {
			return nil, internal("read history", err)
		}
		h.Events = append(h.Events, e)
	}
	return protojson.Marshal(&h)
}
