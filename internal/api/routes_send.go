package api

import (
	"context"
	"net/http"

	"vinhdanh/internal/app"
)

// SendBody is what became of each proposal of a submission that was sent.
type SendBody struct {
	Submission app.SubmissionRow `json:"submission"`
	Proposals  []SentProposal    `json:"proposals"`
}

// SentProposal is one proposal's sending: done, or a problem.
type SentProposal struct {
	Proposal app.ProposalRow `json:"proposal"`
	Done     app.Done        `json:"done"`
	Problem  *Problem        `json:"problem,omitempty"`
}

// SendOut is 200 when all are sent, 202 when some are being recorded, 207 when
// some have a problem; when all have the same one, it is the answer.
type SendOut struct {
	Status   int
	Location string `header:"Location"`
	Body     SendBody
}

func (h *handlers) registerSend() {
	add(h, post("send", "/submissions/{id}/send", "submissions", "The head sends a submission: each proposal starts its way. May be repeated: what is sent stays sent"),
		func(ctx context.Context, s app.Session, in *ActIn[app.SendInput]) (*SendOut, error) {
			if err := agree("submission", &in.Body.Submission, in.ID); err != nil {
				return nil, err
			}
			if in.Body.Nonce == "" {
				in.Body.Nonce = callOf(ctx).nonce
			}
			sent, err := h.app.Send(ctx, s, in.Body)
			if err != nil {
				return nil, err
			}
			return sendOut(ctx, sent)
		})
}

func sendOut(ctx context.Context, sent app.Sent) (*SendOut, error) {
	out := &SendOut{Status: http.StatusOK, Body: SendBody{Submission: sent.Submission, Proposals: []SentProposal{}}}
	failed := 0
	var first *app.Error
	for _, p := range sent.Proposals {
		row := SentProposal{Proposal: p.Proposal, Done: p.Done}
		if p.Error != nil {
			failed++
			row.Problem = document(ctx, p.Error)
			if first == nil {
				first = p.Error
			}
		} else if pending(p.Done) && out.Location == "" {
			out.Status, out.Location = http.StatusAccepted, follow(p.Done.Attempt)
		}
		out.Body.Proposals = append(out.Body.Proposals, row)
	}
	switch {
	case failed > 0 && failed == len(sent.Proposals):
		return nil, first
	case failed > 0:
		out.Status = http.StatusMultiStatus
	}
	return out, nil
}
