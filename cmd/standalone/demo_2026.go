package main

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"vinhdanh/internal/app"
	"vinhdanh/internal/postgres"
)

// act2026 is one proposal under the law in force since 01/07/2025: the commune
// reviews in the district's place.
func act2026(ctx context.Context, outDir string, out io.Writer) ([]string, error) {
	return onStage(ctx, "2026-03-16", outDir, out, func(ctx context.Context, s *stage) error {
		p := &play2026{stage: s}
		for _, scene := range []func(context.Context) error{p.send, p.review, p.council, p.decide} {
			if err := scene(ctx); err != nil {
				return fmt.Errorf("step %d: %w", s.step, err)
			}
		}
		return nil
	})
}

type play2026 struct {
	*stage
	c postgres.Proposal
}

// list is the school's list, made here as a clerk would write it.
func (p *play2026) list() ([]byte, error) {
	x := excelize.NewFile()
	defer x.Close()
	rows := [][]any{
		{"TRƯỜNG THCS HIỆP HƯNG"},
		{"DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG (Kèm theo Tờ trình số 07/TTr-THCSHH ngày 12/3/2026; tên người là giả định)"},
		{"STT", "Họ và tên", "Năm sinh", "Chức vụ", "Đơn vị", "Hình thức khen thưởng", "Thành tích"},
		{1, "Nguyễn Thị Giả Định", 1985, "Giáo viên", "Trường THCS Hiệp Hưng", "Bằng khen của Chủ tịch UBND thành phố", "Thành tích xuất sắc trong phong trào thi đua"},
		{2, "Trần Văn Minh Họa", 1990, "Giáo viên", "Trường THCS Hiệp Hưng", "Bằng khen của Chủ tịch UBND thành phố", "Thành tích xuất sắc trong phong trào thi đua"},
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

func (p *play2026) send(ctx context.Context) error {
	p.head("Trường THCS gửi một hồ sơ theo luật hiện hành (R3)", "A school sends one proposal under the present law (R3)")
	file, err := p.list()
	if err != nil {
		return err
	}
	clerk, err := p.as(ctx, "hiephung-clerk")
	if err != nil {
		return err
	}
	pre, err := p.app.PreviewImport(ctx, clerk, file, app.ImportInput{})
	if err != nil {
		return err
	}
	in := corrections2026(pre)
	sub, err := p.app.AcceptImport(ctx, clerk, file, in)
	if err != nil {
		return err
	}
	for _, kind := range []string{"TO_TRINH", "BAO_CAO", "BIEN_BAN"} {
		pdf, err := paper(kind)
		if err != nil {
			return err
		}
		if _, err := p.app.AddPaper(ctx, clerk, app.PaperInput{Submission: sub.ID, Kind: kind, FileName: kind + ".pdf"}, pdf); err != nil {
			return err
		}
	}
	head, err := p.as(ctx, "hiephung-head")
	if err != nil {
		return err
	}
	sent, err := p.app.Send(ctx, head, app.SendInput{Submission: sub.ID})
	if err != nil {
		return err
	}
	if sent.Proposals[0].Error != nil {
		return sent.Proposals[0].Error
	}
	p.c = sent.Proposals[0].Proposal
	p.say("%s: quy định %s, quy trình %s, chờ %s", p.c.Ref, p.c.Regime, p.c.Route.Code, *p.c.WaitingUnit)
	p.hold(p.c.Regime == "R3", "hồ sơ theo quy định R3 / the case is under regime R3")
	return p.atRest(ctx, "ct-auditor", p.c.CaseID)
}

func corrections2026(pre app.ImportPreview) app.ImportInput {
	in := corrections(pre.Workbook.Sheets[0].Name)
	in.Corrections, in.Campaign = nil, ""
	in.PeriodKind, in.Period = "calendar", "2025"
	return in
}

func (p *play2026) review(ctx context.Context) error {
	p.head("Xã xét và chuyển lên thành phố; cơ quan thường trực tiếp nhận, thẩm định", "The commune reviews and forwards; the standing body accepts and appraises")
	reviewer, err := p.as(ctx, "hh-reviewer")
	if err != nil {
		return err
	}
	hash, err := p.minutes(ctx, reviewer, p.c.ID)
	if err != nil {
		return err
	}
	p.c, err = p.done(p.app.Decide(ctx, reviewer, app.DecideInput{
		Target: app.Target{Proposal: p.c.ID}, Verdict: "forward", Default: "propose", Minutes: hash,
	}))
	if err != nil {
		return err
	}
	p.hold(p.c.Route.Stages[1].Level == "commune", "cấp xã xét thay cấp huyện / the commune stands in the district's place")
	cases := map[string]postgres.Proposal{"": p.c}
	if err := p.receive(ctx, "ct-appraiser", cases, []string{""}); err != nil {
		return err
	}
	p.c = cases[""]
	return nil
}

func (p *play2026) council(ctx context.Context) error {
	p.head("Hội đồng thành phố biểu quyết", "The city's Council votes")
	m := meeting{
		title: "Phiên họp Hội đồng thành phố", heldOn: "2026-03-16", secretary: "ct-secretary", chair: "ct-chair",
		members: []string{"ct-chair", "ct-vice", "ct-director", "ct-member-1", "ct-member-2", "ct-member-3", "ct-member-4",
			"ct-member-5", "ct-member-6", "ct-member-7", "ct-member-8"},
	}
	_, err := m.hold(ctx, p.stage, []string{p.c.ID})
	return err
}

func (p *play2026) decide(ctx context.Context) error {
	p.head("Ký, ban hành, lưu trữ, kiểm chứng", "Signed, issued, archived, verified")
	o := office{
		prepares: "ct-director", signs: "ct-chair", numbers: "ct-registrar", period: "năm 2025",
		achievement: "đã có thành tích xuất sắc trong phong trào thi đua",
	}
	if _, err := p.stage.decide(ctx, o, p.c.ID, 512); err != nil {
		return err
	}
	return p.archived(ctx, "ct-auditor", p.c.CaseID)
}
