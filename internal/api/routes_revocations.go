package api

import (
	"context"
	"io"
	"net/http"

	"vinhdanh/internal/app"
)

var ofRevocation = kind{"revocation", "/revocations/{id}/", "revocations"}

func (h *handlers) registerRevocations() {
	add(h, get("revocations", "/revocations", "revocations", "The revocations in my sight, newest first"),
		func(ctx context.Context, s app.Session, in *Paging) (*PageOut[app.RevocationRow], error) {
			return page(ctx, "/revocations", query(), *in, func(limit, offset int) ([]app.RevocationRow, error) {
				return h.app.Revocations(ctx, s, limit, offset)
			})
		})
	add(h, get("revocation", "/revocations/{id}", "revocations", "One revocation: ground, evidence, answers, what is owed, awards built on it"),
		func(ctx context.Context, s app.Session, in *ByID) (*One[app.RevocationView], error) {
			v, err := h.app.Revocation(ctx, s, in.ID)
			return &One[app.RevocationView]{v}, err
		})
	add(h, get("revocation-form", "/decisions/{id}/revocable", "revocations", "What can be revoked of an issued decision, and on which grounds"),
		func(ctx context.Context, s app.Session, in *ByID) (*One[app.RevocationForm], error) {
			v, err := h.app.RevocationForm(ctx, s, in.ID)
			return &One[app.RevocationForm]{v}, err
		})
	add(h, gives(get("revocation-file", "/revocations/{id}/files/{sha256}", "revocations", "Its evidence, or a file given with an answer"), "application/octet-stream"),
		func(ctx context.Context, s app.Session, in *struct {
			ByID
			SHA256 string `path:"sha256"`
		},
		) (*FileOut, error) {
			f, err := h.app.RevocationFile(ctx, s, in.ID, in.SHA256)
			if err != nil {
				return nil, err
			}
			defer f.Close()
			b, err := io.ReadAll(f)
			return fileOut("application/octet-stream", in.SHA256, b), err
		})
	add(h, gives(get("revocation-preview", "/revocations/{id}/preview.pdf", "revocations", "The revoking decision as it would be submitted"), pdfType),
		func(ctx context.Context, s app.Session, in *struct {
			ByID
			Signer string `query:"signer" maxLength:"60" doc:"Who is to sign; empty: the head of the authority"`
		},
		) (*FileOut, error) {
			b, err := h.app.PreviewRevocation(ctx, s, in.ID, app.RevokingDraftInput{Signer: in.Signer})
			if err != nil {
				return nil, err
			}
			return fileOut(pdfType, "du-thao.pdf", b), nil
		})
}

func (h *handlers) registerRevocationActs() {
	open := post("open-revocation", "/revocations", "revocations", "Open the revocation of awards of an issued decision: ground, reason, evidence")
	open.DefaultStatus = http.StatusCreated
	add(h, open, func(ctx context.Context, s app.Session, in *struct {
		Key
		Body app.OpenRevocationInput
	},
	) (*Created[app.RevocationDone], error) {
		if in.Body.Nonce == "" {
			in.Body.Nonce = callOf(ctx).nonce
		}
		v, err := h.app.OpenRevocation(ctx, s, in.Body)
		return &Created[app.RevocationDone]{Location: prefix + "/revocations/" + v.ID, Body: v}, err
	})
	add(h, post("mark-return", "/revocations/{id}/returns", "revocations", "Mark that certificates, objects and money of revoked awards came back, or cannot"), change(h.app.MarkReturn))
	act(h, ofRevocation, "answer", "answer", "A unit's answer, for itself and for the awarded",
		func(in *app.AnswerRevocationInput) *string { return &in.Nonce }, h.app.AnswerRevocation)
	act(h, ofRevocation, "appraise", "appraise", "The standing body's appraisal: revoke, or keep the award",
		func(in *app.AppraiseRevocationInput) *string { return &in.Nonce }, h.app.AppraiseRevocation)
	act(h, ofRevocation, "submit", "submit", "Compose the revoking decision and submit it for signature",
		func(in *app.RevokingDraftInput) *string { return &in.Nonce }, h.app.SubmitRevocation)
	act(h, ofRevocation, "refuse", "refuse", "The authority does not revoke, with the reason",
		func(in *app.CancelInput) *string { return &in.Nonce }, h.app.RefuseRevocation)
	act(h, ofRevocation, "withdraw", "withdraw", "Withdraw the revocation, with the reason",
		func(in *app.CancelInput) *string { return &in.Nonce }, h.app.WithdrawRevocation)
}
