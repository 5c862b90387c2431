package envelope

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"
)

func leaves(n int) []Leaf {
	var out []Leaf
	for i := range n {
		out = append(out, Leaf{
			Case: fmt.Sprint("commendation/p", i), Revision: 1 + i%3, Stage: "council", Number: 5 + i,
			Outcome: json.RawMessage(fmt.Sprintf(`{"item":"i%d"}`, i)),
		})
	}
	return out
}

func batchOf(t testing.TB, s *Signer, n int) (*Tree, string) {
	tree, err := NewTree(leaves(n))
	require.NoError(t, err)
	a := anAct()
	a.Case, a.Data, a.Batch = "", nil, tree.Batch()
	return tree, sign(t, s, a)
}

func TestEveryLeafOfEveryTreeProves(t *testing.T) {
	t.Parallel()
	s := signer(t, PurposeSession, 1)
	ring := ringOf(s)
	for n := 1; n <= 70; n++ {
		tree, jws := batchOf(t, s, n)
		for i := range n {
			m, err := tree.Message(jws, i)
			require.NoError(t, err)
			// As it travels: through JSON.
			wire, err := json.Marshal(m)
			require.NoError(t, err)
			var back Message
			require.NoError(t, json.Unmarshal(wire, &back))
			o, err := ring.Open(back)
			require.NoError(t, err, "leaf %d of %d", i, n)
			want := leaves(n)[i]
			require.Equal(t, want.Case, o.Act.Case)
			require.Equal(t, want.Revision, o.Act.Revision)
			require.Equal(t, want.Stage, o.Act.Stage)
			require.Equal(t, want.Number, o.Act.Number)
			require.Equal(t, string(want.Outcome), string(o.Act.Data))
			require.Equal(t, "n1@"+want.Case, o.Act.Nonce)
			require.Nil(t, o.Act.Batch)
			require.Equal(t, "p1", o.Act.Actor)
			require.Equal(t, Digest(jws), o.Digest, "all cases name the one JWS")
		}
		_, err := tree.Message(jws, n)
		require.Error(t, err)
		_, err = tree.Message(jws, -1)
		require.Error(t, err)
	}
}

// TestRootByHand hashes small trees as RFC 6962 section 2.1 writes it.
func TestRootByHand(t *testing.T) {
	t.Parallel()
	for n := 1; n <= 9; n++ {
		var hashes []tlog.Hash
		for _, l := range leaves(n) {
			data, err := json.Marshal(l)
			require.NoError(t, err)
			hashes = append(hashes, tlog.RecordHash(data))
		}
		tree, err := NewTree(leaves(n))
		require.NoError(t, err)
		root := mth(hashes)
		require.Equal(t, base64.StdEncoding.EncodeToString(root[:]), tree.Batch().Root)
		require.EqualValues(t, n, tree.Batch().Size)
	}
}

func mth(h []tlog.Hash) tlog.Hash {
	if len(h) == 1 {
		return h[0]
	}
	k := 1
	for 2*k < len(h) {
		k *= 2
	}
	return tlog.NodeHash(mth(h[:k]), mth(h[k:]))
}

func TestBatchRefuses(t *testing.T) {
	t.Parallel()
	s := signer(t, PurposeSession, 1)
	ring := ringOf(s)
	const n = 11
	tree, jws := batchOf(t, s, n)
	_, otherJWS := batchOf(t, s, n-1)
	single := sign(t, s, anAct())
	batch := func(b Batch) string {
		a := anAct()
		a.Batch = &b
		return sign(t, s, a)
	}
	root := tree.Batch().Root
	tests := []struct {
		name   string
		code   string
		change func(*Message)
	}{
		{"no leaf", CodeMalformed, func(m *Message) { m.Leaf = nil }},
		{"no path", CodeMalformed, func(m *Message) { m.Proof = nil }},
		{"neither", CodeMalformed, func(m *Message) { m.Leaf, m.Proof = nil, nil }},
		{"beside an act on one case", CodeMalformed, func(m *Message) { m.JWS = single }},
		{"only the leaf beside it", CodeMalformed, func(m *Message) { m.JWS, m.Proof = single, nil }},
		{"only the path beside it", CodeMalformed, func(m *Message) { m.JWS, m.Leaf = single, nil }},
		{"another case", CodeSignature, func(m *Message) { m.Leaf.Case = "commendation/p9" }},
		{"another revision", CodeSignature, func(m *Message) { m.Leaf.Revision++ }},
		{"another stage", CodeSignature, func(m *Message) { m.Leaf.Stage = "issuance" }},
		{"another number", CodeSignature, func(m *Message) { m.Leaf.Number++ }},
		{"another outcome", CodeSignature, func(m *Message) { m.Leaf.Outcome = json.RawMessage(`{"item":"i9"}`) }},
		{"no outcome", CodeSignature, func(m *Message) { m.Leaf.Outcome = nil }},
		{"an outcome that is no JSON", CodeMalformed, func(m *Message) { m.Leaf.Outcome = json.RawMessage(`{`) }},
		{"the neighbour's leaf", CodeSignature, func(m *Message) { l := leaves(n)[4]; m.Leaf = &l }},
		{"the neighbour's path", CodeSignature, func(m *Message) {
			o, err := tree.Message(jws, 4)
			require.NoError(t, err)
			m.Proof.Path = o.Proof.Path
		}},
		{"the neighbour's index", CodeSignature, func(m *Message) { m.Proof.Index = 4 }},
		{"index below nought", CodeSignature, func(m *Message) { m.Proof.Index = -1 }},
		{"index behind the end", CodeSignature, func(m *Message) { m.Proof.Index = n }},
		{"huge index", CodeSignature, func(m *Message) { m.Proof.Index = 1 << 62 }},
		{"path cut", CodeSignature, func(m *Message) { m.Proof.Path = m.Proof.Path[1:] }},
		{"no steps", CodeSignature, func(m *Message) { m.Proof.Path = nil }},
		{"path longer", CodeSignature, func(m *Message) { m.Proof.Path = append(m.Proof.Path, root) }},
		{"path reordered", CodeSignature, func(m *Message) {
			p := m.Proof.Path
			p[0], p[1] = p[1], p[0]
		}},
		{"path is no hash", CodeMalformed, func(m *Message) { m.Proof.Path[0] = "AAAA" }},
		{"path is no base64", CodeMalformed, func(m *Message) { m.Proof.Path[0] = "*" }},
		{"another batch", CodeSignature, func(m *Message) { m.JWS = otherJWS }},
		{"root is no hash", CodeMalformed, func(m *Message) { m.JWS = batch(Batch{Root: "AAAA", Size: n}) }},
		{"size nought", CodeSignature, func(m *Message) { m.JWS = batch(Batch{Root: root}) }},
		{"size below nought", CodeSignature, func(m *Message) { m.JWS = batch(Batch{Root: root, Size: -1}) }},
		{"another size", CodeSignature, func(m *Message) { m.JWS = batch(Batch{Root: root, Size: 2 * n}) }},
		{"an inner node as a leaf", CodeSignature, func(m *Message) {
			m.JWS = batch(Batch{Root: root, Size: 2})
			m.Proof = &Proof{Index: 0, Path: m.Proof.Path[len(m.Proof.Path)-1:]}
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m, err := tree.Message(jws, 3)
			require.NoError(t, err)
			leaf := *m.Leaf
			m.Leaf = &leaf
			_, err = ring.Open(m)
			require.NoError(t, err)
			tt.change(&m)
			o, err := ring.Open(m)
			require.Equal(t, tt.code, CodeOf(err), "%v", err)
			require.Equal(t, Opened{}, o)
		})
	}
}

// TestTheLeafRules: what a batch act says of a case beside its leaf counts for nothing.
func TestTheLeafRules(t *testing.T) {
	t.Parallel()
	s := signer(t, PurposeSession, 1)
	tree, err := NewTree(leaves(2))
	require.NoError(t, err)
	a := anAct()
	a.Batch = tree.Batch()
	m, err := tree.Message(sign(t, s, a), 1)
	require.NoError(t, err)
	o, err := ringOf(s).Open(m)
	require.NoError(t, err)
	require.Equal(t, "commendation/p1", o.Act.Case)
	require.Equal(t, 6, o.Act.Number)
	require.JSONEq(t, `{"item":"i1"}`, string(o.Act.Data))
}

func TestTreeOfNothing(t *testing.T) {
	t.Parallel()
	_, err := NewTree([]Leaf{{Outcome: json.RawMessage(`{`)}})
	require.Error(t, err)
	tree, err := NewTree(leaves(1))
	require.NoError(t, err)
	_, err = tree.ReadHashes([]int64{-1})
	require.Error(t, err)
	_, err = tree.ReadHashes([]int64{1})
	require.Error(t, err)
}
