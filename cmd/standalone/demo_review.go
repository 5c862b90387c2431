package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"vinhdanh/internal/app"
	"vinhdanh/internal/postgres"
)

// minutes uploads a level's own council minutes to a case and returns their hash.
func (s *stage) minutes(ctx context.Context, who app.Session, proposal string) (string, error) {
	pdf, err := paper("Biên bản họp Hội đồng cấp mình")
	if err != nil {
		return "", err
	}
	a, err := s.app.AddPaper(ctx, who, app.PaperInput{Proposal: proposal, Kind: "minutes", FileName: "bien-ban.pdf"}, pdf)
	return a.SHA256, err
}

// done prints what an act led to and fails the play when it is not on record.
func (s *stage) done(d app.Done, err error) (postgres.Proposal, error) {
	if err != nil {
		return postgres.Proposal{}, err
	}
	if d.Proposal == nil {
		return postgres.Proposal{}, fmt.Errorf("act %s is %s", d.Attempt, d.Status)
	}
	s.say("%s: bước %d ghi nhận, hồ sơ ở giai đoạn %s", d.Proposal.Ref, d.Number, d.Proposal.Stage)
	return *d.Proposal, nil
}

// atRest waits until the rules of a case that was sent are checked: people act after
// that. An act that arrives before is tried again, and can cost a workflow task more.
func (s *stage) atRest(ctx context.Context, auditorLogin, caseID string) error {
	auditor, err := s.as(ctx, auditorLogin)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for {
		raw, err := s.app.History(ctx, auditor, caseID)
		if err != nil {
			return err
		}
		var h struct {
			Events []struct {
				Type string `json:"eventType"`
			} `json:"events"`
		}
		if err := json.Unmarshal(raw, &h); err != nil {
			return err
		}
		checked := false
		for _, e := range h.Events {
			checked = checked || e.Type == "EVENT_TYPE_ACTIVITY_TASK_COMPLETED"
		}
		if checked && h.Events[len(h.Events)-1].Type == "EVENT_TYPE_WORKFLOW_TASK_COMPLETED" {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func (p *play2023) returnAndAnswer(ctx context.Context) error {
	p.head("Huyện yêu cầu bổ sung một lần, nêu lý do; phòng trả lời", "The district asks once for completion, with reasons; the clerk answers")
	reviewer, err := p.as(ctx, "ph-reviewer")
	if err != nil {
		return err
	}
	c := p.cases["BKT-PT"]
	view, err := p.app.Proposal(ctx, reviewer, c.ID, false)
	if err != nil {
		return err
	}
	first := view.ItemList[0]
	c, err = p.done(p.app.Decide(ctx, reviewer, app.DecideInput{
		Target: app.Target{Proposal: c.ID, Revision: c.Revision, Number: c.Number}, Verdict: "return",
		Reason: "Báo cáo thành tích của tập thể thứ nhất chưa nêu kết quả cụ thể trong phong trào 20 năm.",
		Fields: []app.FieldRemark{{Item: first.ID, Field: "achievement", Remark: "Nêu rõ kết quả dẫn đầu phong trào, có số liệu."}},
	}))
	if err != nil {
		return err
	}
	p.hold(c.Returned, "hồ sơ trở về đơn vị / the case is back with its unit")
	return p.answer(ctx, c, first)
}

func (p *play2023) answer(ctx context.Context, c postgres.Proposal, item app.ItemView) error {
	clerk, err := p.as(ctx, "pgd-clerk")
	if err != nil {
		return err
	}
	sub, err := p.app.Submission(ctx, clerk, p.submission.ID, false)
	if err != nil {
		return err
	}
	content := item.Content
	content.Achievement = "Dẫn đầu phong trào thi đua chào mừng 20 năm thành lập tỉnh: 12/12 chỉ tiêu đạt và vượt (số liệu giả định)."
	if _, err := p.app.EditItem(ctx, clerk, app.EditInput{Item: item.ID, Version: sub.Version, Content: content}); err != nil {
		return err
	}
	head, err := p.as(ctx, "pgd-head")
	if err != nil {
		return err
	}
	c, err = p.done(p.app.Resubmit(ctx, head, app.ResubmitInput{Target: app.Target{Proposal: c.ID}}))
	if err != nil {
		return err
	}
	p.cases[c.Award] = c
	p.hold(c.Revision == 2 && c.Stage == "review", "lần trình 2 trở lại đúng cấp đã yêu cầu / revision 2 is back at the stage that asked")
	return nil
}

func (p *play2023) review(ctx context.Context) error {
	p.head("Huyện họp Hội đồng, không đề nghị một trường hợp, chuyển phần còn lại lên tỉnh",
		"The district's council meets, does not propose one item and sends the rest up")
	reviewer, err := p.as(ctx, "ph-reviewer")
	if err != nil {
		return err
	}
	for _, award := range provinceAwards {
		c := p.cases[award]
		view, err := p.app.Proposal(ctx, reviewer, c.ID, false)
		if err != nil {
			return err
		}
		hash, err := p.minutes(ctx, reviewer, c.ID)
		if err != nil {
			return err
		}
		in := app.DecideInput{Target: app.Target{Proposal: c.ID}, Verdict: "forward", Default: "propose", Minutes: hash}
		if award == "BKT-PT" {
			last := view.ItemList[len(view.ItemList)-1]
			in.Exceptions = []app.OpinionInput{{
				Item: last.ID, Opinion: "not_propose", Reason: "Đóng góp chưa đủ mức đề nghị khen thưởng cấp tỉnh theo biên bản họp của huyện.",
			}}
		}
		if p.cases[award], err = p.done(p.app.Decide(ctx, reviewer, in)); err != nil {
			return err
		}
	}
	p.hold(p.cases["BKT-PT"].Stage == "reception", "hồ sơ lên tỉnh; trường hợp không đề nghị vẫn được cấp trên nhìn thấy / the refused item stays visible above")
	return nil
}

// receive accepts and appraises cases at a standing body.
func (s *stage) receive(ctx context.Context, login string, cases map[string]postgres.Proposal, awards []string) error {
	who, err := s.as(ctx, login)
	if err != nil {
		return err
	}
	for _, award := range awards {
		c := cases[award]
		if _, err := s.done(s.app.Accept(ctx, who, app.AcceptInput{Target: app.Target{Proposal: c.ID}})); err != nil {
			return err
		}
		in := app.AppraiseInput{Target: app.Target{Proposal: c.ID}, Default: "propose"}
		if cases[award], err = s.done(s.app.Appraise(ctx, who, in)); err != nil {
			return err
		}
	}
	return nil
}

func (p *play2023) appraise(ctx context.Context) error {
	p.head("Cơ quan thường trực tiếp nhận và thẩm định", "The standing body accepts and appraises")
	if err := p.receive(ctx, "snv-appraiser", p.cases, provinceAwards); err != nil {
		return err
	}
	p.hold(p.cases["BKT-PT"].Stage == "council", "chờ Hội đồng / they wait for the Council")
	return nil
}
