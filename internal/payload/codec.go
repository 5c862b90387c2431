// Package payload encrypts what Temporal stores: AES-256-GCM, one key per case,
// the workflow's id as associated data, so that a payload moved to another
// history does not open. Destroying a case's key makes its history unreadable
// while hashes and proofs stay.
//
// Histories hold no names even in the clear; the encryption is the second lock.
package payload

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"fmt"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"google.golang.org/protobuf/proto"
)

const (
	encodingKey = "encoding"
	encoding    = "binary/vinhdanh-aesgcm"
)

// Keys gives the 32-byte key of a case. Key makes one when create is set and
// there is none; otherwise a missing or destroyed key is ErrNoKey.
type Keys interface {
	Key(caseID string, create bool) ([]byte, error)
}

// ErrNoKey says that a case's key does not exist or was destroyed.
var ErrNoKey = errors.New("payload: the case's key does not exist or was destroyed")

// Converter is the data converter that every client and worker uses.
func Converter(keys Keys) converter.DataConverter {
	return converter.NewCodecDataConverter(converter.GetDefaultDataConverter(), &Codec{keys: keys})
}

// FailureConverter encrypts messages and stacks of failures like any payload.
func FailureConverter(dc converter.DataConverter) converter.FailureConverter {
	return failures{dc: dc, FailureConverter: temporal.NewDefaultFailureConverter(temporal.DefaultFailureConverterOptions{
		DataConverter: dc, EncodeCommonAttributes: true,
	})}
}

// failures hands the workflow of the context on to the data converter. The SDK's
// own failure converter does not, and so would write every message in the clear.
type failures struct {
	converter.FailureConverter
	dc converter.DataConverter
}

// WithSerializationContext binds the converter to the workflow of the context.
func (f failures) WithSerializationContext(ctx converter.SerializationContext) converter.FailureConverter {
	return FailureConverter(converter.WithDataConverterSerializationContext(f.dc, ctx))
}

// Codec encrypts payloads of the workflow it was given as context. Without a
// workflow (schedules, searches) payloads pass as they are.
type Codec struct {
	keys   Keys
	caseID string
}

// WithSerializationContext binds the codec to the workflow of the context.
func (c *Codec) WithSerializationContext(ctx converter.SerializationContext) converter.PayloadCodec {
	switch x := ctx.(type) {
	case converter.WorkflowSerializationContext:
		return &Codec{keys: c.keys, caseID: x.WorkflowID}
	case converter.ActivitySerializationContext:
		return &Codec{keys: c.keys, caseID: x.WorkflowID}
	}
	return c
}

// Encode encrypts each payload under the case's key.
func (c *Codec) Encode(in []*commonpb.Payload) ([]*commonpb.Payload, error) {
	if c.caseID == "" || len(in) == 0 {
		return in, nil
	}
	gcm, err := c.gcm(true)
	if err != nil {
		return nil, err
	}
	out := make([]*commonpb.Payload, len(in))
	for i, p := range in {
		plain, err := proto.Marshal(p)
		if err != nil {
			return nil, fmt.Errorf("payload: encode: %w", err)
		}
		nonce := make([]byte, gcm.NonceSize())
		if _, err := rand.Read(nonce); err != nil {
			return nil, fmt.Errorf("payload: nonce: %w", err)
		}
		out[i] = &commonpb.Payload{
			Metadata: map[string][]byte{encodingKey: []byte(encoding)},
			Data:     gcm.Seal(nonce, nonce, plain, []byte(c.caseID)),
		}
	}
	return out, nil
}

// errForeign says that a payload was not closed under this case's key.
var errForeign = errors.New("payload: it was not closed under this case's key")

// Decode opens what Encode closed; other payloads pass as they are. So does one
// that only looks like ours: no value comes out of it, but a Signal that carries
// it can be put on record instead of being dropped.
func (c *Codec) Decode(in []*commonpb.Payload) ([]*commonpb.Payload, error) {
	out := make([]*commonpb.Payload, len(in))
	for i, p := range in {
		if string(p.GetMetadata()[encodingKey]) != encoding {
			out[i] = p
			continue
		}
		plain, err := c.open(p.Data)
		if errors.Is(err, errForeign) {
			out[i] = p
			continue
		}
		if err != nil {
			return nil, err
		}
		out[i] = &commonpb.Payload{}
		if err := proto.Unmarshal(plain, out[i]); err != nil {
			return nil, fmt.Errorf("payload: decode: %w", err)
		}
	}
	return out, nil
}

func (c *Codec) open(data []byte) ([]byte, error) {
	gcm, err := c.gcm(false)
	if err != nil {
		return nil, err
	}
	if len(data) < gcm.NonceSize() {
		return nil, errForeign
	}
	plain, err := gcm.Open(nil, data[:gcm.NonceSize()], data[gcm.NonceSize():], []byte(c.caseID))
	if err != nil {
		return nil, errForeign
	}
	return plain, nil
}

func (c *Codec) gcm(create bool) (cipher.AEAD, error) {
	key, err := c.keys.Key(c.caseID, create)
	if err != nil {
		return nil, err
	}
	return newGCM(key)
}

func newGCM(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("payload: key: %w", err)
	}
	return cipher.NewGCM(block)
}
