package app

import (
	"context"
	"errors"
	"io"
	"net"

	"github.com/jackc/pgx/v5/pgconn"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/vietnamese"
)

// Rows that the application hands out as the store keeps them.
type (
	ProposalRow   = postgres.Proposal
	SubmissionRow = postgres.Submission
	ItemRow       = postgres.Item
	PaperRow      = postgres.Attachment
	SessionRow    = postgres.CouncilSession
	DecisionRow   = postgres.Decision
	RefusalRow    = postgres.Refusal
	Membership    = postgres.Membership
)

// ErrorOf is any error as a reader gets it: an outage and a fault of ours keep
// their cause to the log.
func ErrorOf(err error) *Error {
	var e *Error
	var refusal *envelope.Refusal
	switch {
	case errors.As(err, &e):
		return e
	case errors.As(err, &refusal):
		return fromRefusal(refusal.Code, refusal.Detail)
	case outage(err):
		return fail(CodeUnavailable, "")
	}
	return fail(CodeInternal, "")
}

// outage tells a part that does not answer from a fault.
func outage(err error) bool {
	var connect *pgconn.ConnectError
	var pg *pgconn.PgError
	var network net.Error
	var away *serviceerror.Unavailable
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled), errors.Is(err, io.ErrUnexpectedEOF),
		errors.As(err, &connect), errors.As(err, &network), errors.As(err, &away):
		return true
	case errors.As(err, &pg) && len(pg.Code) == 5:
		// Connection exceptions, out of resources, operator intervention (SQLSTATE classes).
		return pg.Code[:2] == "08" || pg.Code[:2] == "53" || pg.Code[:2] == "57"
	}
	return pgconn.SafeToRetry(err)
}

// Ready tells whether database and Temporal answer. The error says which does not.
func (a *App) Ready(ctx context.Context) error {
	if err := a.Store.Ping(ctx); err != nil {
		return fail(CodeUnavailable, "the database does not answer")
	}
	if _, err := a.Temporal.CheckHealth(ctx, &client.CheckHealthRequest{}); err != nil {
		return fail(CodeUnavailable, "Temporal does not answer")
	}
	return nil
}

// ProposalQuery narrows a list of cases; empty values do not.
type ProposalQuery struct {
	Stage  string
	Award  string
	Unit   string
	Closed *bool
	Late   bool
	Text   string // in references and names, without regard to accents
	Limit  int
	Offset int
}

// FindProposals lists the cases in the session's sight that fit the query.
func (a *App) FindProposals(ctx context.Context, s Session, q ProposalQuery) ([]ProposalRow, error) {
	return a.Proposals(ctx, s, postgres.Filter{
		Stage: q.Stage, Award: q.Award, Unit: q.Unit, Closed: q.Closed, Late: q.Late, Today: civilDay(a.Today()),
		Query: vietnamese.Fold(q.Text), Limit: q.Limit, Offset: q.Offset,
	})
}

// RefusalsOf lists the refused attempts on one case, which may be named by its
// proposal's id or reference too, or on whatever else an attempt named.
func (a *App) RefusalsOf(ctx context.Context, s Session, id string, limit int) ([]RefusalRow, error) {
	if p, err := a.proposal(ctx, s, id); err == nil {
		id = p.CaseID
	}
	return a.Refusals(ctx, s, id, limit)
}
