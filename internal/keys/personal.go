package keys

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strings"

	"vinhdanh/internal/personal"
)

const personalFile = "personal.key"

// Personal loads the keys of personal numbers, the newest last: one a line, its id and
// its bytes in base64.
func (f Folder) Personal() ([]personal.Key, error) {
	text, err := f.read(personalFile)
	if err != nil {
		return nil, err
	}
	var out []personal.Key
	for _, line := range strings.Split(text, "\n") {
		id, encoded, _ := strings.Cut(strings.TrimSpace(line), " ")
		raw, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil || len(raw) != personal.KeySize {
			return nil, fmt.Errorf("keys: %s holds a line that is no key; restore it from its backup", personalFile)
		}
		out = append(out, personal.Key{ID: id, Bytes: raw})
	}
	return out, nil
}

// ensurePersonal makes the first key of personal numbers where there is none.
func (f Folder) ensurePersonal() error {
	if _, err := f.Personal(); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return f.addPersonal("")
}

// RenewPersonal adds a key of personal numbers; the earlier ones stay in the file, for
// what was closed under them, until serve has closed everything under the new one. It
// returns the new key's id.
func (f Folder) RenewPersonal() (string, error) {
	text, err := f.read(personalFile)
	if err != nil {
		return "", err
	}
	if err := f.addPersonal(text + "\n"); err != nil {
		return "", err
	}
	ks, err := f.Personal()
	if err != nil {
		return "", err
	}
	return ks[len(ks)-1].ID, nil
}

func (f Folder) addPersonal(before string) error {
	raw := make([]byte, personal.KeySize+4)
	if _, err := rand.Read(raw); err != nil {
		return fmt.Errorf("keys: %w", err)
	}
	id := "pn-" + hex.EncodeToString(raw[personal.KeySize:])
	return f.write(personalFile, before+id+" "+base64.StdEncoding.EncodeToString(raw[:personal.KeySize]))
}
