package embedded

import (
	"context"
	"fmt"
	"time"

	"go.temporal.io/api/workflowservice/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/metadata"
	"google.golang.org/protobuf/types/known/durationpb"

	namespacepb "go.temporal.io/api/namespace/v1"

	"vinhdanh/internal/gate"
)

// frontendService is the name under which the frontend reports its health.
const frontendService = "temporal.api.workflowservice.v1.WorkflowService"

// healthTimeout is how long a start may take once its services run.
const healthTimeout = 60 * time.Second

func (o TemporalOptions) retention(namespace string) time.Duration {
	if namespace == gate.NamespaceOps {
		return o.OpsRetention
	}
	return o.CasesRetention
}

func dial(address string) (*grpc.ClientConn, error) {
	return grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
}

// Healthy asks the frontend at address for its health; nil means it serves. It needs no credential.
func Healthy(ctx context.Context, address string) error {
	conn, err := dial(address)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	answer, err := healthpb.NewHealthClient(conn).Check(ctx, &healthpb.HealthCheckRequest{Service: frontendService})
	if err != nil {
		return fmt.Errorf("temporal.health: %w", err)
	}
	if answer.GetStatus() != healthpb.HealthCheckResponse_SERVING {
		return fmt.Errorf("temporal.health: the frontend says %s", answer.GetStatus())
	}
	return nil
}

func awaitHealthy(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	for {
		err := Healthy(ctx, address)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// keepRetention changes a namespace whose retention differs from the options: they were created under others.
func keepRetention(ctx context.Context, address string, o TemporalOptions) error {
	operator, ok := o.Tokens[gate.Operator]
	if !ok {
		return nil // created with the right retention; only an operator may change it later
	}
	conn, err := dial(address)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	frontend := workflowservice.NewWorkflowServiceClient(conn)
	ctx = metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+operator.Reveal())
	for _, name := range []string{gate.NamespaceCases, gate.NamespaceOps} {
		want := o.retention(name)
		ns, err := frontend.DescribeNamespace(ctx, &workflowservice.DescribeNamespaceRequest{Namespace: name})
		if err != nil {
			return fmt.Errorf("temporal.namespace: %s: %w", name, err)
		}
		if ns.GetConfig().GetWorkflowExecutionRetentionTtl().AsDuration() == want {
			continue
		}
		if _, err := frontend.UpdateNamespace(ctx, &workflowservice.UpdateNamespaceRequest{
			Namespace: name,
			Config:    &namespacepb.NamespaceConfig{WorkflowExecutionRetentionTtl: durationpb.New(want)},
		}); err != nil {
			return fmt.Errorf("temporal.namespace: the retention of %s could not be set: %w", name, err)
		}
	}
	return nil
}
