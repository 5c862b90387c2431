package activities

import (
	"bytes"
	"context"
	"fmt"

	"github.com/rs/zerolog"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"

	"vinhdanh/internal/blob"
	"vinhdanh/internal/evidence"
	"vinhdanh/internal/payload"
	"vinhdanh/internal/postgres"
)

// Archiver bundles what is over: closed cases, sessions that ended, decisions
// that were issued or sent back.
type Archiver struct {
	Store    *postgres.Store
	Blobs    blob.Store
	Temporal client.Client // of namespace cases
	Keys     payload.Keys
	// Ring gives the keyring as the root signed it, and the root's public key.
	Ring func() (signed, rootPublic string, err error)
}

// archivePage is how many cases are looked up at once.
const archivePage = 100

// ArchiveClosed bundles every case that is over and not archived yet. A case
// whose workflow has not closed waits for the next run; one that cannot be
// bundled is logged and does not hold up the others. It may be run at any time,
// also twice at once: the same case gives the same bytes.
func (a *Archiver) ArchiveClosed(ctx context.Context) error {
	after := ""
	for {
		cases, err := a.Store.ToArchive(ctx, after, archivePage)
		if err != nil {
			return fmt.Errorf("activities: cases to archive: %w", err)
		}
		for _, c := range cases {
			if err := a.archiveOrLog(ctx, c); err != nil {
				return err
			}
			after = c
		}
		if len(cases) < archivePage {
			return nil
		}
	}
}

// archiveOrLog archives one case; only the end of the context is an error.
func (a *Archiver) archiveOrLog(ctx context.Context, caseID string) error {
	if activity.IsActivity(ctx) {
		activity.RecordHeartbeat(ctx, caseID)
	}
	done, err := a.Archive(ctx, caseID)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		zerolog.Ctx(ctx).Error().Err(err).Str("case", caseID).Msg("not archived")
	case done:
		zerolog.Ctx(ctx).Info().Str("case", caseID).Msg("archived")
	}
	return nil
}

// Archive bundles one case and stores the bundle; false when its workflow has
// not closed yet. A bundle that does not verify is stored all the same, since it
// is the evidence that there is, and the log says what does not hold.
func (a *Archiver) Archive(ctx context.Context, caseID string) (bool, error) {
	desc, err := a.Temporal.DescribeWorkflowExecution(ctx, caseID, "")
	if err != nil {
		return false, fmt.Errorf("describe workflow: %w", err)
	}
	switch s := desc.GetWorkflowExecutionInfo().GetStatus(); s {
	case enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING:
		return false, nil
	case enumspb.WORKFLOW_EXECUTION_STATUS_COMPLETED:
	default:
		return false, fmt.Errorf("its workflow ended as %s, without an outcome; see `vinhdanh reconcile`", s)
	}
	run := desc.GetWorkflowExecutionInfo().GetExecution().GetRunId()
	var b bytes.Buffer
	if err := evidence.Write(ctx, &caseSource{Archiver: a, id: caseID, run: run}, &b); err != nil {
		return false, err
	}
	report, err := evidence.Verify(ctx, b.Bytes(), evidence.Options{})
	if err != nil {
		return false, err
	}
	if c := report.First(); c != nil {
		zerolog.Ctx(ctx).Error().Str("case", caseID).Str("check", c.Name).Str("code", c.Code).
			Msg("the archived bundle does not verify")
	}
	info, err := a.Blobs.Put(ctx, "", bytes.NewReader(b.Bytes()))
	if err != nil {
		return false, fmt.Errorf("store bundle: %w", err)
	}
	return true, a.Store.SaveArchive(ctx, caseID, info.SHA256, info.Size)
}
