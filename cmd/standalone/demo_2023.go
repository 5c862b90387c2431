package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"vinhdanh/internal/app"
	"vinhdanh/internal/importing"
	"vinhdanh/internal/postgres"
)

// act2023 is the campaign of Hậu Giang under the law of 2023.
func act2023(ctx context.Context, d demoOptions, outDir string, out io.Writer) ([]string, error) {
	file, err := os.ReadFile(d.sheet)
	if err != nil {
		return nil, fmt.Errorf("the clerk's list: %w", err)
	}
	return onStage(ctx, "2023-11-20", outDir, out, func(ctx context.Context, s *stage) error {
		p := &play2023{stage: s, file: file, cases: map[string]postgres.Proposal{}}
		for _, scene := range []func(context.Context) error{
			p.preview, p.importList, p.papers, p.send, p.returnAndAnswer, p.review, p.appraise,
			p.council, p.districtCases, p.decisions, p.mails, p.archive, p.forge, p.reconcile,
		} {
			if err := scene(ctx); err != nil {
				return fmt.Errorf("step %d: %w", s.step, err)
			}
		}
		return nil
	})
}

// play2023 carries what the scenes hand on.
type play2023 struct {
	*stage
	file       []byte
	submission app.SubmissionView
	cases      map[string]postgres.Proposal // by award
	decided    map[string]string            // decision id by award
}

// province and district are the awards by who decides them under the law of 2023.
var (
	provinceAwards = []string{"TTLDXS", "BKT-PT", "CSTDT"}
	districtAwards = []string{"CSTDCS", "LDTT", "GK-H"}
)

func (p *play2023) preview(ctx context.Context) error {
	p.head("Cán bộ phòng GDĐT đọc danh sách Excel: xem trước, chưa ghi gì",
		"The clerk reads the Excel list: a preview, nothing is written")
	clerk, err := p.as(ctx, "pgd-clerk")
	if err != nil {
		return err
	}
	pre, err := p.app.PreviewImport(ctx, clerk, p.file, app.ImportInput{PeriodKind: "school", Period: "2022-2023"})
	if err != nil {
		return err
	}
	for _, sh := range pre.Workbook.Sheets {
		p.say("Tờ trình đọc từ tiêu đề: %s ngày %s; %d cột nhận ra", sh.Header.LetterNumber, sh.Header.LetterDate.Format("02/01/2006"), len(sh.Columns))
	}
	for _, r := range pre.Rows {
		p.say("dòng %-3d %-8s %s%s", r.Line, r.State, r.NameAsWritten, firstFault(r))
	}
	c := pre.Counts
	p.say("%d dòng: %d mới, %d cần xem, %d lỗi; %d trường hợp đề nghị", c.Rows, c.New, c.Warnings, c.Errors, c.Items)
	met := map[string]int{}
	for _, v := range pre.Verdicts {
		met[v.Criteria]++
	}
	p.say("Luật nói (riêng tiêu chuẩn, chưa xét giấy tờ): %d đạt, %d không đạt, %d cần người xem", met["met"], met["not_met"], met["needs_person"])
	p.hold(c.Errors > 0, "lỗi cài sẵn trong danh sách được tìm thấy / the planted faults are found (%d)", c.Errors)
	return nil
}

func firstFault(r importing.PreviewRow) string {
	for _, sev := range []importing.Severity{importing.Fault, importing.Warning} {
		for _, m := range r.Marks {
			if m.Severity == sev {
				return " · " + m.Ref + ": " + m.Vi
			}
		}
	}
	return ""
}

// corrections are what the clerk decides after looking.
func corrections(sheet string) app.ImportInput {
	return app.ImportInput{
		Campaign: "hau-giang-2023", PeriodKind: "school", Period: "2022-2023",
		Choices: []importing.Choice{{Code: "BKT-PT"}, {Code: "GK-H"}},
		Corrections: []importing.Correction{
			{Sheet: sheet, Line: 16, Field: importing.FieldName, Value: "Lê Hoàng Phúc"},
			{Sheet: sheet, Line: 20, Field: importing.FieldBirth, Value: "1986"},
			{Sheet: sheet, Line: 20, Field: importing.FieldSex, Value: "Nữ"},
			{Sheet: sheet, Line: 21, Remove: true}, // the same person as row 14
			{Sheet: sheet, Line: 22, Field: importing.FieldBirthMale, Value: "1993"},
			{Sheet: sheet, Line: 25, Field: importing.FieldAward, Value: "BKT-PT"},
		},
	}
}

func (p *play2023) importList(ctx context.Context) error {
	p.head("Sửa các dòng lỗi và nhập: mỗi hình thức thành một hồ sơ", "The faults are corrected and the list taken over: one proposal per award")
	clerk, err := p.as(ctx, "pgd-clerk")
	if err != nil {
		return err
	}
	pre, err := p.app.PreviewImport(ctx, clerk, p.file, app.ImportInput{})
	if err != nil {
		return err
	}
	in := corrections(pre.Workbook.Sheets[0].Name)
	if p.submission, err = p.app.AcceptImport(ctx, clerk, p.file, in); err != nil {
		return err
	}
	p.say("Hồ sơ trình %s, tờ trình số %s", p.submission.Ref, p.submission.LetterNumber)
	for _, x := range p.submission.Proposals {
		p.say("%-28s %s: %d trường hợp", x.Ref, x.AwardName, len(x.ItemList))
	}
	p.hold(len(p.submission.Proposals) == 6, "tách thành 6 hồ sơ / split into 6 proposals")
	return nil
}

// papers adds the dossier's papers and the unit's declaration.
func (p *play2023) papers(ctx context.Context) error {
	p.head("Bổ sung giấy tờ, khai các điều kiện chung; luật nói gì về từng trường hợp",
		"Papers and the declaration are added; what the law says of each item")
	clerk, err := p.as(ctx, "pgd-clerk")
	if err != nil {
		return err
	}
	for _, kind := range []string{"TO_TRINH", "BAO_CAO", "BIEN_BAN", "SANG_KIEN"} {
		pdf, err := paper(kind)
		if err != nil {
			return err
		}
		in := app.PaperInput{Submission: p.submission.ID, Kind: kind, FileName: kind + ".pdf"}
		if _, err := p.app.AddPaper(ctx, clerk, in, pdf); err != nil {
			return err
		}
	}
	yes, no := true, false
	p.submission, err = p.app.Declare(ctx, clerk, app.Declaration{
		Submission: p.submission.ID, Version: p.submission.Version, ProposerManages: &yes,
		OnHold: &no, AlreadyRewarded: &no, UnitDissolved: &no, Discipline: "NONE",
	})
	if err != nil {
		return err
	}
	full, err := p.app.Submission(ctx, clerk, p.submission.ID, true)
	if err != nil {
		return err
	}
	for _, x := range full.Proposals {
		for _, it := range x.ItemList {
			p.say("%-8s %-30s %s", x.Award, it.Content.PrintedLine(), it.Law.Sentence.VI)
		}
	}
	p.hold(full.Verdicts["met"]+full.Verdicts["not_met"]+full.Verdicts["needs_person"]+full.Verdicts["incomplete"] > 10, "mỗi trường hợp có kết luận kèm điều luật / each item has a verdict with its article")
	return nil
}

func (p *play2023) send(ctx context.Context) error {
	p.head("Trưởng phòng duyệt và gửi", "The head of the unit approves and sends")
	head, err := p.as(ctx, "pgd-head")
	if err != nil {
		return err
	}
	sent, err := p.app.Send(ctx, head, app.SendInput{Submission: p.submission.ID})
	if err != nil {
		return err
	}
	for _, x := range sent.Proposals {
		if x.Error != nil {
			return fmt.Errorf("%s: %w", x.Proposal.Ref, x.Error)
		}
		p.cases[x.Proposal.Award] = x.Proposal
		p.say("%-28s %s → chờ %s %v", x.Proposal.Ref, x.Done.Status, *x.Proposal.WaitingUnit, x.Proposal.WaitingRoles)
	}
	p.hold(len(p.cases) == 6, "cả 6 hồ sơ đã gửi / all 6 are sent")
	for _, c := range p.cases {
		if err := p.atRest(ctx, "hg-auditor", c.CaseID); err != nil {
			return err
		}
	}
	return nil
}
