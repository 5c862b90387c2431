package api

import (
	"context"
	"net/http"

	"vinhdanh/internal/app"
)

func (h *handlers) registerDecisions() {
	h.registerVerify()
	h.registerCorrections()
	h.registerDraftWord()
	add(h, get("decisions", "/decisions", "decisions", "The decisions in my sight, newest first"),
		func(ctx context.Context, s app.Session, in *Paging) (*PageOut[app.DecisionRow], error) {
			return page(ctx, "/decisions", query(), *in, func(limit, offset int) ([]app.DecisionRow, error) {
				return h.app.Decisions(ctx, s, limit, offset)
			})
		})
	add(h, get("decision", "/decisions/{id}", "decisions", "One decision: its text, its items, and their delivery"),
		func(ctx context.Context, s app.Session, in *ByID) (*One[app.DecisionView], error) {
			v, err := h.app.DecisionView(ctx, s, in.ID)
			return &One[app.DecisionView]{v}, err
		})
	add(h, get("decision-candidates", "/decision-candidates", "decisions", "What waits to be put into a decision, grouped as decisions may be"),
		func(ctx context.Context, s app.Session, in *struct {
			Award string `query:"award" maxLength:"40"`
			After string `query:"after" maxLength:"2000" doc:"Cursor of the page: next of the page before"`
			Limit int    `query:"limit" minimum:"1" maximum:"500" default:"25" doc:"Cases in a page"`
		},
		) (*One[app.Listed[app.DecisionGroup]], error) {
			v, err := h.app.DecisionCandidates(ctx, s, app.CandidateQuery{Award: in.Award, After: in.After, Limit: in.Limit})
			return &One[app.Listed[app.DecisionGroup]]{v}, err
		})
	add(h, post("decision-options", "/decision-options", "decisions", "What can be chosen for a decision over proposals: signers, sums, texts"),
		func(ctx context.Context, s app.Session, in *struct {
			Key
			Body app.DecisionOptionsInput
		},
		) (*One[app.DecisionOptions], error) {
			v, err := h.app.DecisionOptions(ctx, s, in.Body)
			return &One[app.DecisionOptions]{v}, err
		})
	pdf := func(id, path, summary, name string, read func(context.Context, app.Session, string) ([]byte, error)) {
		add(h, gives(get(id, "/decisions/{id}/"+path, "decisions", summary), pdfType),
			func(ctx context.Context, s app.Session, in *ByID) (*FileOut, error) {
				b, err := read(ctx, s, in.ID)
				if err != nil {
					return nil, err
				}
				return fileOut(pdfType, name, b), nil
			})
	}
	pdf("decision-pdf", "document.pdf", "The signed document of an issued decision", "quyet-dinh.pdf", h.app.DecisionPDF)
	pdf("decision-preview", "preview.pdf", "A decision as it stands, unsigned", "du-thao.pdf", h.app.PreviewDecision)
}

func (h *handlers) registerDecisionActs() {
	draft := post("draft-decision", "/decisions", "decisions", "Compose a decision over proposals of one award and authority")
	draft.DefaultStatus = http.StatusCreated
	add(h, draft, func(ctx context.Context, s app.Session, in *struct {
		Key
		Body app.DraftDecisionInput
	},
	) (*Created[app.DecisionView], error) {
		v, err := h.app.DraftDecision(ctx, s, in.Body)
		return &Created[app.DecisionView]{Location: prefix + "/decisions/" + v.ID, Body: v}, err
	})
	add(h, post("redraft-decision", "/decisions/{id}/redraft", "decisions", "Compose a draft anew with other choices"), change(h.app.RedraftDecision))
	discard := get("discard-decision", "/decisions/{id}", "decisions", "Delete a draft that was never submitted")
	discard.Method, discard.DefaultStatus = http.MethodDelete, http.StatusNoContent
	add(h, discard, func(ctx context.Context, s app.Session, in *ByID) (*struct{}, error) {
		return nil, h.app.DiscardDecision(ctx, s, in.ID)
	})
	add(h, post("submit-decision", "/decisions/{id}/submit", "decisions", "Submit a draft for signature. May be repeated"),
		func(ctx context.Context, s app.Session, in *struct {
			ByID
			Key
		},
		) (*DoneOut, error) {
			return doneOut(h.app.SubmitDecision(ctx, s, in.ID))
		})
	act(h, ofDecision, "sign", "sign", "Sign what was shown: the body names its content hash",
		func(in *app.SignInput) *string { return &in.Nonce }, h.app.SignDecision)
	act(h, ofDecision, "send-back", "send-back", "Return a submitted decision unsigned, with the reason",
		func(in *app.CancelInput) *string { return &in.Nonce }, h.app.SendBackDecision)
	act(h, ofDecision, "number", "number", "Number and date a signed decision, which issues it",
		func(in *app.NumberInput) *string { return &in.Nonce }, h.app.NumberDecision)
}
