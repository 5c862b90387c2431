package keystore

import (
	"crypto/x509"
	"encoding/pem"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"software.sslmate.com/src/go-pkcs12"

	"vinhdanh/internal/decision"
)

const pin = "24681357"

func code(t *testing.T, err error) string {
	t.Helper()
	var e *decision.Error
	require.ErrorAs(t, err, &e)
	require.NotEmpty(t, e.Vi)
	return e.Code
}

// signs tells whether the key signs a document that then verifies.
func signs(t *testing.T, k Key) {
	t.Helper()
	pdf, err := decision.Render(sample(t))
	require.NoError(t, err)
	signed, err := decision.Sign(pdf, decision.Signature{Signer: k.Signer, Chain: k.Chain, Name: "Trần Văn Mẫu", Time: time.Now(), Certify: true})
	require.NoError(t, err)
	roots := x509.NewCertPool()
	roots.AddCert(k.Chain[0])
	infos, err := decision.Verify(signed, roots)
	require.NoError(t, err)
	require.True(t, infos[0].Trusted)
}

func sample(t *testing.T) decision.Document {
	t.Helper()
	day := time.Date(2018, 3, 10, 0, 0, 0, 0, time.UTC)
	return decision.Document{
		Issuer: []string{"ỦY BAN NHÂN DÂN", "TỈNH MẪU"}, Symbol: "QĐ-UBND", Place: "Mẫu", Drafted: day, Kind: "QUYẾT ĐỊNH",
		Abstract: "Về việc mẫu", Authority: "CHỦ TỊCH", Bases: []string{"Căn cứ mẫu;"}, Enacting: "QUYẾT ĐỊNH:",
		Articles: []decision.Article{{Paragraphs: []string{"Mẫu."}}}, Recipients: []string{"Lưu: VT"},
		Signing: decision.Signing{Office: "CHỦ TỊCH", Name: "Trần Văn Mẫu"},
	}
}

func TestPKCS12AndPEM(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	key, cert, err := decision.SelfSigned("Trần Văn Mẫu", "Cơ quan mẫu", time.Now().Add(-time.Hour))
	require.NoError(t, err)
	p12, err := pkcs12.Modern.Encode(key, cert, nil, pin)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "hg-chair.p12"), p12, 0o600))
	plain, err := decision.EncodePEM(key, []*x509.Certificate{cert})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "vice.pem"), plain, 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "vice.png"), []byte("picture"), 0o600))

	path := Dir(dir).Find("hg-chair")
	require.True(t, NeedsPIN(path))
	k, err := Open(path, pin)
	require.NoError(t, err)
	signs(t, k)
	_, err = Open(path, "wrong")
	require.Equal(t, decision.CodePIN, code(t, err))
	_, err = Open(path, "")
	require.Equal(t, decision.CodePIN, code(t, err))

	path = Dir(dir).Find("vice")
	require.False(t, NeedsPIN(path))
	k, err = Open(path, "")
	require.NoError(t, err)
	require.Equal(t, "picture", string(k.Image))
	signs(t, k)

	for _, login := range []string{"nobody", "../" + filepath.Base(dir) + "/vice", "", ".", "vice/"} {
		require.Empty(t, Dir(dir).Find(login), login)
	}
	_, err = Open(filepath.Join(dir, "absent.pem"), "")
	require.Equal(t, decision.CodeKey, code(t, err))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "bad.p12"), []byte("not PKCS #12"), 0o600))
	_, err = Open(filepath.Join(dir, "bad.p12"), pin)
	require.Equal(t, decision.CodeKey, code(t, err))
}

// TestToken signs with a key that never leaves a token (SoftHSM).
func TestToken(t *testing.T) {
	dir := t.TempDir()
	module := "/usr/lib/softhsm/libsofthsm2.so"
	if _, err := exec.LookPath("softhsm2-util"); err != nil {
		t.Fatal("softhsm2-util is missing: install it with `apt-get install -y softhsm2`")
	}
	tokens := filepath.Join(dir, "tokens")
	require.NoError(t, os.Mkdir(tokens, 0o700))
	conf := filepath.Join(dir, "softhsm2.conf")
	require.NoError(t, os.WriteFile(conf, []byte("directories.tokendir = "+tokens+"\nobjectstore.backend = file\n"), 0o600))
	t.Setenv("SOFTHSM2_CONF", conf)
	key, cert, err := decision.SelfSigned("Trần Văn Mẫu", "Cơ quan mẫu", time.Now().Add(-time.Hour))
	require.NoError(t, err)
	der, err := x509.MarshalPKCS8PrivateKey(key)
	require.NoError(t, err)
	write := func(name, kind string, der []byte) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600))
		return path
	}
	run := func(args ...string) {
		out, err := exec.Command("softhsm2-util", args...).CombinedOutput()
		require.NoError(t, err, string(out))
	}
	run("--init-token", "--free", "--label", "mau", "--pin", pin, "--so-pin", "87654321")
	run("--import", write("key.pem", "PRIVATE KEY", der), "--token", "mau", "--label", "ky", "--id", "a1", "--pin", pin)
	write("chain.pem", "CERTIFICATE", cert.Raw)
	about := filepath.Join(dir, "chair.yaml")
	require.NoError(t, os.WriteFile(about, []byte("module: "+module+"\nlabel: mau\nkey: ky\nchain: chain.pem\n"), 0o600))

	_, err = Open(about, "00000000")
	require.Equal(t, decision.CodePIN, code(t, err))
	_, err = Open(about, "")
	require.Equal(t, decision.CodePIN, code(t, err))
	for range 2 { // a session after another
		k, err := Open(about, pin)
		require.NoError(t, err)
		signs(t, k)
		require.NoError(t, k.Close())
	}
	for what, text := range map[string]string{
		"no such key": "module: " + module + "\nlabel: mau\nkey: khac\nchain: chain.pem\n", "no such token": "module: " + module + "\nlabel: khac\nkey: ky\n",
		"no library": "module: /nowhere.so\nlabel: mau\nkey: ky\n", "unknown field": "module: m\nlabel: l\nkey: k\npin: p\n", "no certificate": "module: " + module + "\nlabel: mau\nkey: ky\nchain: none.pem\n",
	} {
		require.NoError(t, os.WriteFile(about, []byte(text), 0o600))
		_, err := Open(about, pin)
		require.Equal(t, decision.CodeKey, code(t, err), what)
	}
}
