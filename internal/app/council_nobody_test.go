package app

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/council"
	"vinhdanh/internal/council/ballotbox"
	"vinhdanh/internal/embedded/pg/pgtest"
	"vinhdanh/internal/envelope"
)

// haystack is all that is left anywhere of the session but the two shares: a dump, the
// database's files with its write-ahead log and its log (a backup of the whole), every
// act and transition as the histories carry them, and the application's log.
func (r *sealedRoom) haystack() map[string][]byte {
	t := r.t
	t.Helper()
	out := map[string][]byte{"logs": r.logs.Bytes()}
	at, err := url.Parse(r.owner)
	require.NoError(t, err)
	dump, err := exec.CommandContext(r.ctx, "pg_dump", pgtest.Server(t).URL(strings.Trim(at.Path, "/"))).CombinedOutput()
	require.NoError(t, err, string(dump))
	out["dump"] = dump
	db, err := pgx.Connect(r.ctx, pgtest.Server(t).URL("postgres"))
	require.NoError(t, err)
	defer func() { _ = db.Close(r.ctx) }()
	_, err = db.Exec(r.ctx, "checkpoint")
	require.NoError(t, err)
	var dir string
	require.NoError(t, db.QueryRow(r.ctx, "show data_directory").Scan(&dir))
	for _, part := range []string{filepath.Join(dir, "pg_wal"), filepath.Join(dir, "base")} {
		require.NoError(t, filepath.WalkDir(part, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return nil // a file of another test's database may just have gone
			}
			raw, err := os.ReadFile(path)
			if err == nil {
				out[filepath.Base(part)] = append(out[filepath.Base(part)], raw...)
			}
			return nil
		}))
	}
	var history []byte
	rows, err := r.Store.AttemptsOf(r.ctx, r.v.CaseID)
	require.NoError(t, err)
	for _, at := range rows {
		var msg envelope.Message
		require.NoError(t, json.Unmarshal(at.Message, &msg))
		for _, part := range strings.Split(msg.JWS, ".") {
			raw, err := base64.RawURLEncoding.DecodeString(part)
			require.NoError(t, err)
			history = append(append(history, raw...), '\n')
		}
	}
	var steps []council.Transition
	r.history(r.v.CaseID, &steps)
	out["history"] = append(history, fmt.Sprintf("%+v", steps)...)
	return out
}

// tells looks for what a voter chose, or a share, in every form it could have been kept in.
func (r *sealedRoom) tells(hay map[string][]byte) {
	r.t.Helper()
	needles := map[string]string{}
	for name, written := range r.shares {
		needles[name+" share"] = written
		share, err := ballotbox.Read(written)
		require.NoError(r.t, err)
		needles[name+" share, raw"], needles[name+" share in hex"] = string(share), hex.EncodeToString(share)
		needles[name+" share in base64"] = base64.RawStdEncoding.EncodeToString(share)
	}
	for i := range r.v.Roster {
		for _, p := range []string{r.pattern(i), r.again(i)} {
			if len(p) < 8 {
				continue // anything stands somewhere; no second ballot yet
			}
			needles[fmt.Sprint("letters of ", i, len(p))], needles[fmt.Sprint("hex of ", i, len(p))] = p, hex.EncodeToString([]byte(p))
			for shift := range 3 { // inside something longer, base64 begins at any of three places
				text := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat(" ", shift) + p))
				needles[fmt.Sprint("base64 of ", i, len(p), shift)] = text[4 : len(text)-4]
			}
		}
	}
	for _, it := range r.v.Agenda {
		for _, word := range []string{"yes", "no", "abstain", "y", "n", "a"} {
			needles["a choice on "+it.Item+word] = `"` + it.Item + `":"` + word + `"`
		}
	}
	for where, raw := range hay {
		for what, needle := range needles {
			require.False(r.t, bytes.Contains(raw, []byte(needle)), "%s stands in %s", what, where)
		}
	}
}

// searched holds a session before a count to what is known of it: the sealed ballots are
// there, in the write-ahead log too, and neither they nor anything else tells a vote.
func (r *sealedRoom) searched(round int) {
	t := r.t
	t.Helper()
	hay := r.haystack()
	ballots, err := r.Store.SealedBallotsOf(r.ctx, r.v.ID)
	require.NoError(t, err)
	require.Len(t, ballots, len(r.v.Roster), "one row per voter")
	for _, where := range []string{"dump", "pg_wal", "history"} { // the search finds what is there
		require.Contains(t, string(hay[where]), ballots[0].Digest, where)
	}
	require.True(t, bytes.Contains(hay["pg_wal"], ballots[0].Sealed), "the sealed ballot is in the write-ahead log")
	r.tells(hay)
	one, err := ballotbox.Read(r.first)
	require.NoError(t, err)
	for _, b := range ballots { // one share, whichever place it is tried in
		require.Equal(t, round, b.Round)
		_, err := ballotbox.Open(ballotbox.Shares{Chair: one, Secretary: one}, council.BoxOf(r.v.CaseID, round), b.Member, b.Sealed)
		require.ErrorIs(t, err, ballotbox.ErrSealed)
	}
}

// TestNobodyLearnsAVote: who holds a dump, the files with the write-ahead log, the
// histories and the logs, but not both shares, learns no vote, before the count or after,
// of the first ballot or of a second.
func TestNobodyLearnsAVote(t *testing.T) {
	t.Parallel()
	rule := secretly()
	rule.Second = council.Fraction{Num: 1, Den: 5}
	r := sealedRoomUnder(t, 24, rule)
	r.shares = map[string]string{"chair": r.first, "secretary": r.second}
	old := SharesInput{Chair: r.first, Secretary: r.second}
	r.cast()
	r.searched(1)
	stale, err := r.SecretBallot(r.ctx, r.byID(r.v.Roster[4].User), r.v.ID)
	require.NoError(t, err)
	r.unsealed(1)
	left, err := r.Store.SealedBallotsOf(r.ctx, r.v.ID)
	require.NoError(t, err)
	require.Empty(t, left, "the sealed ballots are deleted")
	done, err := r.CloseSession(r.ctx, r.chair, r.v.ID, "")
	require.NoError(t, err)
	require.Equal(t, NextSecond, done.Next.Is())
	require.Contains(t, done.Next.Text.VI, "hai mảnh khóa mới")
	first, err := r.SecretRecord(r.ctx, r.chair, r.v.ID, 1)
	require.NoError(t, err)
	require.NoError(t, council.Recount(first, stale.Receipt))
	r.v, err = r.SessionView(r.ctx, r.secretary, r.v.ID)
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(r.again(0)), 10, "enough items to look for")

	r.staleOfTheFirst(stale)
	r.made()
	r.staleOfTheFirst(stale)
	r.castAgain()
	r.searched(2)
	_, err = r.FreezeBallots(r.ctx, r.chair, r.v.ID, BoxInput{Round: 2})
	require.NoError(t, err)
	_, err = r.CountSecret(r.ctx, r.chair, r.v.ID, old)
	require.Equal(t, CodeInvalid, codeOf(err), "the first ballot's shares open nothing of the second")
	_, err = r.CountSecret(r.ctx, r.chair, r.v.ID, SharesInput{Chair: r.first, Secretary: r.second})
	require.NoError(t, err)
	_, err = r.AttestCount(r.ctx, r.secretary, r.v.ID, BoxInput{})
	require.Equal(t, CodeConflict, codeOf(err), "a page of the first ballot")
	_, err = r.AttestCount(r.ctx, r.secretary, r.v.ID, BoxInput{Round: 2})
	require.NoError(t, err)
	left, err = r.Store.SealedBallotsOf(r.ctx, r.v.ID)
	require.NoError(t, err)
	require.Empty(t, left, "nor is a sealed ballot of the second left")
	_, err = r.CloseSession(r.ctx, r.chair, r.v.ID, "again")
	require.NoError(t, err)
	r.tells(r.haystack())
	r.bothCounted()
}
