package evidencetest

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/converter"

	"vinhdanh/internal/act"
	"vinhdanh/internal/council"
	"vinhdanh/internal/dossier"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/evidence"
	"vinhdanh/internal/law"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/payload"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// upward is the way of an award that is decided above the province.
func upward() proposal.Route {
	body := []proposal.Role{proposal.RoleAppraiser, proposal.RoleStandingHead}
	at := func(kind proposal.StageKind, unit string, roles ...proposal.Role) proposal.Stage {
		return proposal.Stage{Kind: kind, Level: proposal.LevelProvince, Unit: unit, Roles: roles}
	}
	vote := at(proposal.StageCouncil, province, proposal.RoleSecretary, proposal.RoleChair, proposal.RoleMember)
	vote.Council = &council.Rule{Mode: council.ModeMeeting, Base: council.BaseAll, Threshold: council.Fraction{Num: 90, Den: 100}, Ballot: council.BallotOpen}
	consult := at(proposal.StageConsultation, standing, body...)
	consult.Agencies = []string{"POLICE", "TAX"}
	public := at(proposal.StagePublication, standing, body...)
	public.WorkingDays = 10
	return proposal.Route{Code: "STATE", Above: "PRIME_MINISTER", Stages: []proposal.Stage{
		at(proposal.StageNomination, school, proposal.RoleUnitHead), at(proposal.StageReception, standing, body...), at(proposal.StageAppraisal, standing, body...),
		consult, public, vote, at(proposal.StageSubmission, province, proposal.RoleStandingHead, proposal.RoleSigner, proposal.RoleRegistrar), at(proposal.StageOutcome, standing, body...),
	}}
}

// A case that is submitted upward goes its whole way through the real workflow on a
// real server; its outcome comes back, its recognition says from where, and its bundle
// verifies. What the rules found at its beginning stands in its history, and is what
// the database keeps.
func TestACaseFromAboveIsWholeInItsBundle(t *testing.T) {
	h := newHouse(t)
	l := law.Default()
	rules, err := eval.New(l)
	require.NoError(t, err)
	h.rules = dossier.NewPinned(h.store, l, rules)
	c, in := h.draftOn(upward(), "CSTDTQ", l.Files(), l.Hash())
	c.sent(in)
	c.goUp()
	require.NoError(t, h.app.GetWorkflow(h.ctx, c.id, "").Get(h.ctx, nil))
	h.pinned(c)

	var source, number, authority string
	require.NoError(t, h.owner.QueryRow(h.ctx, `select source, decision_number, authority from recognitions where item = $1`, c.items[0].ID).Scan(&source, &number, &authority))
	require.Equal(t, []string{"above", "1234/QĐ-TTg", "PRIME_MINISTER"}, []string{source, number, authority})

	require.NoError(t, h.archiver.ArchiveClosed(h.ctx))
	row, err := h.store.ArchiveOf(h.ctx, c.id)
	require.NoError(t, err)
	fingerprint, err := h.folder.Fingerprint()
	require.NoError(t, err)
	r, err := evidence.Verify(h.ctx, h.read(row.SHA256), evidence.Options{ExpectFingerprint: fingerprint, ExpectSHA256: row.SHA256})
	require.NoError(t, err)
	require.True(t, r.OK, "%s %+v", r.En, r.Checks)
	require.Equal(t, c.num, r.Transitions)
	require.Empty(t, h.reconcile(false).Findings)
}

// goUp takes a sent case through every stage above the province.
func (c *theCase) goUp() {
	h, on := c.h, proposal.Opinions{Default: proposal.OpinionPropose}
	office := func(action proposal.Action, stage string, data any) {
		c.do(act.Request{Action: string(action), Stage: stage, Actor: h.by("appraiser", proposal.RoleAppraiser, standing), Data: data})
	}
	letter := func(who string, role proposal.Role, unit string, data proposal.SubmitUpData) {
		c.do(act.Request{Action: string(proposal.ActionSubmitUp), Stage: "submission", Actor: h.by(who, role, unit), Data: data})
	}
	office(proposal.ActionAccept, "reception", proposal.AcceptData{Regime: "R1", LawHash: h.law})
	office(proposal.ActionAppraise, "appraisal", proposal.AppraiseData{Report: h.paper("báo cáo"), Opinions: on})
	office(proposal.ActionConsult, "consultation", proposal.ConsultData{Verdict: proposal.VerdictAsked, Agencies: []string{"POLICE", "TAX"}, Number: "12/SNV", Date: "2023-12-01", Due: "2023-12-15"})
	office(proposal.ActionConsult, "consultation", proposal.ConsultData{Verdict: proposal.VerdictAnswered, Agency: "POLICE", Answer: proposal.AnswerAgree, Date: "2023-12-10", Paper: h.paper("công an")})
	office(proposal.ActionConsult, "consultation", proposal.ConsultData{Verdict: proposal.VerdictAnswered, Agency: "TAX", Answer: proposal.AnswerSilent, Date: "2023-12-18"})
	office(proposal.ActionConsult, "consultation", proposal.ConsultData{Verdict: proposal.VerdictForward, Opinions: on})
	office(proposal.ActionPublish, "publication", proposal.PublishData{Verdict: proposal.VerdictOpened, From: "2023-12-20", To: "2024-01-04", Where: "portal"})
	office(proposal.ActionPublish, "publication", proposal.PublishData{Verdict: proposal.VerdictForward, Date: "2024-01-05", Opinions: on})

	session, err := h.folder.Signer(envelope.PurposeSession)
	require.NoError(h.t, err)
	sum := func(yes int) *council.Sum {
		return &council.Sum{Yes: yes, No: 10 - yes, Base: 10, Needed: 9, Met: yes >= 9}
	}
	c.leaf(session, "council", string(proposal.ActionCouncilResult), "secretary", proposal.CouncilData{Session: "s1", Items: []proposal.ItemResult{
		{Item: c.items[0].ID, Outcome: proposal.OutcomePassed, Sum: sum(10)}, {Item: c.items[1].ID, Outcome: proposal.OutcomePassed, Sum: sum(9)},
	}})
	text := h.paper("tờ trình")
	letter("sh", proposal.RoleStandingHead, standing, proposal.SubmitUpData{Verdict: proposal.VerdictPrepared, Letter: text})
	letter("chair", proposal.RoleSigner, province, proposal.SubmitUpData{Verdict: proposal.VerdictSigned, Letter: text, Mode: "chair"})
	letter("registrar", proposal.RoleRegistrar, province, proposal.SubmitUpData{Verdict: proposal.VerdictNumbered, Number: "90/TTr-UBND", Date: "2024-01-20", Scan: h.paper("%PDF tờ trình")})
	office(proposal.ActionUpperOutcome, "outcome", proposal.AboveData{Issuer: "PRIME_MINISTER", Number: "1234/QĐ-TTg", Date: "2024-03-01", Paper: h.paper("%PDF quyết định"),
		Items: []proposal.AboveItem{{Item: c.items[0].ID, Outcome: proposal.OutcomeRecognised}}})
	office(proposal.ActionUpperOutcome, "outcome", proposal.AboveData{Items: []proposal.AboveItem{
		{Item: c.items[1].ID, Outcome: proposal.OutcomeNotAwarded, Reason: c.reason("chưa đủ điều kiện")},
	}})
}

// pinned reads what the rules found from the case's history on the server, and compares
// it with what the database keeps.
func (h *house) pinned(c *theCase) {
	h.t.Helper()
	keys, err := h.folder.Master()
	require.NoError(h.t, err)
	wrapped, err := payload.NewWrapped(h.store, keys)
	require.NoError(h.t, err)
	dc := converter.WithDataConverterSerializationContext(payload.Converter(wrapped), converter.WorkflowSerializationContext{
		Namespace: workflows.NamespaceCases, WorkflowID: c.id,
	})
	iter := h.app.GetWorkflowHistory(h.ctx, c.id, "", false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	var found []proposal.Validation
	for iter.HasNext() {
		e, err := iter.Next()
		require.NoError(h.t, err)
		done := e.GetActivityTaskCompletedEventAttributes()
		if done == nil {
			continue
		}
		var v proposal.Validation
		require.NoError(h.t, dc.FromPayloads(done.Result, &v))
		if v.FactsHash != "" {
			found = append(found, v)
		}
	}
	require.Len(h.t, found, 1)
	kept, err := h.store.FindingsOfCase(h.ctx, c.id)
	require.NoError(h.t, err)
	require.Len(h.t, kept, 1)
	require.Equal(h.t, law.Default().Hash(), found[0].LawHash)
	for text, hash := range map[string]string{string(kept[0].Facts): found[0].FactsHash, string(kept[0].Result): found[0].ResultHash} {
		sum := sha256.Sum256([]byte(text))
		require.Equal(h.t, hash, hex.EncodeToString(sum[:]), "the history's hash is that of what is kept")
	}
	require.Len(h.t, found[0].Items, 2)
}
