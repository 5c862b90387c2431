package app

import (
	"bytes"
	"cmp"
	"context"
	"fmt"

	"vinhdanh/internal/dossier"
	"vinhdanh/internal/importing"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/internal/vietnamese"
)

// QuotaCount is what a list makes of one quota.
type QuotaCount = law.QuotaCount

// quotaItem is one item of a list whose quotas are counted. Item, Proposal and Submission
// are empty for what is not stored yet.
type quotaItem struct {
	Regime, Unit, Award, Subject string
	Campaign                     string
	Item, Proposal, Submission   string
	Content                      proposal.ItemContent
}

// quotas is what a list makes of the quotas of its regimes, in the order of time, and of
// the numbers that its campaigns set. Every page that shows a list asks it.
func (a *App) quotas(ctx context.Context, list []quotaItem) ([]law.QuotaCount, error) {
	l := a.law()
	rows, declared := map[string][]law.QuotaRow{}, map[string]int64{}
	others, err := a.stateOthers(ctx, list)
	if err != nil {
		return nil, err
	}
	for i, x := range list {
		c := x.Content
		rows[x.Regime] = append(rows[x.Regime], law.QuotaRow{
			Subject: cmp.Or(x.Subject, fmt.Sprint(c.Name, "\x00", c.BirthYear, "\x00", c.Workplace)), Name: c.Name, Others: others[i],
			Kind: law.Kind(c.Kind), Award: x.Award, Unit: x.Unit, PeriodKind: c.PeriodKind, Period: c.Period, Item: x.Item,
		})
		bases := l.QuotaBases(x.Award)
		if len(bases) == 0 || !bytes.Contains(c.Facts, []byte(`"quota"`)) {
			continue
		}
		if f, err := factsOf(c); err == nil && f.Quota.LDTT != nil {
			for _, of := range bases { // a unit's own number, where an item states it
				declared[law.DeclaredKey(of, x.Unit, c.PeriodKind, c.Period)] = *f.Quota.LDTT
			}
		}
	}
	out := []law.QuotaCount{}
	for _, r := range l.Stretches() {
		if len(rows[r.ID]) > 0 {
			out = append(out, l.Quotas(r.ID, rows[r.ID], declared)...)
		}
	}
	more, err := a.campaignQuotas(ctx, list)
	return append(out, more...), err
}

// stateOthers counts what else the subjects of State-level items are proposed for in the
// year; nil for every other item, and where the subject is not known.
func (a *App) stateOthers(ctx context.Context, list []quotaItem) ([]*int64, error) {
	out := make([]*int64, len(list))
	byProposal := map[string][]int{}
	var order []string
	inList := map[string]int64{} // of what is not stored: by subject
	for i, x := range list {
		if x.Subject == "" || !a.law().StateLevel(x.Award, x.Regime) {
			continue
		}
		key := x.Submission + "\x00" + x.Proposal
		if byProposal[key] == nil {
			order = append(order, key)
		}
		byProposal[key] = append(byProposal[key], i)
		if x.Item == "" {
			inList[x.Subject]++
		}
	}
	for _, key := range order {
		at := byProposal[key]
		of := make([]postgres.ItemOf, len(at))
		for j, i := range at {
			of[j] = postgres.ItemOf{Subject: list[i].Subject, Item: list[i].Item}
		}
		found, err := a.Store.StateLevelOthers(ctx, dossier.StateAwards(), list[at[0]].Submission, list[at[0]].Proposal, of)
		if err != nil {
			return nil, internal("count State-level proposals of the year", err)
		}
		for j, i := range at {
			n := found[j]
			if list[i].Item == "" {
				n += inList[list[i].Subject] - 1
			}
			out[i] = &n
		}
	}
	return out, nil
}

// quotasOf counts the open items of a submission. Drafts are counted under the regime
// in force today, sent cases under their own.
func (a *App) quotasOf(ctx context.Context, v SubmissionView) ([]law.QuotaCount, error) {
	list := []quotaItem{}
	for _, p := range v.Proposals {
		list = append(list, a.countedOf(p.Proposal, p.ItemList)...)
	}
	return a.quotas(ctx, list)
}

// countedOf are the open items of a case.
func (a *App) countedOf(p postgres.Proposal, items []ItemView) []quotaItem {
	regime := p.Regime
	if p.Number == 0 {
		regime = ""
		if r, err := a.law().RegimeOn(a.Today()); err == nil {
			regime = r.ID
		}
	}
	var list []quotaItem
	for _, it := range items {
		if it.Outcome == "" || it.Outcome == string(proposal.OutcomePassed) {
			list = append(list, quotaItem{Regime: regime, Unit: p.Unit, Award: p.Award, Subject: it.Subject, Campaign: deref(p.Campaign),
				Item: it.ID, Proposal: p.ID, Submission: p.Submission, Content: it.Content})
		}
	}
	return list
}

// quotasOfRows counts the rows of a list that is being imported.
func (a *App) quotasOfRows(ctx context.Context, regime string, pre *importing.Preview, in ImportInput, subjects []string) ([]law.QuotaCount, error) {
	list := []quotaItem{}
	for _, r := range pre.Rows {
		for _, aw := range r.Awards {
			if aw.Code != "" {
				c, f := readOf(r.Row, aw, in)
				if f.Quota.LDTT != nil { // all that a quota asks of facts
					_ = dossier.State(&c, f)
				}
				list = append(list, quotaItem{Regime: regime, Unit: in.Unit, Award: aw.Code, Subject: subjects[len(list)], Campaign: in.Campaign, Content: c})
			}
		}
	}
	for i := range list { // who is new to the unit is told apart by what the list says
		if c := list[i].Content; list[i].Subject == "" && c.Name != "" {
			list[i].Subject = fmt.Sprint(vietnamese.Fold(c.Name), "\x00", c.Kind, "\x00", c.BirthYear)
		}
	}
	return a.quotas(ctx, list)
}

// quotasOfAgenda counts what a council is to vote on.
func (a *App) quotasOfAgenda(ctx context.Context, items []postgres.CouncilItem) ([]law.QuotaCount, error) {
	list := []quotaItem{}
	for _, it := range items {
		list = append(list, quotaItem{Regime: it.Regime, Unit: it.Unit, Award: it.Award, Subject: it.Subject, Campaign: deref(it.Campaign),
			Item: it.Item, Proposal: it.Proposal, Content: it.Content})
	}
	return a.quotas(ctx, list)
}

// quotasOfCase counts a case together with what the reader sees of the same submission:
// a unit's base often stands in its neighbour.
func (a *App) quotasOfCase(ctx context.Context, s Session, v ProposalView) ([]law.QuotaCount, error) {
	list := a.countedOf(v.Proposal, v.ItemList)
	beside, err := a.Store.ProposalsOfSubmission(ctx, v.Submission)
	if err != nil {
		return nil, internal("read the submission's proposals", err)
	}
	for _, p := range beside {
		if p.ID == v.ID {
			continue
		}
		if _, err := a.proposal(ctx, s, p.ID); err != nil {
			continue // not in the reader's sight
		}
		items, err := a.openItems(ctx, s, p, max(p.Revision, 1))
		if err != nil {
			return nil, err
		}
		views := make([]ItemView, len(items))
		for i, it := range items {
			views[i] = ItemView{Item: it}
		}
		list = append(list, a.countedOf(p, views)...)
	}
	return a.quotas(ctx, list)
}
