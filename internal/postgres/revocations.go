package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"vinhdanh/internal/proposal"
)

// ErrBeingRevoked says that a recognition is revoked, or being revoked, already.
var ErrBeingRevoked = errors.New("postgres: a recognition is revoked, or being revoked")

// RevocationRow is one revocation as its projection stands.
type RevocationRow struct {
	ID            string     `db:"id" json:"id"`
	Ref           string     `db:"ref" json:"ref"`
	CaseID        string     `db:"case_id" json:"case"`
	Decision      string     `db:"decision" json:"decision"` // that awarded
	DecisionRef   string     `db:"decision_ref" json:"decision_ref"`
	Awarded       string     `db:"awarded" json:"awarded"` // number of the decision that awarded
	AwardedOn     *time.Time `db:"awarded_on" json:"awarded_on,omitempty"`
	Award         string     `db:"award" json:"award"`
	Standing      string     `db:"standing" json:"standing"`
	Authority     string     `db:"authority" json:"authority"`
	AuthorityName string     `db:"authority_name" json:"authority_name"`
	Ground        string     `db:"ground" json:"ground"`
	LawHash       string     `db:"law_hash" json:"law_hash"`
	Evidence      string     `db:"evidence" json:"evidence"` // SHA-256
	EvidenceName  string     `db:"evidence_name" json:"evidence_name"`
	Whole         bool       `db:"whole" json:"whole"`
	Due           time.Time  `db:"due_on" json:"due"` // last day for answers
	Phase         string     `db:"phase" json:"phase"`
	Verdict       string     `db:"verdict" json:"verdict,omitempty"` // of the appraisal
	Number        int        `db:"number" json:"acts"`
	Items         int        `db:"items" json:"items"`
	Revoking      *string    `db:"revoking" json:"revoking,omitempty"` // the revoking decision, once drafted
	RevokingNo    string     `db:"revoking_no" json:"revoking_number,omitempty"`
	RevokingOn    *time.Time `db:"revoking_on" json:"revoking_date,omitempty"`
	CreatedAt     time.Time  `db:"created_at" json:"created_at"`
}

const revocationSelect = `
	select v.id::text, v.ref, v.case_id, v.decision::text, d.ref as decision_ref, d.number_text as awarded, d.number_date as awarded_on, d.award,
		v.standing, v.authority, u.name as authority_name, v.ground, v.law_hash, v.evidence, v.evidence_name, v.whole, v.due_on, v.phase, v.verdict, v.number,
		(select count(*) from revocation_items i where i.revocation = v.id)::int as items,
		n.id::text as revoking, coalesce(n.number_text, '') as revoking_no, n.number_date as revoking_on, v.created_at
	from revocations v join decisions d on d.id = v.decision join units u on u.id = v.authority
	left join decisions n on n.case_id = v.case_id `

// revocationVisible: $1 standing bodies, $2 authorities once submitted, $3 units asked, $4 all.
const revocationVisible = `v.number > 0 and ($4 or v.standing = any($1)
	or (v.phase in ('submitted', 'signed', 'sent_back', 'numbered', 'refused') and v.authority = any($2))
	or exists (select 1 from revocation_items i where i.revocation = v.id and i.unit = any($3)))`

// RevocationsIn lists the revocations that a reader may see, newest first.
func (s *Store) RevocationsIn(ctx context.Context, sc DecisionScope, limit, offset int) ([]RevocationRow, error) {
	return list[RevocationRow](ctx, s.pool, revocationSelect+`where `+revocationVisible+`
		order by v.created_at desc, v.ref desc limit $5 offset $6`, sc.Standing, sc.Authority, sc.Proposing, sc.All, limit, offset)
}

// RevocationIn reads a revocation that the reader may see, by id, reference or case id.
func (s *Store) RevocationIn(ctx context.Context, sc DecisionScope, id string) (RevocationRow, error) {
	return one[RevocationRow](ctx, s.pool, revocationSelect+`where `+revocationVisible+`
		and (v.id::text = $5 or v.ref = $5 or v.case_id = $5)`, sc.Standing, sc.Authority, sc.Proposing, sc.All, id)
}

// RevocationByID reads a revocation by id, reference or case id, whoever asks.
func (s *Store) RevocationByID(ctx context.Context, id string) (RevocationRow, error) {
	return one[RevocationRow](ctx, s.pool, revocationSelect+`where v.id::text = $1 or v.ref = $1 or v.case_id = $1`, id)
}

// NewRevocation is a revocation to be opened.
type NewRevocation struct {
	ID, Decision, Standing, Authority, Ground, LawHash, Evidence, EvidenceName, User string
	Whole                                                                            bool
	Due                                                                              string // ISO
	Year                                                                             int
	Items                                                                            []proposal.RevocationItem
}

// CreateRevocation stores a revocation before its act is sent. ErrBeingRevoked: one of
// its recognitions is revoked or stands in another revocation that is not over.
func (s *Store) CreateRevocation(ctx context.Context, n NewRevocation) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `select 1 from decisions where id = $1::uuid for update`, n.Decision); err != nil {
			return err
		}
		ids := make([]string, len(n.Items))
		for i, it := range n.Items {
			ids[i] = it.Recognition
		}
		busy := false
		err := tx.QueryRow(ctx, `
			select exists (select 1 from recognition_revocations r where r.recognition::text = any($1))
				or exists (select 1 from revocation_items i join revocations v on v.id = i.revocation
					where i.recognition::text = any($1) and v.phase not in ('draft', 'refused', 'withdrawn'))`, ids).Scan(&busy)
		if err != nil {
			return err
		}
		if busy {
			return ErrBeingRevoked
		}
		ref, err := nextRef(ctx, tx, "HB", n.Year)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			insert into revocations (id, ref, case_id, decision, standing, authority, ground, law_hash, evidence, evidence_name, whole, due_on, created_by)
			values ($1::uuid, $2, $3, $4::uuid, $5, $6, $7, $8, $9, $10, $11, $12::date, $13::uuid)`,
			n.ID, ref, "revocation/"+n.ID, n.Decision, n.Standing, n.Authority, n.Ground, n.LawHash, n.Evidence, n.EvidenceName, n.Whole, n.Due, n.User)
		if err != nil {
			return err
		}
		rows := make([][]any, len(n.Items))
		for i, it := range n.Items {
			rows[i] = []any{n.ID, i + 1, it.Recognition, it.Item, it.Unit}
		}
		return insertRows(ctx, tx, `
			insert into revocation_items (revocation, position, recognition, item, proposal, unit)
			select $1::uuid, $2, $3::uuid, i.id, i.proposal, $5 from items i where i.id = $4::uuid`, rows)
	})
}

// RevocationLine is one recognition of a decision or of a revocation.
type RevocationLine struct {
	Recognition string               `db:"recognition" json:"recognition"`
	Item        string               `db:"item" json:"item"`
	Position    int                  `db:"position" json:"position"` // in the decision that awarded
	Subject     string               `db:"subject" json:"subject"`
	Unit        string               `db:"unit" json:"unit"` // the proposing unit
	UnitName    string               `db:"unit_name" json:"unit_name"`
	Content     proposal.ItemContent `db:"content" json:"-"`
	Amount      int64                `db:"amount" json:"amount"`   // đồng awarded
	Handed      bool                 `db:"handed" json:"handed"`   // certificate or object was given or received
	Paid        bool                 `db:"paid" json:"paid"`       // the money was given or received
	Revoked     bool                 `db:"revoked" json:"revoked"` // by a decision that is issued
	Pending     bool                 `db:"pending" json:"pending"` // stands in a revocation that is not over
}

const revocationLine = `
	select r.id::text as recognition, i.id::text as item, x.position, r.subject, p.unit, u.name as unit_name, corrected_content(i.id, c.content) as content, r.amount,
		coalesce((select h.state in ('given', 'received') from handovers h where h.decision = r.decision and h.item = i.id and h.thing <> 'money' order by h.id desc limit 1), false) as handed,
		coalesce((select h.state in ('given', 'received') from handovers h where h.decision = r.decision and h.item = i.id and h.thing <> 'object' order by h.id desc limit 1), false) as paid,
		exists (select 1 from recognition_revocations w where w.recognition = r.id) as revoked,
		exists (select 1 from revocation_items w join revocations v on v.id = w.revocation
			where w.recognition = r.id and v.phase not in ('draft', 'refused', 'withdrawn', 'numbered')) as pending
	from recognitions r join items i on i.id = r.item join proposals p on p.id = i.proposal join units u on u.id = p.unit
	join decision_items x on x.decision = r.decision and x.item = i.id
	join lateral (select content from item_contents k where k.item = i.id and k.revision <= p.revision order by k.revision desc limit 1) c on true `

// Revocable lists the recognitions that an issued decision gave, in printed order.
func (s *Store) Revocable(ctx context.Context, decision string) ([]RevocationLine, error) {
	return list[RevocationLine](ctx, s.pool, revocationLine+`where r.decision = $1::uuid order by x.position`, decision)
}

// RevocationLines lists what a revocation is about, in the printed order of the award.
func (s *Store) RevocationLines(ctx context.Context, revocation string) ([]RevocationLine, error) {
	return list[RevocationLine](ctx, s.pool, revocationLine+`
		join revocation_items z on z.recognition = r.id where z.revocation = $1::uuid order by x.position`, revocation)
}

// RevocationAnswer is what a unit that was asked said.
type RevocationAnswer struct {
	Unit     string     `db:"unit" json:"unit"`
	UnitName string     `db:"unit_name" json:"unit_name"`
	Position string     `db:"position" json:"position,omitempty"` // empty: no answer yet
	Document string     `db:"document" json:"document,omitempty"` // SHA-256
	Reason   string     `db:"reason" json:"reason,omitempty"`
	At       *time.Time `db:"at" json:"at,omitempty"`
}

// RevocationAnswers lists every unit that was asked, with its answer.
func (s *Store) RevocationAnswers(ctx context.Context, revocation string) ([]RevocationAnswer, error) {
	return list[RevocationAnswer](ctx, s.pool, `
		select q.unit, u.name as unit_name, coalesce(a.position, '') as position, coalesce(a.document, '') as document,
			coalesce((select r.body from reasons r where r.commitment = a.reason), '') as reason, a.at
		from (select distinct unit from revocation_items where revocation = $1::uuid) q join units u on u.id = q.unit
		left join revocation_answers a on a.revocation = $1::uuid and a.unit = q.unit
		order by u.protocol_order, u.name`, revocation)
}

// SaveRevokingDraft stores the draft of the revoking decision, in the place of one that
// was not submitted or was sent back. ErrFrozen: it is submitted or signed.
func (s *Store) SaveRevokingDraft(ctx context.Context, v RevocationRow, d DecisionDraft) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		phase := ""
		err := tx.QueryRow(ctx, `select phase from decisions where case_id = $1 for update`, v.CaseID).Scan(&phase)
		switch {
		case errors.Is(err, pgx.ErrNoRows):
			ref, err := nextRef(ctx, tx, "QĐ", d.Year)
			if err != nil {
				return err
			}
			_, err = tx.Exec(ctx, `
				insert into decisions (id, ref, case_id, authority, standing, award, draft, content, signer, created_by)
				values ($1::uuid, $2, $3, $4, $5, $6, $7, $8, $9::uuid, $10::uuid)`,
				uuid.NewString(), ref, v.CaseID, d.Authority, d.Standing, d.Award, d.Input, d.Content, d.Signer, d.User)
			return err
		case err != nil:
			return err
		case phase != "draft" && phase != proposal.RevocationSentBack:
			return ErrFrozen
		}
		_, err = tx.Exec(ctx, `update decisions set draft = $2, content = $3, signer = $4::uuid where case_id = $1`, v.CaseID, d.Input, d.Content, d.Signer)
		return err
	})
}

// RevocationState is the projection of a revocation, to be compared.
type RevocationState struct {
	Number  int    `db:"number"`
	Phase   string `db:"phase"`
	Answers int    `db:"answers"`
}

// RevocationStateOf reads a revocation's projection.
func (s *Store) RevocationStateOf(ctx context.Context, caseID string) (RevocationState, error) {
	return one[RevocationState](ctx, s.pool, `
		select number, phase, (select count(*) from revocation_answers a where a.revocation = v.id)::int as answers
		from revocations v where case_id = $1`, caseID)
}
