package service

import (
	"context"
	"encoding/json"

	"vinhdanh/internal/act"
	"vinhdanh/internal/config"
	"vinhdanh/internal/reconcile"
	"vinhdanh/workflows"
)

// Reconcile compares the record with the histories, with serve's settings. With
// repair set, transitions that the trail lacks are recorded again.
func Reconcile(ctx context.Context, cfg config.Config, repair bool) (reconcile.Report, error) {
	err := cfg.Need("DATABASE_URL", "TEMPORAL_ADDRESS", "TEMPORAL_TOKEN", "VINHDANH_KEYS", "VINHDANH_ROOT", "VINHDANH_BLOBS")
	if err != nil {
		return reconcile.Report{}, err
	}
	c, err := newCore(ctx, cfg)
	if err != nil {
		return reconcile.Report{}, err
	}
	defer c.close()
	desk := &act.Desk{Store: c.store, Temporal: c.cases, Install: c.rings.ring().Installation, Queue: workflows.QueueCases}
	deps := reconcile.Deps{Store: c.store, Workflows: reconcile.FromClient(c.cases)}
	if repair {
		deps.Record = func(ctx context.Context, caseID string, body json.RawMessage) error {
			return desk.Record(ctx, caseID, body)
		}
	}
	return reconcile.Reconcile(ctx, deps)
}
