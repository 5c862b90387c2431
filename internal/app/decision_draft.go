package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"vinhdanh/internal/council"
	"vinhdanh/internal/decision"
	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// DraftDecisionInput asks for a draft over proposals of one award and authority.
// What is left empty is composed from law data, units and people.
type DraftDecisionInput struct {
	Proposals []string `json:"proposals" validate:"required,min=1,max=5000,unique,dive,required"`
	// Occasion ends the abstract: "trong phong trào thi đua …".
	Occasion    string           `json:"occasion,omitempty" validate:"max=500"`
	Achievement string           `json:"achievement,omitempty" validate:"max=1000"` // "đã có thành tích …"
	Period      string           `json:"period,omitempty" validate:"max=60"`        // "năm 2023"
	Bases       []string         `json:"bases,omitempty" validate:"max=30,dive,required,max=500"`
	Proposer    string           `json:"proposer,omitempty" validate:"max=200"` // completes "Xét đề nghị của"
	Fund        string           `json:"fund,omitempty" validate:"max=300"`
	Executors   string           `json:"executors,omitempty" validate:"max=500"`
	Recipients  []string         `json:"recipients,omitempty" validate:"max=100,dive,required,max=300"`
	Filing      string           `json:"filing,omitempty" validate:"max=60"`
	Signer      string           `json:"signer,omitempty" validate:"omitempty,uuid"` // empty: the head of the authority
	Mode        *string          `json:"mode,omitempty" validate:"omitempty,oneof='' 'KT.' 'Q.' 'TUQ.' 'TM.' 'TM. KT.'"`
	ListAlways  bool             `json:"list_always,omitempty"`
	Posthumous  []string         `json:"posthumous,omitempty" validate:"max=5000,dive,uuid"`        // items of people who have died: truy tặng
	Amounts     map[string]int64 `json:"amounts,omitempty" validate:"dive,keys,uuid,endkeys,min=0"` // đồng per item, where the law has no sum
}

// DraftDecision composes a decision over all items in play of the proposals. They
// must be of one award and one authority, all waiting for the decision, none held.
func (a *App) DraftDecision(ctx context.Context, s Session, in DraftDecisionInput) (DecisionView, error) {
	d, err := a.composeDecision(ctx, s, in)
	if err != nil {
		return DecisionView{}, err
	}
	id, err := a.Store.CreateDecision(ctx, d)
	if err != nil {
		return DecisionView{}, fromStore("store the draft", err)
	}
	return a.DecisionView(ctx, s, id)
}

// composeDecision checks what is asked for and composes the draft.
func (a *App) composeDecision(ctx context.Context, s Session, in DraftDecisionInput) (postgres.DecisionDraft, error) {
	if err := a.check(in); err != nil {
		return postgres.DecisionDraft{}, err
	}
	g, err := a.groupToDecide(ctx, s, in)
	if err != nil {
		return postgres.DecisionDraft{}, err
	}
	parts, err := a.parts(ctx, g, &in)
	if err != nil {
		return postgres.DecisionDraft{}, err
	}
	if err := parts.posthumousLast(in.Posthumous); err != nil {
		return postgres.DecisionDraft{}, err
	}
	if err := a.amounts(ctx, g, in.Amounts); err != nil {
		return postgres.DecisionDraft{}, err
	}
	draft, err := parts.compose(in)
	if err != nil {
		return postgres.DecisionDraft{}, err
	}
	if draft.Wording, err = a.documentWords(ctx); err != nil {
		return postgres.DecisionDraft{}, err
	}
	draft.Code, draft.Verify = decision.NewCode(), a.verifyAt()
	content, err := contentOfDecision(draft)
	if err != nil {
		return postgres.DecisionDraft{}, fromDecision(err)
	}
	return postgres.DecisionDraft{
		Authority: g.Authority, Standing: g.Standing, Award: g.Award, Input: draft, Content: content,
		Signer: parts.signer.User, Year: a.Today().Year, User: s.User, Items: g.items,
	}, nil
}

// groupToDecide reads the proposals' items and checks that they may stand together.
func (a *App) groupToDecide(ctx context.Context, s Session, in DraftDecisionInput) (*DecisionGroup, error) {
	items, err := a.Store.ItemsToDecide(ctx, in.Proposals)
	if err != nil {
		return nil, internal("read the items", err)
	}
	groups := a.groups(items)
	if len(groups) != 1 || len(groups[0].Proposals) != len(in.Proposals) {
		return nil, readable(CodeNotReady,
			"Một quyết định chỉ gồm các hồ sơ còn trường hợp đạt, cùng danh hiệu hoặc hình thức và cùng thẩm quyền.",
			"a decision takes proposals with items that passed, of one award and one authority")
	}
	g := &groups[0]
	if _, ok := s.can("decision.draft", permission.Standing, g.Standing); !ok {
		return nil, a.refuse(ctx, s, "draft-decision", g.Award, readable(CodeForbidden,
			"Chỉ cơ quan thường trực dự thảo quyết định.", "only the standing body drafts a decision"))
	}
	if len(items) > council.MaxAgenda {
		return nil, tooMany(len(items))
	}
	if i := slices.IndexFunc(items, notToDecide); i >= 0 {
		return nil, readable(CodeNotReady,
			fmt.Sprintf("Hồ sơ %s chưa đến bước trình ký, hoặc đang tạm dừng.", items[i].ProposalRef),
			fmt.Sprintf("proposal %s does not wait for a decision, or is on hold", items[i].ProposalRef))
	}
	return g, nil
}

func notToDecide(it postgres.CouncilItem) bool {
	return it.Stage != string(proposal.StageIssuance) || it.Closed || it.OnHold || it.Held
}

// amounts gives each item its money by the law of its case, and what was entered
// where the law has no sum. Of several titles at once only those are paid that the rule says.
func (a *App) amounts(ctx context.Context, g *DecisionGroup, entered map[string]int64) error {
	var err error
	if g.several, err = a.severalOf(ctx, g.Award, g.items, nil); err != nil {
		return err
	}
	for i := range g.items {
		it := &g.items[i]
		sum, err := a.bonusOf(ctx, g.Award, *it, a.Today())
		var known *law.Error
		switch {
		case err != nil && !errors.As(err, &known):
			return err
		case err != nil && known.Code != "no_bonus":
			return fromLaw(err)
		}
		given, ok := entered[it.Item]
		note, several := g.several[it.Item]
		if several && !note.Pay {
			sum = 0
		}
		if ok && err == nil && given != sum && !several {
			return readable(CodeInvalid, "Mức tiền thưởng đã có trong quy định; không nhập số khác.",
				"the law's data states this sum; do not enter another one")
		}
		if it.Amount = sum; err != nil {
			it.Amount = given
		}
	}
	return nil
}

// parts are what a decision is composed of, read once.
type parts struct {
	group    *DecisionGroup
	award    *law.Award
	regimes  []*law.Regime
	decider  law.Decider
	path     []postgres.Unit // the authority and what is above it
	standing postgres.Unit
	head     postgres.RosterSeat // of the authority
	signer   postgres.RosterSeat
	proposer string // title of the head of the standing body
	today    law.Date
}

func (a *App) parts(ctx context.Context, g *DecisionGroup, in *DraftDecisionInput) (parts, error) {
	p := parts{group: g, today: a.Today()}
	var err error
	if p.award, err = a.law().Award(g.Award); err != nil {
		return p, fromLaw(err)
	}
	for _, it := range g.items {
		r, err := a.law().Regime(it.Regime)
		if err != nil {
			return p, fromLaw(err)
		}
		if !slices.Contains(p.regimes, r) {
			p.regimes = append(p.regimes, r)
		}
	}
	if p.path, err = a.Store.UnitPath(ctx, g.Authority); err != nil || len(p.path) == 0 {
		return p, internal("read the authority", errors.Join(err, postgres.ErrNotFound))
	}
	if p.decider, err = a.law().Decider(g.Award, p.regimes[0].ID, levelsOf(p.path)); err != nil {
		return p, fromLaw(err)
	}
	if p.standing, err = a.Store.UnitByID(ctx, g.Standing); err != nil {
		return p, internal("read the standing body", err)
	}
	return p, a.people(ctx, &p, in)
}

// people finds who signs, for whom, and who proposes.
func (a *App) people(ctx context.Context, p *parts, in *DraftDecisionInput) error {
	signers, err := a.Store.Officers(ctx, p.group.Authority, proposal.RoleSigner, a.Today().String())
	if err != nil {
		return internal("read the signers", err)
	}
	i := -1
	if len(signers) > 0 {
		p.head, i = signers[0], 0 // heads come before their deputies
	}
	if in.Signer != "" {
		if signers, err = a.withDelegates(ctx, p.group.Authority, signers, in); err != nil {
			return err
		}
		i = slices.IndexFunc(signers, func(o postgres.RosterSeat) bool { return o.User == in.Signer })
	}
	if i >= 0 {
		p.signer = signers[i]
	}
	if i < 0 {
		return readable(CodeNotReady, "Chưa có người ký phù hợp ở cơ quan có thẩm quyền; hãy chọn người ký.",
			"the authority has no such signer; choose one of its signers")
	}
	heads, err := a.Store.Officers(ctx, p.group.Standing, proposal.RoleStandingHead, a.Today().String())
	if err != nil {
		return internal("read the standing body's head", err)
	}
	if len(heads) > 0 {
		p.proposer = heads[0].Title
	}
	return nil
}

// withDelegates adds who signs under authority (TUQ.) by a delegation in force,
// where the law's data allows that, and sets the mode for such a signer.
func (a *App) withDelegates(ctx context.Context, authority string, signers []postgres.RosterSeat, in *DraftDecisionInput) ([]postgres.RosterSeat, error) {
	i := slices.IndexFunc(a.law().SigningModes(proposal.RoleSigner, a.Today()), func(m *law.SigningFor) bool {
		return m.How == law.SignsByDelegation
	})
	if i < 0 {
		return signers, nil
	}
	delegates, err := a.Store.DelegatedOfficers(ctx, authority, string(proposal.RoleSigner), a.Today().String())
	if err != nil {
		return nil, internal("read who signs by delegation", err)
	}
	for _, d := range delegates {
		if d.User == in.Signer && in.Mode == nil {
			mode := a.law().SigningModes(proposal.RoleSigner, a.Today())[i].Mode
			in.Mode = &mode
		}
	}
	return append(signers, delegates...), nil
}

func isDeputy(title string) bool { return strings.HasPrefix(title, "Phó ") }

// compose builds the decision's input.
func (p parts) compose(in DraftDecisionInput) (decision.Input, error) {
	places := placesOf(p.path, p.head.Title)
	award, err := p.award.PrintedName(p.regimes[0].ID, places)
	if err != nil {
		return decision.Input{}, fromLaw(err)
	}
	authority, err := places.Fill(p.decider.Name.VI)
	if err != nil {
		return decision.Input{}, fromLaw(err)
	}
	issuer, superior := letterhead(p.path)
	d := decision.Input{
		Issuer: issuer, Superior: superior, Authority: strings.ToUpper(authority), AuthorityText: authority,
		Symbol: "QĐ-" + p.path[0].Symbol, Place: p.path[0].Place, Drafted: civilDay(p.today),
		Occasion: in.Occasion, Bases: in.Bases, Proposer: orElse(in.Proposer, p.proposer),
		Awards:     p.awardParts(award, in),
		Fund:       orElse(in.Fund, "Quỹ thi đua, khen thưởng của "+p.path[0].Name),
		Executors:  orElse(in.Executors, "Thủ trưởng các cơ quan, đơn vị có liên quan"),
		Recipients: in.Recipients, Filing: in.Filing, ListAlways: in.ListAlways,
		Signing: signingOf(p.head, p.signer, issuer[0], in.Mode),
	}
	if len(d.Bases) == 0 {
		d.Bases = legalBases(p.regimes)
	}
	if len(d.Recipients) == 0 {
		d.Recipients = p.recipients()
	}
	return d, nil
}
