package main

import (
	"context"
	"errors"
	"fmt"

	"vinhdanh/internal/app"
	"vinhdanh/internal/council"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/postgres"
)

// meeting is one session to be played: who does what, and which items fall short.
type meeting struct {
	title     string
	heldOn    string
	secretary string
	chair     string
	members   []string // logins, the chair among them
	against   int      // how many members vote against the item in doubt
	doubted   string   // that item; empty: everybody agrees
}

// hold plays a session over the proposals and returns its final view.
func (m meeting) hold(ctx context.Context, s *stage, proposals []string) (app.SessionView, error) {
	v, err := m.voted(ctx, s, proposals)
	if err != nil {
		return v, err
	}
	return m.close(ctx, s, v)
}

// voted plays a session until everybody has voted.
func (m meeting) voted(ctx context.Context, s *stage, proposals []string) (app.SessionView, error) {
	secretary, err := s.as(ctx, m.secretary)
	if err != nil {
		return app.SessionView{}, err
	}
	v, err := s.app.DraftSession(ctx, secretary, app.DraftSessionInput{Title: m.title, HeldOn: m.heldOn})
	if err != nil {
		return v, err
	}
	if v, err = s.app.PutOnAgenda(ctx, secretary, v.ID, app.AgendaInput{Proposals: proposals}); err != nil {
		return v, err
	}
	if _, err := s.app.Convene(ctx, secretary, v.ID); err != nil {
		return v, err
	}
	if v, err = s.app.SessionView(ctx, secretary, v.ID); err != nil {
		return v, err
	}
	s.say("%s: %d trường hợp, %d thành viên", v.Ref, len(v.Agenda), len(v.Roster))
	return v, m.vote(ctx, s, secretary, v)
}

// vote opens the session; members cast open ballots by list, the counting team
// enters the paper ballots of secret items twice.
func (m meeting) vote(ctx context.Context, s *stage, secretary app.Session, v app.SessionView) error {
	var present []string
	sessions := map[string]app.Session{}
	for _, login := range m.members {
		who, err := s.as(ctx, login)
		if err != nil {
			return err
		}
		sessions[login] = who
		present = append(present, who.User)
	}
	if _, err := s.app.OpenSession(ctx, secretary, v.ID, app.OpenInput{Present: present}); err != nil {
		return err
	}
	secret := m.paperCounts(v)
	for i, login := range m.members {
		cast := app.CastInput{Default: "yes"}
		if i < m.against && m.doubted != "" {
			cast.Items = map[string]string{m.doubted: "no"}
		}
		if len(secret) == len(v.Agenda) {
			break // nothing is voted on openly
		}
		if _, err := s.app.DeclareInterests(ctx, sessions[login], v.ID, app.InterestsInput{None: true}); err != nil {
			return fmt.Errorf("%s: %w", login, err)
		}
		if _, err := s.app.Cast(ctx, sessions[login], v.ID, cast); err != nil {
			return fmt.Errorf("%s: %w", login, err)
		}
	}
	if len(secret) == 0 {
		return nil
	}
	for _, who := range []app.Session{secretary, sessions[m.members[len(m.members)-1]]} {
		in := app.CountInput{Issued: len(m.members), Collected: len(m.members), Items: secret}
		if _, err := s.app.CountPaper(ctx, who, v.ID, in); err != nil {
			return err
		}
	}
	s.say("phiếu kín: %d phiếu phát ra, thu về đủ, hai người nhập độc lập và khớp nhau", len(m.members))
	return nil
}

// paperCounts are what the counting team found: every paper in favour.
func (m meeting) paperCounts(v app.SessionView) []council.PaperItem {
	var out []council.PaperItem
	for _, it := range v.Agenda {
		if it.Rule != nil && it.Rule.Ballot == council.BallotSecret {
			out = append(out, council.PaperItem{Item: it.Item, Yes: len(m.members)})
		}
	}
	return out
}

// close has the chair close the vote, shows a late ballot refused, and waits for
// the result to reach each proposal.
func (m meeting) close(ctx context.Context, s *stage, v app.SessionView) (app.SessionView, error) {
	secretary, err := s.as(ctx, m.secretary)
	if err != nil {
		return v, err
	}
	chair, err := s.as(ctx, m.chair)
	if err != nil {
		return v, err
	}
	if _, err := s.app.CloseSession(ctx, chair, v.ID, ""); err != nil {
		return v, err
	}
	_, late := s.app.Cast(ctx, chair, v.ID, app.CastInput{Default: "no"})
	s.hold(codeOf(late) == envelope.CodeClosed, "phiếu sau khi kết thúc bị từ chối / a late ballot is refused (%s)", codeOf(late))
	err = s.eventually(ctx, "the result's delivery", func() (bool, error) {
		v, err = s.app.SessionView(ctx, secretary, v.ID)
		return err == nil && delivered(v.Delivery), err
	})
	if err != nil {
		return v, err
	}
	for _, it := range v.Agenda {
		r := it.Result
		word := "không đạt"
		if r.Passed {
			word = "đạt"
		}
		s.say("%-8s %-30s %d đồng ý / %d (cần %d): %s", it.Award, it.Line, r.Sum.Yes, r.Sum.Base, r.Sum.Needed, word)
	}
	return v, nil
}

func delivered(rows []postgres.DeliveryRow) bool {
	for _, r := range rows {
		if r.Status != "delivered" {
			return false
		}
	}
	return len(rows) > 0
}

func codeOf(err error) string {
	var e *app.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

func (p *play2023) council(ctx context.Context) error {
	p.head("Hội đồng tỉnh 11 thành viên biểu quyết theo danh sách", "The provincial Council of 11 votes by list")
	reviewer, err := p.as(ctx, "snv-appraiser")
	if err != nil {
		return err
	}
	view, err := p.app.Proposal(ctx, reviewer, p.cases["BKT-PT"].ID, false)
	if err != nil {
		return err
	}
	doubted := ""
	for _, it := range view.ItemList {
		if it.Outcome == "" {
			doubted = it.ID
		}
	}
	m := meeting{
		title: "Phiên họp xét khen thưởng đợt thi đua 20 năm", heldOn: "2023-11-20", secretary: "hd-secretary", chair: "hg-chair",
		members: []string{"hg-chair", "hg-vice", "snv-director", "hg-member-1", "hg-member-2", "hg-member-3", "hg-member-4",
			"hg-member-5", "hg-member-6", "hg-member-7", "hg-member-8"},
		against: 5, doubted: doubted,
	}
	v, err := m.hold(ctx, p.stage, ids(p.cases, provinceAwards))
	if err != nil {
		return err
	}
	short := 0
	for _, it := range v.Agenda {
		if !it.Result.Passed {
			short++
		}
	}
	p.hold(len(v.Roster) == 11 && short == 1, "một trường hợp không đủ tỷ lệ / one item falls short of the majority")
	return nil
}

func ids(cases map[string]postgres.Proposal, awards []string) []string {
	out := make([]string, len(awards))
	for i, a := range awards {
		out[i] = cases[a].ID
	}
	return out
}

// districtCases walks the awards that the district itself decides.
func (p *play2023) districtCases(ctx context.Context) error {
	p.head("Các danh hiệu do huyện quyết định: phòng Nội vụ thẩm định, Hội đồng huyện 5 thành viên biểu quyết",
		"Awards that the district decides: its home-affairs office appraises, its council of 5 votes")
	if err := p.receive(ctx, "ph-reviewer-2", p.cases, districtAwards); err != nil {
		return err
	}
	m := meeting{
		title: "Phiên họp Hội đồng huyện", heldOn: "2023-11-20", secretary: "ph-secretary", chair: "ph-chair",
		members: []string{"ph-chair", "ph-vice", "ph-standing", "ph-member-1", "ph-member-2"},
	}
	v, err := m.hold(ctx, p.stage, ids(p.cases, districtAwards))
	if err != nil {
		return err
	}
	p.hold(len(v.Roster) == 5, "Hội đồng huyện 5 thành viên / the district's council of 5")
	return nil
}
