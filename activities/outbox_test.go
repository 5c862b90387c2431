package activities

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/embedded/pg/pgtest"
	"vinhdanh/internal/law"
	"vinhdanh/internal/notify"
	"vinhdanh/internal/notify/smtptest"
	"vinhdanh/internal/postgres"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Run(m)) }

// books is a database with one unit, one person and the owner's own connection.
type books struct {
	t     *testing.T
	store *postgres.Store
	owner *pgx.Conn
	user  string
}

func newBooks(t *testing.T) *books {
	t.Helper()
	ctx := context.Background()
	urls := pgtest.Database(t)
	err := postgres.Migrate(ctx, urls.Owner)
	require.NoError(t, err)
	store, err := postgres.Open(ctx, urls.App)
	require.NoError(t, err)
	t.Cleanup(store.Close)
	owner, err := pgx.Connect(ctx, urls.Owner)
	require.NoError(t, err)
	t.Cleanup(func() { owner.Close(ctx) })
	b := &books{t: t, store: store, owner: owner, user: uuid.NewString()}
	require.NoError(t, store.Seed(ctx, []postgres.SeedUnit{{Unit: postgres.Unit{ID: "u", Name: "Phòng mẫu", Kind: "office", Level: "unit"}}},
		[]postgres.SeedUser{{
			User:        postgres.User{ID: b.user, Login: "vi-du", FullName: "Nguyễn Văn Ví Dụ", Email: "vi-du@mau.example", Locale: "vi"},
			Memberships: []postgres.Membership{{Unit: "u", Role: "clerk"}},
		}}, nil))
	return b
}

// mail puts a notice into the outbox.
func (b *books) mail(kind string, data string) {
	b.t.Helper()
	b.exec(`insert into outbox (id, case_id, number, user_id, kind, data) values ($1::uuid, $2, 1, $3::uuid, $4, $5)`,
		uuid.NewString(), uuid.NewString(), b.user, kind, data)
}

func (b *books) exec(sql string, args ...any) {
	b.t.Helper()
	_, err := b.owner.Exec(context.Background(), sql, args...)
	require.NoError(b.t, err)
}

func (b *books) count(sql string, args ...any) int {
	b.t.Helper()
	var n int
	require.NoError(b.t, b.owner.QueryRow(context.Background(), sql, args...).Scan(&n))
	return n
}

func dispatcher(t *testing.T, b *books) (*Dispatcher, *smtptest.Server) {
	t.Helper()
	server, err := smtptest.Start(smtptest.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { server.Close() })
	sender, err := notify.NewSMTPSender(notify.SMTPConfig{Host: server.Host(), Port: server.Port(), TLS: "none", From: "he-thong@mau.example"})
	require.NoError(t, err)
	return &Dispatcher{Store: b.store, Sender: sender, PublicURL: "https://mau.example"}, server
}

const forwarded = `{"case_ref": "HS-2023-0001/BKT-PT", "unit": "Phòng mẫu", "stage": "review", "body": "UBND huyện mẫu", "items": 3,
	"passed": 0, "failed": 0, "deferred": 0, "days": 0, "path": "/proposals/x"}`

func TestDispatchSendsEachNoticeOnce(t *testing.T) {
	t.Parallel()
	b := newBooks(t)
	d, server := dispatcher(t, b)
	b.mail("forwarded", forwarded)
	for range 2 {
		require.NoError(t, d.Dispatch(context.Background()))
	}
	got := server.Messages()
	require.Len(t, got, 1)
	assert.Equal(t, []string{"vi-du@mau.example"}, got[0].To)
	assert.Contains(t, got[0].Subject, "HS-2023-0001/BKT-PT")
	assert.Equal(t, 1, b.count(`select count(*) from outbox where sent_at is not null`))
}

func TestAServerThatIsAwayLosesNothing(t *testing.T) {
	t.Parallel()
	b := newBooks(t)
	d, server := dispatcher(t, b)
	b.mail("forwarded", forwarded)
	server.Break(smtptest.Fault{At: smtptest.AtRcpt, Code: 450})
	require.NoError(t, d.Dispatch(context.Background()))
	assert.Equal(t, 1, b.count(`select count(*) from outbox
		where sent_at is null and failed_at is null and tries = 1 and next_try > now() and last_error <> ''`), "kept for a later try")
	server.Heal()
	b.exec(`update outbox set next_try = now()`)
	require.NoError(t, d.Dispatch(context.Background()))
	assert.Len(t, server.Messages(), 1)
}

func TestARefusedAddressIsGivenUpVisibly(t *testing.T) {
	t.Parallel()
	b := newBooks(t)
	d, server := dispatcher(t, b)
	b.mail("forwarded", forwarded)
	server.Break(smtptest.Fault{At: smtptest.AtRcpt, Code: 550})
	require.NoError(t, d.Dispatch(context.Background()))
	assert.Equal(t, 1, b.count(`select count(*) from outbox where failed_at is not null and last_error not like '%vi-du@%'`))
}

func TestAPersonWithoutAddressHasTheInbox(t *testing.T) {
	t.Parallel()
	b := newBooks(t)
	d, server := dispatcher(t, b)
	b.exec(`update users set email = ''`)
	b.mail("forwarded", forwarded)
	require.NoError(t, d.Dispatch(context.Background()))
	assert.Empty(t, server.Messages())
	rows, err := b.store.NoticesOf(context.Background(), b.user, 10)
	require.NoError(t, err)
	assert.Len(t, rows, 1)
}

// stuck is a mail server that takes the connection and says nothing.
type stuck struct{}

func (stuck) Send(ctx context.Context, _ notify.Message) error {
	<-ctx.Done()
	return ctx.Err()
}

func TestASilentServerKeepsNoRowBeyondItsLease(t *testing.T) {
	t.Parallel()
	b := newBooks(t)
	for range 2*portion + 1 {
		b.mail("forwarded", forwarded)
	}
	d := &Dispatcher{Store: b.store, Sender: stuck{}, PublicURL: "https://mau.example", Patience: time.Millisecond}
	require.NoError(t, d.Dispatch(context.Background()))
	assert.Equal(t, 2*portion+1, b.count(`select count(*) from outbox where tries = 1 and sent_at is null and next_try > now()`), "each was tried once")
	assert.Less(t, portion*patience, lease, "a portion is done before its rows may be claimed again")
}

// waiting puts a case on the books that waits for the unit's clerk, due on a day.
func (b *books) waiting(due string, set string) {
	b.t.Helper()
	sub, p := uuid.NewString(), uuid.NewString()
	b.exec(`insert into submissions (id, ref, unit, created_by) values ($1::uuid, $1, 'u', $2::uuid)`, sub, b.user)
	b.exec(`insert into proposals (id, submission, ref, unit, award, case_id, number, stage, waiting_unit, waiting_roles, due_on, route)
		values ($1::uuid, $2::uuid, $1, 'u', 'LDTT', 'commendation/' || $1, 1, 'review', 'u', '{clerk}', $3::date, '{"stages": []}')`, p, sub, due)
	if set != "" {
		b.exec(`update proposals set `+set+` where id = $1::uuid`, p)
	}
}

func TestDeadlinesRemindBeforeAndEscalateAfterOnceEach(t *testing.T) {
	t.Parallel()
	b := newBooks(t)
	b.waiting("2023-11-22", "")               // two working days ahead
	b.waiting("2023-11-17", "")               // a Friday, one working day late on Monday
	b.waiting("2023-12-29", "")               // far away
	b.waiting("2023-11-17", "on_hold = true") // pauses
	b.waiting("2023-11-17", "closed = true")
	d := &Deadlines{
		Store: b.store, Calendar: law.Default().Calendar(), Ahead: 2,
		Today: func() law.Date { return law.MustDate("2023-11-20") },
	}
	for range 2 {
		require.NoError(t, d.Sweep(context.Background()))
	}
	assert.Equal(t, 1, b.count(`select count(*) from outbox where kind = 'reminder' and data ->> 'days' = '2'`))
	assert.Equal(t, 1, b.count(`select count(*) from outbox where kind = 'overdue' and data ->> 'days' = '1'`))
	assert.Equal(t, 2, b.count(`select count(*) from outbox`), "said once, and nothing about the others")
	sender, server := dispatcher(t, b)
	require.NoError(t, sender.Dispatch(context.Background()))
	assert.Len(t, server.Messages(), 2, "both kinds have their texts")
}
