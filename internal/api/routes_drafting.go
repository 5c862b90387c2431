package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"vinhdanh/internal/app"
	"vinhdanh/internal/law/eval"
)

// BodyIn is a body without an address of its own.
type BodyIn[I any] struct {
	Key
	Body I
}

// judgement is what the law says of a content.
type judgement = eval.Result

// SubmissionList narrows the list of a unit's submissions.
type SubmissionList struct {
	Paging
	State string `query:"state" enum:",returned,answer,ready,draft,sent,closed" doc:"Where it stands"`
	Text  string `query:"text" maxLength:"100" doc:"In reference, letter number and names, without regard to accents"`
}

func (h *handlers) registerDrafting() {
	add(h, get("my-submissions", "/my/submissions", "submissions", "The submissions of my units with their states, newest first"),
		func(ctx context.Context, s app.Session, in *SubmissionList) (*PageOut[app.SubmissionBrief], error) {
			return page(ctx, "/my/submissions", query("state", in.State, "text", in.Text), in.Paging, func(limit, offset int) ([]app.SubmissionBrief, error) {
				return h.app.MySubmissions(ctx, s, app.SubmissionQuery{State: in.State, Text: in.Text, Limit: limit, Offset: offset})
			})
		})
	add(h, get("my-submission-counts", "/my/submissions/counts", "submissions", "How many of my units' submissions stand where"),
		func(ctx context.Context, s app.Session, _ *struct{}) (*One[map[string]int], error) {
			v, err := h.app.MySubmissionCounts(ctx, s)
			return &One[map[string]int]{v}, err
		})
	add(h, get("to-approve", "/my/approvals", "submissions", "What my units prepared and I, their head, have to look at"),
		func(ctx context.Context, s app.Session, _ *struct{}) (*One[[]app.SubmissionBrief], error) {
			v, err := h.app.ToApprove(ctx, s)
			return &One[[]app.SubmissionBrief]{v}, err
		})
	create(h, "new-submission", "/submissions/blank", "Begin an empty draft", func(in *app.NewInput) *string { return &in.Nonce },
		func(ctx context.Context, s app.Session, in app.NewInput) (app.SubmissionView, error) {
			return h.app.NewSubmission(ctx, s, in)
		})
	h.registerDraftActs()
	h.registerTyping()
}

// create registers a POST that makes a submission; nonce points at the body's.
func create[I any](h *handlers, id, path, summary string, nonce func(*I) *string, run func(context.Context, app.Session, I) (app.SubmissionView, error)) {
	op := post(id, path, "submissions", summary)
	op.DefaultStatus = http.StatusCreated
	add(h, op, func(ctx context.Context, s app.Session, in *BodyIn[I]) (*Created[app.SubmissionView], error) {
		if n := nonce(&in.Body); *n == "" {
			*n = callOf(ctx).nonce
		}
		v, err := run(ctx, s, in.Body)
		return &Created[app.SubmissionView]{Location: prefix + "/submissions/" + v.ID, Body: v}, err
	})
}

func (h *handlers) registerDraftActs() {
	create(h, "copy-submission", "/submissions/copy", "Begin a draft from an earlier submission, a year on", func(in *app.CopyInput) *string { return &in.Nonce },
		func(ctx context.Context, s app.Session, in app.CopyInput) (app.SubmissionView, error) {
			return h.app.CopySubmission(ctx, s, in)
		})
	add(h, get("checkout", "/submissions/{id}/check", "submissions", "Everything to look at before it is sent: tasks, the law's word, doubles, who may send"),
		func(ctx context.Context, s app.Session, in *ByID) (*One[app.Checkout], error) {
			v, err := h.app.Checkout(ctx, s, in.ID)
			return &One[app.Checkout]{v}, err
		})
	remove := get("remove-submission", "/submissions/{id}", "submissions", "Remove a draft of which nothing was sent")
	remove.Method, remove.DefaultStatus = http.MethodDelete, http.StatusNoContent
	add(h, remove, func(ctx context.Context, s app.Session, in *ByID) (*struct{}, error) {
		return nil, h.app.RemoveSubmission(ctx, s, in.ID)
	})
	hand := func(id, verb, summary string, run func(context.Context, app.Session, app.HandInput) (app.SubmissionRow, error)) {
		add(h, post(id, "/submissions/{id}/"+verb, "submissions", summary),
			func(ctx context.Context, s app.Session, in *ActIn[app.HandInput]) (*One[app.SubmissionRow], error) {
				if err := agree("submission", &in.Body.Submission, in.ID); err != nil {
					return nil, err
				}
				v, err := run(ctx, s, in.Body)
				return &One[app.SubmissionRow]{v}, err
			})
	}
	hand("hand-over", "hand-over", "The clerk hands a draft to the head", h.app.HandToHead)
	hand("hand-back", "hand-back", "The head gives a draft back to the clerk", h.app.GiveBack)
	papers := get("remove-paper", "/papers/{id}", "submissions", "Take a paper out of a draft")
	papers.Method, papers.DefaultStatus = http.MethodDelete, http.StatusNoContent
	add(h, papers, func(ctx context.Context, s app.Session, in *ByID) (*struct{}, error) {
		return nil, h.app.RemovePaper(ctx, s, in.ID)
	})
}

func (h *handlers) registerTyping() {
	letter := get("save-letter", "/submissions/{id}/letter", "submissions", "Store the letter's particulars, merged with what others changed since base")
	letter.Method = http.MethodPut
	add(h, letter, func(ctx context.Context, s app.Session, in *struct {
		ID   string `path:"id" maxLength:"120"`
		Body app.LetterInput
	},
	) (*One[app.SavedLetter], error) {
		if err := agree("submission", &in.Body.Submission, in.ID); err != nil {
			return nil, err
		}
		v, err := h.app.SaveLetter(ctx, s, in.Body)
		return &One[app.SavedLetter]{v}, err
	})
	op := post("add-item", "/submissions/{id}/items", "submissions", "Add an item to a draft; it may still be incomplete")
	op.DefaultStatus = http.StatusCreated
	add(h, op, func(ctx context.Context, s app.Session, in *ActIn[app.AddInput]) (*One[app.ItemView], error) {
		if err := agree("submission", &in.Body.Submission, in.ID); err != nil {
			return nil, err
		}
		if in.Body.Nonce == "" {
			in.Body.Nonce = callOf(ctx).nonce
		}
		v, err := h.app.AddItem(ctx, s, in.Body)
		return &One[app.ItemView]{v}, err
	})
	save := get("save-item", "/items/{id}", "submissions", "Store an item as typed, merged field by field with what others changed since base; clashes are named")
	save.Method = http.MethodPatch
	add(h, save, func(ctx context.Context, s app.Session, in *struct {
		ID   string `path:"id" maxLength:"120"`
		Body app.SaveInput
	},
	) (*One[app.SavedItem], error) {
		if err := agree("item", &in.Body.Item, in.ID); err != nil {
			return nil, err
		}
		v, err := h.app.SaveItem(ctx, s, in.Body)
		return &One[app.SavedItem]{v}, err
	})
	h.registerLooking()
}

func (h *handlers) registerLooking() {
	add(h, get("campaign-titles", "/my/campaigns", "campaigns", "The campaigns that a submission may belong to"),
		func(ctx context.Context, s app.Session, _ *struct{}) (*One[[]app.CampaignTitle], error) {
			v, err := h.app.CampaignTitles(ctx, s)
			return &One[[]app.CampaignTitle]{v}, err
		})
	add(h, get("item", "/items/{id}", "submissions", "One item with what the law says of it"),
		func(ctx context.Context, s app.Session, in *ByID) (*One[app.ItemView], error) {
			v, err := h.app.Item(ctx, s, in.ID)
			return &One[app.ItemView]{v}, err
		})
	copied := post("copy-item", "/submissions/{id}/items/copy", "submissions", "Copy one item of the unit into a draft")
	copied.DefaultStatus = http.StatusCreated
	add(h, copied, func(ctx context.Context, s app.Session, in *ActIn[app.CopyItemInput]) (*One[app.ItemView], error) {
		if err := agree("submission", &in.Body.Submission, in.ID); err != nil {
			return nil, err
		}
		if in.Body.Nonce == "" {
			in.Body.Nonce = callOf(ctx).nonce
		}
		v, err := h.app.CopyItem(ctx, s, in.Body)
		return &One[app.ItemView]{v}, err
	})
	add(h, post("judge", "/submissions/{id}/judge", "submissions", "What today's law says of a content that is not stored"),
		func(ctx context.Context, s app.Session, in *ActIn[app.JudgeInput]) (*One[judgement], error) {
			if err := agree("submission", &in.Body.Submission, in.ID); err != nil {
				return nil, err
			}
			v, err := h.app.JudgeContent(ctx, s, in.Body)
			return &One[judgement]{v}, err
		})
	add(h, get("revisions", "/proposals/{id}/changes", "proposals", "What changed between two revisions; by default the last two"),
		func(ctx context.Context, s app.Session, in *struct {
			ByID
			From int `query:"from" minimum:"0" maximum:"10000" doc:"0: the one before to"`
			To   int `query:"to" minimum:"0" maximum:"10000" doc:"0: the newest that you may see"`
		},
		) (*One[app.Comparison], error) {
			v, err := h.app.CompareRevisions(ctx, s, in.ID, in.From, in.To)
			return &One[app.Comparison]{v}, err
		})
	add(h, get("return", "/proposals/{id}/return", "proposals", "What a returned case is asked for, field by field, and what was changed since"),
		func(ctx context.Context, s app.Session, in *ByID) (*One[app.AnswerView], error) {
			v, err := h.app.AnswerTo(ctx, s, in.ID)
			return &One[app.AnswerView]{v}, err
		})
}

// ScanForm is the scan of a signed letter with its particulars.
type ScanForm struct {
	File    huma.FormFile `form:"file" contentType:"application/octet-stream" required:"true" doc:"The signed letter, scanned"`
	Options string        `form:"options" required:"true" doc:"JSON of PaperSendInput: letter_number, letter_date, letter_signer"`
}

func (h *handlers) registerScan() {
	huma.SchemaFromType(h.api.OpenAPI().Components.Schemas, typeOf[One[app.PaperSendInput]]())
	add(h, post("send-on-paper", "/submissions/{id}/send-on-paper", "submissions", "The head sends with the letter signed on paper, whose scan is kept"),
		func(ctx context.Context, s app.Session, in *struct {
			ID string `path:"id" maxLength:"120"`
			Key
			RawBody huma.MultipartFormFiles[ScanForm]
		},
		) (*SendOut, error) {
			form := in.RawBody.Data()
			o, err := options[app.PaperSendInput](form.Options)
			if err != nil {
				return nil, err
			}
			scan, err := h.read(form.File)
			if err != nil {
				return nil, err
			}
			if err := agree("submission", &o.Submission, in.ID); err != nil {
				return nil, err
			}
			if o.FileName == "" {
				o.FileName = form.File.Filename
			}
			if o.Nonce == "" {
				o.Nonce = callOf(ctx).nonce
			}
			sent, err := h.app.SendOnPaper(ctx, s, o, scan)
			if err != nil {
				return nil, err
			}
			return sendOut(ctx, sent)
		})
}
