package app

import (
	"context"
	"io"
	"slices"

	"vinhdanh/internal/evidence"
	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// Rows of revocations, as the store hands them out.
type (
	RevocationRow    = postgres.RevocationRow
	RevocationAnswer = postgres.RevocationAnswer
	AwardReturn      = postgres.AwardReturn
)

// RevocationLine is one award that is to be revoked, as it was printed.
type RevocationLine struct {
	postgres.RevocationLine
	Kind      string `json:"kind"`
	Line      string `json:"line"` // form of address and name, as printed
	Office    string `json:"office,omitempty"`
	Workplace string `json:"workplace,omitempty"`
	Owed      int64  `json:"owed"` // đồng to be paid back: what was paid
	// ObjectBack and MoneyBack say how certificate or object, and money, came back.
	ObjectBack *postgres.AwardReturn `json:"object_back,omitempty"`
	MoneyBack  *postgres.AwardReturn `json:"money_back,omitempty"`
}

// BuiltOn is a later award to look at again.
type BuiltOn struct {
	postgres.BuiltOn
	AwardName law.Text `json:"award_name"`
}

// RevocationView is a revocation as its reader sees it. A unit that is asked sees its
// own people, the ground with its evidence, its own answer and the outcome.
type RevocationView struct {
	postgres.RevocationRow
	AwardName  law.Text           `json:"award_name"`
	GroundText law.Text           `json:"ground_text"`
	Clause     law.Text           `json:"clause"` // article and how well it is confirmed
	Reason     string             `json:"reason"`
	Lines      []RevocationLine   `json:"lines"`
	Owed       int64              `json:"owed"`      // đồng to be paid back, of the lines shown
	ToReturn   int                `json:"to_return"` // certificates and objects to be given back
	Returned   int                `json:"returned"`  // of them, those that came back
	Repaid     int64              `json:"repaid"`    // đồng that came back
	Answers    []RevocationAnswer `json:"answers"`
	Appraisal  string             `json:"appraisal,omitempty"` // its reason
	Ended      string             `json:"ended,omitempty"`     // why it was refused, withdrawn or sent back
	BuiltOn    []BuiltOn          `json:"built_on"`
	Signers    []SignerOption     `json:"signers,omitempty"` // for who drafts
	May        RevocationMay      `json:"may"`
	LawNow     bool               `json:"law_now"` // the law's data are those under which it was opened
}

// RevocationMay is what the reader may do now.
type RevocationMay struct {
	Answer   bool `json:"answer"`
	Appraise bool `json:"appraise"`
	Draft    bool `json:"draft"`
	Submit   bool `json:"submit"`
	Refuse   bool `json:"refuse"`
	Withdraw bool `json:"withdraw"`
	Return   bool `json:"return"` // mark what came back
}

// revokes tells whether a decision revokes awards.
func revokes(d postgres.Decision) bool { return evidence.KindOf(d.CaseID) == workflows.TypeRevocation }

// revocationScope is which revocations the session may see.
func (s Session) revocationScope() postgres.DecisionScope {
	return postgres.DecisionScope{
		Standing:  s.where("revocation.read", permission.Standing),
		Authority: s.where("revocation.read", permission.Deciding),
		Proposing: s.where("revocation.read", permission.Own),
		All:       s.anywhere("revocation.read"),
	}
}

// revocationPlace is where a revocation stands, with the units that are asked.
func revocationPlace(row postgres.RevocationRow, units ...string) permission.Place {
	at := permission.At(permission.Own, units...).In(row.Phase)
	at.Units[permission.Standing] = []permission.Spot{{Unit: row.Standing}}
	at.Units[permission.Deciding] = []permission.Spot{{Unit: row.Authority}}
	return at
}

// Revocations lists the revocations that the reader may see, newest first.
func (a *App) Revocations(ctx context.Context, s Session, limit, offset int) ([]RevocationRow, error) {
	out, err := a.Store.RevocationsIn(ctx, s.revocationScope(), pageSize(limit), max(offset, 0))
	if err != nil {
		return nil, internal("list revocations", err)
	}
	return out, nil
}

// Revocation shows a revocation: to the standing body, to the authority once it is
// submitted, to the units that are asked, to auditors.
func (a *App) Revocation(ctx context.Context, s Session, id string) (RevocationView, error) {
	row, err := a.Store.RevocationIn(ctx, s.revocationScope(), id)
	if err != nil {
		return RevocationView{}, internal("read revocation", err)
	}
	out := RevocationView{RevocationRow: row, AwardName: a.awardName(row.Award), Lines: []RevocationLine{}, Answers: []RevocationAnswer{}, BuiltOn: []BuiltOn{}, LawNow: row.LawHash == a.law().Hash()}
	if g, err := a.law().Ground(row.Ground); err == nil {
		out.GroundText, out.Clause = g.Text, g.Label()
	}
	rows, err := a.Store.RevocationLines(ctx, row.ID)
	if err != nil {
		return out, internal("read what is to be revoked", err)
	}
	out.take(s, rows)
	if err := a.returns(ctx, &out); err != nil {
		return out, err
	}
	answers, err := a.Store.RevocationAnswers(ctx, row.ID)
	if err != nil {
		return out, internal("read answers", err)
	}
	full := s.reads("revocation.hearing", revocationPlace(row))
	var asked []string
	for _, x := range answers {
		if full || s.reads("revocation.line", revocationPlace(row, x.Unit)) {
			out.Answers = append(out.Answers, x)
		}
		if x.Position == "" {
			asked = append(asked, x.Unit)
		}
	}
	out.may(s, asked)
	if err := a.reasonsOfRevocation(ctx, full, &out); err != nil || !full {
		return out, err
	}
	return out, a.lookAgain(ctx, &out)
}

// take keeps the lines that the reader may see.
func (v *RevocationView) take(s Session, rows []postgres.RevocationLine) {
	for _, r := range rows {
		if !s.reads("revocation.line", revocationPlace(v.RevocationRow, r.Unit)) {
			continue
		}
		l := revocationLine(r)
		v.Owed += l.Owed
		if r.Handed {
			v.ToReturn++
		}
		v.Lines = append(v.Lines, l)
	}
}

func revocationLine(r postgres.RevocationLine) RevocationLine {
	l := RevocationLine{RevocationLine: r, Kind: r.Content.Kind, Line: r.Content.PrintedLine(), Office: r.Content.Position, Workplace: r.Content.Workplace}
	if r.Paid {
		l.Owed = r.Amount
	}
	return l
}

// may says what the reader may do; asked are the units that did not answer.
func (v *RevocationView) may(s Session, asked []string) {
	can := func(action string, units ...string) bool {
		_, ok := s.may("revocation."+action, revocationPlace(v.RevocationRow, units...))
		return ok
	}
	v.May = RevocationMay{
		Answer: can("answer", asked...), Appraise: can("appraise"), Draft: can("draft"), Submit: can("submit"), Refuse: can("refuse"), Withdraw: can("withdraw"),
		Return: can("mark-return") && v.RevokingOn != nil,
	}
	if v.Verdict == proposal.VerdictKeep {
		v.May.Draft, v.May.Submit = false, false
	}
}

// reasonsOfRevocation adds what was written with the acts; the appraisal's words are
// for who takes part in the decision.
func (a *App) reasonsOfRevocation(ctx context.Context, full bool, v *RevocationView) error {
	said, err := a.Store.ReasonsOf(ctx, v.CaseID)
	if err != nil {
		return internal("read reasons", err)
	}
	for _, r := range said {
		switch r.Field {
		case proposal.ActionRevoke:
			v.Reason = r.Body
		case string(proposal.ActionAppraise):
			if full {
				v.Appraisal = r.Body
			}
		case proposal.ActionSendBack:
			if full {
				v.Ended = r.Body
			}
		case proposal.ActionRefuse, string(proposal.ActionWithdraw):
			v.Ended = r.Body
		}
	}
	return nil
}

// lookAgain lists the awards that were built on those revoked, and who may sign.
func (a *App) lookAgain(ctx context.Context, v *RevocationView) error {
	rows, err := a.Store.BuiltOnRevocation(ctx, v.ID)
	if err != nil {
		return internal("look for awards built on it", err)
	}
	for _, r := range rows {
		v.BuiltOn = append(v.BuiltOn, BuiltOn{r, a.awardName(r.Award)})
	}
	if !v.May.Draft {
		return nil
	}
	p := parts{group: &DecisionGroup{Authority: v.Authority, Standing: v.Standing}, today: a.Today()}
	if err := a.people(ctx, &p, &DraftDecisionInput{}); err != nil {
		return nil //nolint:nilerr // without a signer the page says so when the draft is composed
	}
	var o DecisionOptions
	if err := a.signers(ctx, p, &o); err != nil {
		return err
	}
	v.Signers = o.Signers
	return nil
}

// RevocationFile streams a file of a revocation that the reader sees: its evidence, or
// what came with an answer.
func (a *App) RevocationFile(ctx context.Context, s Session, id, sha256 string) (io.ReadCloser, error) {
	v, err := a.Revocation(ctx, s, id)
	if err != nil {
		return nil, err
	}
	given := slices.ContainsFunc(v.Answers, func(x RevocationAnswer) bool { return x.Document != "" && x.Document == sha256 })
	if sha256 != v.Evidence && !given {
		return nil, &Error{Code: CodeNotFound}
	}
	return a.open(ctx, sha256)
}
