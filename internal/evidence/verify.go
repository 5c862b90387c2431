package evidence

import (
	"context"
	"fmt"
	"strings"

	"vinhdanh/internal/envelope"
)

// Options say what the caller knows from elsewhere.
type Options struct {
	// ExpectFingerprint is the root key's fingerprint as the installation
	// published it. Empty: the bundle's own is taken and the report says so.
	ExpectFingerprint string
	// ExpectSHA256 is the bundle's hash as the archive recorded it, hex; "" skips it.
	ExpectSHA256 string
}

// verifier is one verification in progress.
type verifier struct {
	ctx    context.Context
	opts   Options
	data   []byte
	report Report
	bundle *Bundle
	ring   *envelope.Ring
	record *record
	bodies [][]byte // recomputed transitions in order of number
	acts   []*happened
}

// step is one named check; detail says what holds.
type step struct {
	name  string
	check func(*verifier) (detail string, err error)
	// base: what follows leans on it, and is skipped when it fails.
	base bool
}

// steps in the order in which a reader wants the first fault named.
var steps = []step{
	{"bytes", (*verifier).checkBytes, true},
	{"keyring", (*verifier).checkRing, true},
	{"history", (*verifier).checkHistory, true},
	{"signatures", (*verifier).checkSignatures, true},
	{"acts", (*verifier).checkActs, true},
	{"trail", (*verifier).checkTrail, false},
	{"envelopes", (*verifier).checkEnvelopes, false},
	{"senders", (*verifier).checkSenders, false},
	{"validations", (*verifier).checkValidations, false},
	{"content", (*verifier).checkContent, false},
	{"reasons", (*verifier).checkReasons, false},
	{"law", (*verifier).checkLaw, false},
	{"documents", (*verifier).checkDocuments, false},
	replay,
}

var replay = step{"replay", (*verifier).checkReplay, false}

// Verify checks a bundle by itself. A bundle that does not hold is no error: the
// report names what does not. The error is the context's, which also bounds the
// time that a strange bundle may take.
func Verify(ctx context.Context, data []byte, o Options) (Report, error) {
	v := &verifier{ctx: ctx, opts: o, data: data}
	stop := false
	var replayed <-chan outcome
	for _, s := range steps {
		if err := ctx.Err(); err != nil {
			return Report{}, err
		}
		if stop {
			v.report.skip(s.name)
			continue
		}
		if !s.base && replayed == nil { // nothing but the report depends on it: let it run beside the rest
			replayed = replay.begin(v)
		}
		ended := replayed
		if s.name != replay.name {
			ended = s.begin(v)
		}
		select {
		case o := <-ended:
			v.report.add(s.name, o.detail, o.err)
			stop = o.err != nil && s.base
		case <-ctx.Done():
			return Report{}, ctx.Err()
		}
	}
	v.report.conclude()
	return v.report, nil
}

// outcome is how a step ended.
type outcome struct {
	detail string
	err    error
}

// begin does the check, aside, so that the context ends the wait for it. What a
// stranger put together may reach corners of a decoder or of the replayer that
// panic; that is a fault of the bundle, not the end of the program.
func (s step) begin(v *verifier) <-chan outcome {
	ended := make(chan outcome, 1)
	go func() {
		var o outcome
		defer func() {
			if p := recover(); p != nil {
				o = outcome{err: fault(faultReplay, fmt.Sprint(p))}
			}
			ended <- o
		}()
		o.detail, o.err = s.check(v)
	}()
	return ended
}

func (v *verifier) checkBytes() (string, error) {
	v.report.SHA256 = sum(v.data)
	if want := strings.ToLower(v.opts.ExpectSHA256); want != "" && want != v.report.SHA256 {
		return "", fault(faultWhole, v.report.SHA256)
	}
	b, err := Open(v.data)
	if b != nil {
		m := b.Manifest
		v.report.Case, v.report.Kind, v.report.Installation = m.Case, m.Kind, m.Installation
	}
	if err != nil {
		return "", err
	}
	v.bundle = b
	return fmt.Sprintf("%d files, %d bytes, each as the manifest says", len(b.files), len(v.data)), nil
}

func (v *verifier) checkRing() (string, error) {
	ring, own, err := v.bundle.ring(v.opts.ExpectFingerprint)
	v.report.Fingerprint, v.report.SelfDeclared = own, v.opts.ExpectFingerprint == ""
	if err != nil {
		return "", err
	}
	v.ring = ring
	return fmt.Sprintf("keyring version %d with %d keys, signed by root %s", ring.Version, len(ring.Keys), own), nil
}

func (v *verifier) checkHistory() (string, error) {
	h, err := v.bundle.history()
	if err != nil {
		return "", err
	}
	key, err := v.bundle.key()
	if err != nil {
		return "", err
	}
	rec, err := readHistory(h, v.bundle.Manifest.Case, key)
	if err != nil {
		return "", err
	}
	if m := v.bundle.Manifest; rec.kind != m.Kind || rec.run != m.Run || !rec.closedAt.Equal(m.Closed) {
		return "", fault(faultManifest, "it names another kind, run or day of closing than the history")
	}
	v.record, v.report.Events = rec, len(rec.events)
	return fmt.Sprintf("%d events from the start to the close at %s", len(rec.events), rec.closedAt.Format("2006-01-02T15:04:05Z")), nil
}
