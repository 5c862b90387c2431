package payload_test

import (
	"bytes"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/payload"
)

var master = bytes.Repeat([]byte{7}, 32)

func wrapped(t *testing.T, s payload.Shelf) *payload.Wrapped {
	w, err := payload.NewWrapped(s, master)
	require.NoError(t, err)
	return w
}

func TestMasterLength(t *testing.T) {
	t.Parallel()
	_, err := payload.NewWrapped(newShelf(), []byte("short"))
	require.ErrorContains(t, err, "32 bytes")
}

func TestWrappedKeys(t *testing.T) {
	t.Parallel()
	s := newShelf()
	w := wrapped(t, s)
	_, err := w.Key("commendation/p1", false)
	require.ErrorIs(t, err, payload.ErrNoKey, "reading made a key")
	one, err := w.Key("commendation/p1", true)
	require.NoError(t, err)
	require.Len(t, one, 32)
	two, err := w.Key("commendation/p2", true)
	require.NoError(t, err)
	require.NotEqual(t, one, two, "two cases share a key")
	require.False(t, bytes.Contains(s.get("commendation/p1"), one), "the key lies on the shelf unwrapped")
	again, err := wrapped(t, s).Key("commendation/p1", false)
	require.NoError(t, err)
	require.Equal(t, one, again, "another process unwraps another key")
}

// TestShelfOutage: a case in hand goes on while the database is away; an unknown
// one says why it cannot.
func TestShelfOutage(t *testing.T) {
	t.Parallel()
	s := newShelf()
	w := wrapped(t, s)
	before, err := w.Key("commendation/p1", true)
	require.NoError(t, err)
	s.fail(true)
	during, err := w.Key("commendation/p1", false)
	require.NoError(t, err)
	require.Equal(t, before, during)
	_, err = w.Key("commendation/p2", true)
	require.ErrorIs(t, err, errDown)
	require.NotErrorIs(t, err, payload.ErrNoKey, "an outage looks like a destroyed key")
	s.fail(false)
	_, err = w.Key("commendation/p2", true)
	require.NoError(t, err, "the outage was remembered")
}

// TestTwoProcesses make the key of one case at the same time and must agree, or
// one could not read what the other wrote.
func TestTwoProcesses(t *testing.T) {
	t.Parallel()
	s := newShelf()
	s.gate = &sync.WaitGroup{}
	const processes = 8
	s.gate.Add(processes)
	keys := make([][]byte, processes)
	errs := make([]error, processes)
	var all sync.WaitGroup
	for i := range processes {
		w := wrapped(t, s)
		all.Go(func() { keys[i], errs[i] = w.Key("commendation/p1", true) })
	}
	all.Wait()
	for i := range processes {
		require.NoError(t, errs[i])
		require.Equal(t, keys[0], keys[i])
	}
}

// TestDestroyedKey stays destroyed: neither read nor made anew.
func TestDestroyedKey(t *testing.T) {
	t.Parallel()
	s := newShelf()
	w := wrapped(t, s)
	_, err := w.Key("commendation/p1", true)
	require.NoError(t, err)
	s.destroy("commendation/p1")
	w.Forget("commendation/p1")
	for _, create := range []bool{false, true} {
		_, err := w.Key("commendation/p1", create)
		require.ErrorIs(t, err, payload.ErrNoKey)
	}
}

func TestForeignMasterAndSwappedRow(t *testing.T) {
	t.Parallel()
	s := newShelf()
	_, err := wrapped(t, s).Key("commendation/p1", true)
	require.NoError(t, err)

	foreign, err := payload.NewWrapped(s, bytes.Repeat([]byte{8}, 32))
	require.NoError(t, err)
	_, err = foreign.Key("commendation/p1", false)
	require.ErrorContains(t, err, "master key")

	// A row moved to another case must not give that case this key.
	s.set("commendation/p2", s.get("commendation/p1"))
	_, err = wrapped(t, s).Key("commendation/p2", false)
	require.ErrorContains(t, err, "master key")

	s.set("commendation/p3", []byte("x"))
	_, err = wrapped(t, s).Key("commendation/p3", false)
	require.Error(t, err)
}

func TestSingle(t *testing.T) {
	t.Parallel()
	one := payload.Single{CaseID: "commendation/p1", Secret: master}
	key, err := one.Key("commendation/p1", false)
	require.NoError(t, err)
	require.Equal(t, master, key)
	_, err = one.Key("commendation/p2", true)
	require.ErrorIs(t, err, payload.ErrNoKey)
}
