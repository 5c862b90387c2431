package app

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"vinhdanh/internal/blob"
	"vinhdanh/internal/decision"
	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// DecisionGroup is what could stand in one decision: one award, one authority,
// one standing body.
type DecisionGroup struct {
	Award     string         `json:"award"`
	AwardName law.Text       `json:"award_name"`
	Authority string         `json:"authority"`
	Standing  string         `json:"standing"`
	Proposals []string       `json:"proposals"`
	Items     []DecisionLine `json:"items"`
	OnHold    []string       `json:"on_hold,omitempty"` // references of proposals that cannot be decided now
	items     []postgres.CouncilItem
	several   map[string]SeveralNote // by item, once the money is worked out
}

// DecisionView is a decision as its reader sees it.
type DecisionView struct {
	postgres.Decision
	AwardName  law.Text           `json:"award_name"`
	SignerName string             `json:"signer_name,omitempty"`
	SignMode   string             `json:"sign_mode"` // in whose name it is to be signed
	Total      int64              `json:"total"`     // đồng
	Lines      []DecisionLine     `json:"lines"`
	Text       *decision.Document `json:"text,omitempty"` // every printed word
	// Choices are what a draft was composed with, to compose it anew; for who drafts.
	Choices *DraftDecisionInput `json:"choices,omitempty"`
	Revokes bool                `json:"revokes,omitempty"` // it takes awards back (Điều 93)
	// Corrected is number and date of the decision that it corrects; nil: it corrects none.
	Corrected  *CorrectedDecision `json:"corrected_decision,omitempty"`
	MayCorrect bool               `json:"may_correct,omitempty"`
	// Edited is on record where the wording was edited outside, for who reads the whole text.
	Edited   *EditedWords           `json:"edited,omitempty"`
	Delivery []postgres.DeliveryRow `json:"delivery,omitempty"`
	Reasons  []postgres.Reason      `json:"reasons,omitempty"`
}

// CandidateQuery asks for a page of what waits for a decision, of one award or of all.
type CandidateQuery struct {
	Award string `json:"award,omitempty" validate:"max=40"`
	After string `json:"after,omitempty" validate:"max=2000"` // cursor of the page
	Limit int    `json:"limit,omitempty" validate:"min=0,max=500"`
}

// DecisionCandidates lists what waits to be put into a decision by the reader's
// standing bodies, a page of cases at a time, grouped as decisions may be.
func (a *App) DecisionCandidates(ctx context.Context, s Session, q CandidateQuery) (Listed[DecisionGroup], error) {
	if err := a.check(q); err != nil {
		return Listed[DecisionGroup]{}, err
	}
	limit := ListQuery{Limit: q.Limit}.limit()
	items, next, err := a.Store.WaitingForDecision(ctx, s.where("decision.draft", permission.Standing), q.Award, postgres.Cursor(q.After), limit)
	a.agendaOrder(items)
	return pageOf(a.groups(items), next, err)
}

// groups splits items by award, authority and standing body, in their order.
func (a *App) groups(items []postgres.CouncilItem) []DecisionGroup {
	out := []DecisionGroup{}
	for _, it := range items {
		g := a.groupOf(&out, it)
		g.items = append(g.items, it)
		g.Items = append(g.Items, decisionLine(it))
		g.Proposals = addOnce(g.Proposals, it.Proposal)
		if it.OnHold || it.Held {
			g.OnHold = addOnce(g.OnHold, it.ProposalRef)
		}
	}
	return out
}

func (a *App) groupOf(groups *[]DecisionGroup, it postgres.CouncilItem) *DecisionGroup {
	authority, standing := unitAt(it, proposal.StageIssuance), unitAt(it, proposal.StageReception)
	for i := range *groups {
		if g := &(*groups)[i]; g.Award == it.Award && g.Authority == authority && g.Standing == standing {
			return g
		}
	}
	*groups = append(*groups, DecisionGroup{Award: it.Award, AwardName: a.awardName(it.Award), Authority: authority, Standing: standing})
	return &(*groups)[len(*groups)-1]
}

func (a *App) awardName(code string) law.Text {
	if w, err := a.law().Award(code); err == nil {
		return w.Names
	}
	return law.Text{VI: code, EN: code}
}

func unitAt(it postgres.CouncilItem, kind proposal.StageKind) string {
	if it.Route != nil {
		for _, st := range it.Route.Stages {
			if st.Kind == kind {
				return st.Unit
			}
		}
	}
	return ""
}

func addOnce(list []string, v string) []string {
	for _, x := range list {
		if x == v {
			return list
		}
	}
	return append(list, v)
}

// decisionScope is which decisions the session may see.
func (s Session) decisionScope() postgres.DecisionScope {
	return postgres.DecisionScope{
		Standing:  s.where("decision.read", permission.Standing),
		Authority: s.where("decision.read", permission.Deciding),
		Proposing: s.where("decision.read", permission.Own),
		All:       s.anywhere("decision.read"),
	}
}

// Decisions lists the decisions that the reader may see, newest first.
func (a *App) Decisions(ctx context.Context, s Session, limit, offset int) ([]postgres.Decision, error) {
	out, err := a.Store.DecisionsIn(ctx, s.decisionScope(), pageSize(limit), max(offset, 0))
	if err != nil {
		return nil, internal("list decisions", err)
	}
	return out, nil
}

// DecisionView shows a decision to the standing body; once submitted also to the
// authority's signer and registrar; once issued to the units it names; to auditors.
func (a *App) DecisionView(ctx context.Context, s Session, id string) (DecisionView, error) {
	row, in, err := a.readDecision(ctx, s, id)
	if err != nil {
		return DecisionView{}, err
	}
	v := DecisionView{Decision: row, AwardName: a.awardName(row.Award), SignerName: in.Signing.Name, SignMode: string(in.Signing.Mode), Revokes: revokes(row)}
	items, err := a.Store.ItemsOfDecision(ctx, row.ID)
	if err != nil {
		return v, internal("read the decision's items", err)
	}
	if err := a.lines(ctx, s, items, &v); err != nil {
		return v, err
	}
	if len(v.Lines) < len(items) {
		return v, nil // a proposing unit: its own lines, and the issued document as it was signed
	}
	doc, err := numbered(in, row)
	if err != nil {
		return v, fromDecision(err)
	}
	v.Text, v.Edited = &doc, editedWords(in)
	if _, drafts := s.can("decision.draft", permission.Standing, row.Standing); drafts && row.Phase == "draft" && row.Gives() {
		v.Choices = decisionChoices(row, in, items)
	}
	if !s.reads("decision.delivery", decisionPlace(row)) {
		return v, nil // how other units fared is not a proposing unit's business
	}
	if v.Delivery, err = a.Store.DeliveryOf(ctx, row.CaseID); err != nil {
		return v, internal("read the delivery", err)
	}
	if v.Reasons, err = a.Store.ReasonsOf(ctx, row.CaseID); err != nil {
		return v, internal("read reasons", err)
	}
	return v, nil
}

// lines adds the items that the reader may see, with the rule about several awards and
// what was corrected of them.
func (a *App) lines(ctx context.Context, s Session, items []postgres.CouncilItem, v *DecisionView) error {
	var several map[string]SeveralNote
	var err error
	if v.Gives() {
		if several, err = a.severalOf(ctx, v.Award, items, v.NumberDate); err != nil {
			return err
		}
	}
	corrected, err := a.corrections(ctx, s, v.Decision, v)
	if err != nil {
		return err
	}
	v.Lines = []DecisionLine{}
	for _, it := range items {
		if a.mayReadLine(s, v.Decision, it.Unit) {
			line := decisionLine(it)
			line.Several, line.Corrected = noteOf(several, it.Item), corrected[it.Item]
			v.Lines = append(v.Lines, line)
			v.Total += it.Amount
		}
	}
	return nil
}

// readDecision reads a decision that the reader may see, with what it is made of.
func (a *App) readDecision(ctx context.Context, s Session, id string) (postgres.Decision, decision.Input, error) {
	var in decision.Input
	row, err := a.Store.DecisionIn(ctx, s.decisionScope(), id)
	if err != nil {
		return row, in, internal("read decision", err)
	}
	if err := json.Unmarshal(row.Draft, &in); err != nil {
		return row, in, internal("read the draft", err)
	}
	return row, in, nil
}

// numbered builds the text, with number and date once they are given.
func numbered(in decision.Input, row postgres.Decision) (decision.Document, error) {
	if row.NumberText != "" && row.NumberDate != nil {
		in.Number, _, _ = strings.Cut(row.NumberText, "/")
		in.Date = *row.NumberDate
	}
	return decision.Build(in)
}

// PreviewDecision renders a decision as it stands, unsigned.
func (a *App) PreviewDecision(ctx context.Context, s Session, id string) ([]byte, error) {
	row, in, err := a.readDecision(ctx, s, id)
	if err != nil {
		return nil, err
	}
	doc, err := numbered(in, row)
	if err != nil {
		return nil, fromDecision(err)
	}
	pdf, err := decision.Render(doc)
	if err != nil {
		return nil, fromDecision(err)
	}
	return pdf, nil
}

// DecisionPDF reads the signed document of an issued decision.
func (a *App) DecisionPDF(ctx context.Context, s Session, id string) ([]byte, error) {
	row, _, err := a.readDecision(ctx, s, id)
	if err != nil {
		return nil, err
	}
	if row.Document == "" {
		return nil, readable(CodeNotReady, "Quyết định chưa ban hành; hãy xem bản xem trước.",
			"the decision is not issued yet; look at its preview")
	}
	key, err := blob.KeyOf(row.Document)
	if err != nil {
		return nil, internal("find the document", err)
	}
	f, err := a.Blobs.Get(ctx, key)
	if err != nil {
		return nil, internal("open the document", err)
	}
	defer f.Close()
	pdf, err := io.ReadAll(f)
	if err != nil {
		return nil, internal("read the document", err)
	}
	return pdf, nil
}

// contentOfDecision is the digest of what a decision says, in hex.
func contentOfDecision(in decision.Input) (string, error) {
	doc, err := decision.Build(in)
	if err != nil {
		return "", err
	}
	sum, err := decision.Digest(doc)
	return hex.EncodeToString(sum[:]), err
}

// fromDecision turns what package decision refuses into words.
func fromDecision(err error) error {
	var e *decision.Error
	if errors.As(err, &e) {
		return &Error{Code: CodeInvalid, Detail: e.Code, Vi: e.Vi, En: e.En}
	}
	return internal("compose the decision", err)
}
