package activities

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/notify"
)

func TestPreferencesDecideWhatIsMailed(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	b := newBooks(t)
	d, server := dispatcher(t, b)
	for kind, channel := range map[string]string{"forwarded": "daily", "accepted": "inbox", "released": "weekly", "returned": "inbox"} {
		require.NoError(t, b.store.SetPreference(ctx, b.user, kind, channel))
	}
	for _, kind := range []string{"forwarded", "forwarded", "accepted", "released"} {
		b.mail(kind, forwarded)
	}
	b.mail("returned", `{"case_ref": "HS-2023-0001/BKT-PT", "unit": "Phòng mẫu", "stage": "review", "body": "UBND huyện mẫu", "items": 3, "points": 2, "path": "/proposals/x"}`)
	b.mail("appraised", forwarded)
	require.NoError(t, d.Dispatch(ctx))
	require.Len(t, server.Messages(), 2, "what is mandatory, and what nobody chose to put off")
	for _, m := range server.Messages() {
		text := m.Body
		assert.Equal(t, !strings.Contains(m.Subject, "yêu cầu bổ sung"), strings.Contains(text, "/notices/preferences"), "only what is optional says where to stop it: %s", m.Subject)
	}
	assert.Equal(t, 2, b.count(`select count(*) from digests where sent_at is null`), "one for the day, one for the week")
	b.exec(`update digests set next_try = now() - interval '1 minute'`)
	for range 2 {
		require.NoError(t, d.Dispatch(ctx))
	}
	all := server.Messages()
	require.Len(t, all, 4, "each digest once")
	daily := all[2].Subject + all[2].Body + all[3].Subject + all[3].Body
	assert.Contains(t, daily, "Tổng hợp 2 thông báo")
	assert.Contains(t, daily, "HS-2023-0001/BKT-PT")
	assert.Contains(t, daily, "https://mau.example/notices/preferences")
	assert.Equal(t, 6, b.count(`select count(*) from outbox`), "in the application everything stays")
}

func TestDigestsAreDueInTheMorning(t *testing.T) {
	t.Parallel()
	friday := time.Date(2023, 11, 17, 23, 30, 0, 0, vietNam)
	assert.Equal(t, "2023-11-18T07:00:00+07:00", digestDue(notify.Daily, friday).Format(time.RFC3339))
	assert.Equal(t, "2023-11-20T07:00:00+07:00", digestDue(notify.Weekly, friday).Format(time.RFC3339))
	monday := time.Date(2023, 11, 20, 6, 0, 0, 0, vietNam)
	assert.Equal(t, "2023-11-27T07:00:00+07:00", digestDue(notify.Weekly, monday.UTC()).Format(time.RFC3339))
}
