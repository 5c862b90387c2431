package authz

import (
	"context"
	"strings"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	failurepb "go.temporal.io/api/failure/v1"
	"go.temporal.io/api/serviceerror"
	updatepb "go.temporal.io/api/update/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/server/common/authorization"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"vinhdanh/internal/gate"
)

// Intercept runs after the authorizer and before Temporal's handler.
func (g *Gate) Intercept(ctx context.Context, request any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
	claims, _ := ctx.Value(authorization.MappedClaims).(*authorization.Claims)
	if isInternal(claims) {
		return next(ctx, request)
	}
	sender, method := senderOf(claims), methodName(info.FullMethod)
	if key, isUpdate := updateTarget(request); isUpdate && !g.limits.allow(sender, key, time.Now()) {
		g.note(sender, method, request, gate.CodeRateLimited, "too many updates on one workflow or of one sender")
		return nil, serviceerror.NewResourceExhausted(enumspb.RESOURCE_EXHAUSTED_CAUSE_RPS_LIMIT,
			"gate.rate-limited: too many updates at once; send it again in a moment")
	}
	stamp(sender, request)
	response, err := next(ctx, request)
	if err == nil {
		g.noteRejections(sender, method, request, response)
	}
	return response, err
}

func (g *Gate) note(sender gate.Sender, method string, request any, code, reason string) {
	r := describe(request)
	r.Sender, r.API, r.Code, r.Reason = sender, method, code, reason
	if n, ok := request.(interface{ GetNamespace() string }); ok {
		r.Namespace = n.GetNamespace()
	}
	g.record(r)
}

// updateTarget returns which workflow an Update aims at.
func updateTarget(request any) (key string, isUpdate bool) {
	switch q := request.(type) {
	case *workflowservice.UpdateWorkflowExecutionRequest:
		return q.GetNamespace() + "\x00" + q.GetWorkflowExecution().GetWorkflowId(), true
	case *workflowservice.ExecuteMultiOperationRequest:
		return q.GetNamespace() + "\x00" + describe(q).WorkflowID, true
	}
	return "", false
}

// stamp overwrites every identity the client claims by the authenticated sender, in the request itself, in an
// Update's Meta and in the parts of a multi-operation.
func stamp(sender gate.Sender, request any) {
	if m, ok := request.(proto.Message); ok {
		msg := m.ProtoReflect()
		field := msg.Descriptor().Fields().ByName("identity")
		if field != nil && field.Kind() == protoreflect.StringKind && !field.IsList() {
			msg.Set(field, protoreflect.ValueOfString(identity(sender, msg.Get(field).String())))
		}
	}
	switch q := request.(type) {
	case *workflowservice.UpdateWorkflowExecutionRequest:
		if q.GetRequest() == nil {
			return
		}
		if q.GetRequest().GetMeta() == nil {
			q.Request.Meta = &updatepb.Meta{}
		}
		q.Request.Meta.Identity = identity(sender, q.Request.Meta.GetIdentity())
	case *workflowservice.ExecuteMultiOperationRequest:
		for _, op := range q.GetOperations() {
			if s := op.GetStartWorkflow(); s != nil {
				stamp(sender, s)
			}
			if u := op.GetUpdateWorkflow(); u != nil {
				stamp(sender, u)
			}
		}
	}
}

// maxClaimed is the longest part of a claimed identity kept, in bytes.
const maxClaimed = 200

// identity keeps what the client said of itself after the sender's name and a slash: "app/serve-1".
func identity(sender gate.Sender, claimed string) string {
	own := string(sender)
	claimed = strings.TrimPrefix(claimed, own+"/")
	if claimed == "" || claimed == own {
		return own
	}
	if len(claimed) > maxClaimed {
		claimed = strings.ToValidUTF8(claimed[:maxClaimed], "")
	}
	return own + "/" + claimed
}

// noteRejections records Updates whose outcome is a failure: refused by the validator or the handler, sent under
// a name the workflow does not know, or with arguments it cannot decode.
func (g *Gate) noteRejections(sender gate.Sender, method string, request, response any) {
	switch r := response.(type) {
	case *workflowservice.UpdateWorkflowExecutionResponse:
		g.noteFailure(sender, method, request, r.GetOutcome())
	case *workflowservice.PollWorkflowExecutionUpdateResponse:
		g.noteFailure(sender, method, request, r.GetOutcome())
	case *workflowservice.ExecuteMultiOperationResponse:
		for _, part := range r.GetResponses() {
			if u := part.GetUpdateWorkflow(); u != nil {
				g.noteFailure(sender, method, request, u.GetOutcome())
			}
		}
	}
}

func (g *Gate) noteFailure(sender gate.Sender, method string, request any, outcome *updatepb.Outcome) {
	if f := outcome.GetFailure(); f != nil {
		g.note(sender, method, request, gate.CodeRejected, failureText(f))
	}
}

// failureText is the type of an application error and its message, if the message is not encrypted.
func failureText(f *failurepb.Failure) string {
	kind := f.GetApplicationFailureInfo().GetType()
	switch {
	case kind == "":
		return f.GetMessage()
	case f.GetMessage() == "":
		return kind
	}
	return kind + ": " + f.GetMessage()
}
