package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"vinhdanh/internal/law"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/law/lawdiff"
	"vinhdanh/internal/law/prove"
	"vinhdanh/internal/postgres"
)

// LawChange is one difference between two states of the law data, in words.
type LawChange = lawdiff.Change

// LawSummary is what law data hold.
type LawSummary struct {
	Hash    string           `json:"hash"`
	Files   []LawFile        `json:"files"`
	Regimes []law.Regime     `json:"regimes"`
	Awards  int              `json:"awards"`
	Marks   map[law.Mark]int `json:"marks"`   // cites by how well they are supported
	Assumed int              `json:"assumed"` // rules taken from another regime
}

// LawFile is one file of law data.
type LawFile struct {
	Name  string `json:"name"`
	Lines int    `json:"lines"`
	Bytes int    `json:"bytes"`
}

func summaryOf(l *law.Law) LawSummary {
	out := LawSummary{Hash: l.Hash(), Marks: l.Marks(), Assumed: l.AssumedRules(), Files: []LawFile{}, Regimes: []law.Regime{}}
	files := l.Files()
	for name, text := range files {
		out.Files = append(out.Files, LawFile{Name: name, Lines: strings.Count(text, "\n"), Bytes: len(text)})
	}
	slices.SortFunc(out.Files, func(a, b LawFile) int { return strings.Compare(a.Name, b.Name) })
	for _, r := range l.Regimes {
		out.Regimes = append(out.Regimes, *r)
	}
	l.Each(func(section string, _ any) {
		if section == "awards" {
			out.Awards++
		}
	})
	return out
}

// LawStatus is the law directory: what holds, since when, what was uploaded, and
// which data open cases keep.
type LawStatus struct {
	InForce  LawSummary            `json:"in_force"`
	BuiltIn  string                `json:"built_in"` // hash of what the process was started with
	Versions []postgres.LawVersion `json:"versions"`
	Drafts   []postgres.LawDraft   `json:"drafts"`
	Uses     []postgres.LawUse     `json:"uses"`
	Folder   *LawFolderState       `json:"folder,omitempty"` // the server's directory; none: the built-in data
}

// LawStatus shows the law directory: administrators of the installation and auditors.
func (a *App) LawStatus(ctx context.Context, s Session) (LawStatus, error) {
	if err := a.installation(ctx, s, true, "law.read", ""); err != nil {
		return LawStatus{}, err
	}
	if err := a.Laws.Refresh(ctx); err != nil {
		return LawStatus{}, internal("law data in force", err)
	}
	out := LawStatus{InForce: summaryOf(a.law()), BuiltIn: a.Laws.Boot().Hash(), Folder: a.folderState()}
	var err1, err2, err3 error
	out.Versions, err1 = a.Store.LawVersions(ctx)
	out.Drafts, err2 = a.Store.LawDrafts(ctx)
	out.Uses, err3 = a.Store.LawUses(ctx)
	return out, internalOrNil("read law versions", errors.Join(err1, err2, err3))
}

// LawCheck is the verdict on uploaded law data.
type LawCheck struct {
	Valid    bool           `json:"valid"`
	Problems []law.Text     `json:"problems"` // file:line: reason
	Summary  *LawSummary    `json:"summary,omitempty"`
	Counts   map[string]int `json:"counts,omitempty"` // of the changes
	Changes  []LawChange    `json:"changes,omitempty"`
	// Vanished are quotas, rules for every award and sums of money of the data that it is
	// compared with, which these no longer have: a warning, they are valid all the same.
	Vanished []law.Text `json:"vanished,omitempty"`
}

// maxProblems bounds what one check reports.
const maxProblems = 200

// LawUpload is a zip of a directory of law data.
type LawUpload struct {
	File  []byte `json:"-"`
	Note  string `json:"note,omitempty" validate:"max=1000"`
	Nonce string `json:"-"`
}

// UploadLaw checks a changed directory of law data, keeps it where it is valid, and
// says in words what differs from the data in force. It changes nothing that holds.
func (a *App) UploadLaw(ctx context.Context, s Session, in LawUpload) (LawCheck, error) {
	if err := a.check(in); err != nil {
		return LawCheck{}, err
	}
	if err := a.installation(ctx, s, false, "law.upload", ""); err != nil {
		return LawCheck{}, err
	}
	files, err := lawZip(in.File)
	if err != nil {
		return LawCheck{}, err
	}
	l, problems := checkLaw(files)
	if len(problems) > 0 {
		return LawCheck{Problems: problems}, nil
	}
	if err := a.Store.PutLawDraft(ctx, doing(s, "law.upload", l.Hash(), in.Note, in.Nonce), l.Files(), in.Note); err != nil {
		return LawCheck{}, changed("keep law data", err)
	}
	return lawCheck(a.law(), l), nil
}

// lawCheck is what valid data are, beside others.
func lawCheck(was, is *law.Law) LawCheck {
	sum, changes := summaryOf(is), lawdiff.Between(was, is)
	return LawCheck{Valid: true, Problems: []law.Text{}, Summary: &sum, Counts: lawdiff.Count(changes), Changes: changes, Vanished: lawdiff.Vanished(was, is)}
}

// checkLaw loads data strictly, runs their own test cases and proves every route; each
// problem names file and line, that of a route the path that shows it.
func checkLaw(files map[string]string) (*law.Law, []law.Text) {
	l, err := law.FromFiles(files)
	if err == nil {
		err = eval.Check(l)
	}
	if err == nil {
		var problems []law.Text
		for _, p := range prove.Routes(l).Problems {
			problems = append(problems, law.Text{VI: p.String("vi"), EN: p.String("en")})
		}
		if len(problems) == 0 {
			return l, nil
		}
		return nil, problems[:min(len(problems), maxProblems)]
	}
	problems := law.Problems(err)
	return nil, problems[:min(len(problems), maxProblems)]
}

// lawAt is law data by hash: what is kept, or what the process was started with.
func (a *App) lawAt(ctx context.Context, hash string) (*law.Law, *eval.Evaluator, error) {
	l, err := a.Pinned.Law(ctx, hash)
	if errors.Is(err, postgres.ErrNotFound) {
		return nil, nil, &Error{Code: CodeNotFound}
	}
	if err != nil {
		return nil, nil, internal("law data "+hash, err)
	}
	rules, err := a.Pinned.Rules(ctx, hash)
	return l, rules, internalOrNil("law data "+hash, err)
}

// LawDiff says in words what differs between two states that the installation knows;
// old empty means the data in force.
func (a *App) LawDiff(ctx context.Context, s Session, old, new string) (LawCheck, error) {
	if err := a.installation(ctx, s, true, "law.read", new); err != nil {
		return LawCheck{}, err
	}
	was := a.law()
	if old != "" {
		var err error
		if was, _, err = a.lawAt(ctx, old); err != nil {
			return LawCheck{}, err
		}
	}
	is, _, err := a.lawAt(ctx, new)
	if err != nil {
		return LawCheck{}, err
	}
	return lawCheck(was, is), nil
}

// ActivateInput lets law data hold from a day on.
type ActivateInput struct {
	Hash  string `json:"hash" validate:"required,len=64,hexadecimal"`
	From  string `json:"from" validate:"required,datetime=2006-01-02"` // today or later
	Note  string `json:"note" validate:"required,max=1000"`            // why: the document that asks for it
	Nonce string `json:"-"`
}

// ActivateLaw lets data hold for proposals that are sent from a day on. Open cases
// keep the data that they pin. Every process takes the change up within seconds.
func (a *App) ActivateLaw(ctx context.Context, s Session, in ActivateInput) (LawStatus, error) {
	if err := a.check(in); err != nil {
		return LawStatus{}, err
	}
	if err := a.installation(ctx, s, false, "law.activate", in.Hash); err != nil {
		return LawStatus{}, err
	}
	if in.From < a.Today().String() {
		return LawStatus{}, &Error{Code: CodeInvalid, Fields: []FieldError{{
			Field: "from", Rule: "value", Vi: "Ngày áp dụng không được ở quá khứ: hồ sơ đã gửi giữ bộ dữ liệu của mình.",
			En: "The day may not lie in the past: what was sent keeps its data.",
		}}}
	}
	l, _, err := a.lawAt(ctx, in.Hash)
	if err != nil {
		return LawStatus{}, err
	}
	if err := a.Store.KeepLaw(ctx, l.Hash(), l.Files()); err != nil {
		return LawStatus{}, internal("keep law data", err)
	}
	if _, err := l.RegimeOn(civilOf(in.From)); err != nil {
		return LawStatus{}, fromLaw(err)
	}
	d := doing(s, "law.activate", in.Hash, in.Note, in.Nonce)
	if _, err := a.Store.ActivateLaw(ctx, d, in.From, a.law().Hash()); err != nil {
		return LawStatus{}, changed("activate law data", err)
	}
	return a.LawStatus(ctx, s)
}

// civilOf reads a date that was validated before.
func civilOf(iso string) law.Date {
	t, _ := time.Parse(time.DateOnly, iso) // validated
	return law.FromTime(t.Add(12 * time.Hour))
}
