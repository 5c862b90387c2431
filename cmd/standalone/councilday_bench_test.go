package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/metrics"
	"strconv"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/rs/zerolog"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"vinhdanh/internal/app"
	"vinhdanh/internal/keys"
	"vinhdanh/internal/postgres"
)

// councilDay is how many proposals the benchmark brings before the Council, unless
// VINHDANH_COUNCIL_DAY says otherwise; members is how many vote.
const (
	councilDay  = 1000
	members     = 25
	daySizeName = "VINHDANH_COUNCIL_DAY"
	looksAt     = 20 // how often the heap is looked at
)

// BenchmarkCouncilDay holds a session of 25 members over 1,000 proposals and tells
// how fast its result reaches them beside a loop of bare Updates to as many bare
// workflows on the same server in the same run, and how much the heap grows over
// it. The cases are real: imported, sent, accepted and appraised.
func BenchmarkCouncilDay(b *testing.B) {
	size := councilDay
	if s := os.Getenv(daySizeName); s != "" {
		var err error
		size, err = strconv.Atoi(s)
		require.NoError(b, err)
	}
	for range b.N {
		w := ownTown(b)
		m := w.enlarged(local)
		begun := time.Now()
		proposals, ids := w.waiting(b, size)
		fmt.Printf("%d cases before the council after %s\n", size, time.Since(begun).Round(time.Second))
		begun = time.Now()
		v := w.voted(b, m, ids)
		fmt.Printf("%d members have voted after %s\n", members, time.Since(begun).Round(time.Second))
		bare := w.bareWorkflows(b, size)
		before := bare.updates(b, 0, size/2)
		run := w.delivered(b, m, v, size)
		around := before + bare.updates(b, size/2, size)
		bare.stop()

		cost := w.costOf(v.CaseID, proposals, 2) // accepted and appraised
		require.Equal(b, told{Acts: 1, Leaves: size, Updates: size}, cost)
		delivery, updates := float64(size)/run.took.Seconds(), float64(size)/around.Seconds()
		first, last := run.quarter(0), run.quarter(3)
		fmt.Printf("council day: %d proposals, %d members: delivery %.1f items/s, bare Updates %.1f/s, ratio %.2f; "+
			"%d signed act, %.0f Update per proposal; live heap %.1f MiB in the first quarter, %.1f MiB in the last\n",
			size, members, delivery, updates, delivery/updates, cost.Acts, float64(cost.Updates)/float64(size), first, last)
		b.ReportMetric(delivery, "items/s")
		b.ReportMetric(updates, "bare-updates/s")
		b.ReportMetric(delivery/updates, "of-bare-updates")
		b.ReportMetric(float64(cost.Updates)/float64(size), "updates/proposal")
		b.ReportMetric(last-first, "heap-growth-MiB")
		b.ReportMetric(0, "ns/op") // mostly the preparation
		require.NoError(b, w.leave())
	}
}

// ownTown is an instance of the benchmark's own, whose schedules do not run in
// between.
func ownTown(b *testing.B) *town {
	b.Helper()
	dir, err := os.MkdirTemp("", "vinhdanh-bench-")
	require.NoError(b, err)
	b.Cleanup(func() { _ = os.RemoveAll(dir) })
	require.NoError(b, os.Chmod(dir, 0o755)) // PostgreSQL runs as another user when started by root
	require.NoError(b, keys.Folder(dir+"/keys").Create(time.Now()))
	ctx := zerolog.Nop().WithContext(context.Background())
	s, err := openStage(ctx, options{dataDir: dir, today: "2023-11-20", every: 24 * time.Hour}, io.Discard, dir)
	require.NoError(b, err)
	return &town{stage: s, t: b, ctx: ctx}
}

// leave ends the instance; its end by our own wish is no fault.
func (w *town) leave() error {
	if err := w.stage.leave(); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// enlarged seats further, invented members on a council, until it has 25.
func (w *town) enlarged(m meeting) meeting {
	w.t.Helper()
	var users []postgres.SeedUser
	for i := len(m.members); i < members; i++ {
		login, token := fmt.Sprintf("bench-member-%d", i), uuid.NewString()
		hash := sha256.Sum256([]byte(token))
		users = append(users, postgres.SeedUser{
			User:        postgres.User{ID: uuid.NewString(), Login: login, FullName: fmt.Sprintf("Ủy viên Giả Định %d", i), Locale: "vi"},
			Sample:      true,
			Memberships: []postgres.Membership{{Unit: "hoi-dong-tdkt-phung-hiep", Role: "member"}},
			TokenID:     uuid.NewString(), TokenHash: hash[:],
		})
		w.users[login] = token
		m.members = append(m.members, login)
	}
	require.NoError(w.t, w.app.Store.Seed(w.ctx, nil, users, nil))
	return m
}

// waiting brings n real cases to the council, a few at a time.
func (w *town) waiting(b *testing.B, n int) ([]postgres.Proposal, []string) {
	b.Helper()
	proposals, ids := make([]postgres.Proposal, n), make([]string, n)
	var g errgroup.Group
	g.SetLimit(6)
	for i := range n {
		g.Go(func() (err error) {
			proposals[i], err = w.broughtUp(i)
			ids[i] = proposals[i].ID
			return err
		})
	}
	require.NoError(b, g.Wait())
	return proposals, ids
}

// broughtUp imports, sends, accepts and appraises one case.
func (w *town) broughtUp(i int) (postgres.Proposal, error) {
	given := []string{"An", "Bình", "Châu", "Dũng", "Em", "Giang", "Hạnh", "Khánh", "Lam", "Minh"}
	name := "Trần " + given[i%10] + " " + given[i/10%10] + " " + given[i/100%10] + " " + given[i/1000%10]
	var none postgres.Proposal
	file, err := listOf("LDTT", []string{name})
	if err != nil {
		return none, err
	}
	sub, err := w.imported(w.ctx, "LDTT", file)
	if err != nil {
		return none, err
	}
	head, err := w.as(w.ctx, "pgd-head")
	if err != nil {
		return none, err
	}
	sent, err := w.app.Send(w.ctx, head, app.SendInput{Submission: sub.ID})
	if err != nil {
		return none, err
	}
	if e := sent.Proposals[0].Error; e != nil {
		return none, e
	}
	p := sent.Proposals[0].Proposal
	err = w.eventually(w.ctx, "the sending", func() (bool, error) {
		p, err = w.app.Store.ProposalIn(w.ctx, postgres.Scope{All: true}, p.ID)
		return err == nil && p.Number > 0, err
	})
	if err != nil {
		return none, err
	}
	cases := map[string]postgres.Proposal{"LDTT": p}
	err = w.receive(w.ctx, "ph-reviewer-2", cases, []string{"LDTT"})
	return cases["LDTT"], err
}

func (w *town) voted(b *testing.B, m meeting, ids []string) app.SessionView {
	b.Helper()
	v, err := m.voted(w.ctx, w.stage, ids)
	require.NoError(b, err)
	require.Len(b, v.Roster, members)
	require.Len(b, v.Agenda, len(ids))
	return v
}

// delivery is one measured delivery: how long it took, and the live heap of the
// whole process at each twentieth of it, in MiB.
type delivery struct {
	took time.Duration
	heap []float64
}

// quarter is the mean of a quarter's looks at the heap.
func (d delivery) quarter(n int) float64 {
	part := d.heap[n*len(d.heap)/4 : (n+1)*len(d.heap)/4]
	sum := 0.0
	for _, x := range part {
		sum += x
	}
	return sum / float64(len(part))
}

// delivered has the chair close the vote and waits until every proposal has its
// result. The time runs from the sealed act on.
func (w *town) delivered(b *testing.B, m meeting, v app.SessionView, size int) delivery {
	b.Helper()
	chair := w.who(m.chair)
	db := w.sql(w.urls.App)
	_, err := w.app.CloseSession(w.ctx, chair, v.ID, "")
	require.NoError(b, err)
	closed := time.Now()
	w.waitFor("the sealed act", func() (bool, error) {
		var sealed bool
		err := db.QueryRow(w.ctx, `select exists (select 1 from batches where case_id = $1)`, v.CaseID).Scan(&sealed)
		return sealed, err
	})
	began, d := time.Now(), delivery{}
	fmt.Printf("sealed %s after the closing\n", began.Sub(closed).Round(time.Millisecond))
	for done, looks := 0, 0; done < size; time.Sleep(20 * time.Millisecond) {
		require.NoError(b, db.QueryRow(w.ctx, `
			select count(*) from batches b join batch_leaves l on l.batch = b.id
			where b.case_id = $1 and l.status = 'delivered'`, v.CaseID).Scan(&done))
		require.Less(b, time.Since(began), 30*time.Minute, "%d of %d told", done, size)
		for ; looks < done*looksAt/size; looks++ {
			d.heap = append(d.heap, liveHeap())
		}
	}
	d.took = time.Since(began)
	return d
}

// liveHeap is what the last collection of garbage left, in MiB.
func liveHeap() float64 {
	s := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(s)
	return float64(s[0].Value.Uint64()) / (1 << 20)
}
