package app

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"vinhdanh/activities"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/notify"
	"vinhdanh/internal/notify/smtptest"
	"vinhdanh/internal/postgres"
)

func (m *machines) CheckHealth(context.Context, *client.CheckHealthRequest) (*client.CheckHealthResponse, error) {
	return &client.CheckHealthResponse{}, nil
}

// refusing is a mail server that takes nothing.
type refusing struct{}

func (refusing) Send(context.Context, notify.Message) error {
	return &notify.SendError{Code: notify.CodeRefused, Detail: "mailbox unavailable", Err: errors.New("550")}
}

func TestAMailThatFailsIsSeenRetriedAndDiscarded(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	w.sent(t)
	admin := w.as("hg-admin")
	require.NoError(t, (&activities.Dispatcher{Store: w.Store, Sender: refusing{}, PublicURL: "https://x.example"}).Dispatch(ctx))
	box, err := w.Outbox(ctx, admin, "", 0, 0)
	require.NoError(t, err)
	require.NotZero(t, box.Counts.Failed)
	assert.Contains(t, box.Rows[0].LastError, "mailbox unavailable")
	for _, r := range box.Rows {
		assert.NotContains(t, r.LastError, "@", "no address of anybody")
	}
	one := box.Rows[0].ID
	_, err = w.DiscardMail(ctx, admin, MailInput{Mail: one})
	assert.Equal(t, CodeInvalid, asError(err).Code, "with a reason only")
	_, err = w.DiscardMail(ctx, admin, MailInput{Mail: one, Reason: "hộp thư đã đóng"})
	require.NoError(t, err)
	_, err = w.DiscardMail(ctx, admin, MailInput{Mail: one, Reason: "lần nữa"})
	assert.Equal(t, CodeNotFound, asError(err).Code)
	n, err := w.RetryMail(ctx, admin, MailInput{Mail: "failed"})
	require.NoError(t, err)
	assert.Equal(t, box.Counts.Failed-1, n.Count, "what was given up is not tried again")
	box, err = w.Outbox(ctx, w.as("hg-auditor"), "discarded", 0, 0)
	require.NoError(t, err)
	assert.Len(t, box.Rows, 1)
	for _, login := range []string{"pgd-clerk", "hg-chair"} {
		_, err = w.Outbox(ctx, w.as(login), "", 0, 0)
		assert.Equal(t, CodeForbidden, asError(err).Code)
	}
	_, err = w.RetryMail(ctx, w.as("hg-auditor"), MailInput{Mail: "failed"})
	assert.Equal(t, CodeForbidden, asError(err).Code, "auditors change nothing")
}

func TestATestMailGoesTheWayOfEveryOther(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	server, err := smtptest.Start(smtptest.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = server.Close() })
	sender, err := notify.NewSMTPSender(notify.SMTPConfig{Host: server.Host(), Port: server.Port(), TLS: notify.TLSNone, From: "vinhdanh@haugiang.example"})
	require.NoError(t, err)
	require.NoError(t, sender.Check(ctx))
	mail, err := w.SendTestMail(ctx, w.as("hg-admin"), "n")
	require.NoError(t, err)
	assert.Equal(t, "hg-admin@haugiang.example", mail.To)
	state, err := w.TestMailState(ctx, w.as("hg-admin"), mail.ID)
	require.NoError(t, err)
	assert.Equal(t, "waiting", state.State)
	require.NoError(t, (&activities.Dispatcher{Store: w.Store, Sender: sender, PublicURL: "https://x.example"}).Dispatch(ctx))
	state, err = w.TestMailState(ctx, w.as("hg-admin"), mail.ID)
	require.NoError(t, err)
	assert.Equal(t, "sent", state.State, state.Reason)
	_, err = w.SendTestMail(ctx, w.as("pgd-clerk"), "")
	assert.Equal(t, CodeForbidden, asError(err).Code)
}

func TestHealthTellsWhatIsNotWell(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	w.App.Temporal = w.temporal
	h, err := w.Health(ctx, w.as("hg-admin"))
	require.NoError(t, err)
	parts := map[string]HealthPart{}
	for _, p := range h.Parts {
		parts[strings.TrimSpace(p.Part+" "+p.Of)] = p
		assert.NotEmpty(t, p.Say.VI, p.Part)
		assert.NotEmpty(t, p.Say.EN, p.Part)
		assert.Equal(t, p.State == HealthOK, p.Do.VI == "", "%s says what to do where something is to be done", p.Part)
	}
	assert.Equal(t, HealthOK, parts["database"].State)
	assert.Equal(t, HealthOK, parts["files"].State)
	assert.Equal(t, HealthOK, parts["clock"].State)
	assert.Equal(t, HealthWarning, parts["worker"].State, "no process has said that it runs")

	soon := time.Now().Add(24 * time.Hour).UTC().Format(time.RFC3339)
	require.NoError(t, w.Store.Beat(ctx, postgres.Process{ID: "worker-a-1", Kind: "worker", StartedAt: time.Now(),
		Facts: []byte(`{"disk_free":1,"disk_total":100,"seal_of":"UBND tỉnh mẫu","seal_expires":"` + soon + `","mail":"connect","law":"` + strings.Repeat("0", 64) + `"}`)}))
	h, err = w.Health(ctx, w.as("hg-auditor"))
	require.NoError(t, err)
	for _, p := range h.Parts {
		parts[strings.TrimSpace(p.Part+" "+p.Of)] = p
	}
	assert.Equal(t, HealthOK, parts["worker"].State)
	for _, part := range []string{"disk worker-a-1", "seal worker-a-1", "law worker-a-1"} {
		assert.Equal(t, HealthWarning, parts[part].State, part)
	}
	assert.Equal(t, HealthError, parts["mail worker-a-1"].State)
	assert.Equal(t, HealthError, h.State)
	_, err = w.Health(ctx, w.as("pgd-clerk"))
	assert.Equal(t, CodeForbidden, asError(err).Code)
}

func TestARingIsTakenUpOnlyAsTheRootSignedIt(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	w.App.Temporal = w.temporal
	root, err := envelope.GenerateSigner("root")
	require.NoError(t, err)
	stranger, err := envelope.GenerateSigner("root")
	require.NoError(t, err)
	was := envelope.Ring{Installation: "test", Version: 1, Keys: []envelope.Key{w.Desk.Signer.Public()}}
	w.Ring, w.Root, w.RootPublic = &was, root.KeyID, root.Public().Public
	w.RefreshRing = func(ctx context.Context) error {
		signed, err := w.Store.NewestRing(ctx)
		if err != nil {
			return err
		}
		w.Ring, err = envelope.ParseRing(signed, w.RootPublic, w.Root)
		return err
	}
	at := time.Now().UTC()
	next := was
	next.Version, next.Keys = 2, []envelope.Key{was.Keys[0]}
	next.Keys[0].Revoked, next.Keys[0].Reason = &at, "mất máy"
	fewer := envelope.Ring{Installation: "test", Version: 3}
	same := was
	sign := func(r envelope.Ring, s *envelope.Signer) string {
		signed, err := envelope.SignRing(r, s)
		require.NoError(t, err)
		return signed
	}
	admin := w.as("hg-admin")
	for name, signed := range map[string]string{
		"another root": sign(next, stranger), "keys are gone": sign(fewer, root), "not newer": sign(same, root), "no ring": "hello",
	} {
		_, err := w.UploadRing(ctx, admin, RingInput{Signed: signed, Reason: "x"})
		assert.Equal(t, CodeInvalid, asError(err).Code, name)
	}
	_, err = w.UploadRing(ctx, w.as("hg-auditor"), RingInput{Signed: sign(next, root), Reason: "x"})
	assert.Equal(t, CodeForbidden, asError(err).Code)
	got, err := w.UploadRing(ctx, admin, RingInput{Signed: sign(next, root), Reason: "mất máy", Nonce: "n"})
	require.NoError(t, err)
	assert.Equal(t, 2, got.Version)
	require.NotNil(t, got.Keys[0].Revoked)
	assert.True(t, got.Keys[0].InUse)
	_, err = w.UploadRing(ctx, admin, RingInput{Signed: sign(next, root), Reason: "mất máy", Nonce: "n"})
	require.NoError(t, err, "the form sent twice")
	h, err := w.Health(ctx, admin)
	require.NoError(t, err)
	assert.Equal(t, HealthError, h.State, "serve signs with a revoked key")
}
