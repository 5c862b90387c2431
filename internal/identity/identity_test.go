package identity

import (
	"bytes"
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// ASVS 11.4.2: passwords are kept by a slow hash with salt; at the default cost.
func TestASVS_11_4_2_and_11_4_4_PasswordHash(t *testing.T) {
	t.Parallel()
	h := NewHasher(DefaultParams)
	a, err := h.Hash("một câu dài dễ nhớ 7")
	require.NoError(t, err)
	b, err := h.Hash("một câu dài dễ nhớ 7")
	require.NoError(t, err)
	require.NotEqual(t, a, b, "the same password has another salt")
	require.True(t, strings.HasPrefix(a, "$argon2id$v=19$m=65536,t=2,p=1$"), a)
	ok, stale, err := h.Check("một câu dài dễ nhớ 7", a)
	require.NoError(t, err)
	require.True(t, ok)
	require.False(t, stale)
	ok, _, err = h.Check("một câu dài dễ nhớ 8", a)
	require.NoError(t, err)
	require.False(t, ok)
	_, stale, err = NewHasher(Params{Memory: 64, Iterations: 1, Parallelism: 1}).Check("x", a)
	require.NoError(t, err)
	require.True(t, stale, "a hash of another cost is to be made anew")
	ok, _, err = h.Check("", "")
	require.NoError(t, err)
	require.False(t, ok, "an account without a password is not opened by none")
}

// ASVS 6.2.8: as typed: no cut, no change of case; two spellings of one letter are one.
func TestASVS_6_2_8_PasswordsAreTakenAsTyped(t *testing.T) {
	t.Parallel()
	h := NewHasher(Params{Memory: 64, Iterations: 1, Parallelism: 1})
	long := strings.Repeat("dài ", 60)
	stored, err := h.Hash(long)
	require.NoError(t, err)
	for password, want := range map[string]bool{long: true, long + "x": false, strings.ToUpper(long): false, strings.TrimSpace(long): false} {
		ok, _, err := h.Check(password, stored)
		require.NoError(t, err)
		require.Equal(t, want, ok)
	}
	stored, err = h.Hash("m\u1eadt kh\u1ea9u") // composed
	require.NoError(t, err)
	ok, _, err := h.Check("ma\u0323\u0302t kha\u0302\u0309u", stored) // with combining marks
	require.NoError(t, err)
	require.True(t, ok)
}

// ASVS 6.2.1, 6.2.4, 6.2.5, 6.2.9, 6.2.11: length, common passwords, no composition
// rules, long ones welcome, the person's and the place's own words.
func TestASVS_6_2_9_and_6_2_11_PasswordPolicy(t *testing.T) {
	t.Parallel()
	p, err := NewPolicy(Settings{ContextWords: []string{"haugiang"}})
	require.NoError(t, err)
	for password, want := range map[string]string{
		"ngắn quá": FaultShort, "mười một kt": FaultShort, strings.Repeat("a b ", 70): FaultLong,
		"password1234": FaultCommon, "passwordpassword": FaultCommon, "123456789012": FaultCommon, "aaaaaaaaaaaaaa": FaultCommon,
		"ắắắắắắắắắắắắ": FaultCommon, "abcdefghijklmn": FaultCommon, "abcabcabcabcabc": FaultCommon, "qwertyuiop123456": FaultCommon,
		"vinhdanh2023!": FaultContext, "HauGiang@2023": FaultContext, "pgd-clerk-2023": FaultContext, "NguyenVanMau123": FaultContext,
		"một câu dài dễ nhớ": "", "correct horse battery": "", "chỉ toàn chữ thường": "", strings.Repeat("dài lắm và khác nhau ", 10): "",
	} {
		got, err := p.Fault(password, "pgd-clerk", "Nguyen Van Mau")
		require.NoError(t, err)
		require.Equal(t, want, got, password)
	}
}

// ASVS 6.2.12: passwords seen in breaches, by a file in the order of the hashes.
func TestASVS_6_2_12_BreachedPasswords(t *testing.T) {
	t.Parallel()
	var lines []string
	for i := range 2000 {
		sum := sha1.Sum(fmt.Appendf(nil, "mật khẩu lộ số %d", i))
		lines = append(lines, strings.ToUpper(hex.EncodeToString(sum[:]))+fmt.Sprintf(":%d", i*i))
	}
	slices.Sort(lines)
	for _, end := range []string{"\r\n", "\n"} {
		path := filepath.Join(t.TempDir(), "sha1.txt")
		require.NoError(t, os.WriteFile(path, []byte(strings.Join(lines, end)), 0o600))
		p, err := NewPolicy(Settings{BreachedFile: path})
		require.NoError(t, err)
		for i := range 2000 {
			got, err := p.Fault(fmt.Sprintf("mật khẩu lộ số %d", i))
			require.NoError(t, err)
			require.Equal(t, FaultBreached, got, i)
		}
		for i := 2000; i < 2500; i++ {
			got, err := p.Fault(fmt.Sprintf("mật khẩu lộ số %d", i))
			require.NoError(t, err)
			require.Empty(t, got, i)
		}
	}
	bad := filepath.Join(t.TempDir(), "no.txt")
	require.NoError(t, os.WriteFile(bad, []byte("this is no list of hashes, though it is long enough for one\n"), 0o600))
	_, err := NewPolicy(Settings{BreachedFile: bad})
	require.Error(t, err)
}

// ASVS 6.5.2, 7.2.3: what is drawn has the randomness that its storage asks for.
func TestASVS_6_5_2_to_6_5_4_SecretsAreRandom(t *testing.T) {
	t.Parallel()
	codes, err := NewRecoveryCodes(50)
	require.NoError(t, err)
	seen := map[string]bool{}
	for _, c := range codes {
		require.Len(t, strings.ReplaceAll(c, "-", ""), 24) // of 32 letters: 120 bits
		require.False(t, seen[c])
		seen[c] = true
		require.Equal(t, RecoveryDigest(c), RecoveryDigest(strings.ToLower(strings.ReplaceAll(c, "-", " "))))
	}
	require.Len(t, recoveryAlphabet, 32)
	s, err := NewSecret()
	require.NoError(t, err)
	require.Len(t, s, 43) // 256 bits
}

// ASVS 6.5.5: a code lives for its step and the neighbours.
func TestASVS_6_5_5_CodesAreShortLived(t *testing.T) {
	t.Parallel()
	secret, err := NewCodeKey("vinhdanh", "ky-thu")
	require.NoError(t, err)
	now := time.Unix(1_700_000_010, 0)
	code, err := CodeAt(secret, now)
	require.NoError(t, err)
	for offset, want := range map[time.Duration]bool{0: true, 30 * time.Second: true, -30 * time.Second: true, 61 * time.Second: false, -61 * time.Second: false} {
		step, ok := CheckCode(code, secret, now.Add(offset))
		require.Equal(t, want, ok, offset)
		if ok {
			require.Equal(t, now.Unix()/30, step, "the step is the code's, not the clock's")
		}
	}
	_, ok := CheckCode("", secret, now)
	require.False(t, ok)
	var png bytes.Buffer
	require.NoError(t, CodePNG(&png, "vinhdanh", "ky-thu", secret, 264))
	require.Equal(t, "\x89PNG", png.String()[:4])
}

func TestBoxOpensForItsOwnerOnly(t *testing.T) {
	t.Parallel()
	b, err := NewBox(make([]byte, 32))
	require.NoError(t, err)
	sealed := b.Seal("secret", "owner")
	require.NotContains(t, string(sealed), "secret")
	got, err := b.Open(sealed, "owner")
	require.NoError(t, err)
	require.Equal(t, "secret", got)
	_, err = b.Open(sealed, "other")
	require.Error(t, err)
	other, err := NewBox(bytes.Repeat([]byte{1}, 32))
	require.NoError(t, err)
	_, err = other.Open(sealed, "owner")
	require.Error(t, err)
}

func TestPaceGrowsAndEnds(t *testing.T) {
	t.Parallel()
	for _, p := range []Pace{PacePair, PaceAccount, PaceAddress, PaceFactor} {
		require.Zero(t, p.Wait(p.Free))
		last := time.Duration(0)
		for n := p.Free + 1; n < 200; n++ {
			require.GreaterOrEqual(t, p.Wait(n), last)
			last = p.Wait(n)
		}
		require.Equal(t, p.Longest, last, "never for good")
	}
}

func TestAgentClass(t *testing.T) {
	t.Parallel()
	require.Equal(t, "Edge · Windows", AgentClass("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 Edg/120.0"))
	require.Equal(t, "Safari · iPhone", AgentClass("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile/15E148 Safari/604.1"))
	require.Empty(t, AgentClass("<script>"))
}
