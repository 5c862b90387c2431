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

// hay visits all that is left anywhere of the session but the two shares: a dump, the
// files of its database with the server's write-ahead log (a backup of the whole), every
// act and transition as the histories carry them, and the application's log. A file at a
// time: the log is that of all databases of the server.
func (r *sealedRoom) hay(visit func(where string, raw []byte)) {
	t := r.t
	t.Helper()
	visit("logs", r.logs.Bytes())
	at, err := url.Parse(r.owner)
	require.NoError(t, err)
	name := strings.Trim(at.Path, "/")
	dump, err := exec.CommandContext(r.ctx, "pg_dump", pgtest.Server(t).URL(name)).CombinedOutput()
	require.NoError(t, err, string(dump))
	visit("dump", dump)
	db, err := pgx.Connect(r.ctx, pgtest.Server(t).URL("postgres"))
	require.NoError(t, err)
	defer func() { _ = db.Close(r.ctx) }()
	_, err = db.Exec(r.ctx, "checkpoint")
	require.NoError(t, err)
	var dir, own string
	require.NoError(t, db.QueryRow(r.ctx, "select current_setting('data_directory'), oid::text from pg_database where datname = $1", name).Scan(&dir, &own))
	for where, part := range map[string]string{"pg_wal": filepath.Join(dir, "pg_wal"), "base": filepath.Join(dir, "base", own)} {
		require.NoError(t, filepath.WalkDir(part, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return nil // a segment of the log may just have gone
			}
			if raw, err := os.ReadFile(path); err == nil {
				visit(where, raw)
			}
			return nil
		}))
	}
	visit("history", r.told())
}

// told are the session's acts and transitions as its history carries them.
func (r *sealedRoom) told() []byte {
	var history []byte
	rows, err := r.Store.AttemptsOf(r.ctx, r.v.CaseID)
	require.NoError(r.t, err)
	for _, at := range rows {
		var msg envelope.Message
		require.NoError(r.t, json.Unmarshal(at.Message, &msg))
		for _, part := range strings.Split(msg.JWS, ".") {
			raw, err := base64.RawURLEncoding.DecodeString(part)
			require.NoError(r.t, err)
			history = append(append(history, raw...), '\n')
		}
	}
	var steps []council.Transition
	r.history(r.v.CaseID, &steps)
	return append(history, fmt.Sprintf("%+v", steps)...)
}

// needles are texts of four bytes and more, by what they would tell; each byte of the hay
// is looked at once, whatever their number.
type needles map[string]string

// look tells where each needle that is anywhere stands.
func (r *sealedRoom) look(all needles) map[string]map[string]bool {
	r.t.Helper()
	type key [4]byte
	begins, by := [1 << 16]bool{}, map[key][]string{}
	for what, text := range all {
		require.GreaterOrEqual(r.t, len(text), 8, what)
		begins[int(text[0])<<8|int(text[1])] = true
		by[key([]byte(text))] = append(by[key([]byte(text))], what)
	}
	found := map[string]map[string]bool{}
	r.hay(func(where string, raw []byte) {
		for i := 0; i+4 <= len(raw); i++ {
			if !begins[int(raw[i])<<8|int(raw[i+1])] {
				continue
			}
			for _, what := range by[key(raw[i:])] {
				if !bytes.HasPrefix(raw[i:], []byte(all[what])) {
					continue
				}
				if found[what] == nil {
					found[what] = map[string]bool{}
				}
				found[what][where] = true
			}
		}
	})
	return found
}

// tells looks for what a voter chose, or a share, in every form it could have been kept in.
func (r *sealedRoom) tells() {
	r.t.Helper()
	secrets := needles{}
	for name, written := range r.shares {
		secrets[name+" share"] = written
		share, err := ballotbox.Read(written)
		require.NoError(r.t, err)
		secrets[name+" share, raw"], secrets[name+" share in hex"] = string(share), hex.EncodeToString(share)
		secrets[name+" share in base64"] = base64.RawStdEncoding.EncodeToString(share)
	}
	for i := range r.v.Roster {
		for _, p := range []string{r.pattern(i), r.again(i)} {
			if len(p) < 8 {
				continue // anything stands somewhere; no second ballot yet
			}
			secrets[fmt.Sprint("letters of ", i, len(p))], secrets[fmt.Sprint("hex of ", i, len(p))] = p, hex.EncodeToString([]byte(p))
			for shift := range 3 { // inside something longer, base64 begins at any of three places
				text := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat(" ", shift) + p))
				secrets[fmt.Sprint("base64 of ", i, len(p), shift)] = text[4 : len(text)-4]
			}
		}
	}
	for _, it := range r.v.Agenda {
		for _, word := range []string{"yes", "no", "abstain", "y", "n", "a"} {
			secrets["a choice on "+it.Item+word] = `"` + it.Item + `":"` + word + `"`
		}
	}
	require.Empty(r.t, r.look(secrets))
}

// searched holds a session before a count to what is known of it: the sealed ballots are
// there, in the write-ahead log too, and neither they nor anything else tells a vote.
func (r *sealedRoom) searched(round int) {
	t := r.t
	t.Helper()
	ballots, err := r.Store.SealedBallotsOf(r.ctx, r.v.ID)
	require.NoError(t, err)
	require.Len(t, ballots, len(r.v.Roster), "one row per voter")
	there := needles{}
	for i, b := range ballots {
		there[fmt.Sprint("digest", i)], there[fmt.Sprint("sealed", i)] = b.Digest, string(b.Sealed)
	}
	seen := map[string]bool{} // the search finds what is there; one of them may lie across two pages of the log
	for what, places := range r.look(there) {
		for where := range places {
			seen[strings.TrimRight(what, "0123456789")+" in "+where] = true
		}
	}
	for _, want := range []string{"digest in dump", "digest in pg_wal", "digest in history", "sealed in pg_wal", "sealed in base"} {
		require.True(t, seen[want], "%s; seen %v", want, seen)
	}
	r.tells()
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
	r.tells()
	r.bothCounted()
}
