package postgres

import "context"

// StageFigure is how many cases stand at a stage.
type StageFigure struct {
	Stage    string `db:"stage" json:"stage"` // draft, the stages of a route, closed
	Cases    int    `db:"cases" json:"cases"`
	Items    int    `db:"items" json:"items"` // without an outcome yet
	Returned int    `db:"returned" json:"returned"`
	Soon     int    `db:"soon" json:"soon"` // due within three days
	Late     int    `db:"late" json:"late"` // past the due day
	VeryLate int    `db:"very" json:"very"` // by more than ten days
	OnTime   int    `db:"ontime" json:"ontime"`
}

// CampaignFigure is how far a campaign has come.
type CampaignFigure struct {
	Campaign   string `db:"campaign" json:"campaign"`
	Drafts     int    `db:"drafts" json:"drafts"`
	Open       int    `db:"open" json:"open"`
	Closed     int    `db:"closed" json:"closed"`
	Recognised int    `db:"recognised" json:"recognised"` // items
}

// AwardFigure is how many items of a kind and class an award recognised.
type AwardFigure struct {
	Award string `db:"award" json:"award"`
	Kind  string `db:"kind" json:"kind"`
	Class string `db:"class" json:"class,omitempty"` // leader, direct, or unknown
	Items int    `db:"items" json:"items"`
}

// figureClause is the cases in a scope that fit a filter.
func (s *Store) figureClause(ctx context.Context, sc Scope, f CaseFilter) (*clause, sight, error) {
	v, err := s.sightOf(ctx, sc)
	c := v.begin()
	f.cases(c)
	return c, v, err
}

// StageFigures counts the cases in a scope by where they stand, on an ISO civil date.
func (s *Store) StageFigures(ctx context.Context, sc Scope, f CaseFilter) ([]StageFigure, error) {
	c, v, err := s.figureClause(ctx, sc, f)
	if err != nil || v.nothing() {
		return []StageFigure{}, err
	}
	today := c.arg(f.Today) + `::date`
	open := ` filter (where not p.closed and p.number > 0 and `
	return list[StageFigure](ctx, s.pool, `
		select case when p.closed then 'closed' when p.number = 0 then 'draft' else p.stage end as stage, count(*)::int as cases,
			coalesce(sum(p.open_items) filter (where not p.closed and p.number > 0), 0)::int as items,
			count(*)`+open+`p.returned)::int as returned,
			count(*)`+open+`p.due_on between `+today+` and `+today+` + 3)::int as soon,
			count(*)`+open+`p.due_on < `+today+` and p.due_on >= `+today+` - 10)::int as late,
			count(*)`+open+`p.due_on < `+today+` - 10)::int as very,
			count(*)`+open+`coalesce(p.due_on > `+today+` + 3, true))::int as ontime
		from proposals p where `+c.where()+` group by 1`, c.args...)
}

// CampaignFigures counts the cases in a scope by campaign.
func (s *Store) CampaignFigures(ctx context.Context, sc Scope, f CaseFilter) ([]CampaignFigure, error) {
	c, v, err := s.figureClause(ctx, sc, f)
	if err != nil || v.nothing() {
		return []CampaignFigure{}, err
	}
	return list[CampaignFigure](ctx, s.pool, `
		select p.campaign, count(*) filter (where p.number = 0)::int as drafts,
			count(*) filter (where p.number > 0 and not p.closed)::int as open, count(*) filter (where p.closed)::int as closed,
			coalesce(sum((select count(*) from items i where i.proposal = p.id and i.outcome = 'recognised')), 0)::int as recognised
		from proposals p where `+c.where()+` and p.campaign is not null group by 1 order by 1`, c.args...)
}

// AwardFigures counts what was recognised in a scope, by award, kind and class.
func (s *Store) AwardFigures(ctx context.Context, sc Scope, f CaseFilter) ([]AwardFigure, error) {
	c, v, err := s.figureClause(ctx, sc, f)
	if err != nil || v.nothing() {
		return []AwardFigure{}, err
	}
	f.Outcome = "recognised"
	f.items(c)
	v.items(c)
	return list[AwardFigure](ctx, s.pool, `
		select p.award, s.kind, i.class, count(*)::int as items
		from items i join proposals p on p.id = i.proposal join subjects s on s.ref = i.subject
		where `+c.where()+` group by 1, 2, 3 order by 1, 2, 3`, c.args...)
}
