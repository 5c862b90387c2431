package authz

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"
	"github.com/stretchr/testify/require"
	commandpb "go.temporal.io/api/command/v1"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"
	updatepb "go.temporal.io/api/update/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/server/common/api"
	"go.temporal.io/server/common/authorization"
	"google.golang.org/protobuf/types/known/durationpb"

	"vinhdanh/internal/gate"
)

// TestMatrixNamesRealMethods: a misspelt method in the matrix would allow nothing and look as if it did.
func TestMatrixNamesRealMethods(t *testing.T) {
	t.Parallel()
	for sender, grants := range matrix {
		for _, g := range grants {
			for _, m := range g.methods {
				full := api.WorkflowServicePrefix + m
				if name, ok := strings.CutPrefix(m, "OperatorService/"); ok {
					full = api.OperatorServicePrefix + name
				}
				if m == allMethods {
					require.Equal(t, gate.Operator, sender)
					continue
				}
				require.NotEqual(t, api.ScopeUnknown, api.GetMethodMetadata(full).Scope, "%s: %s", sender, m)
				require.Equal(t, m, methodName(full))
			}
		}
	}
}

// TestOnlyReadsForAuditors: by Temporal's own account of its methods, an auditor's are reads.
func TestOnlyReadsForAuditors(t *testing.T) {
	t.Parallel()
	for _, g := range matrix[gate.Auditor] {
		for _, m := range g.methods {
			full := api.WorkflowServicePrefix + m
			if name, ok := strings.CutPrefix(m, "OperatorService/"); ok {
				full = api.OperatorServicePrefix + name
			}
			require.Equal(t, api.AccessReadOnly, api.GetMethodMetadata(full).Access, m)
		}
	}
}

func TestDenyByDefault(t *testing.T) {
	t.Parallel()
	for _, sender := range []gate.Sender{gate.Unknown, "", "root", gate.App, gate.Worker, gate.Auditor} {
		for _, method := range []string{"SomethingNew", "TerminateWorkflowExecution", "AdminService/DescribeHistoryHost", "ServerReflection/ServerReflectionInfo"} {
			for _, namespace := range []string{"", "cases", "ops", "temporal-system", "*"} {
				require.NotEmpty(t, decide(sender, method, namespace, nil), "%s %s %s", sender, method, namespace)
			}
		}
	}
	require.NotEmpty(t, decide(gate.App, "StartWorkflowExecution", gate.NamespaceOps, nil), "app starts nothing in ops")
	require.NotEmpty(t, decide(gate.Worker, "UpdateWorkflowExecution", gate.NamespaceOps, nil))
	require.NotEmpty(t, decide(gate.Auditor, "DescribeWorkflowExecution", "temporal-system", nil))
	require.NotEmpty(t, decide(gate.App, "StartWorkflowExecution", gate.NamespaceCases, "no request"), "a check sees another type")
	require.Empty(t, decide(gate.Operator, "SomethingNew", "anywhere", nil))
}

// TestNobodyClaimsToBeTheServer: a credential named like the server's own principal is nobody's.
func TestNobodyClaimsToBeTheServer(t *testing.T) {
	t.Parallel()
	k, err := gate.NewKeyring(gate.NewTokens())
	require.NoError(t, err)
	g := New(k, Limits{}, nil)
	claims, err := g.GetClaims(&authorization.AuthInfo{AuthToken: "Bearer " + authorization.InternalPrincipalName})
	require.NoError(t, err)
	require.False(t, isInternal(claims))
	require.Equal(t, gate.Unknown, senderOf(claims))
	require.Equal(t, gate.Unknown, senderOf(nil))
	require.Equal(t, gate.Unknown, senderOf(&authorization.Claims{Subject: string(gate.Operator), AuthType: "jwt"}))
}

func TestStart(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*workflowservice.StartWorkflowExecutionRequest){
		"": func(*workflowservice.StartWorkflowExecutionRequest) {},
		"address": func(r *workflowservice.StartWorkflowExecutionRequest) {
			r.CompletionCallbacks = []*commonpb.Callback{{}}
		},
		"worker's": func(r *workflowservice.StartWorkflowExecutionRequest) { r.RequestEagerExecution = true },
		"skip time": func(r *workflowservice.StartWorkflowExecutionRequest) {
			r.TimeSkippingConfig = &commonpb.TimeSkippingConfig{}
		},
		"cron":     func(r *workflowservice.StartWorkflowExecutionRequest) { r.CronSchedule = "* * * * *" },
		"for ever": func(r *workflowservice.StartWorkflowExecutionRequest) { r.TaskQueue.Name = "nobody" },
		"time limit": func(r *workflowservice.StartWorkflowExecutionRequest) {
			r.WorkflowRunTimeout = durationpb.New(time.Minute)
		},
		"at once": func(r *workflowservice.StartWorkflowExecutionRequest) {
			r.WorkflowStartDelay = durationpb.New(time.Minute)
		},
		"used once": func(r *workflowservice.StartWorkflowExecutionRequest) {
			r.WorkflowIdReusePolicy = enumspb.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE
		},
		"<id>":        func(r *workflowservice.StartWorkflowExecutionRequest) { r.WorkflowId = "council/" },
		"\"archive\"": func(r *workflowservice.StartWorkflowExecutionRequest) { r.WorkflowType.Name = "archive" },
	} {
		r := &workflowservice.StartWorkflowExecutionRequest{
			WorkflowId: "council/1", WorkflowType: &commonpb.WorkflowType{Name: "council"},
			TaskQueue:             &taskqueuepb.TaskQueue{Name: gate.QueueCases},
			WorkflowIdReusePolicy: enumspb.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
		}
		change(r)
		why := checkStart(r)
		if name == "" {
			require.Empty(t, why)
		} else {
			require.Contains(t, why, name)
		}
	}
}

func TestCommands(t *testing.T) {
	t.Parallel()
	of := func(kind enumspb.CommandType) *workflowservice.RespondWorkflowTaskCompletedRequest {
		return &workflowservice.RespondWorkflowTaskCompletedRequest{Commands: []*commandpb.Command{
			{CommandType: enumspb.COMMAND_TYPE_PROTOCOL_MESSAGE}, {CommandType: kind},
		}}
	}
	require.Empty(t, checkCommands(of(enumspb.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK)))
	for kind := range forbiddenCommands {
		require.NotEmpty(t, checkCommands(of(kind)))
	}
}

func TestIdentity(t *testing.T) {
	t.Parallel()
	for claimed, want := range map[string]string{
		"": "app", "app": "app", "serve-1": "app/serve-1", "app/serve-1": "app/serve-1", "operator/x": "app/operator/x",
		strings.Repeat("é", 150): "app/" + strings.Repeat("é", 100),
	} {
		require.Equal(t, want, identity(gate.App, claimed))
	}
	multi := &workflowservice.ExecuteMultiOperationRequest{Operations: []*workflowservice.ExecuteMultiOperationRequest_Operation{
		{Operation: &workflowservice.ExecuteMultiOperationRequest_Operation_StartWorkflow{
			StartWorkflow: &workflowservice.StartWorkflowExecutionRequest{Identity: "operator"}}},
		{Operation: &workflowservice.ExecuteMultiOperationRequest_Operation_UpdateWorkflow{
			UpdateWorkflow: &workflowservice.UpdateWorkflowExecutionRequest{Request: &updatepb.Request{}}}},
	}}
	stamp(gate.App, multi)
	require.Equal(t, "app/operator", multi.Operations[0].GetStartWorkflow().GetIdentity())
	require.Equal(t, "app", multi.Operations[1].GetUpdateWorkflow().GetRequest().GetMeta().GetIdentity())
	stamp(gate.App, &workflowservice.UpdateWorkflowExecutionRequest{}) // no part to stamp, no panic
	stamp(gate.App, nil)
}

func TestLimiter(t *testing.T) {
	t.Parallel()
	l := newLimiter(Limits{PerWorkflow: 1, PerWorkflowBurst: 2, PerSender: 1, PerSenderBurst: 3})
	now := time.Now()
	var passed []bool
	for _, key := range []string{"a", "a", "a", "b", "b"} {
		passed = append(passed, l.allow(gate.App, key, now))
	}
	require.Equal(t, []bool{true, true, false, true, false}, passed, "two for a, then the sender's third")
	require.True(t, l.allow(gate.Worker, "c", now), "another sender has its own share")
	require.True(t, l.allow(gate.App, "a", now.Add(time.Second)))
	for i := range maxBuckets + 10 {
		l.allow("x", fmt.Sprint(i), now)
	}
	require.LessOrEqual(t, len(l.workflows), maxBuckets)
}

// TestRecorderIsNotFlooded: unknown callers fill a few lines, the rest is a number; known ones are kept.
func TestRecorderIsNotFlooded(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var got []gate.Refusal
	r := NewRecorder(zerolog.Nop(), func(_ context.Context, f gate.Refusal) error {
		mu.Lock()
		defer mu.Unlock()
		got = append(got, f)
		return nil
	})
	for range 2000 {
		r.Record(gate.Refusal{Sender: gate.Unknown, Code: gate.CodeNoSender})
	}
	for range 500 {
		r.Record(gate.Refusal{Sender: gate.App, Code: gate.CodeDenied, Reason: "a\x00b"})
	}
	r.Close()
	r.Close() // twice does no harm
	r.Record(gate.Refusal{})
	count := map[string]int{}
	for _, f := range got {
		count[f.Code]++
	}
	require.Equal(t, 500, count[gate.CodeDenied])
	require.LessOrEqual(t, count[gate.CodeNoSender], 35)
	require.Equal(t, 1, count[gate.CodeSuppressed])
	require.Contains(t, got[len(got)-1].Reason, fmt.Sprint(2000-count[gate.CodeNoSender]))
	require.NotContains(t, got[100].Reason, "\x00")
}

// TestRecorderRetriesAndDoesNotBlock: a database that is away delays nobody and loses nothing.
func TestRecorderRetriesAndDoesNotBlock(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var got []string
	failures := 2
	r := NewRecorder(zerolog.Nop(), func(_ context.Context, f gate.Refusal) error {
		mu.Lock()
		defer mu.Unlock()
		if failures > 0 {
			failures--
			return errors.New("away")
		}
		got = append(got, f.Name)
		return nil
	})
	began := time.Now()
	for i := range 3 {
		r.Record(gate.Refusal{Sender: gate.App, Name: fmt.Sprint(i)})
	}
	require.Less(t, time.Since(began), retryFrom)
	r.Close()
	require.Equal(t, []string{"0", "1", "2"}, got)
}
