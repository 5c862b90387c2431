package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"go.temporal.io/sdk/client"

	"vinhdanh/internal/blob"
	"vinhdanh/internal/law"
	"vinhdanh/internal/ops"
	"vinhdanh/internal/postgres"
)

// States of a part of the system.
const (
	HealthOK      = "ok"
	HealthWarning = "warning"
	HealthError   = "error"
)

// HealthPart is how one part of the system is, and what to do where it is not well.
type HealthPart struct {
	Part  string   `json:"part"`
	Of    string   `json:"of,omitempty"` // which schedule or process
	State string   `json:"state"`        // ok, warning or error
	Say   law.Text `json:"say"`
	Do    law.Text `json:"do,omitzero"`
}

// Health is how the system is.
type Health struct {
	At        time.Time     `json:"at"`
	State     string        `json:"state"` // the worst of the parts
	Parts     []HealthPart  `json:"parts"`
	Processes []ProcessView `json:"processes"`
	Schedules []ScheduleRow `json:"schedules"`
	Queues    []ops.Queue   `json:"queues"`
}

// ProcessView is a running process.
type ProcessView struct {
	ID        string    `json:"id"`
	Kind      string    `json:"kind"`
	StartedAt time.Time `json:"started_at"`
	BeatAt    time.Time `json:"beat_at"`
	Alive     bool      `json:"alive"`
	Facts     ops.Facts `json:"facts"`
}

// Bounds beyond which a part is not well.
const (
	beatSilence  = 90 * time.Second
	clockSkew    = 5 * time.Second
	sealSoon     = 60 * 24 * time.Hour
	diskLow      = 10 // per cent free
	mailOld      = time.Hour
	queueSilence = 3 * time.Minute
)

// Health looks at every part: administrators of the installation and auditors.
func (a *App) Health(ctx context.Context, s Session) (Health, error) {
	if err := a.installation(ctx, s, true, "health", ""); err != nil {
		return Health{}, err
	}
	h := Health{At: time.Now().UTC(), Parts: []HealthPart{}, Processes: []ProcessView{}, Schedules: []ScheduleRow{}, Queues: []ops.Queue{}}
	db := a.databaseHealth(ctx, &h)
	a.temporalHealth(ctx, &h)
	a.blobHealth(ctx, &h)
	a.processHealth(ctx, &h, db)
	a.mailHealth(ctx, &h)
	a.keyHealth(&h)
	a.lawHealth(&h)
	h.State = HealthOK
	for _, p := range h.Parts {
		if p.State == HealthError || p.State == HealthWarning && h.State == HealthOK {
			h.State = p.State
		}
	}
	return h, nil
}

func (h *Health) add(part, state, vi, en string, do ...string) {
	part, of, _ := strings.Cut(part, " ")
	p := HealthPart{Part: part, Of: of, State: state, Say: law.Text{VI: vi, EN: en}}
	if len(do) == 2 && state != HealthOK {
		p.Do = law.Text{VI: do[0], EN: do[1]}
	}
	h.Parts = append(h.Parts, p)
}

func (a *App) databaseHealth(ctx context.Context, h *Health) postgres.DatabaseFacts {
	begun := time.Now()
	f, err := a.Store.DatabaseFacts(ctx)
	if err != nil {
		h.add("database", HealthError, "không trả lời", "does not answer", "kiểm tra máy chủ PostgreSQL và DATABASE_URL", "check PostgreSQL and DATABASE_URL")
		return f
	}
	took := time.Since(begun).Milliseconds()
	h.add("database", HealthOK, fmt.Sprintf("PostgreSQL %s, %d MB, trả lời trong %d ms", f.Version, f.Bytes>>20, took),
		fmt.Sprintf("PostgreSQL %s, %d MB, answered in %d ms", f.Version, f.Bytes>>20, took))
	if skew := time.Until(f.Now).Abs(); skew > clockSkew {
		h.add("clock", HealthWarning, fmt.Sprintf("lệch %d giây so với máy chủ dữ liệu", int(skew.Seconds())), fmt.Sprintf("%d seconds off the database's clock", int(skew.Seconds())),
			"bật đồng bộ giờ (NTP) trên mọi máy", "keep the clocks of all machines by NTP")
	} else {
		h.add("clock", HealthOK, "khớp với máy chủ dữ liệu", "agrees with the database's")
	}
	state := HealthOK
	if f.Attempts > 0 {
		state = HealthWarning
	}
	h.add("record", state, fmt.Sprintf("%d thao tác chưa ghi xong; %d hồ sơ kết thúc chờ lưu trữ; lưu trữ gần nhất %s", f.Attempts, f.Waiting, when(f.Archived, "chưa có")),
		fmt.Sprintf("%d acts without an outcome; %d closed cases wait for their archive; last archive %s", f.Attempts, f.Waiting, when(f.Archived, "none yet")),
		"kiểm tra Temporal và tiến trình worker", "check Temporal and the worker")
	return f
}

func when(t *time.Time, none string) string {
	if t == nil {
		return none
	}
	return t.In(time.FixedZone("", 7*3600)).Format("02/01/2006 15:04")
}

func (a *App) temporalHealth(ctx context.Context, h *Health) {
	wait, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	if _, err := a.Temporal.CheckHealth(wait, &client.CheckHealthRequest{}); err != nil {
		h.add("temporal", HealthError, "không trả lời", "does not answer", "kiểm tra máy chủ Temporal và TEMPORAL_ADDRESS", "check the Temporal server and TEMPORAL_ADDRESS")
		return
	}
	h.add("temporal", HealthOK, "trả lời", "answers")
	if a.Ops == nil {
		return
	}
	h.Queues, h.Schedules = a.Ops.Queues(ctx), a.Ops.Schedules(ctx)
	idle := ""
	for _, q := range h.Queues {
		if q.Pollers == 0 || q.LastPoll == nil || time.Since(*q.LastPoll) > queueSilence {
			idle = q.Name
		}
	}
	if idle != "" {
		h.add("queues", HealthError, "không có tiến trình nào nhận việc ở hàng đợi "+idle, "nobody polls the queue "+idle, "khởi động vinhdanh worker", "start vinhdanh worker")
	} else {
		h.add("queues", HealthOK, "có tiến trình nhận việc", "workers poll")
	}
	for _, s := range h.Schedules {
		switch {
		case s.Error != "":
			h.add("schedule "+s.ID, HealthError, "không đọc được ("+s.Error+")", "cannot be read ("+s.Error+")", "chạy vinhdanh setup", "run vinhdanh setup")
		case s.Paused:
			h.add("schedule "+s.ID, HealthWarning, "đang tạm dừng", "is paused", "cho chạy lại ở trang Lịch chạy", "resume it on the page of schedules")
		default:
			h.add("schedule "+s.ID, HealthOK, "lần chạy gần nhất "+when(s.LastRun, "chưa có"), "last run "+when(s.LastRun, "none yet"))
		}
	}
}

// blobHealth writes a few bytes and reads them back.
func (a *App) blobHealth(ctx context.Context, h *Health) {
	probe := []byte("vinhdanh health probe\n")
	info, err := a.Blobs.Put(ctx, "", bytes.NewReader(probe))
	if err == nil {
		err = readBack(ctx, a.Blobs, info.Key, probe)
	}
	if err != nil {
		h.add("files", HealthError, "không ghi hoặc đọc được kho tệp", "the file store cannot be written or read", "kiểm tra thư mục VINHDANH_BLOBS và quyền ghi", "check VINHDANH_BLOBS and its permissions")
		return
	}
	h.add("files", HealthOK, "ghi và đọc được", "written and read")
}

func readBack(ctx context.Context, store blob.Store, key string, want []byte) error {
	r, err := store.Get(ctx, key)
	if err != nil {
		return err
	}
	defer r.Close()
	got, err := io.ReadAll(r)
	if err == nil && !bytes.Equal(got, want) {
		err = fmt.Errorf("app: the file store gave other bytes back")
	}
	return err
}

// processHealth reads what the running processes say of themselves.
func (a *App) processHealth(ctx context.Context, h *Health, db postgres.DatabaseFacts) {
	rows, err := a.Store.Processes(ctx)
	if err != nil {
		return // the database's own line says so
	}
	alive := map[string]int{}
	for _, r := range rows {
		v := ProcessView{ID: r.ID, Kind: r.Kind, StartedAt: r.StartedAt, BeatAt: r.BeatAt, Alive: db.Now.Sub(r.BeatAt) < beatSilence}
		if json.Unmarshal(r.Facts, &v.Facts) == nil && v.Alive {
			alive[v.Kind]++
			h.process(v)
			if v.Facts.Law != "" && v.Facts.Law != a.law().Hash() {
				h.add("law "+v.ID, HealthWarning, "chưa nhận bộ dữ liệu pháp luật đang áp dụng", "has not taken up the law data in force", "đợi vài giây; nếu vẫn còn, khởi động lại tiến trình", "wait a few seconds; if it stays, restart the process")
			}
		}
		h.Processes = append(h.Processes, v)
	}
	for _, kind := range []string{"serve", "worker"} {
		if alive[kind] == 0 {
			h.add(kind, HealthWarning, "không thấy tiến trình nào báo còn chạy", "no process says that it runs", "khởi động vinhdanh "+kind, "start vinhdanh "+kind)
		} else {
			h.add(kind, HealthOK, fmt.Sprintf("%d tiến trình đang chạy", alive[kind]), fmt.Sprintf("%d running", alive[kind]))
		}
	}
}

// process judges the facts of one process.
func (h *Health) process(v ProcessView) {
	f := v.Facts
	if f.DiskTotal > 0 {
		free := int(f.DiskFree * 100 / f.DiskTotal)
		state := HealthOK
		if free < diskLow {
			state = HealthWarning
		}
		h.add("disk "+v.ID, state, fmt.Sprintf("còn trống %d %% (%d GB)", free, f.DiskFree>>30), fmt.Sprintf("%d %% free (%d GB)", free, f.DiskFree>>30), "thêm dung lượng cho kho tệp", "give the file store more room")
	}
	if f.SealExpires != nil {
		left := time.Until(*f.SealExpires)
		state, day := HealthOK, f.SealExpires.Format("02/01/2006")
		if left < 0 {
			state = HealthError
		} else if left < sealSoon {
			state = HealthWarning
		}
		h.add("seal "+v.ID, state, "chứng thư của "+f.SealOf+" hết hạn "+day, "the certificate of "+f.SealOf+" expires on "+f.SealExpires.Format(time.DateOnly), "xin cấp chứng thư mới và thay tệp VINHDANH_SEAL", "get a new certificate and replace VINHDANH_SEAL")
	}
	switch f.Mail {
	case "":
	case "ok":
		h.add("mail "+v.ID, HealthOK, "máy chủ thư nhận kết nối", "the mail server takes connections")
	case "off":
		h.add("mail "+v.ID, HealthWarning, "chưa cấu hình máy chủ thư", "no mail server is configured", "đặt SMTP_HOST và các biến SMTP_ khác", "set SMTP_HOST and the other SMTP_ variables")
	default:
		h.add("mail "+v.ID, HealthError, "máy chủ thư không nhận kết nối: "+f.Mail, "the mail server takes no connection: "+f.Mail, "kiểm tra các biến SMTP_ và máy chủ thư", "check the SMTP_ variables and the mail server")
	}
}

func (a *App) mailHealth(ctx context.Context, h *Health) {
	c, err := a.Store.OutboxCounts(ctx)
	if err != nil {
		return
	}
	state := HealthOK
	if c.Failed > 0 || c.Oldest != nil && time.Since(*c.Oldest) > mailOld {
		state = HealthWarning
	}
	h.add("outbox", state, fmt.Sprintf("%d thư chờ gửi, %d thư không gửi được", c.Waiting, c.Failed), fmt.Sprintf("%d mails wait, %d failed", c.Waiting, c.Failed),
		"xem trang Hộp thư đi", "see the page of the outbox")
}
