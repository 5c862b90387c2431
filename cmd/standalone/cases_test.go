package main

import (
	"bytes"
	"context"
	"fmt"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"vinhdanh/internal/app"
	"vinhdanh/internal/importing"
	"vinhdanh/internal/postgres"
)

// Awards that the tests send, as a list names them. Bằng khen goes up to the
// province by way of the district; Lao động tiên tiến is decided by the district.
var awardNames = map[string]string{
	"BKT-PT": "Bằng khen của Chủ tịch UBND tỉnh",
	"LDTT":   "Lao động tiên tiến",
}

// list writes a sheet with invented people for one award, as a clerk would.
func list(award string, people int) ([]byte, error) {
	given := []string{"An", "Bình", "Châu", "Dũng", "Em", "Giang", "Hạnh", "Khánh"}
	var names []string
	for i := range people {
		names = append(names, "Nguyễn Thị Giả Định "+given[i%len(given)])
	}
	return listOf(award, names)
}

// listOf is list with names of its own.
func listOf(award string, names []string) ([]byte, error) {
	x := excelize.NewFile()
	defer x.Close()
	rows := [][]any{
		{"PHÒNG GIÁO DỤC VÀ ĐÀO TẠO"},
		{"DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG (Kèm theo Tờ trình số 45/TTr-PGDĐT ngày 15/11/2023; tên người là giả định)"},
		{"STT", "Họ và tên", "Năm sinh", "Chức vụ", "Đơn vị", "Hình thức khen thưởng", "Thành tích"},
	}
	for i, name := range names {
		rows = append(rows, []any{i + 1, name, 1980 + i, "Giáo viên", "Trường Tiểu học Mẫu", awardNames[award], "Hoàn thành xuất sắc nhiệm vụ"})
	}
	for i, r := range rows {
		if err := x.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &r); err != nil {
			return nil, err
		}
	}
	var b bytes.Buffer
	if err := x.Write(&b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// draft imports a list and adds what a letter cannot do without; it is not sent.
func (s *stage) draft(ctx context.Context, award string, people int) (app.SubmissionView, error) {
	file, err := list(award, people)
	if err != nil {
		return app.SubmissionView{}, err
	}
	return s.imported(ctx, award, file)
}

// imported is a draft from a list that is written already.
func (s *stage) imported(ctx context.Context, award string, file []byte) (app.SubmissionView, error) {
	var none app.SubmissionView
	clerk, err := s.as(ctx, "pgd-clerk")
	if err != nil {
		return none, err
	}
	sub, err := s.app.AcceptImport(ctx, clerk, file, app.ImportInput{
		Campaign: "hau-giang-2023", PeriodKind: "school", Period: "2022-2023", Choices: []importing.Choice{{Code: award}},
	})
	if err != nil {
		return none, err
	}
	for _, kind := range []string{"TO_TRINH", "BAO_CAO", "BIEN_BAN"} {
		pdf, err := paper(kind)
		if err != nil {
			return none, err
		}
		in := app.PaperInput{Submission: sub.ID, Kind: kind, FileName: kind + ".pdf"}
		if _, err := s.app.AddPaper(ctx, clerk, in, pdf); err != nil {
			return none, err
		}
	}
	return sub, nil
}

// sent is a new live case of an award, sent by its unit's head.
func (w *town) sent(award string, people int) postgres.Proposal {
	w.t.Helper()
	sub, err := w.draft(w.ctx, award, people)
	require.NoError(w.t, err)
	return w.sentNow(sub.ID)
}

// sentNow sends a draft of one proposal.
func (w *town) sentNow(submission string) postgres.Proposal {
	w.t.Helper()
	got, err := w.app.Send(w.ctx, w.who("pgd-head"), app.SendInput{Submission: submission})
	require.NoError(w.t, err)
	require.Len(w.t, got.Proposals, 1)
	require.Nil(w.t, got.Proposals[0].Error)
	id := got.Proposals[0].Proposal.ID
	w.waitFor("the sending", func() (bool, error) { // a worker that has just begun may take its time
		p, err := w.app.Store.ProposalIn(w.ctx, postgres.Scope{All: true}, id)
		return err == nil && p.Number > 0, err
	})
	return w.now(id)
}

// forwarding is a reviewer's decision that sends a case up.
func (w *town) forwarding(p postgres.Proposal) app.DecideInput {
	w.t.Helper()
	hash, err := w.minutes(w.ctx, w.who("ph-reviewer"), p.ID)
	require.NoError(w.t, err)
	return app.DecideInput{
		Target:  app.Target{Proposal: p.ID, Revision: p.Revision, Number: p.Number},
		Verdict: "forward", Default: "propose", Minutes: hash,
	}
}

// forward is the district's genuine decision: the case still takes it.
func (w *town) forward(p postgres.Proposal) postgres.Proposal {
	w.t.Helper()
	return w.must(w.done(w.app.Decide(w.ctx, w.who("ph-reviewer"), w.forwarding(p))))
}

// appraised takes a case from its sending (or the district's review) to the council.
func (w *town) appraised(login string, p postgres.Proposal) postgres.Proposal {
	w.t.Helper()
	cases := map[string]postgres.Proposal{p.Award: p}
	require.NoError(w.t, w.receive(w.ctx, login, cases, []string{p.Award}))
	return cases[p.Award]
}

// The two councils of the sample province, and the offices that decide.
var (
	provincial = meeting{
		title: "Phiên họp Hội đồng tỉnh", heldOn: "2023-11-20", secretary: "hd-secretary", chair: "hg-chair",
		members: []string{"hg-chair", "hg-vice", "snv-director", "hg-member-1", "hg-member-2", "hg-member-3", "hg-member-4",
			"hg-member-5", "hg-member-6", "hg-member-7", "hg-member-8"},
	}
	local = meeting{
		title: "Phiên họp Hội đồng huyện", heldOn: "2023-11-20", secretary: "ph-secretary", chair: "ph-chair",
		members: []string{"ph-chair", "ph-vice", "ph-standing", "ph-member-1", "ph-member-2"},
	}
	provinceOffice = office{prepares: "snv-director", signs: "hg-chair", numbers: "hg-registrar", period: "năm học 2022-2023",
		achievement: "đã có thành tích xuất sắc trong phong trào thi đua"}
	districtOffice = office{prepares: "ph-standing", signs: "ph-chair", numbers: "ph-registrar", period: "năm học 2022-2023",
		achievement: "đã có thành tích xuất sắc trong công tác"}
)
