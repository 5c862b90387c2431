package postgres

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"vinhdanh/internal/proposal"
)

// Proposal is a case as people see it: the row that follows its transitions.
type Proposal struct {
	ID           string          `db:"id" json:"id"`
	Submission   string          `db:"submission" json:"submission"`
	Ref          string          `db:"ref" json:"ref"`
	Unit         string          `db:"unit" json:"unit"`
	UnitName     string          `db:"unit_name" json:"unit_name"`
	Award        string          `db:"award" json:"award"`
	Campaign     *string         `db:"campaign" json:"campaign,omitempty"`
	Type         string          `db:"type" json:"type,omitempty"` // of commendation; empty: nobody named it
	CaseID       string          `db:"case_id" json:"case"`
	Regime       string          `db:"regime" json:"regime,omitempty"`
	LawHash      string          `db:"law_hash" json:"law_hash,omitempty"`
	Route        *proposal.Route `db:"route" json:"route,omitempty"`
	Number       int             `db:"number" json:"number"`
	Revision     int             `db:"revision" json:"revision"`
	Stage        string          `db:"stage" json:"stage"`
	StageIndex   int             `db:"stage_index" json:"stage_index"`
	WaitingUnit  *string         `db:"waiting_unit" json:"waiting_unit,omitempty"`
	WaitingRoles []string        `db:"waiting_roles" json:"waiting_roles"`
	Returned     bool            `db:"returned" json:"returned"`
	OnHold       bool            `db:"on_hold" json:"on_hold"`
	Closed       bool            `db:"closed" json:"closed"`
	OpenItems    int             `db:"open_items" json:"open_items"`
	Items        int             `db:"items" json:"items"`
	StageSince   *time.Time      `db:"stage_since" json:"stage_since,omitempty"`
	DueOn        *time.Time      `db:"due_on" json:"due_on,omitempty"`
	OpenedAt     *time.Time      `db:"opened_at" json:"opened_at,omitempty"`
	ClosedAt     *time.Time      `db:"closed_at" json:"closed_at,omitempty"`
	ArchivedAt   *time.Time      `db:"archived_at" json:"archived_at,omitempty"`
}

const proposalSelect = `
	select p.id::text, p.submission::text, p.ref, p.unit, u.name as unit_name, p.award, p.campaign, p.type, p.case_id, p.regime,
		p.law_hash, p.route, p.number, p.revision, p.stage, p.stage_index, p.waiting_unit, p.waiting_roles, p.returned,
		p.on_hold, p.closed, p.open_items, (select count(*) from items i where i.proposal = p.id)::int as items,
		p.stage_since, p.due_on, p.opened_at, p.closed_at, p.archived_at
	from proposals p join units u on u.id = p.unit `

// visible is true for the rows that the capacities ($1 units, $2 roles, parallel)
// or an auditor ($3) may see: the proposing unit's clerk and head see their cases;
// who acts at a stage sees those that have reached it, and keeps seeing them; a
// council's member sees what stands on the agenda of a convened session that was not
// cancelled; and whoever
// owes a declaration ($4, parallel) sees nothing of what stands on a live session of
// the council until the person ($5) has declared there.
const visible = `($3 or exists (
	select 1 from unnest($1::text[], $2::text[], $4::boolean[]) as m(unit, role, owes)
	where (m.unit = p.unit and m.role in ('clerk', 'unit_head'))
	   or (p.number > 0 and exists (
			select 1 from jsonb_array_elements(p.route -> 'stages') with ordinality as st(v, n)
			where st.v ->> 'unit' = m.unit and st.n - 1 <= p.stage_index and (st.v -> 'roles') ? m.role)
		and (m.role <> 'member' or exists (
			select 1 from session_items si join sessions se on se.id = si.session
			where si.proposal = p.id and se.phase not in ('draft', 'cancelled')))
		and not (coalesce(m.owes, false) and exists (
			select 1 from session_items si join sessions se on se.id = si.session
			where si.proposal = p.id and se.unit = m.unit and ` + undeclared + `$5))))))`

// Scope is what a reader may see: the cases of capacities (Units and Roles are
// parallel), or everything (auditors). The zero value sees nothing.
type Scope struct {
	Units []string
	Roles []string
	All   bool
	// Owes marks the capacities (parallel) whose holder sees a council's live agenda
	// only after declaring interests on it; Person is that holder's id.
	Owes   []bool
	Person string
}

// args are the arguments $1 to $5 of visible.
func (sc Scope) args() []any {
	owes := sc.Owes
	if owes == nil {
		owes = []bool{}
	}
	return []any{sc.Units, sc.Roles, sc.All, owes, sc.Person}
}

// ProposalIn reads one proposal within a scope, by id, reference or case id.
func (s *Store) ProposalIn(ctx context.Context, sc Scope, id string) (Proposal, error) {
	return one[Proposal](ctx, s.pool, proposalSelect+`
		where `+visible+` and (p.id = as_uuid($6) or p.ref = $6 or p.case_id = $6)`, append(sc.args(), id)...)
}

// ProposalsOfSubmission lists the proposals that a submission split into.
func (s *Store) ProposalsOfSubmission(ctx context.Context, submission string) ([]Proposal, error) {
	return list[Proposal](ctx, s.pool, proposalSelect+`where p.submission = $1::uuid order by p.award`, submission)
}

// Filter narrows a list of proposals; zero values do not.
type Filter struct {
	Stage  string
	Award  string
	Unit   string
	Closed *bool
	Late   bool // due before Today
	Today  time.Time
	Query  string // folded text to find in references and names
	Limit  int
	Offset int
}

// ProposalsIn lists proposals within a scope, newest first.
func (s *Store) ProposalsIn(ctx context.Context, sc Scope, f Filter) ([]Proposal, error) {
	return list[Proposal](ctx, s.pool, proposalSelect+`
		where `+visible+`
		  and ($6 = '' or p.stage = $6) and ($7 = '' or p.award = $7) and ($8 = '' or p.unit = $8)
		  and ($9::boolean is null or p.closed = $9)
		  and (not $10 or (p.due_on < $11 and not p.closed))
		  and ($12 = '' or lower(p.ref) like '%' || $12 || '%'
		       or exists (select 1 from items i where i.proposal = p.id and i.name_key like '%' || $12 || '%'))
		order by p.created_at desc, p.ref limit $13 offset $14`,
		append(sc.args(), f.Stage, f.Award, f.Unit, f.Closed, f.Late, f.Today, f.Query, f.Limit, f.Offset)...)
}

// WaitingFor lists the open cases that wait for one of the capacities, given as
// parallel lists of unit and role.
func (s *Store) WaitingFor(ctx context.Context, units, roles []string) ([]Proposal, error) {
	return list[Proposal](ctx, s.pool, proposalSelect+`
		where not p.closed and p.number > 0 and exists (
			select 1 from unnest($1::text[], $2::text[]) as m(unit, role)
			where m.unit = p.waiting_unit and m.role = any(p.waiting_roles))
		order by p.due_on nulls last, p.stage_since, p.ref`, units, roles)
}

// Item is one item with its latest content.
type Item struct {
	ID         string               `db:"id" json:"id"`
	Proposal   string               `db:"proposal" json:"proposal"`
	Position   int                  `db:"position" json:"position"`
	Subject    string               `db:"subject" json:"-"`
	Outcome    string               `db:"outcome" json:"outcome"`
	Opinion    string               `db:"opinion" json:"opinion"`
	Held       bool                 `db:"held" json:"held"`
	Reconsider bool                 `db:"reconsider" json:"reconsider"`
	LinkedTo   string               `db:"linked_to" json:"linked_to,omitempty"`
	Reason     string               `db:"reason" json:"-"`
	ReasonText *string              `db:"reason_text" json:"reason,omitempty"`
	Content    proposal.ItemContent `db:"content" json:"content"`
	Revision   int                  `db:"revision" json:"revision"` // of the content
	Commitment string               `db:"commitment" json:"commitment"`
	Version    int                  `db:"version" json:"version"` // of what is typed: the base of a merge
}

const itemSelect = `
	select i.id::text, i.proposal::text, i.position, i.subject, i.outcome, i.opinion, i.held, i.reconsider, i.linked_to,
		i.reason, (select r.body from reasons r where r.commitment = i.reason) as reason_text,
		c.content, c.revision, c.commitment, i.version
	from items i join proposals p on p.id = i.proposal join lateral (
		select content, revision, commitment from item_contents c where c.item = i.id and c.revision <= $2
		order by revision desc limit 1) c on true `

// Latest asks for the newest content, also of a revision still being drafted.
const Latest = 1 << 30

// ItemsOf lists a proposal's items in the order of the tờ trình, with their
// content as of a revision (or Latest).
func (s *Store) ItemsOf(ctx context.Context, proposalID string, revision int) ([]Item, error) {
	return list[Item](ctx, s.pool, itemSelect+`where i.proposal = $1::uuid order by i.position`, proposalID, revision)
}

// ItemsSent lists items by case and in the order of the tờ trình, with their content
// as it was last sent.
func (s *Store) ItemsSent(ctx context.Context, ids []string) ([]Item, error) {
	return list[Item](ctx, s.pool, strings.Replace(itemSelect, "$2", "p.revision", 1)+`where i.id = any($1::uuid[]) order by i.proposal, i.position`, ids)
}

// ItemByID reads one item with its newest content.
func (s *Store) ItemByID(ctx context.Context, id string) (Item, error) {
	return one[Item](ctx, s.pool, itemSelect+`where i.id = as_uuid($1)`, id, Latest)
}

// MarkOpened notes that the next actor has opened a case at its present stage.
func (s *Store) MarkOpened(ctx context.Context, proposalID string) error {
	_, err := s.pool.Exec(ctx, `
		update proposals set opened_at = now() where id = $1::uuid and opened_at is null and not closed`, proposalID)
	return err
}

// Validation is a stored finding of the validation activity.
type Validation struct {
	Proposal   string          `db:"proposal" json:"proposal"`
	Revision   int             `db:"revision" json:"revision"`
	LawHash    string          `db:"law_hash" json:"law_hash"`
	Regime     string          `db:"regime" json:"regime"`
	Facts      json.RawMessage `db:"facts" json:"facts"`
	FactsHash  string          `db:"facts_hash" json:"facts_hash"`
	Result     json.RawMessage `db:"result" json:"result"`
	ResultHash string          `db:"result_hash" json:"result_hash"`
	At         time.Time       `db:"at" json:"at"`
}

// PutValidation stores a finding; the first one of a revision, law and regime stands.
func (s *Store) PutValidation(ctx context.Context, v Validation) (Validation, error) {
	_, err := s.pool.Exec(ctx, `
		insert into validations (proposal, revision, law_hash, facts, facts_hash, result, result_hash, regime)
		values ($1::uuid, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
		v.Proposal, v.Revision, v.LawHash, v.Facts, v.FactsHash, v.Result, v.ResultHash, v.Regime)
	if err != nil {
		return v, err
	}
	return one[Validation](ctx, s.pool, validationSelect+`
		where proposal = $1::uuid and revision = $2 and law_hash = $3 and regime = $4`, v.Proposal, v.Revision, v.LawHash, v.Regime)
}

const validationSelect = `
	select proposal::text, revision, law_hash, regime, facts, facts_hash, result, result_hash, at from validations `

// ValidationsOf lists a proposal's findings, oldest first.
func (s *Store) ValidationsOf(ctx context.Context, proposalID string) ([]Validation, error) {
	return list[Validation](ctx, s.pool, validationSelect+`where proposal = $1::uuid order by at`, proposalID)
}
