package envelope

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/stretchr/testify/require"
)

var now = time.Date(2023, 11, 20, 1, 0, 0, 0, time.UTC)

// signer makes a signer from a fixed seed, so that a failure comes back.
func signer(t testing.TB, p Purpose, seed byte) *Signer {
	s, err := NewSigner(p, ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize)))
	require.NoError(t, err)
	return s
}

func ringOf(signers ...*Signer) *Ring {
	r := &Ring{Installation: "test", Version: 1}
	for _, s := range signers {
		k := s.Public()
		k.Added = now
		r.Keys = append(r.Keys, k)
	}
	return r
}

func anAct() Act {
	return Act{
		Installation: "test", Nonce: "n1", Actor: "p1", OnBehalfOf: "p2", Self: "s1", Role: "reviewer", Unit: "u1", SignedIn: "password",
		Case: "commendation/p1", Revision: 2, Stage: "review", Number: 3, Action: "decide", Data: json.RawMessage(`{"verdict":"forward"}`),
		IssuedAt: now.Unix(), Expires: now.Add(5 * time.Minute).Unix(),
	}
}

func sign(t testing.TB, s *Signer, a Act) string {
	jws, err := s.Sign(a)
	require.NoError(t, err)
	return jws
}

func TestSignAndOpen(t *testing.T) {
	t.Parallel()
	for _, p := range []Purpose{PurposeApp, PurposeSession, PurposeIssuance, "integration/portal"} {
		s := signer(t, p, 1)
		jws := sign(t, s, anAct())
		o, err := ringOf(signer(t, PurposeApp, 2), s).Open(Message{JWS: jws})
		require.NoError(t, err)
		require.Equal(t, anAct(), o.Act)
		require.Equal(t, p, o.Key.Purpose, "what a key may sign is the case's business")
		require.Equal(t, s.KeyID, o.Key.ID)
		require.Equal(t, fmt.Sprintf("%x", sha256.Sum256([]byte(jws))), o.Digest)
		require.Equal(t, p == "integration/portal", p.Integration())
	}
}

func TestSignIsDeterministic(t *testing.T) {
	t.Parallel()
	s := signer(t, PurposeApp, 1)
	require.Equal(t, sign(t, s, anAct()), sign(t, s, anAct()))
}

func TestPersonsAndStep(t *testing.T) {
	t.Parallel()
	a := anAct()
	require.Equal(t, []string{"p1", "p2"}, a.Persons())
	a.OnBehalfOf = ""
	require.Equal(t, []string{"p1"}, a.Persons())
	at := now.In(time.FixedZone("ICT", 7*3600))
	got := NewStep(Opened{Act: anAct(), Key: Key{ID: "k"}, Digest: "d"}, 3, at)
	require.Equal(t, Step{
		Number: 3, Action: "decide", Actor: "p1", OnBehalfOf: "p2", Role: "reviewer", Unit: "u1", SignedIn: "password",
		Nonce: "n1", Key: "k", Envelope: "d", At: now,
	}, got)
}

func TestFresh(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		at   time.Time
		ok   bool
	}{
		{"at once", now, true},
		{"at its last second", now.Add(5 * time.Minute), true},
		{"a second late", now.Add(5*time.Minute + time.Second), false},
		{"by a clock two minutes behind", now.Add(-2 * time.Minute), true},
		{"by a clock further behind", now.Add(-2*time.Minute - time.Second), false},
	}
	for _, tt := range tests {
		err := anAct().Fresh(tt.at)
		require.Equal(t, tt.ok, err == nil, tt.name)
		if !tt.ok {
			require.Equal(t, CodeExpired, CodeOf(err))
		}
	}
	require.Equal(t, CodeExpired, CodeOf(Act{}.Fresh(now)), "an act without an expiry is no act")
}

func TestCodeOf(t *testing.T) {
	t.Parallel()
	require.Empty(t, CodeOf(nil))
	require.Empty(t, CodeOf(errors.New("x")))
	require.Equal(t, CodeRole, CodeOf(fmt.Errorf("deciding: %w", Refuse(CodeRole, "no"))))
	require.Equal(t, "wrong-role: no", Refuse(CodeRole, "no").Error())
}

func TestSeed(t *testing.T) {
	t.Parallel()
	s, err := GenerateSigner(PurposeApp)
	require.NoError(t, err)
	again, err := SignerFromSeed(PurposeApp, s.Seed())
	require.NoError(t, err)
	require.Equal(t, s.Public(), again.Public())
	require.Equal(t, sign(t, s, anAct()), sign(t, again, anAct()))
	other, err := GenerateSigner(PurposeApp)
	require.NoError(t, err)
	require.NotEqual(t, s.KeyID, other.KeyID)
	for _, bad := range []string{"", "x", "AAAA", s.Seed() + "AAAA", strings.Repeat("*", 44)} {
		_, err := SignerFromSeed(PurposeApp, bad)
		require.Error(t, err, bad)
	}
}

// forge makes a compact JWS with any header, signed by any means.
func forge(header string, payload []byte, signWith func([]byte) []byte) string {
	b := base64.RawURLEncoding.EncodeToString
	head := b([]byte(header)) + "." + b(payload)
	return head + "." + b(signWith([]byte(head)))
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	s, stranger := signer(t, PurposeApp, 1), signer(t, PurposeApp, 9)
	ring := ringOf(s, signer(t, PurposeSession, 2))
	good := sign(t, s, anAct())
	payload, err := json.Marshal(anAct())
	require.NoError(t, err)
	pub := s.private.Public().(ed25519.PublicKey)
	withKey := func(data []byte) []byte { return ed25519.Sign(s.private, data) }
	byMAC := func(data []byte) []byte {
		m := hmac.New(sha256.New, pub)
		m.Write(data)
		return m.Sum(nil)
	}
	header := func(alg, typ, kid string) string { return fmt.Sprintf(`{"alg":%q,"kid":%q,"typ":%q}`, alg, kid, typ) }
	fine := header("EdDSA", actType, s.KeyID)
	parts := strings.Split(good, ".")
	otherAct := anAct()
	otherAct.Action = "withdraw"
	other := strings.Split(sign(t, s, otherAct), ".")
	elsewhere := anAct()
	elsewhere.Installation = "elsewhere"
	jwk, err := json.Marshal(jose.JSONWebKey{Key: stranger.private.Public(), KeyID: s.KeyID})
	require.NoError(t, err)
	_, err = ring.Open(Message{JWS: forge(fine, payload, withKey)})
	require.NoError(t, err, "the forge itself must work")
	tests := []struct{ name, code, jws string }{
		{"nothing", CodeMalformed, ""},
		{"no JWS", CodeMalformed, "hello"},
		{"two parts", CodeMalformed, parts[0] + "." + parts[1]},
		{"four parts", CodeMalformed, good + ".x"},
		{"detached payload", CodeSignature, parts[0] + ".." + parts[2]},
		{"JSON form", CodeMalformed, `{"payload":"` + parts[1] + `","protected":"` + parts[0] + `","signature":"` + parts[2] + `"}`},
		{"signed by a key outside the ring", CodeUnknownKey, sign(t, stranger, anAct())},
		{"another key under our id", CodeSignature, forge(fine, payload, func(d []byte) []byte { return ed25519.Sign(stranger.private, d) })},
		{"a key of its own in the header", CodeSignature, forge(
			fmt.Sprintf(`{"alg":"EdDSA","kid":%q,"typ":%q,"jwk":%s}`, s.KeyID, actType, jwk), payload,
			func(d []byte) []byte { return ed25519.Sign(stranger.private, d) })},
		{"no key id", CodeUnknownKey, forge(`{"alg":"EdDSA","typ":"vinhdanh-act"}`, payload, withKey)},
		{"no type", CodeMalformed, forge(fmt.Sprintf(`{"alg":"EdDSA","kid":%q}`, s.KeyID), payload, withKey)},
		{"another type", CodeMalformed, forge(header("EdDSA", "JWT", s.KeyID), payload, withKey)},
		{"type is no text", CodeMalformed, forge(fmt.Sprintf(`{"alg":"EdDSA","kid":%q,"typ":1}`, s.KeyID), payload, withKey)},
		{"alg none", CodeMalformed, forge(header("none", actType, s.KeyID), payload, func([]byte) []byte { return nil })},
		{"alg none, signed", CodeMalformed, forge(header("none", actType, s.KeyID), payload, withKey)},
		{"HS256 with the public key as secret", CodeMalformed, forge(header("HS256", actType, s.KeyID), payload, byMAC)},
		{"EdDSA with a MAC", CodeSignature, forge(fine, payload, byMAC)},
		{"another algorithm's name", CodeMalformed, forge(header("ES256", actType, s.KeyID), payload, withKey)},
		{"an extension that must be understood", CodeSignature, forge(
			fmt.Sprintf(`{"alg":"EdDSA","kid":%q,"typ":%q,"crit":["x"],"x":1}`, s.KeyID, actType), payload, withKey)},
		{"changed payload", CodeSignature, parts[0] + "." + other[1] + "." + parts[2]},
		{"another act's signature", CodeSignature, parts[0] + "." + parts[1] + "." + other[2]},
		{"no signature", CodeSignature, parts[0] + "." + parts[1] + "."},
		{"cut signature", CodeSignature, good[:len(good)-2]},
		{"a line break inside", CodeMalformed, good[:40] + "\n" + good[40:]},
		{"a line break behind", CodeMalformed, good + "\r\n"},
		{"trailing bits", CodeMalformed, lastBit(good)},
		{"padding", CodeMalformed, good + "=="},
		{"payload is no JSON", CodeMalformed, forge(fine, []byte("hello"), withKey)},
		{"payload is empty", CodeMalformed, forge(fine, nil, withKey)},
		{"payload is a list", CodeMalformed, forge(fine, []byte(`[]`), withKey)},
		{"unknown claim", CodeMalformed, forge(fine, append([]byte(`{"admin":true,`), payload[1:]...), withKey)},
		{"a second act behind the first", CodeMalformed, forge(fine, append(payload[:len(payload):len(payload)], payload...), withKey)},
		{"something behind the act", CodeMalformed, forge(fine, append(payload[:len(payload):len(payload)], " x"...), withKey)},
		{"another installation", CodeInstallation, sign(t, s, elsewhere)},
		{"no installation", CodeInstallation, forge(fine, []byte(`{}`), withKey)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o, err := ring.Open(Message{JWS: tt.jws})
			require.Equal(t, tt.code, CodeOf(err), "%v", err)
			require.Equal(t, Opened{}, o, "nothing of a refused message is handed on")
		})
	}
}

// lastBit changes only the bits of the last character that encode nothing.
func lastBit(jws string) string {
	const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	return jws[:len(jws)-1] + string(digits[strings.IndexByte(digits, jws[len(jws)-1])^1])
}

func TestEveryFlippedCharacterIsRefused(t *testing.T) {
	t.Parallel()
	s := signer(t, PurposeApp, 1)
	ring, jws := ringOf(s), sign(t, s, anAct())
	for i := range jws {
		c := byte('A')
		if jws[i] == 'A' {
			c = 'B'
		}
		_, err := ring.Open(Message{JWS: jws[:i] + string(c) + jws[i+1:]})
		require.NotEmpty(t, CodeOf(err), "character %d", i)
	}
}

func TestOpenDoesNotAskTimeOrRevocation(t *testing.T) {
	t.Parallel()
	s := signer(t, PurposeApp, 1)
	ring := ringOf(s)
	when := now.Add(time.Hour)
	require.NoError(t, ring.Usable(ring.Keys[0]))
	ring.Keys[0].Revoked = &when
	a := anAct()
	a.Expires = 1
	o, err := ring.Open(Message{JWS: sign(t, s, a)})
	require.NoError(t, err, "a replay must decide as the first run did")
	require.Equal(t, CodeRevoked, CodeOf(ring.Usable(o.Key)))
	require.Equal(t, CodeExpired, CodeOf(o.Act.Fresh(now)))
}

func FuzzOpen(f *testing.F) {
	s := signer(f, PurposeApp, 1)
	ring := ringOf(s)
	good := sign(f, s, anAct())
	tree, err := NewTree(leaves(3))
	require.NoError(f, err)
	batch := anAct()
	batch.Batch = tree.Batch()
	m, err := tree.Message(sign(f, s, batch), 1)
	require.NoError(f, err)
	f.Add(good, "", int64(0), "")
	f.Add(m.JWS, m.Leaf.Case, m.Proof.Index, strings.Join(m.Proof.Path, " "))
	f.Add(m.JWS, m.Leaf.Case, int64(-1), "A")
	f.Add("..", "", int64(1<<62), " ")
	f.Add(`{"payload":""}`, "x", int64(0), "")
	f.Fuzz(func(t *testing.T, jws, caseID string, index int64, path string) {
		msg := Message{JWS: jws}
		if caseID != "" {
			leaf := *m.Leaf
			leaf.Case = caseID
			msg.Leaf, msg.Proof = &leaf, &Proof{Index: index, Path: strings.Fields(path)}
		}
		o, err := ring.Open(msg)
		if err != nil {
			require.NotEmpty(t, CodeOf(err), "an error that is no refusal")
			return
		}
		// Whatever opens is one of the two things that were signed.
		if jws != good && jws != m.JWS {
			t.Fatalf("opened something never signed: %+v", o.Act)
		}
		require.Equal(t, Digest(jws), o.Digest)
	})
}
