package authz

import (
	"context"
	"slices"
	"strings"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/server/common/api"
	"go.temporal.io/server/common/authorization"

	"vinhdanh/internal/gate"
)

// authType marks the claims this package gives out, and the principal stamped on history events.
const authType = "vinhdanh"

// Gate is the claim mapper, the authorizer and the interceptor of one server.
type Gate struct {
	keyring *gate.Keyring
	record  func(gate.Refusal)
	limits  *limiter
}

var (
	_ authorization.ClaimMapper                     = (*Gate)(nil)
	_ authorization.ClaimMapperWithAuthInfoRequired = (*Gate)(nil)
	_ authorization.Authorizer                      = (*Gate)(nil)
)

// New builds the gate. record must not block; see NewRecorder.
func New(keyring *gate.Keyring, limits Limits, record func(gate.Refusal)) *Gate {
	if record == nil {
		record = func(gate.Refusal) {}
	}
	return &Gate{keyring: keyring, record: record, limits: newLimiter(limits)}
}

// AuthInfoRequired is false: a call without any credential is looked at too, so that it can be counted.
func (g *Gate) AuthInfoRequired() bool { return false }

// GetClaims turns the authorization header into the sender. An unknown credential yields claims of nobody.
func (g *Gate) GetClaims(info *authorization.AuthInfo) (*authorization.Claims, error) {
	sender, _ := g.keyring.Identify(info.AuthToken)
	return &authorization.Claims{Subject: string(sender), AuthType: authType}, nil
}

// Authorize decides one call by the matrix and records refusals and operators' uses.
func (g *Gate) Authorize(_ context.Context, claims *authorization.Claims, target *authorization.CallTarget) (authorization.Result, error) {
	method := methodName(target.APIName)
	if isInternal(claims) || openMethods[method] {
		return authorization.Result{Decision: authorization.DecisionAllow, Principal: principal(claims)}, nil
	}
	sender := senderOf(claims)
	why := decide(sender, method, target.Namespace, target.Request)
	if why != "" {
		r := describe(target.Request)
		r.Sender, r.API, r.Namespace, r.Code, r.Reason = sender, method, target.Namespace, gate.CodeDenied, why
		if sender == gate.Unknown {
			r.Code = gate.CodeNoSender
		}
		g.record(r)
		return authorization.Result{Decision: authorization.DecisionDeny, Reason: why}, nil
	}
	if sender == gate.Operator && !quietUses[method] {
		r := describe(target.Request)
		r.Sender, r.API, r.Namespace, r.Code = sender, method, target.Namespace, gate.CodeOperatorUse
		g.record(r)
	}
	return authorization.Result{Decision: authorization.DecisionAllow, Principal: principal(claims)}, nil
}

// decide returns why a call is refused, or "" when it may pass.
func decide(sender gate.Sender, method, namespace string, request any) string {
	if sender == gate.Unknown {
		return "a credential is needed"
	}
	for _, gr := range matrix[sender] {
		if !gr.covers(method, namespace) {
			continue
		}
		if gr.check == nil {
			return ""
		}
		return gr.check(request)
	}
	return "the credential of " + string(sender) + " does not cover " + method
}

func (gr grant) covers(method, namespace string) bool {
	if !slices.Contains(gr.methods, method) && !slices.Contains(gr.methods, allMethods) {
		return false
	}
	if len(gr.namespaces) == 0 {
		return namespace == ""
	}
	return slices.Contains(gr.namespaces, namespace) || slices.Contains(gr.namespaces, everywhere)
}

// methodName shortens a full gRPC method: bare for WorkflowService, "Service/Method" for any other.
func methodName(full string) string {
	if name, ok := strings.CutPrefix(full, api.WorkflowServicePrefix); ok {
		return name
	}
	service, method, ok := strings.Cut(strings.TrimPrefix(full, "/"), "/")
	if !ok {
		return full
	}
	return service[strings.LastIndex(service, ".")+1:] + "/" + method
}

// isInternal recognises the claims that only the server's own internal frontend hands out.
func isInternal(c *authorization.Claims) bool {
	return c != nil && c.AuthType == authorization.InternalPrincipalType && c.Subject == authorization.InternalPrincipalName
}

func senderOf(c *authorization.Claims) gate.Sender {
	if c == nil || c.AuthType != authType {
		return gate.Unknown
	}
	return gate.Sender(c.Subject)
}

func principal(c *authorization.Claims) *commonpb.Principal {
	if c == nil {
		return nil
	}
	return &commonpb.Principal{Type: c.AuthType, Name: c.Subject}
}
