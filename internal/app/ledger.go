package app

import (
	"context"
	"io"
	"slices"

	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
)

// Rows of the ledger, as the store hands them out.
type (
	Subject          = postgres.Subject
	SubjectJoin      = postgres.Join
	SubjectCandidate = postgres.Candidate
	LedgerScan       = postgres.Scan
)

// LedgerEntry is one award of a ledger. Historical says that it comes from a paper
// decision and was never processed here.
type LedgerEntry struct {
	postgres.LedgerRow
	AwardName law.Text `json:"award_name"` // of the catalogue, or as the paper says it
	// Corrected is what of it was corrected by a decision (đính chính), the oldest first;
	// Named and Workplace are then what is right.
	Corrected []Corrected `json:"corrected,omitempty"`
}

// LedgerView is the ledger of a person, collective or household (quá trình khen
// thưởng) under all its references, with what was joined.
type LedgerView struct {
	Subject
	Same       []Subject          `json:"same"` // every reference of the identity, itself included
	Rows       []LedgerEntry      `json:"rows"` // the oldest decision first; also what was corrected or withdrawn
	Joins      []SubjectJoin      `json:"joins"`
	Candidates []SubjectCandidate `json:"candidates"` // may be the same; somebody has to say so
	Numbers    []MaskedNumber     `json:"numbers"`    // personal numbers: the last digits
	MayNumber  bool               `json:"may_number"`
	MayReveal  bool               `json:"may_reveal"`
	MayReads   bool               `json:"may_reads"` // see who saw a number in full
	Counted    int                `json:"counted"`   // awards that count
	MayKeep    bool               `json:"may_keep"`  // correct and withdraw historical records
	MayJoin    bool               `json:"may_join"`
}

const (
	candidatesShown = 10
	casesLookedAt   = 50
)

// Ledger shows the awards of a subject. A unit sees the ledger of its own people and
// collectives, also those of units that it succeeded; who may see a case sees the
// ledgers of those it names; standing bodies and auditors see all.
func (a *App) Ledger(ctx context.Context, s Session, ref string) (LedgerView, error) {
	v, seen, at, err := a.subjectFor(ctx, s, "ledger.read", ref)
	if err != nil {
		return LedgerView{}, err
	}
	out := LedgerView{Subject: v, Rows: []LedgerEntry{}, Candidates: []SubjectCandidate{}}
	_, out.MayKeep = s.may("ledger.keep", permission.Place{})
	_, out.MayJoin = s.may("ledger.join", at)
	_, out.MayNumber = s.may("personal.set", at)
	_, out.MayReveal = s.may("personal.reveal", permission.Place{})
	_, out.MayReads = s.may("personal.reads", at)
	if out.Numbers, err = a.numbers(ctx, s, v.Ref); err != nil {
		return out, err
	}
	if err := a.awards(ctx, seen, &out); err != nil {
		return out, err
	}
	if out.Same, err = a.Store.SubjectsSame(ctx, v.Ref); err != nil {
		return out, internal("read the identity", err)
	}
	if err := a.joined(ctx, s, &out); err != nil {
		return out, err
	}
	if !s.readsSomewhere("item.birth_year") {
		out.BirthYear = nil
		for i := range out.Same {
			out.Same[i].BirthYear = nil
		}
	}
	return out, nil
}

// awards adds the rows; seen are the cases that the reader sees.
func (a *App) awards(ctx context.Context, seen map[string]bool, out *LedgerView) error {
	rows, err := a.Store.Ledger(ctx, out.Ref)
	if err != nil {
		return internal("read the ledger", err)
	}
	list, err := a.Store.CorrectionsOfSubject(ctx, out.Ref)
	if err != nil {
		return internal("read the corrections", err)
	}
	for _, r := range rows {
		if r.Proposal != nil && !seen[*r.Proposal] { // an award is public, its case is not
			r.Proposal, r.Item = nil, nil
		}
		if r.Source == postgres.SourceAbove {
			r.Issuer = a.authorityName(r.Issuer).VI
		}
		if r.Counts() {
			out.Counted++
		}
		e := LedgerEntry{LedgerRow: r, AwardName: a.awardOf(r)}
		e.correct(list)
		out.Rows = append(out.Rows, e)
	}
	return nil
}

// joined adds what was joined, and to whom it is open what may be.
func (a *App) joined(ctx context.Context, s Session, out *LedgerView) error {
	joins, err := a.Store.JoinsOf(ctx, out.Ref)
	if err != nil {
		return internal("read the joins", err)
	}
	// What was found to be another is not the business of who only reads this one.
	out.Joins = slices.DeleteFunc(joins, func(j SubjectJoin) bool { return j.EndedAt != nil && !out.MayJoin })
	if !out.MayJoin {
		return nil
	}
	found, err := a.Store.Candidates(ctx, out.Ref, candidatesShown)
	if err != nil {
		return internal("look for the same subject", err)
	}
	for _, c := range found {
		ok, err := a.mayJoin(ctx, s, c.Ref)
		if err != nil {
			return err
		}
		if ok {
			out.Candidates = append(out.Candidates, c)
		}
	}
	return nil
}

// awardOf is the award's name, or what the paper calls it.
func (a *App) awardOf(r postgres.LedgerRow) law.Text {
	if r.Award == "" {
		return law.Text{VI: r.AwardText, EN: r.AwardText}
	}
	return a.awardName(r.Award)
}

// subjectFor reads a subject on which the session may do an action, with its place
// and the cases about it that the session sees.
func (a *App) subjectFor(ctx context.Context, s Session, action, ref string) (Subject, map[string]bool, permission.Place, error) {
	v, err := a.Store.Subject(ctx, ref)
	if err != nil {
		return v, nil, permission.Place{}, internal("read the subject", err)
	}
	at, seen, err := a.subjectPlace(ctx, s, ref)
	if err != nil {
		return v, nil, at, err
	}
	if _, ok := s.may(action, at); !ok {
		return Subject{}, nil, at, &Error{Code: CodeNotFound}
	}
	return v, seen, at, nil
}

// subjectPlace is where a subject stands: its units and those that succeeded them,
// and the levels that its cases have reached, as far as the session sees them.
func (a *App) subjectPlace(ctx context.Context, s Session, ref string) (permission.Place, map[string]bool, error) {
	at, seen := permission.Place{Units: map[permission.Relation][]permission.Spot{}}, map[string]bool{}
	units, err := a.Store.SubjectUnits(ctx, ref)
	if err != nil {
		return at, nil, internal("read the subject's units", err)
	}
	for _, u := range units {
		at.Units[permission.Own] = append(at.Units[permission.Own], permission.Spot{Unit: u})
	}
	// Neither before a declaration of interests nor against one: as with the cases.
	barred, err := a.Store.Barred(ctx, s.scope(), "")
	if err != nil {
		return at, nil, internal("read conflicts", err)
	}
	ps, err := a.Store.ProposalsAbout(ctx, s.scope(), barred, ref, casesLookedAt)
	if err != nil {
		return at, nil, internal("read the subject's cases", err)
	}
	for _, p := range ps {
		seen[p.ID] = true
		at.Units[permission.Reached] = append(at.Units[permission.Reached], casePlace(p).Units[permission.Reached]...)
	}
	return at, seen, nil
}

// OpenScan streams the scanned decision of a historical record whose ledger the
// session may see.
func (a *App) OpenScan(ctx context.Context, s Session, record string) (LedgerScan, io.ReadCloser, error) {
	r, err := a.Store.LedgerRow(ctx, record)
	if err != nil {
		return LedgerScan{}, nil, internal("read the record", err)
	}
	if _, _, _, err := a.subjectFor(ctx, s, "ledger.read", r.Subject); err != nil {
		return LedgerScan{}, nil, err
	}
	scan, err := a.Store.ScanBy(ctx, r.Scan)
	if err != nil {
		return scan, nil, internal("read the scan", err)
	}
	f, err := a.open(ctx, scan.SHA256)
	return scan, f, err
}
