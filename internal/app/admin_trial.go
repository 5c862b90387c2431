package app

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"github.com/rs/zerolog"

	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/restore"
)

// trialAction is how trials stand on record among the changes of administrators.
const trialAction = "restore.trial"

// trialTakes is how long a trial may take.
const trialTakes = 2 * time.Hour

// restoring is the trial that runs in this process.
type restoring struct {
	mu    sync.Mutex
	since *time.Time
}

func (t *restoring) begin() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.since != nil {
		return false
	}
	now := time.Now().UTC()
	t.since = &now
	return true
}

func (t *restoring) end() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.since = nil
}

func (t *restoring) running() *time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.since
}

// RestoreTrial is a trial that was made, by whom.
type RestoreTrial struct {
	At time.Time `json:"at"`
	By string    `json:"by"`
	restore.Result
	Failed string `json:"failed,omitempty"` // why it could not be made
}

// RestoreTrials is whether a restore can be tried from here, the newest back-up, and what
// earlier trials found.
type RestoreTrials struct {
	Able   bool            `json:"able"`
	Why    law.Text        `json:"why,omitzero"`    // why not
	Run    []string        `json:"run,omitempty"`   // what to run instead, where the back-ups and PostgreSQL's programs are
	Since  *time.Time      `json:"since,omitempty"` // one runs
	Newest *restore.Backup `json:"newest,omitempty"`
	Trials []RestoreTrial  `json:"trials"` // the newest first
}

// byHand is what to run where a trial cannot be made from the web process: in compose the
// image of serve holds no PostgreSQL programs, and the back-ups are not mounted into it.
var byHand = []string{
	"docker compose exec -T postgres pg_dump -U postgres -Fc vinhdanh > vinhdanh.dump",
	"docker compose exec postgres createdb -U postgres vinhdanh_trial",
	"docker compose exec -T postgres pg_restore -U postgres --no-owner --no-privileges -d vinhdanh_trial < vinhdanh.dump",
	"docker compose run --rm -e 'VINHDANH_TRIAL_URL=postgres://postgres:…@postgres:5432/vinhdanh_trial?sslmode=disable' serve vinhdanh restore-check",
	"docker compose exec postgres dropdb -U postgres vinhdanh_trial",
}

// RestoreTrials reads whether a restore can be tried here and what trials found: for
// administrators of the installation and auditors.
func (a *App) RestoreTrials(ctx context.Context, s Session) (RestoreTrials, error) {
	out := RestoreTrials{Trials: []RestoreTrial{}, Since: a.restoring.running()}
	if err := a.installation(ctx, s, true, trialAction, ""); err != nil {
		return out, err
	}
	out.Able, out.Why = a.mayTry()
	if !out.Able {
		out.Run = byHand
	}
	var err error
	if a.Backups.Dir != "" {
		if out.Newest, err = restore.Newest(a.Backups.Dir); err != nil {
			out.Able, out.Why = false, law.Text{VI: "Không đọc được thư mục sao lưu (VINHDANH_BACKUPS).", EN: "The folder of back-ups (VINHDANH_BACKUPS) cannot be read."}
		}
	}
	events, err := a.Store.AdminEvents(ctx, postgres.EventQuery{Action: trialAction, Limit: 20})
	if err != nil {
		return out, internal("read the trials", err)
	}
	for _, e := range events {
		t := RestoreTrial{}
		if len(e.After) == 0 || json.Unmarshal(e.After, &t) != nil {
			continue // that it was begun
		}
		t.At, t.By = e.At, e.Name
		out.Trials = append(out.Trials, t)
	}
	return out, nil
}

// mayTry says whether a restore can be tried from this process, and if not, why.
func (a *App) mayTry() (bool, law.Text) {
	switch missing := a.Backups.Able(); {
	case a.Backups.Dir == "":
		return false, law.Text{VI: "Máy chủ web không thấy bản sao lưu: chưa đặt VINHDANH_BACKUPS.", EN: "The web server does not see the back-ups: VINHDANH_BACKUPS is not set."}
	case a.Backups.Server == "":
		return false, law.Text{VI: "Chưa có máy chủ cơ sở dữ liệu để khôi phục thử: chưa đặt VINHDANH_TRIAL_URL.", EN: "There is no database server to try on: VINHDANH_TRIAL_URL is not set."}
	case missing != "":
		return false, law.Text{VI: "Máy chủ web không có chương trình " + missing + " của PostgreSQL (PG_BIN).", EN: "PostgreSQL's program " + missing + " is not where the web server runs (PG_BIN)."}
	}
	return true, law.Text{}
}

// StartRestoreTrial begins to restore the newest back-up into a scratch database and to
// check it; it goes on after the answer, and its result stands among the trials. Nothing
// is left behind.
func (a *App) StartRestoreTrial(ctx context.Context, s Session, nonce string) (RestoreTrials, error) {
	if err := a.installation(ctx, s, false, trialAction, ""); err != nil {
		return RestoreTrials{}, err
	}
	if able, why := a.mayTry(); !able {
		return RestoreTrials{}, readable(CodeNotReady, why.VI+" Cách làm khác ở trang này.", why.EN+" What to run instead stands on the page.")
	}
	if !a.restoring.begin() {
		return a.RestoreTrials(ctx, s)
	}
	fresh, err := a.Store.NoteAdmin(ctx, doing(s, trialAction, "", "", nonce), nil, nil)
	if err != nil || !fresh {
		a.restoring.end()
		if err != nil {
			return RestoreTrials{}, changed("note the act", err)
		}
		return a.RestoreTrials(ctx, s)
	}
	go a.tryRestore(context.WithoutCancel(ctx), s.User)
	return a.RestoreTrials(ctx, s)
}

// tryRestore makes the trial and puts what it found on record.
func (a *App) tryRestore(ctx context.Context, by string) {
	defer a.restoring.end()
	ctx, cancel := context.WithTimeout(ctx, trialTakes)
	defer cancel()
	t := RestoreTrial{}
	newest, err := postgres.NewestMigration()
	if err == nil {
		t.Result, err = restore.Try(ctx, a.Backups, a.Store, newest)
	}
	switch {
	case errors.Is(err, restore.ErrBusy):
		t.Failed, t.OK = "busy", false
	case err != nil:
		zerolog.Ctx(ctx).Error().Err(err).Msg("a restore could not be tried")
		t.Failed, t.OK = "not_possible", false
	}
	if _, err := a.Store.NoteAdmin(context.WithoutCancel(ctx), postgres.Doing{Actor: by, Action: trialAction}, nil, t); err != nil {
		zerolog.Ctx(ctx).Error().Err(err).Msg("what a trial of a restore found could not be recorded")
	}
}

// TrialText says in words what a trial found wrong.
func TrialText(code string) law.Text { return trialWords[code] }

var trialWords = map[string]law.Text{
	restore.NoBackup:    {VI: "không có bản sao lưu nào", EN: "there is no back-up"},
	restore.Unreadable:  {VI: "tệp không đọc được đến hết", EN: "the file cannot be read to its end"},
	restore.Truncated:   {VI: "tệp bị cắt, chưa ghi xong", EN: "the file is cut off"},
	restore.LoadFailed:  {VI: "PostgreSQL không nạp được", EN: "PostgreSQL refused it"},
	restore.NotOurs:     {VI: "không chứa dữ liệu của hệ thống này", EN: "it holds no record of this program"},
	restore.NewerSchema: {VI: "do phiên bản mới hơn của phần mềm lập", EN: "made by a later version of the program"},
	restore.ChainBroken: {VI: "chuỗi diễn biến của hồ sơ không khớp", EN: "a case's trail does not add up"},
	restore.NotInUse:    {VI: "có diễn biến mà dữ liệu đang dùng không có", EN: "it has acts that the record in use lacks"},
	restore.Old:         {VI: "bản sao lưu đã cũ quá hai ngày", EN: "the back-up is more than two days old"},
	restore.LeftBehind:  {VI: "chưa xóa được cơ sở dữ liệu thử", EN: "the scratch database could not be dropped"},
	"busy":              {VI: "đang có lần thử khác", EN: "another trial runs"},
	"not_possible":      {VI: "không thực hiện được lần thử; xem nhật ký của máy chủ web", EN: "the trial could not be made; see the web server's log"},
}
