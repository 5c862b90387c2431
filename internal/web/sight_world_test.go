package web_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"vinhdanh/internal/app"
	"vinhdanh/internal/blob"
	"vinhdanh/internal/importing"
	"vinhdanh/internal/web/webtest"
)

// Two offices of education side by side, each in a district of its own.
const (
	unitA      = "phong-gddt-phung-hiep"
	unitB      = "phong-gddt-vi-thuy"
	theCouncil = "hoi-dong-tdkt-hau-giang"
)

// side is one of the two with its people.
type side struct{ clerk, head, reviewer string }

var sides = []side{{"pgd-clerk", "pgd-head", "ph-reviewer"}, {"vt-clerk", "vt-head", "vt-reviewer"}}

// viewer is a person who looks for marks.
type viewer struct {
	login string
	seats []seat
	*webtest.Visitor
	token string
}

// town is the world in which marks are planted.
type town struct {
	*webtest.World
	t       *testing.T
	cases   []planted
	viewers []*viewer
	a       *app.App
}

// mark is a word that stands nowhere but in one field of one case: ASCII, so that
// neither case nor accents nor an encoding hides it.
func mark(kind byte, code string) string { return "qzwvk" + string(kind) + code + "xj" }

// listOf is a list from Excel of one person with marks for name and achievement.
func listOf(t *testing.T, code string) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	put := func(cell string, values ...any) { require.NoError(t, f.SetSheetRow("Sheet1", cell, &values)) }
	put("A1", "Tờ trình số 45/TTr ngày 10/11/2023")
	put("A3", "STT", "Họ và tên", "Giới tính", "Năm sinh", "Chức vụ", "Đơn vị công tác", "Hình thức đề nghị khen thưởng", "Tóm tắt thành tích")
	put("A4", 1, "Hồ Văn Ộ"+mark('n', code), "Nam", 1980, "Giáo viên", "Trường Tiểu học Mẫu", "Bằng khen phong trào", "Hoàn thành tốt "+mark('f', code))
	var b bytes.Buffer
	require.NoError(t, f.Write(&b))
	return b.Bytes()
}

// plant makes a case of one side and brings it to a state.
func (w *town) plant(i int, state string) *planted {
	t, ctx, s := w.t, context.Background(), sides[i]
	t.Helper()
	n := len(w.cases)
	c := planted{code: string([]byte{byte('a' + n/20), byte('a' + n%20)}), state: state}
	v, err := w.a.AcceptImport(ctx, w.Session(t, s.clerk), listOf(t, c.code), app.ImportInput{
		PeriodKind: "calendar", Period: "2023", LetterNumber: "45/TTr", LetterDate: "2023-11-10", Choices: []importing.Choice{{Code: "BKT-PT"}},
	})
	require.NoError(t, err)
	c.p, c.item = v.Proposals[0].Proposal, v.Proposals[0].ItemList[0].ID
	if state != "draft" {
		sent, err := w.a.Send(ctx, w.Session(t, s.head), app.SendInput{Submission: v.ID})
		require.NoError(t, err)
		require.Nil(t, sent.Proposals[0].Error)
	}
	to, reason := app.Target{Proposal: c.p.ID}, "Vì "+mark('r', c.code)
	switch state {
	case "returned":
		_, err = w.a.Decide(ctx, w.Session(t, s.reviewer), app.DecideInput{Target: to, Verdict: "return", Reason: reason})
		require.NoError(t, err)
		w.retype(c, s)
	case "held":
		_, err = w.a.Hold(ctx, w.Session(t, s.reviewer), app.ReasonInput{Target: to, Reason: reason})
	case "closed", "archived":
		_, err = w.a.Withdraw(ctx, w.Session(t, s.head), app.ReasonInput{Target: to, Reason: reason})
		if state == "archived" && err == nil {
			w.archive(c)
		}
	case "draft", "review":
	default:
		w.forward(c, s, state)
	}
	require.NoError(t, err)
	w.cases = append(w.cases, c)
	return &w.cases[n]
}

// archive stores a bundle of a closed case as the archive's workflow would: a zip in
// which the case's names and reasons stand.
func (w *town) archive(c planted) {
	t, ctx := w.t, context.Background()
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	f, err := z.Create("content.json")
	require.NoError(t, err)
	_, err = fmt.Fprintf(f, "%s %s", mark('n', c.code), mark('r', c.code))
	require.NoError(t, err)
	require.NoError(t, z.Close())
	info, err := w.a.Blobs.Put(ctx, "", bytes.NewReader(b.Bytes()))
	require.NoError(t, err)
	hash, err := blob.HashOf(info.Key)
	require.NoError(t, err)
	var row app.ProposalRow
	require.Eventually(t, func() bool { row = w.Row(t, c.p.ID); return row.Closed }, time.Minute, 20*time.Millisecond)
	require.NoError(t, w.a.Store.SaveArchive(ctx, row.CaseID, hash, int64(b.Len())))
}

// retype changes a returned case without sending it again.
func (w *town) retype(c planted, s side) {
	ctx, clerk := context.Background(), w.Session(w.t, s.clerk)
	it, err := w.a.Item(ctx, clerk, c.item)
	require.NoError(w.t, err)
	sub, err := w.a.Submission(ctx, clerk, c.p.Submission, false)
	require.NoError(w.t, err)
	it.Content.Achievement += " " + mark('d', c.code)
	_, err = w.a.EditItem(ctx, clerk, app.EditInput{Item: c.item, Version: sub.Version, Content: it.Content})
	require.NoError(w.t, err)
}

// forward takes a sent case up to the stage of a state.
func (w *town) forward(c planted, s side, state string) {
	t, ctx, to := w.t, context.Background(), app.Target{Proposal: c.p.ID}
	_, err := w.a.Decide(ctx, w.Session(t, s.reviewer), app.DecideInput{Target: to, Verdict: "forward", Minutes: strings.Repeat("a", 64)})
	require.NoError(t, err)
	if state == "reception" {
		return
	}
	_, err = w.a.Accept(ctx, w.Session(t, "snv-appraiser"), app.AcceptInput{Target: to})
	require.NoError(t, err)
	if state == "appraisal" {
		return
	}
	_, err = w.a.Appraise(ctx, w.Session(t, "snv-appraiser"), app.AppraiseInput{Target: to})
	require.NoError(t, err)
}

// meet puts the last case of each side on a session and brings it to a phase.
func (w *town) meet(phase string) {
	t, ctx, secretary := w.t, context.Background(), w.Session(w.t, "hd-secretary")
	a, b := w.plant(0, "council").p.ID, w.plant(1, "council").p.ID
	v, err := w.a.DraftSession(ctx, secretary, app.DraftSessionInput{Title: "Họp " + phase, HeldOn: "2023-11-15"})
	require.NoError(t, err)
	v, err = w.a.PutOnAgenda(ctx, secretary, v.ID, app.AgendaInput{Proposals: []string{a, b}})
	require.NoError(t, err)
	m := &meeting{id: v.ID, unit: theCouncil, phase: phase}
	for i := len(w.cases) - 2; i < len(w.cases); i++ {
		w.cases[i].meeting = m
	}
	if phase == "draft" {
		return
	}
	m.declared, m.conflict = []string{"hg-member-1", "hg-member-2"}, []string{"hg-member-2"}
	_, err = w.a.DeclareInterests(ctx, w.Session(t, "hg-member-1"), v.ID, app.InterestsInput{None: true})
	require.NoError(t, err)
	var both []app.Conflict
	for _, it := range v.Agenda {
		both = append(both, app.Conflict{Item: it.Item, Reason: "Em ruột"})
	}
	_, err = w.a.DeclareInterests(ctx, w.Session(t, "hg-member-2"), v.ID, app.InterestsInput{Conflicts: both})
	require.NoError(t, err)
	_, err = w.a.Convene(ctx, secretary, v.ID)
	require.NoError(t, err)
	if phase == "cancelled" {
		_, err = w.a.CancelSession(ctx, secretary, v.ID, app.CancelInput{Reason: "Hoãn họp"})
		require.NoError(t, err)
	}
	if phase == "open" {
		var present []string
		for _, seat := range v.Roster {
			present = append(present, seat.User)
		}
		_, err = w.a.OpenSession(ctx, secretary, v.ID, app.OpenInput{Present: present})
		require.NoError(t, err)
	}
}

// decide votes a case of each side through and brings a decision on both to a
// phase; "" drafts none.
func (w *town) decide(phase string, number int) {
	t := w.t
	w.plant(0, "issuance")
	w.plant(1, "issuance")
	both := w.cases[len(w.cases)-2:]
	v := w.Voted(t, 0, both[0].p, both[1].p)
	m := &meeting{id: v.ID, unit: theCouncil, phase: "closed"}
	both[0].meeting, both[1].meeting = m, m
	if phase == "" {
		return
	}
	d := w.Submitted(t, both[0].p, both[1].p)
	if phase != "submitted" {
		d = w.Signed(t, d)
	}
	if phase == "numbered" {
		d = w.Issued(t, d, number)
		both[0].state, both[1].state = "closed", "archived"
		w.archive(both[1])
	}
	p := &paper{id: d.ID, phase: phase}
	both[0].paper, both[1].paper = p, p
}

// newTown plants a case of each side in every state.
func newTown(t *testing.T) *town {
	t.Helper()
	w := &town{World: webtest.New(t), t: t}
	w.a = w.App
	for _, state := range []string{"draft", "review", "returned", "held", "reception", "appraisal", "council", "closed", "archived"} {
		w.plant(0, state)
		w.plant(1, state)
	}
	for _, phase := range []string{"draft", "convened", "open", "cancelled"} {
		w.meet(phase)
	}
	for i, phase := range []string{"", "submitted", "signed", "numbered"} {
		w.decide(phase, 100+i)
	}
	for i, c := range w.cases {
		w.cases[i].p = w.Row(t, c.p.ID)
	}
	for _, login := range []string{"pgd-clerk", "pgd-head", "vt-clerk", "ph-reviewer", "vt-reviewer", "snv-appraiser", "snv-director", "hd-secretary",
		"hg-member-1", "hg-member-2", "hg-member-3", "hg-chair", "hg-registrar", "hg-auditor", "hg-admin", "ph-member-1", "tanlong1-head", "tanlong1-clerk"} {
		w.viewers = append(w.viewers, w.viewer(login))
	}
	return w
}

// viewer signs a sample person in. The clerk of Tân Long 1 has left every unit.
func (w *town) viewer(login string) *viewer {
	s := w.Session(w.t, login)
	if login == "tanlong1-clerk" {
		for _, m := range s.Memberships {
			require.NoError(w.t, w.a.Store.EndMembership(context.Background(), s.User, m.Unit, m.Role, "2023-01-01"))
		}
		s.Memberships = nil
	}
	v := &viewer{login: login, Visitor: w.As(w.t, login), token: w.Tokens[login]}
	for _, m := range s.Memberships {
		v.seats = append(v.seats, seat{m.Unit, m.Role})
	}
	return v
}

// byCode finds a planted case by its two letters.
func (w *town) byCode(code string) planted {
	for _, c := range w.cases {
		if c.code == code {
			return c
		}
	}
	panic(fmt.Sprintf("no case %q", code))
}
