package evidence

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"vinhdanh/internal/envelope"
)

// Write makes the bundle of a closed case. The same source gives the same bytes.
func Write(ctx context.Context, s Source, w io.Writer) error {
	b := &builder{ctx: ctx, source: s, head: Manifest{Format: Format, Case: s.Case(), Kind: KindOf(s.Case())}}
	for _, add := range []func() error{b.history, b.keys, b.record, b.content, b.law, b.documents, b.manifest} {
		if err := add(); err != nil {
			return fmt.Errorf("evidence: bundle of %s: %w", s.Case(), err)
		}
	}
	order(b.files)
	return writeZip(w, b.files)
}

// builder collects the files of one bundle.
type builder struct {
	ctx      context.Context
	source   Source
	files    []file
	head     Manifest
	laws     []string
	papers   []string // hashes of documents that must be there
	referred []string // hashes that acts refer to
}

func (b *builder) add(name string, data []byte) {
	b.files = append(b.files, file{name, data})
}

func (b *builder) addJSON(name string, v any) error {
	data, err := encode(v)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	b.add(name, data)
	return nil
}

func (b *builder) history() error {
	h, err := b.source.History(b.ctx)
	if err != nil {
		return fmt.Errorf("history: %w", err)
	}
	if len(h.GetEvents()) == 0 {
		return errors.New("history: it has no events")
	}
	data, err := HistoryJSON(h)
	if err != nil {
		return err
	}
	b.head.Run = h.Events[0].GetWorkflowExecutionStartedEventAttributes().GetOriginalExecutionRunId()
	b.head.Closed = h.Events[len(h.Events)-1].GetEventTime().AsTime().UTC()
	b.add(nameHistory, data)
	return nil
}

func (b *builder) keys() error {
	key, err := b.source.CaseKey(b.ctx)
	if err != nil {
		return fmt.Errorf("case key: %w", err)
	}
	ring, root, err := b.source.Keyring(b.ctx)
	if err != nil {
		return fmt.Errorf("keyring: %w", err)
	}
	if b.head.Root, err = fingerprint(root); err != nil {
		return err
	}
	parsed, err := envelope.ParseRing(ring, root, b.head.Root)
	if err != nil {
		return err
	}
	b.head.Installation = parsed.Installation
	b.add(nameCaseKey, []byte(base64.StdEncoding.EncodeToString(key)+"\n"))
	b.add(nameRing, []byte(ring+"\n"))
	b.add(nameRoot, []byte(root+"\n"))
	return nil
}

func fingerprint(rootPublic string) (string, error) {
	raw, err := base64.StdEncoding.DecodeString(rootPublic)
	if err != nil {
		return "", fmt.Errorf("root key: %w", err)
	}
	return envelope.KeyID(raw), nil
}

func (b *builder) record() error {
	trail, err := b.source.Trail(b.ctx)
	if err != nil {
		return fmt.Errorf("trail: %w", err)
	}
	for _, row := range trail {
		var t struct {
			LawHash string `json:"law_hash"`
		}
		if err := json.Unmarshal(row.Body, &t); err != nil {
			return fmt.Errorf("trail row %d: %w", row.Number, err)
		}
		b.needLaw(t.LawHash)
		b.refer(documentsOf(row.Body)...)
	}
	attempts, err := b.source.Attempts(b.ctx)
	if err != nil {
		return fmt.Errorf("attempts: %w", err)
	}
	for _, a := range attempts {
		if a.Status == statusAccepted {
			b.refer(documentsOfMessage(a.Message)...)
		}
	}
	if err := b.addJSON(nameTrail, trail); err != nil {
		return err
	}
	return b.addJSON(nameEnvelopes, attempts)
}

func (b *builder) content() error {
	c, err := b.source.Content(b.ctx)
	if err != nil {
		return fmt.Errorf("content: %w", err)
	}
	for _, p := range c.Papers {
		if p.SHA256 != "" && !slices.Contains(b.papers, p.SHA256) {
			b.papers = append(b.papers, p.SHA256)
		}
	}
	vs, err := b.source.Validations(b.ctx)
	if err != nil {
		return fmt.Errorf("validations: %w", err)
	}
	for _, v := range vs {
		b.needLaw(v.LawHash)
	}
	if err := b.addJSON(nameContent, c); err != nil {
		return err
	}
	return b.addJSON(nameValidations, vs)
}

func (b *builder) needLaw(hash string) {
	if hash != "" && !slices.Contains(b.laws, hash) {
		b.laws = append(b.laws, hash)
	}
}

func (b *builder) refer(hashes ...string) {
	for _, h := range hashes {
		if isHash(h) && !slices.Contains(b.referred, h) {
			b.referred = append(b.referred, h)
		}
	}
}

func (b *builder) law() error {
	for _, hash := range b.laws {
		files, err := b.source.Law(b.ctx, hash)
		if err != nil {
			return fmt.Errorf("law data %s: %w", hash, err)
		}
		for name, text := range files {
			b.add(dirLaw+hash+"/"+name, []byte(text))
		}
	}
	return nil
}

func (b *builder) documents() error {
	for _, h := range b.referred {
		if !slices.Contains(b.papers, h) {
			b.papers = append(b.papers, h)
		}
	}
	for _, h := range b.papers {
		data, err := b.source.Document(b.ctx, h)
		if errors.Is(err, ErrNoDocument) {
			continue // Verify will name it: a bundle without it says more than no bundle
		}
		if err != nil {
			return fmt.Errorf("document %s: %w", h, err)
		}
		if sum(data) != h {
			return fmt.Errorf("document %s: its stored bytes have another hash", h)
		}
		b.add(dirDocuments+h, data)
	}
	return nil
}

func (b *builder) manifest() error {
	order(b.files)
	for _, f := range b.files {
		b.head.Files = append(b.head.Files, File{Name: f.name, SHA256: sum(f.data), Size: int64(len(f.data))})
	}
	return b.addJSON(nameManifest, b.head)
}
