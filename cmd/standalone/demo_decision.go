package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"vinhdanh/internal/app"
	"vinhdanh/internal/decision"
)

// office is who decides: logins of the people behind a decision.
type office struct {
	prepares, signs, numbers string
	occasion, achievement    string
	period                   string
}

// decide drafts, submits, signs, numbers and waits for one award's decision, and
// leaves its PDF in the output directory.
func (s *stage) decide(ctx context.Context, o office, proposal string, number int) (app.DecisionView, error) {
	var none app.DecisionView
	prepares, err := s.as(ctx, o.prepares)
	if err != nil {
		return none, err
	}
	v, err := s.app.DraftDecision(ctx, prepares, app.DraftDecisionInput{
		Proposals: []string{proposal}, Occasion: o.occasion, Achievement: o.achievement, Period: o.period,
	})
	if err != nil {
		return none, err
	}
	if _, err := s.app.SubmitDecision(ctx, prepares, v.ID); err != nil {
		return v, err
	}
	signer, err := s.as(ctx, o.signs)
	if err != nil {
		return v, err
	}
	if _, err := s.app.SignDecision(ctx, signer, v.ID, app.SignInput{Content: v.Content}); err != nil {
		return v, err
	}
	registrar, err := s.as(ctx, o.numbers)
	if err != nil {
		return v, err
	}
	if _, err := s.app.NumberDecision(ctx, registrar, v.ID, app.NumberInput{Number: number}); err != nil {
		return v, err
	}
	err = s.eventually(ctx, "the decision's document and delivery", func() (bool, error) {
		v, err = s.app.DecisionView(ctx, prepares, v.ID)
		return err == nil && v.Document != "" && delivered(v.Delivery), err
	})
	if err != nil {
		return v, err
	}
	s.say("Quyết định %s: %d trường hợp, %s, ký: %s", v.NumberText, len(v.Lines), decision.FormatMoney(v.Total), v.SignerName)
	return v, s.keepPDF(ctx, prepares, v)
}

func (s *stage) keepPDF(ctx context.Context, who app.Session, v app.DecisionView) error {
	pdf, err := s.app.DecisionPDF(ctx, who, v.ID)
	if err != nil {
		return err
	}
	name := "quyet-dinh-" + strings.NewReplacer("/", "-", "Đ", "D").Replace(v.NumberText) + ".pdf"
	if err := os.WriteFile(filepath.Join(s.outDir, name), pdf, 0o644); err != nil {
		return err
	}
	signatures, err := decision.Verify(pdf, nil)
	s.hold(err == nil && len(signatures) > 0, "chữ ký số trên %s hợp lệ / its digital signature holds", name)
	broken := bytes.Clone(pdf)
	broken[len(broken)/3] ^= 1
	_, err = decision.Verify(broken, nil)
	s.hold(err != nil, "đổi một byte thì chữ ký không còn đúng / with one byte flipped it does not")
	return nil
}

func (p *play2023) decisions(ctx context.Context) error {
	p.head("Trình ký, Chủ tịch ký, văn thư cấp số và ban hành", "Submitted, signed by the Chair, numbered and issued")
	p.decided = map[string]string{}
	province := office{
		prepares: "snv-director", signs: "hg-chair", numbers: "hg-registrar", period: "năm học 2022-2023",
		occasion: "trong phong trào thi đua chào mừng kỷ niệm 20 năm thành lập tỉnh Hậu Giang",
	}
	district := office{prepares: "ph-standing", signs: "ph-chair", numbers: "ph-registrar", period: "năm học 2022-2023"}
	number := 2011
	for _, set := range []struct {
		office office
		awards []string
	}{{province, provinceAwards}, {district, districtAwards}} {
		for _, award := range set.awards {
			v, err := p.decide(ctx, set.office, p.cases[award].ID, number)
			if err != nil {
				return fmt.Errorf("%s: %w", award, err)
			}
			p.decided[award] = v.ID
			number++
		}
	}
	auditor, err := p.as(ctx, "hg-auditor")
	if err != nil {
		return err
	}
	for award, c := range p.cases {
		view, err := p.app.Proposal(ctx, auditor, c.ID, false)
		if err != nil {
			return err
		}
		if !view.Closed {
			return fmt.Errorf("%s is not closed", award)
		}
	}
	p.hold(true, "cả 6 hồ sơ đã kết thúc / all 6 cases are closed")
	return nil
}
