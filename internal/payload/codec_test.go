package payload_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"google.golang.org/protobuf/proto"

	"vinhdanh/internal/payload"
)

// What must not be readable in a stored payload; invented.
const secret = "Trần Thị Mẫu"

type body struct {
	Name  string   `json:"name"`
	Items []string `json:"items"`
}

var value = body{Name: secret, Items: []string{"i1", "i2"}}

func workflowOf(id string) converter.SerializationContext {
	return converter.WorkflowSerializationContext{Namespace: "cases", WorkflowID: id}
}

func bound(dc converter.DataConverter, ctx converter.SerializationContext) converter.DataConverter {
	return converter.WithDataConverterSerializationContext(dc, ctx)
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	dc := payload.Converter(wrapped(t, newShelf()))
	sender := bound(dc, workflowOf("commendation/p1"))
	ps, err := sender.ToPayloads(value, 42, nil)
	require.NoError(t, err)
	wire, err := proto.Marshal(ps)
	require.NoError(t, err)
	require.NotContains(t, string(wire), secret)
	require.NotContains(t, string(wire), "json/plain", "the inner encoding shows")

	// Read by an activity of the same workflow, as activities read their input.
	reader := bound(dc, converter.ActivitySerializationContext{Namespace: "cases", WorkflowID: "commendation/p1", ActivityType: "validate"})
	var got body
	var n int
	var none *body
	require.NoError(t, reader.FromPayloads(ps, &got, &n, &none))
	require.Equal(t, value, got)
	require.Equal(t, 42, n)
	require.Nil(t, none)

	again, err := sender.ToPayloads(value)
	require.NoError(t, err)
	require.NotEqual(t, ps.Payloads[0].Data, again.Payloads[0].Data, "the same nonce twice")
}

// TestAnotherWorkflow: a payload moved to another history does not open, even
// where both histories had one key.
func TestAnotherWorkflow(t *testing.T) {
	t.Parallel()
	p := encode(t, payload.Converter(wrapped(t, newShelf())), "commendation/p1")
	var got body
	keys := wrapped(t, newShelf())
	_, err := keys.Key("commendation/p2", true)
	require.NoError(t, err)
	require.Error(t, bound(payload.Converter(keys), workflowOf("commendation/p2")).FromPayload(p, &got))

	shared := payload.Converter(oneKey{})
	p = encode(t, shared, "commendation/p1")
	require.NoError(t, bound(shared, workflowOf("commendation/p1")).FromPayload(p, &got))
	require.ErrorContains(t, bound(shared, workflowOf("commendation/p2")).FromPayload(p, &got), "not supported")
}

// oneKey is the worst key keeper: the same key for every case.
type oneKey struct{}

func (oneKey) Key(string, bool) ([]byte, error) { return master, nil }

func encode(t *testing.T, dc converter.DataConverter, id string) *commonpb.Payload {
	t.Helper()
	p, err := bound(dc, workflowOf(id)).ToPayload(value)
	require.NoError(t, err)
	return p
}

func TestDestroyedKeyIsUnreadable(t *testing.T) {
	t.Parallel()
	s := newShelf()
	keys := wrapped(t, s)
	dc := payload.Converter(keys)
	p := encode(t, dc, "commendation/p1")
	s.destroy("commendation/p1")
	keys.Forget("commendation/p1")
	var got body
	require.ErrorIs(t, bound(dc, workflowOf("commendation/p1")).FromPayload(p, &got), payload.ErrNoKey)
	_, err := bound(dc, workflowOf("commendation/p1")).ToPayload(value)
	require.ErrorIs(t, err, payload.ErrNoKey, "a destroyed case was given a second key")
	require.Zero(t, got)
}

// TestEveryFlippedByteIsFound, and every cut.
func TestEveryFlippedByteIsFound(t *testing.T) {
	t.Parallel()
	dc := payload.Converter(oneKey{})
	p := encode(t, dc, "commendation/p1")
	var got body
	for i := range p.Data {
		bad := proto.CloneOf(p)
		bad.Data[i] ^= 1
		require.Error(t, bound(dc, workflowOf("commendation/p1")).FromPayload(bad, &got), "byte %d", i)
		bad.Data = p.Data[:i]
		require.Error(t, bound(dc, workflowOf("commendation/p1")).FromPayload(bad, &got), "cut at %d", i)
	}
}

// TestNoContext: without a workflow nothing is encrypted, and nothing encrypted opens.
func TestNoContext(t *testing.T) {
	t.Parallel()
	s := newShelf()
	dc := payload.Converter(wrapped(t, s))
	p, err := dc.ToPayload(value)
	require.NoError(t, err)
	require.Equal(t, "json/plain", string(p.Metadata[converter.MetadataEncoding]))
	var got body
	require.NoError(t, dc.FromPayload(p, &got))
	require.Equal(t, value, got)
	require.Empty(t, s.rows, "a key was made for nobody")

	// A plain payload, say of a raw client, is read as it is by a workflow too.
	got = body{}
	require.NoError(t, bound(dc, workflowOf("commendation/p1")).FromPayload(p, &got))
	require.Equal(t, value, got)
	require.Error(t, dc.FromPayload(encode(t, dc, "commendation/p1"), &got))
}

// TestReadingMakesNoKey: whoever reads foreign data leaves no trace on the shelf.
func TestReadingMakesNoKey(t *testing.T) {
	t.Parallel()
	s := newShelf()
	p := encode(t, payload.Converter(oneKey{}), "commendation/p1")
	var got body
	err := bound(payload.Converter(wrapped(t, s)), workflowOf("commendation/p1")).FromPayload(p, &got)
	require.ErrorIs(t, err, payload.ErrNoKey)
	require.Empty(t, s.rows)
}

func TestSingleOpensItsCase(t *testing.T) {
	t.Parallel()
	keys := wrapped(t, newShelf())
	p := encode(t, payload.Converter(keys), "commendation/p1")
	key, err := keys.Key("commendation/p1", false)
	require.NoError(t, err)
	offline := payload.Converter(payload.Single{CaseID: "commendation/p1", Secret: key})
	var got body
	require.NoError(t, bound(offline, workflowOf("commendation/p1")).FromPayload(p, &got))
	require.Equal(t, value, got)
	// What a replay without its workflow's own id would ask for.
	require.ErrorIs(t, bound(offline, workflowOf("ReplayId")).FromPayload(p, &got), payload.ErrNoKey)
}

// TestFailuresHideTheirMessages and keep what decides: type and retryability.
func TestFailuresHideTheirMessages(t *testing.T) {
	t.Parallel()
	dc := payload.Converter(wrapped(t, newShelf()))
	fc := converter.WithFailureConverterSerializationContext(payload.FailureConverter(dc), workflowOf("commendation/p1"))
	cause := errors.New("no row for " + secret)
	f := fc.ErrorToFailure(temporal.NewNonRetryableApplicationError("cannot decide on "+secret, "bad-data", cause, secret))
	wire, err := proto.Marshal(f)
	require.NoError(t, err)
	require.NotContains(t, string(wire), secret)
	for x := f; x != nil; x = x.Cause {
		require.Equal(t, "Encoded failure", x.Message)
		require.Empty(t, x.StackTrace)
	}

	var app *temporal.ApplicationError
	require.ErrorAs(t, fc.FailureToError(proto.CloneOf(f)), &app)
	require.Equal(t, "bad-data", app.Type())
	require.True(t, app.NonRetryable())
	require.Contains(t, app.Error(), secret)
	require.Contains(t, errors.Unwrap(app).Error(), secret)

	other := converter.WithFailureConverterSerializationContext(payload.FailureConverter(dc), workflowOf("commendation/p2"))
	require.False(t, strings.Contains(other.FailureToError(proto.CloneOf(f)).Error(), secret), "another workflow reads it")
}
