package envelope

import (
	"encoding/base64"
	"encoding/json"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Leaf is what an act on many cases says of one of them.
type Leaf struct {
	Case     string          `json:"case"`
	Revision int             `json:"rev"`
	Stage    string          `json:"stage"`
	Number   int             `json:"num"`
	Outcome  json.RawMessage `json:"outcome"` // becomes the act's Data
}

// Proof is the path from a leaf to the root (RFC 6962 section 2.1.1).
type Proof struct {
	Index int64    `json:"index"`
	Path  []string `json:"path"` // base64 of 32 bytes each
}

// Tree is the Merkle tree over the leaves of one act.
type Tree struct {
	leaves []Leaf
	hashes []tlog.Hash // in tlog's storage order
	root   tlog.Hash
}

// ReadHashes lets tlog read its own stored hashes back.
func (t *Tree) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		if x < 0 || x >= int64(len(t.hashes)) {
			return nil, fmt.Errorf("envelope: no hash %d", x)
		}
		out[i] = t.hashes[x]
	}
	return out, nil
}

// NewTree hashes the leaves in their order.
func NewTree(leaves []Leaf) (*Tree, error) {
	t := &Tree{leaves: leaves}
	for i, l := range leaves {
		data, err := json.Marshal(l)
		if err != nil {
			return nil, fmt.Errorf("envelope: encode leaf %d: %w", i, err)
		}
		hs, err := tlog.StoredHashes(int64(i), data, t)
		if err != nil {
			return nil, fmt.Errorf("envelope: hash leaf %d: %w", i, err)
		}
		t.hashes = append(t.hashes, hs...)
	}
	root, err := tlog.TreeHash(int64(len(leaves)), t)
	if err != nil {
		return nil, fmt.Errorf("envelope: root: %w", err)
	}
	t.root = root
	return t, nil
}

// Batch is what the act must carry.
func (t *Tree) Batch() *Batch {
	return &Batch{Root: base64.StdEncoding.EncodeToString(t.root[:]), Size: int64(len(t.leaves))}
}

// Message is the message for leaf i, given the JWS of the act.
func (t *Tree) Message(jws string, i int) (Message, error) {
	proof, err := tlog.ProveRecord(int64(len(t.leaves)), int64(i), t)
	if err != nil {
		return Message{}, fmt.Errorf("envelope: prove leaf %d: %w", i, err)
	}
	p := &Proof{Index: int64(i)}
	for _, h := range proof {
		p.Path = append(p.Path, base64.StdEncoding.EncodeToString(h[:]))
	}
	leaf := t.leaves[i]
	return Message{JWS: jws, Leaf: &leaf, Proof: p}, nil
}

// BatchNonce is the nonce of a batch act as it holds for one case.
func BatchNonce(nonce, caseID string) string { return nonce + "@" + caseID }

// forLeaf turns the act on many into the act on the leaf's case.
func (a Act) forLeaf(m Message) (Act, error) {
	if m.Leaf == nil || m.Proof == nil {
		return Act{}, Refuse(CodeMalformed, "an act on many cases needs this case's leaf and its path")
	}
	root, err := decodeHash(a.Batch.Root)
	if err != nil {
		return Act{}, Refuse(CodeMalformed, "the root is not a hash")
	}
	var path tlog.RecordProof
	for _, s := range m.Proof.Path {
		h, err := decodeHash(s)
		if err != nil {
			return Act{}, Refuse(CodeMalformed, "the path is not made of hashes")
		}
		path = append(path, h)
	}
	data, err := json.Marshal(m.Leaf)
	if err != nil {
		return Act{}, Refuse(CodeMalformed, "the leaf does not encode")
	}
	if err := tlog.CheckRecord(path, a.Batch.Size, root, m.Proof.Index, tlog.RecordHash(data)); err != nil {
		return Act{}, Refuse(CodeSignature, "the leaf is not under the signed root")
	}
	a.Nonce = BatchNonce(a.Nonce, m.Leaf.Case)
	a.Case, a.Revision, a.Stage, a.Number = m.Leaf.Case, m.Leaf.Revision, m.Leaf.Stage, m.Leaf.Number
	a.Data, a.Batch = m.Leaf.Outcome, nil
	return a, nil
}

func decodeHash(s string) (tlog.Hash, error) {
	var h tlog.Hash
	raw, err := base64.StdEncoding.DecodeString(s)
	if err != nil || len(raw) != len(h) {
		return h, fmt.Errorf("not a hash")
	}
	copy(h[:], raw)
	return h, nil
}
