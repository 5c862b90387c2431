package api

import (
	"context"

	"vinhdanh/internal/app"
)

// ManyIn is one act on many documents.
type ManyIn[I any] struct {
	Key
	Body I
}

func (h *handlers) registerSigning() {
	add(h, get("signing", "/signing", "decisions", "What waits for my signature, with who and what was contested"),
		func(ctx context.Context, s app.Session, _ *struct{}) (*One[[]app.SigningBrief], error) {
			v, err := h.app.SigningDesk(ctx, s)
			return &One[[]app.SigningBrief]{v}, err
		})
	add(h, get("signing-brief", "/decisions/{id}/brief", "decisions", "One decision for its signer: what it is, who, what was contested"),
		func(ctx context.Context, s app.Session, in *ByID) (*One[app.SigningBrief], error) {
			v, err := h.app.SigningBrief(ctx, s, in.ID)
			return &One[app.SigningBrief]{v}, err
		})
	add(h, get("signing-key", "/signing/key", "decisions", "Whether a key to sign with is configured for me"),
		func(ctx context.Context, s app.Session, _ *struct{}) (*One[app.SigningKey], error) {
			v, err := h.app.SigningKey(ctx, s)
			return &One[app.SigningKey]{v}, err
		})
	add(h, gives(post("test-signature", "/signing/test", "decisions", "My key signs a page that is no document; the PDF, once its signature was checked"), pdfType),
		func(ctx context.Context, s app.Session, _ *struct{ Key }) (*FileOut, error) {
			b, err := h.app.TestSignature(ctx, s)
			if err != nil {
				return nil, err
			}
			return fileOut(pdfType, "ban-thu-chu-ky.pdf", b), nil
		})
	add(h, post("sign-many", "/signing", "decisions", "Sign many decisions, one act each, with a result per document; rehearse to see it first"),
		func(ctx context.Context, s app.Session, in *ManyIn[app.SignManyInput]) (*One[app.ManyReport], error) {
			if in.Body.Nonce == "" {
				in.Body.Nonce = callOf(ctx).nonce
			}
			v, err := h.app.SignMany(ctx, s, in.Body)
			return &One[app.ManyReport]{v}, err
		})
}

func (h *handlers) registerRegistry() {
	add(h, get("numbering", "/numbering", "decisions", "Signed decisions that wait for a number from my registers"),
		func(ctx context.Context, s app.Session, _ *struct{}) (*One[app.NumberingDesk], error) {
			v, err := h.app.NumberingDesk(ctx, s)
			return &One[app.NumberingDesk]{v}, err
		})
	add(h, post("number-many", "/numbering", "decisions", "Number and date many signed decisions, one act each, with a result per document"),
		func(ctx context.Context, s app.Session, in *ManyIn[app.NumberManyInput]) (*One[app.ManyReport], error) {
			if in.Body.Nonce == "" {
				in.Body.Nonce = callOf(ctx).nonce
			}
			v, err := h.app.NumberMany(ctx, s, in.Body)
			return &One[app.ManyReport]{v}, err
		})
	type registerIn struct {
		Year   int    `query:"year" minimum:"0" maximum:"2200"`
		Symbol string `query:"symbol" maxLength:"40"`
	}
	add(h, get("register", "/register", "decisions", "The register of decisions by year and symbol"),
		func(ctx context.Context, s app.Session, in *struct {
			registerIn
			Paging
		},
		) (*One[app.Register], error) {
			v, err := h.app.Register(ctx, s, app.RegisterQuery{Year: in.Year, Symbol: in.Symbol, Limit: in.Limit, Offset: in.Offset})
			return &One[app.Register]{v}, err
		})
	add(h, gives(get("export-register", "/register/export", "decisions", "The register as a file"), "text/csv"),
		func(ctx context.Context, s app.Session, in *struct {
			registerIn
			Format
		},
		) (*ExportOut, error) {
			return exportOut(h.app.ExportRegister(ctx, s, app.RegisterQuery{Year: in.Year, Symbol: in.Symbol, Limit: 500}, in.Format.Format, localeOf(ctx)))
		})
	add(h, post("void-number", "/register/voided", "decisions", "Take the next number of our own register out of use, with the reason"),
		func(ctx context.Context, s app.Session, in *ManyIn[app.VoidInput]) (*One[app.VoidedNumber], error) {
			if in.Body.Nonce == "" {
				in.Body.Nonce = callOf(ctx).nonce
			}
			v, err := h.app.VoidNumber(ctx, s, in.Body)
			return &One[app.VoidedNumber]{v}, err
		})
	h.registerHandover()
	h.registerPayments()
}

func (h *handlers) registerPayments() {
	type year struct {
		Year int `query:"year" minimum:"0" maximum:"2200"`
	}
	add(h, get("payments", "/payments", "decisions", "Bonus money of issued decisions by payer and fund, and what was paid"),
		func(ctx context.Context, s app.Session, in *struct {
			year
			Paging
		},
		) (*One[app.Payments], error) {
			v, err := h.app.Payments(ctx, s, app.PaymentQuery{Year: in.Year, Limit: in.Limit, Offset: in.Offset})
			return &One[app.Payments]{v}, err
		})
	add(h, gives(get("export-payments", "/payments/export", "decisions", "The payments as a file"), "text/csv"),
		func(ctx context.Context, s app.Session, in *struct {
			year
			Format
		},
		) (*ExportOut, error) {
			return exportOut(h.app.ExportPayments(ctx, s, app.PaymentQuery{Year: in.Year}, in.Format.Format, localeOf(ctx)))
		})
	add(h, gives(get("handover-paper", "/decisions/{id}/handover/paper", "decisions", "A paper of the hand-over: the list to sign, the minutes, the payments"), pdfType),
		func(ctx context.Context, s app.Session, in *struct {
			ByID
			Kind string `query:"kind" default:"receipt" enum:"receipt,minutes,payment"`
			Unit string `query:"unit" maxLength:"120" doc:"One proposing unit; without it all"`
			As   string `query:"format" default:"docx" enum:"docx,pdf,xlsx"`
		},
		) (*FileOut, error) {
			return sheetOut(h.app.HandoverPaper(ctx, s, in.ID, app.HandoverPaperInput{Kind: in.Kind, Unit: in.Unit, Format: in.As}))
		})
}

func (h *handlers) registerHandover() {
	add(h, get("handover", "/decisions/{id}/handover", "decisions", "Who gets what of an issued decision, by payer and unit, and what was handed over"),
		func(ctx context.Context, s app.Session, in *ByID) (*One[app.HandoverList], error) {
			v, err := h.app.Handover(ctx, s, in.ID)
			return &One[app.HandoverList]{v}, err
		})
	add(h, post("mark-handover", "/decisions/{id}/handover", "decisions", "Mark items as given, as received and by whom, or take a mark back"),
		func(ctx context.Context, s app.Session, in *ActIn[app.HandoverInput]) (*One[app.HandoverList], error) {
			if in.Body.Nonce == "" {
				in.Body.Nonce = callOf(ctx).nonce
			}
			v, err := h.app.MarkHandover(ctx, s, in.ID, in.Body)
			return &One[app.HandoverList]{v}, err
		})
	add(h, gives(get("export-handover", "/decisions/{id}/handover/export", "decisions", "The hand-over list as a file to be signed on"), "text/csv"),
		func(ctx context.Context, s app.Session, in *struct {
			ByID
			Format
		},
		) (*ExportOut, error) {
			return exportOut(h.app.ExportHandover(ctx, s, in.ID, in.Format.Format, localeOf(ctx)))
		})
}
