package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/rs/zerolog"

	"vinhdanh/internal/law"
	"vinhdanh/internal/law/lawdiff"
	"vinhdanh/internal/postgres"
)

// LawFolder is the directory of law data that the process was started with. Whoever
// changes it on the server changes what holds for proposals received from then on:
// changed data are checked as an upload is, and hold from the business date if they
// pass; if not, the data in force stay and the problems are shown. Open cases keep theirs.
type LawFolder struct {
	Dir    string
	Drafts []string // regimes whose drafts apply, see law.Law.WithDrafts

	mu    sync.Mutex
	seen  string // fingerprint of what was last taken or refused
	last  string // fingerprint of the latest look: a directory that is being copied settles first
	state LawFolderState
}

// LawFolderState is what became of the latest change of the directory.
type LawFolderState struct {
	At       time.Time  `json:"at"`             // of the latest change; zero: none since the start
	Hash     string     `json:"hash,omitempty"` // of the data that were taken
	Problems []law.Text `json:"problems,omitempty"`
	Vanished []law.Text `json:"vanished,omitempty"` // what held before and is not in the data that were taken
}

// FolderActor is who activates data of the server's directory, on record.
const FolderActor = "server"

// folderLook is how often the directory is looked at; a change must look the same twice.
const folderLook = 3 * time.Second

// FollowLawFolder looks at the directory until the context ends.
func (a *App) FollowLawFolder(ctx context.Context) error {
	if a.Folder == nil {
		return nil
	}
	tick := time.NewTicker(folderLook)
	defer tick.Stop()
	for {
		if err := a.LookAtLawFolder(ctx); err != nil && ctx.Err() == nil {
			zerolog.Ctx(ctx).Warn().Err(err).Msg("law directory not taken up; tried again")
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// LookAtLawFolder takes up a change of the directory that has settled.
func (a *App) LookAtLawFolder(ctx context.Context) error {
	f := a.Folder
	f.mu.Lock()
	defer f.mu.Unlock()
	files, bad := law.ReadDir(f.Dir)
	print := law.Fingerprint(files)
	if bad != nil {
		print = "unreadable: " + bad.Error()
	}
	if f.seen == "" {
		var err error
		if f.seen, err = a.asStarted(ctx, files, print, bad); err != nil {
			return err
		}
	}
	settled := print == f.last
	f.last = print
	if print == f.seen || !settled {
		return nil
	}
	state, err := a.takeLaw(ctx, files, bad)
	if err != nil {
		return err
	}
	f.seen, f.state = print, state
	return nil
}

// asStarted is the fingerprint of a directory that is as the process was started with it
// and as it was last taken up; of one that was changed in between, "changed".
func (a *App) asStarted(ctx context.Context, files map[string]string, print string, bad error) (string, error) {
	const changed = "changed"
	if bad != nil {
		return changed, nil
	}
	l, err := law.FromFiles(files)
	if err == nil {
		l, err = l.WithDrafts(a.Folder.Drafts...)
	}
	if err != nil || l.Hash() != a.Laws.Boot().Hash() {
		return changed, nil
	}
	versions, err := a.Store.LawVersions(ctx)
	if err != nil {
		return "", err
	}
	i := slices.IndexFunc(versions, func(v postgres.LawVersion) bool { return v.Actor == FolderActor })
	if i >= 0 && versions[i].Hash != l.Hash() { // changed while nobody followed it
		return changed, nil
	}
	return print, nil
}

// takeLaw checks changed data and lets them hold from today on; bad is why they could
// not be read.
func (a *App) takeLaw(ctx context.Context, files map[string]string, bad error) (LawFolderState, error) {
	state := LawFolderState{At: time.Now().UTC()}
	if bad != nil {
		state.Problems = law.Problems(bad)
		return state, nil
	}
	l, problems := checkLaw(files)
	if len(problems) == 0 {
		var err error
		if l, err = l.WithDrafts(a.Folder.Drafts...); err != nil {
			problems = law.Problems(err)
		}
	}
	if state.Problems = problems; len(problems) > 0 {
		zerolog.Ctx(ctx).Error().Interface("problems", problems).Msg("the changed law directory is not valid; the data in force stay")
		return state, nil
	}
	state.Hash = l.Hash()
	if err := a.Laws.Refresh(ctx); err != nil {
		return state, err
	}
	if l.Hash() == a.law().Hash() {
		return state, nil
	}
	if state.Vanished = lawdiff.Vanished(a.law(), l); len(state.Vanished) > 0 {
		zerolog.Ctx(ctx).Warn().Interface("vanished", state.Vanished).Msg("the changed law directory no longer has what held before")
	}
	return state, a.activateFolder(ctx, l, state.Vanished)
}

// folderReason says in the record why other data hold, and what went with the former ones.
func folderReason(vanished []law.Text) string {
	var b strings.Builder
	b.WriteString("Thư mục dữ liệu pháp luật trên máy chủ thay đổi (VINHDANH_LAW).")
	for i, v := range vanished {
		if i == shownVanished {
			fmt.Fprintf(&b, " (còn %d mục)", len(vanished)-i)
			break
		}
		b.WriteString(" " + v.VI)
	}
	return b.String()
}

// shownVanished is how many of them stand in the record; all stand on the law data page.
const shownVanished = 5

// activateFolder lets data of the directory hold from the business date on. Two
// processes that see the same change activate it once.
func (a *App) activateFolder(ctx context.Context, l *law.Law, vanished []law.Text) error {
	if err := a.Store.KeepLaw(ctx, l.Hash(), l.Files()); err != nil {
		return fmt.Errorf("keep the data of the law directory: %w", err)
	}
	versions, err := a.Store.LawVersions(ctx)
	if err != nil {
		return err
	}
	var after int64
	if len(versions) > 0 {
		after = versions[0].ID
	}
	d := postgres.Doing{Actor: FolderActor, Action: "law.folder", Target: l.Hash(), Nonce: fmt.Sprintf("law folder %s after %d", l.Hash(), after),
		Reason: folderReason(vanished)}
	if _, err := a.Store.ActivateLaw(ctx, d, a.Today().String(), a.law().Hash()); err != nil {
		return fmt.Errorf("activate the data of the law directory: %w", err)
	}
	return a.Laws.Refresh(ctx)
}

// folderState is what became of the latest change; nil without a directory.
func (a *App) folderState() *LawFolderState {
	if a.Folder == nil {
		return nil
	}
	a.Folder.mu.Lock()
	defer a.Folder.mu.Unlock()
	state := a.Folder.state
	return &state
}

// lawHealth says whether a change of the directory waits for a correction.
func (a *App) lawHealth(h *Health) {
	s := a.folderState()
	switch {
	case s == nil:
	case len(s.Problems) > 0:
		h.add("lawfolder", HealthWarning, fmt.Sprintf("đã thay đổi nhưng không hợp lệ (%d lỗi); vẫn áp dụng bộ cũ", len(s.Problems)),
			fmt.Sprintf("changed, but not valid (%d problems); the data in force stay", len(s.Problems)),
			"xem lỗi ở trang Dữ liệu pháp luật, sửa tệp trong thư mục", "see the problems on the law data page and correct the files")
	case len(s.Vanished) > 0:
		h.add("lawfolder", HealthWarning, fmt.Sprintf("đã áp dụng, nhưng thiếu %d mục so với bộ trước", len(s.Vanished)),
			fmt.Sprintf("taken up, but %d entries of the former data are gone", len(s.Vanished)),
			"xem ở trang Dữ liệu pháp luật; nếu mất do nhầm lẫn, thêm lại vào thư mục", "see the law data page; put back into the directory what was lost by mistake")
	default:
		h.add("lawfolder", HealthOK, "hợp lệ", "valid")
	}
}
