package evidence

import (
	"bytes"
	"encoding/base64"
	"strings"

	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/client"

	"vinhdanh/internal/envelope"
)

// Bundle is an opened bundle. Only its form has been checked.
type Bundle struct {
	Manifest    Manifest
	Trail       []TrailRow
	Attempts    []Attempt
	Content     Content
	Validations []Validation
	files       map[string][]byte
}

// Open reads a bundle: every byte of the zip is what its files make it, every
// file is in the manifest with its hash, and the JSON files are in their one form.
// The error is a *Fault.
func Open(data []byte) (*Bundle, error) {
	b, err := openFiles(data)
	if err != nil {
		return nil, err
	}
	return b, b.decode()
}

func openFiles(data []byte) (*Bundle, error) {
	if len(data) > MaxBytes || !looksLikeZip(data) {
		return nil, fault(faultZip)
	}
	files, err := readZip(data)
	if err != nil {
		return nil, err
	}
	b := &Bundle{files: make(map[string][]byte, len(files))}
	for _, f := range files {
		b.files[f.name] = f.data
	}
	raw, ok := b.files[nameManifest]
	if !ok {
		return nil, fault(faultMissing, nameManifest)
	}
	if err := decodeCanonical(nameManifest, raw, &b.Manifest); err != nil {
		return nil, err
	}
	if b.Manifest.Format != Format {
		return nil, fault(faultUnsupported, b.Manifest.Format)
	}
	return b, b.hashes(files)
}

// hashes compares the files with the manifest, in its order, one to one.
func (b *Bundle) hashes(files []file) error {
	if len(files) != len(b.Manifest.Files)+1 {
		return fault(faultManifest, "it names another number of files than there are")
	}
	for i, f := range b.Manifest.Files {
		have := files[i]
		if have.name != f.Name {
			return fault(faultManifest, "the files do not stand in its order: "+printable(f.Name))
		}
		if int64(len(have.data)) != f.Size || sum(have.data) != f.SHA256 {
			return fault(faultHash, printable(f.Name))
		}
		if i > 0 && b.Manifest.Files[i-1].Name >= f.Name || !ours(f.Name) {
			return fault(faultFile, printable(f.Name))
		}
	}
	if b.Manifest.Kind != KindOf(b.Manifest.Case) {
		return fault(faultManifest, "kind and case do not fit")
	}
	return nil
}

// ours tells whether a bundle may have a file of this name.
func ours(name string) bool {
	switch name {
	case nameHistory, nameCaseKey, nameTrail, nameEnvelopes, nameRing, nameRoot, nameContent, nameValidations:
		return true
	}
	if h, ok := strings.CutPrefix(name, dirDocuments); ok {
		return isHash(h)
	}
	rest, ok := strings.CutPrefix(name, dirLaw)
	hash, file, cut := strings.Cut(rest, "/")
	return ok && cut && isHash(hash) && file != "" && !strings.ContainsAny(file, "/\\")
}

func (b *Bundle) decode() error {
	for name, into := range map[string]any{
		nameTrail: &b.Trail, nameEnvelopes: &b.Attempts, nameContent: &b.Content, nameValidations: &b.Validations,
	} {
		raw, ok := b.files[name]
		if !ok {
			return fault(faultMissing, name)
		}
		if err := decodeCanonical(name, raw, into); err != nil {
			return err
		}
	}
	for _, name := range []string{nameHistory, nameCaseKey, nameRing, nameRoot} {
		if _, ok := b.files[name]; !ok {
			return fault(faultMissing, name)
		}
	}
	return nil
}

// HistoryJSON is the raw history as the bundle holds it.
func (b *Bundle) HistoryJSON() []byte { return b.files[nameHistory] }

// Documents lists the hashes of the documents in the bundle.
func (b *Bundle) Documents() []string {
	var out []string
	for _, f := range b.Manifest.Files {
		if h, ok := strings.CutPrefix(f.Name, dirDocuments); ok {
			out = append(out, h)
		}
	}
	return out
}

// Document returns a document by its SHA-256.
func (b *Bundle) Document(sha256 string) ([]byte, bool) {
	data, ok := b.files[dirDocuments+sha256]
	return data, ok
}

func (b *Bundle) history() (*historypb.History, error) {
	if len(b.files[nameHistory]) > maxJSON {
		return nil, fault(faultJSON, nameHistory)
	}
	h, err := client.HistoryFromJSON(bytes.NewReader(b.files[nameHistory]), client.HistoryJSONOptions{})
	if err != nil {
		return nil, fault(faultJSON, nameHistory)
	}
	return h, nil
}

func (b *Bundle) key() ([]byte, error) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimSuffix(string(b.files[nameCaseKey]), "\n"))
	if err != nil || len(key) != 32 {
		return nil, fault(faultKey, "it is not 32 bytes in base64")
	}
	return key, nil
}

// ring opens the keyring. expect is the fingerprint that the caller trusts; ""
// takes the bundle's own word.
func (b *Bundle) ring(expect string) (*envelope.Ring, string, error) {
	root := strings.TrimSuffix(string(b.files[nameRoot]), "\n")
	own, err := fingerprint(root)
	if err != nil {
		return nil, "", fault(faultRing, "the root key does not decode")
	}
	if expect != "" && own != expect {
		return nil, own, fault(faultRoot, own, expect)
	}
	if own != b.Manifest.Root {
		return nil, own, fault(faultManifest, "it names another root key than the bundle holds")
	}
	ring, err := envelope.ParseRing(string(b.files[nameRing]), root, own)
	if err != nil {
		return nil, own, fault(faultRing, err.Error())
	}
	if ring.Installation != b.Manifest.Installation {
		return nil, own, fault(faultManifest, "it names another installation than the keyring")
	}
	return ring, own, nil
}
