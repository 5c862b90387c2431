package evidencetest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/act"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/evidence"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// theCase is a proposal on the simplified route with two items.
type theCase struct {
	h     *house
	id    string // of the case
	items []proposal.InputItem
	num   int
}

func (h *house) draft() (*theCase, proposal.Input) {
	files := map[string]string{"a.yaml": "regimes: []\n"}
	return h.draftOn(simplified(), "BKT", files, evidence.LawHash(files))
}

// draftOn is draft on a route, for an award, under law data.
func (h *house) draftOn(route proposal.Route, award string, files map[string]string, hash string) (*theCase, proposal.Input) {
	pid, sub := uuid.NewString(), uuid.NewString()
	c := &theCase{h: h, id: workflows.CommendationID(pid)}
	h.exec(`insert into submissions (id, ref, unit, created_by) values ($1, $2, $3, $4)`, sub, "ref-"+sub, school, h.users["head"])
	h.exec(`insert into proposals (id, submission, ref, unit, award, case_id) values ($1, $2, $3, $4, $5, $6)`, pid, sub, "ref-"+pid, school, award, c.id)
	for i, name := range []string{"Danh Lắm", "H'Hen"} {
		c.item(pid, i, name)
	}
	h.law = hash
	require.NoError(h.t, h.store.KeepLaw(h.ctx, h.law, files))
	in := proposal.Input{
		Case: c.id, Proposal: pid, Revision: 1, Content: proposal.ContentOf(award, c.items), Award: award, Regime: "R1",
		LawHash: h.law, Route: route, Items: c.items,
	}
	_, err := h.store.Pin(h.ctx, pid, "R1", h.law, in.Route, "2023-11-20")
	require.NoError(h.t, err)
	return c, in
}

func (c *theCase) item(pid string, i int, name string) {
	item, salt := uuid.NewString(), []byte(fmt.Sprint("salt", i))
	content := proposal.ItemContent{Kind: "individual", Name: name, Award: "BKT", Facts: json.RawMessage(`{"years":2,"rating":"good"}`)}
	if c.h.rules != nil { // the real rules read facts strictly
		content.PeriodKind, content.Period, content.Facts = "calendar", "2023", json.RawMessage(`{"rating":"GOOD"}`)
	}
	commitment, err := proposal.Commit(salt, content)
	require.NoError(c.h.t, err)
	c.h.exec(`insert into subjects (ref, kind, name, name_key) values ($1, 'individual', $2, $3)`, "s-"+item, name, name)
	c.h.exec(`insert into items (id, proposal, position, subject, name_key) values ($1, $2, $3, $4, $5)`, item, pid, i+1, "s-"+item, name)
	c.h.exec(`insert into item_contents (item, revision, content, salt, commitment) values ($1, 1, $2, $3, $4)`, item, content, salt, commitment)
	c.items = append(c.items, proposal.InputItem{ID: item, Subject: "s-" + item, Unit: school, Commitment: commitment})
}

func simplified() proposal.Route {
	return proposal.Route{Code: "simplified", Stages: []proposal.Stage{
		{Kind: proposal.StageNomination, Unit: school, Roles: []proposal.Role{proposal.RoleUnitHead}},
		{Kind: proposal.StageReception, Unit: standing, Roles: []proposal.Role{proposal.RoleAppraiser}, MayReturn: true},
		{Kind: proposal.StageAppraisal, Unit: standing, Roles: []proposal.Role{proposal.RoleAppraiser}},
		{Kind: proposal.StageIssuance, Unit: province, Roles: []proposal.Role{proposal.RoleSigner}},
	}}
}

// do sends one act and expects it to be accepted and recorded.
func (c *theCase) do(r act.Request) act.Result {
	c.h.t.Helper()
	r.Workflow, r.Case, r.Revision, r.Number = workflows.TypeCommendation, c.id, 1, c.num+1
	r.Actor.SignedIn = "token"
	res, err := c.h.desk.Do(c.h.ctx, r)
	require.NoError(c.h.t, err)
	require.Equal(c.h.t, act.Accepted, res.Status, "%s: %s %s", r.Action, res.Code, res.Detail)
	require.True(c.h.t, res.Recorded)
	c.num++
	return res
}

func (h *house) by(name string, role proposal.Role, unit string) act.Actor {
	return act.Actor{User: h.users[name], Role: string(role), Unit: unit}
}

// paper stores a file and returns its hash.
func (h *house) paper(text string) string {
	info, err := h.archiver.Blobs.Put(h.ctx, "", bytes.NewReader([]byte(text)))
	require.NoError(h.t, err)
	return info.SHA256
}

// sent opens a case.
func (h *house) sent() *theCase {
	c, in := h.draft()
	return c.sent(in)
}

func (c *theCase) sent(in proposal.Input) *theCase {
	h := c.h
	c.do(act.Request{
		Action: "send", Stage: "nomination", Data: proposal.SendData{Content: in.Content}, Actor: h.by("head", proposal.RoleUnitHead, school),
		Start: func(m envelope.Message) any { in.Send = m; return in },
	})
	return c
}

// walk brings a case to the stage of the decision.
func (h *house) walk() *theCase {
	c := h.sent()
	c.do(act.Request{Action: "accept", Stage: "reception", Actor: h.by("appraiser", proposal.RoleAppraiser, standing),
		Data: proposal.AcceptData{Regime: "R1", LawHash: h.law}})
	c.do(act.Request{Action: "appraise", Stage: "appraisal", Actor: h.by("appraiser", proposal.RoleAppraiser, standing),
		Data: proposal.AppraiseData{Report: h.paper("báo cáo"), Opinions: proposal.Opinions{
			Default: proposal.OpinionPropose, Exceptions: []proposal.ItemOpinion{
				{Item: c.items[1].ID, Opinion: proposal.OpinionNotPropose, Reason: c.reason("chưa đủ")},
			},
		}}})
	return c
}

func (c *theCase) reason(text string) string {
	commitment, err := proposal.Commit([]byte("salt"), text)
	require.NoError(c.h.t, err)
	require.NoError(c.h.t, c.h.store.PutReason(c.h.ctx, commitment, []byte("salt"), c.id, text, "", "", c.h.users["appraiser"]))
	return commitment
}

// issue delivers the decision as one leaf of an act on many cases.
func (c *theCase) issue() {
	signer, err := c.h.folder.Signer(envelope.PurposeIssuance)
	require.NoError(c.h.t, err)
	d := proposal.IssuedData{
		Decision: "d1", Number: "328/QĐ-UBND", Date: "2023-12-01", Content: "c", Document: c.h.paper("%PDF quyết định"),
		Submitter: []string{c.h.users["sh"]}, Signer: []string{c.h.users["chair"]}, Registrar: []string{c.h.users["registrar"]},
		Items: []string{c.items[0].ID},
	}
	c.leaf(signer, "issuance", "issued", "registrar", d)
}

// leaf delivers a body's result as one leaf of an act on many cases.
func (c *theCase) leaf(signer *envelope.Signer, stage, action, role string, d any) {
	raw, err := json.Marshal(d)
	require.NoError(c.h.t, err)
	leaves := []envelope.Leaf{
		{Case: "commendation/other", Revision: 1, Stage: stage, Number: 2, Outcome: raw},
		{Case: c.id, Revision: 1, Stage: stage, Number: c.num + 1, Outcome: raw},
	}
	tree, err := envelope.NewTree(leaves)
	require.NoError(c.h.t, err)
	jws, err := signer.Sign(envelope.Act{
		Installation: c.h.ring.Installation, Nonce: "batch-" + c.id, Actor: c.h.users["registrar"], Role: role, Unit: province,
		SignedIn: "service", Action: action, Batch: tree.Batch(), IssuedAt: time.Now().Unix(), Expires: time.Now().Add(time.Hour).Unix(),
	})
	require.NoError(c.h.t, err)
	msg, err := tree.Message(jws, 1)
	require.NoError(c.h.t, err)
	res, err := c.h.deliver.Deliver(c.h.ctx, c.id, action, envelope.BatchNonce("batch-"+c.id, c.id), c.h.users["registrar"], msg)
	require.NoError(c.h.t, err)
	require.Equal(c.h.t, act.Accepted, res.Status, "%s %s", res.Code, res.Detail)
	c.num++
}
