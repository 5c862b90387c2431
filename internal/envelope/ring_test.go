package envelope

import (
	"encoding/base64"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestRingSignAndParse(t *testing.T) {
	t.Parallel()
	root, app := signer(t, "root", 7), signer(t, PurposeApp, 1)
	ring := ringOf(app, signer(t, PurposeSession, 2))
	signed, err := SignRing(*ring, root)
	require.NoError(t, err)
	pub := root.Public().Public
	got, err := ParseRing(signed+"\n", pub, root.KeyID)
	require.NoError(t, err)
	require.Equal(t, ring, got)

	other := signer(t, "root", 8)
	forged, err := SignRing(*ring, other)
	require.NoError(t, err)
	act := sign(t, root, anAct())
	stolen := *ring
	stolen.Keys = append(stolen.Keys[:1:1], Key{ID: app.KeyID, Purpose: PurposeIssuance, Public: other.Public().Public})
	foreign, err := SignRing(stolen, root)
	require.NoError(t, err)
	twice := *ring
	twice.Keys = append(twice.Keys[:2:2], twice.Keys[0])
	doubled, err := SignRing(twice, root)
	require.NoError(t, err)
	odd := *ring
	odd.Keys = []Key{{ID: "x", Public: "AAAA"}}
	short, err := SignRing(odd, root)
	require.NoError(t, err)
	tests := []struct{ name, signed, pub, fingerprint string }{
		{"another root's ring", forged, pub, root.KeyID},
		{"another root, another ring", forged, other.Public().Public, root.KeyID},
		{"another fingerprint", signed, pub, other.KeyID},
		{"no fingerprint", signed, pub, ""},
		{"no key", signed, "", root.KeyID},
		{"a short key", signed, base64.StdEncoding.EncodeToString([]byte("x")), root.KeyID},
		{"no ring", "", pub, root.KeyID},
		{"a changed ring", signed[:50] + "A" + signed[51:], pub, root.KeyID},
		{"an act in its place", act, pub, root.KeyID},
		{"a key under another's id", foreign, pub, root.KeyID},
		{"a key twice", doubled, pub, root.KeyID},
		{"a key that is none", short, pub, root.KeyID},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := ParseRing(tt.signed, tt.pub, tt.fingerprint)
			require.Error(t, err)
		})
	}
}

func TestRingIsNotAnAct(t *testing.T) {
	t.Parallel()
	root := signer(t, "root", 7)
	ring := ringOf(root) // even with the root in it
	signed, err := SignRing(*ring, root)
	require.NoError(t, err)
	_, err = ring.Open(Message{JWS: signed})
	require.Equal(t, CodeMalformed, CodeOf(err))
}

func TestExtends(t *testing.T) {
	t.Parallel()
	when, later := now.Add(time.Hour), now.Add(2*time.Hour)
	base := func() *Ring {
		r := ringOf(signer(t, PurposeApp, 1), signer(t, PurposeSession, 2))
		r.Keys[1].Revoked, r.Keys[1].Reason = &when, "lost"
		return r
	}
	fresh := signer(t, PurposeIssuance, 3).Public()
	tests := []struct {
		name   string
		change func(*Ring)
		want   bool
	}{
		{"the same", func(*Ring) {}, true},
		{"a key more", func(r *Ring) { r.Version++; r.Keys = append(r.Keys, fresh) }, true},
		{"a revocation more", func(r *Ring) { r.Version++; r.Keys[0].Revoked, r.Keys[0].Reason = &later, "left" }, true},
		{"an older version", func(r *Ring) { r.Version-- }, false},
		{"another installation", func(r *Ring) { r.Installation = "x" }, false},
		{"a key less", func(r *Ring) { r.Keys = r.Keys[:1] }, false},
		{"a key exchanged", func(r *Ring) { r.Keys[0] = fresh }, false},
		{"a key put in front", func(r *Ring) { r.Keys = append([]Key{fresh}, r.Keys...) }, false},
		{"another order", func(r *Ring) { r.Keys[0], r.Keys[1] = r.Keys[1], r.Keys[0] }, false},
		{"another purpose", func(r *Ring) { r.Keys[0].Purpose = PurposeIssuance }, false},
		{"another public part", func(r *Ring) { r.Keys[0].Public = fresh.Public }, false},
		{"another date of birth", func(r *Ring) { r.Keys[0].Added = later }, false},
		{"a revocation undone", func(r *Ring) { r.Keys[1].Revoked = nil }, false},
		{"a revocation moved", func(r *Ring) { r.Keys[1].Revoked = &later }, false},
		{"a revocation explained otherwise", func(r *Ring) { r.Keys[1].Reason = "sold" }, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := base()
			tt.change(r)
			require.Equal(t, tt.want, r.Extends(base()))
		})
	}
}

func TestAnOldRingOpensWhatANewOneOpens(t *testing.T) {
	t.Parallel()
	s := signer(t, PurposeApp, 1)
	old := ringOf(s)
	grown := ringOf(s, signer(t, PurposeApp, 2))
	grown.Keys[0].Revoked = &now
	require.True(t, grown.Extends(old))
	m := Message{JWS: sign(t, s, anAct())}
	a, err := old.Open(m)
	require.NoError(t, err)
	b, err := grown.Open(m)
	require.NoError(t, err)
	require.Equal(t, a.Act, b.Act)
	require.Equal(t, a.Digest, b.Digest)
}

func TestABrokenKeyInTheRing(t *testing.T) {
	t.Parallel()
	s := signer(t, PurposeApp, 1)
	ring := ringOf(s)
	ring.Keys[0].Public = "AAAA"
	_, err := ring.Open(Message{JWS: sign(t, s, anAct())})
	require.Equal(t, CodeUnknownKey, CodeOf(err))
}
