package postgres

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Decision is a decision as its row stands.
type Decision struct {
	ID            string          `db:"id" json:"id"`
	Ref           string          `db:"ref" json:"ref"` // QĐ-2023-0001; not its number
	CaseID        string          `db:"case_id" json:"case"`
	Authority     string          `db:"authority" json:"authority"`
	AuthorityName string          `db:"authority_name" json:"authority_name"`
	Standing      string          `db:"standing" json:"standing"`
	Award         string          `db:"award" json:"award"`
	Draft         json.RawMessage `db:"draft" json:"-"`             // decision.Input
	Content       string          `db:"content" json:"content"`     // hash of what it says
	Phase         string          `db:"phase" json:"phase"`         // draft, then those of proposal.Issuance
	Number        int             `db:"transition" json:"acts"`     // transitions so far
	Mode          string          `db:"mode" json:"mode,omitempty"` // in whose name it was signed
	Signer        *string         `db:"signer" json:"signer,omitempty"`
	NumberText    string          `db:"number_text" json:"number,omitempty"` // 328/QĐ-UBND
	NumberDate    *time.Time      `db:"number_date" json:"date,omitempty"`
	Document      string          `db:"document" json:"document,omitempty"` // SHA-256 of the signed PDF
	Signed        string          `db:"signed" json:"signed,omitempty"`     // SHA-256 of the PDF with the signer's own signature
	Scan          string          `db:"scan" json:"scan,omitempty"`         // SHA-256 of the scan of what was signed in ink
	Corrects      *string         `db:"corrects" json:"corrects,omitempty"` // the decision that it corrects (đính chính), by its id
	Items         int             `db:"items" json:"items"`
	CreatedAt     time.Time       `db:"created_at" json:"created_at"`
}

// Gives tells whether it awards: it neither revokes nor corrects another decision.
func (d Decision) Gives() bool {
	return d.Corrects == nil && !strings.HasPrefix(d.CaseID, "revocation/")
}

const decisionSelect = `
	select d.id::text, d.ref, d.case_id, d.authority, u.name as authority_name, d.standing, d.award, d.draft, d.content,
		d.phase, d.transition, d.mode, d.signer::text, d.number_text, d.number_date, d.document, d.signed, d.scan, d.corrects::text,
		(select count(*) from decision_named i where i.decision = d.id)::int as items, d.created_at
	from decisions d join units u on u.id = d.authority `

// DecisionDraft is a decision to be stored.
type DecisionDraft struct {
	Authority string
	Standing  string
	Award     string
	Input     any    // decision.Input
	Content   string // its digest, hex
	Signer    string // who is to sign
	Year      int
	User      string
	Items     []CouncilItem // in printed order, with their amounts
}

// ItemsToDecide lists the items in play of proposals, in protocol order.
func (s *Store) ItemsToDecide(ctx context.Context, proposals []string) ([]CouncilItem, error) {
	return list[CouncilItem](ctx, s.pool, itemQuery(`null::jsonb`, `0::bigint`, `0`, ``,
		`(p.id = any(as_uuids($1)) or p.ref = any($1)) and `+openItem, protocolOrder), proposals)
}

// ItemsOfDecision lists what a decision names, in printed order, as it is to be read now:
// what was corrected since stands in the place of what was sent.
func (s *Store) ItemsOfDecision(ctx context.Context, decision string) ([]CouncilItem, error) {
	return list[CouncilItem](ctx, s.pool, itemsAs(`corrected_content(i.id, c.content)`, `null::jsonb`, `x.amount`, `x.position`,
		`join decision_named x on x.item = i.id`, `x.decision = $1::uuid`, `x.position`), decision)
}

// CreateDecision stores a draft. ErrBusyProposal: one of its proposals stands in
// another decision, or left the stage in between.
func (s *Store) CreateDecision(ctx context.Context, d DecisionDraft) (string, error) {
	id := uuid.NewString()
	return id, s.inTx(ctx, func(tx pgx.Tx) error {
		if err := lockForDecision(ctx, tx, d.Items); err != nil {
			return err
		}
		ref, err := nextRef(ctx, tx, "QĐ", d.Year)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			insert into decisions (id, ref, case_id, authority, standing, award, draft, content, signer, created_by)
			values ($1::uuid, $2, $3, $4, $5, $6, $7, $8, $9::uuid, $10::uuid)`,
			id, ref, "issuance/"+id, d.Authority, d.Standing, d.Award, d.Input, d.Content, d.Signer, d.User)
		if err != nil {
			return err
		}
		rows := make([][]any, len(d.Items))
		for i, it := range d.Items {
			rows[i] = []any{id, i + 1, it.Item, it.Proposal, it.Amount}
		}
		return insertRows(ctx, tx, `insert into decision_items (decision, position, item, proposal, amount)
			values ($1::uuid, $2, $3::uuid, $4::uuid, $5)`, rows)
	})
}

func lockForDecision(ctx context.Context, tx pgx.Tx, items []CouncilItem) error {
	ids := []string{}
	for _, it := range items {
		if n := len(ids); n == 0 || ids[n-1] != it.Proposal {
			ids = append(ids, it.Proposal)
		}
	}
	_, err := tx.Exec(ctx, `select 1 from proposals where id = any(as_uuids($1)) order by id for update`, ids)
	if err != nil {
		return err
	}
	var busy bool
	err = tx.QueryRow(ctx, `
		select exists (select 1 from decision_items x where x.proposal = any(as_uuids($1)))
			or exists (select 1 from proposals p where p.id = any(as_uuids($1)) and (p.stage <> 'issuance' or p.closed))`,
		ids).Scan(&busy)
	if err == nil && busy {
		return ErrBusyProposal
	}
	return err
}

// DropDraftDecision deletes a draft and frees its items; false when it is no
// draft, or when it is being submitted.
func (s *Store) DropDraftDecision(ctx context.Context, id string) (bool, error) {
	dropped := false
	return dropped, s.inTx(ctx, func(tx pgx.Tx) error {
		err := tx.QueryRow(ctx, `
			select d.phase = 'draft' and not exists (
				select 1 from attempts a left join attempt_outcomes o using (nonce)
				where a.case_id = d.case_id and o.status is distinct from 'refused')
			from decisions d where d.id = $1::uuid for update of d`, id).Scan(&dropped)
		if err != nil || !dropped {
			return notFound(err)
		}
		if _, err = tx.Exec(ctx, `delete from decision_items where decision = $1::uuid`, id); err != nil {
			return err
		}
		if _, err = tx.Exec(ctx, `delete from correction_lines where decision = $1::uuid`, id); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `delete from decisions where id = $1::uuid`, id)
		return err
	})
}

// DecisionByID reads a decision by id, reference or case id.
func (s *Store) DecisionByID(ctx context.Context, id string) (Decision, error) {
	return one[Decision](ctx, s.pool, decisionSelect+`where d.id = as_uuid($1) or d.ref = $1 or d.case_id = $1`, id)
}

// DecisionScope is which decisions a reader may see.
type DecisionScope struct {
	Standing  []string // standing bodies: theirs, at every phase
	Authority []string // signer and registrar: theirs, once submitted
	Proposing []string // units with items in it: once issued
	All       bool     // auditors
}

const decisionVisible = `($4 or d.standing = any($1) or (d.phase <> 'draft' and d.authority = any($2))
	or (d.document <> '' and exists (select 1 from decision_named x join proposals p on p.id = x.proposal
		where x.decision = d.id and p.unit = any($3))))`

// DecisionsIn lists the decisions that a reader may see, newest first.
func (s *Store) DecisionsIn(ctx context.Context, sc DecisionScope, limit, offset int) ([]Decision, error) {
	return list[Decision](ctx, s.pool, decisionSelect+`where `+decisionVisible+`
		order by d.created_at desc, d.ref desc limit $5 offset $6`,
		sc.Standing, sc.Authority, sc.Proposing, sc.All, limit, offset)
}

// DecisionIn reads a decision that the reader may see.
func (s *Store) DecisionIn(ctx context.Context, sc DecisionScope, id string) (Decision, error) {
	return one[Decision](ctx, s.pool, decisionSelect+`where `+decisionVisible+`
		and (d.id = as_uuid($5) or d.ref = $5 or d.case_id = $5)`, sc.Standing, sc.Authority, sc.Proposing, sc.All, id)
}

// SetDocument stores the hash of a decision's signed document and returns the one
// that stands: the first.
func (s *Store) SetDocument(ctx context.Context, id, sha256 string) (string, error) {
	var stands string
	err := s.pool.QueryRow(ctx, `
		update decisions set document = case when document = '' then $2 else document end
		where id = $1::uuid returning document`, id, sha256).Scan(&stands)
	return stands, notFound(err)
}

// DecisionBrief is a decision as an inbox names it.
type DecisionBrief struct {
	ID            string    `db:"id" json:"id"`
	Ref           string    `db:"ref" json:"ref"`
	AuthorityName string    `db:"authority_name" json:"authority_name"`
	Award         string    `db:"award" json:"award"`
	Phase         string    `db:"phase" json:"phase"` // submitted: to sign; signed: to number
	Items         int       `db:"items" json:"items"`
	CreatedAt     time.Time `db:"created_at" json:"created_at"`
}

// DecisionsWaiting lists what waits to be signed or numbered, by the units in
// which the reader signs or numbers, oldest first.
func (s *Store) DecisionsWaiting(ctx context.Context, signing, numbering []string) ([]DecisionBrief, error) {
	return list[DecisionBrief](ctx, s.pool, `
		select d.id::text, d.ref, u.name as authority_name, d.award, d.phase,
			(select count(*) from decision_named i where i.decision = d.id)::int as items, d.created_at
		from decisions d join units u on u.id = d.authority
		where (d.phase = 'submitted' and d.authority = any($1)) or (d.phase = 'signed' and d.authority = any($2))
		order by d.created_at, d.ref`, signing, numbering)
}
