package api

import (
	"bytes"
	"context"

	"vinhdanh/internal/app"
)

type queueIn struct {
	Paging
	QueueFilter
}

// QueueFilter is the part of a query that narrows what waits.
type QueueFilter struct {
	Stage string `query:"stage" maxLength:"40"`
	Award string `query:"award" maxLength:"60"`
	Unit  string `query:"unit" maxLength:"100" doc:"The proposing unit"`
	Days  int    `query:"days" minimum:"0" maximum:"60" default:"0" doc:"Due within so many working days; 0 means whenever"`
	Late  bool   `query:"late" doc:"Only what is past its due day"`
	Held  string `query:"held" enum:"true,false" doc:"Only what is, or is not, on hold"`
	Text  string `query:"text" maxLength:"100" doc:"In references and names, without regard to accents"`
}

func (f QueueFilter) query() app.QueueQuery {
	q := app.QueueQuery{Stage: f.Stage, Award: f.Award, Unit: f.Unit, Late: f.Late, Held: f.Held, Text: f.Text}
	if f.Days > 0 {
		q.Days = &f.Days
	}
	return q
}

func (h *handlers) registerReview() {
	add(h, get("queue", "/queue", "self", "What waits for me, in the order of work: due first comes first"),
		func(ctx context.Context, s app.Session, in *queueIn) (*One[app.QueueView], error) {
			v, err := h.app.Queue(ctx, s, in.query(), in.Limit, in.Offset)
			return &One[app.QueueView]{v}, err
		})
	add(h, get("queue-choices", "/queue/choices", "self", "The units, awards and stages among what waits for me, with counts"),
		func(ctx context.Context, s app.Session, _ *struct{}) (*One[app.QueueChoices], error) {
			v, err := h.app.QueueChoices(ctx, s)
			return &One[app.QueueChoices]{v}, err
		})
	add(h, get("queue-place", "/queue/{id}", "self", "Where a case stands in my queue, and what comes before and after it"),
		func(ctx context.Context, s app.Session, in *struct {
			ByID
			QueueFilter
		},
		) (*One[app.QueuePlace], error) {
			v, err := h.app.QueuePlace(ctx, s, in.query(), in.ID)
			return &One[app.QueuePlace]{v}, err
		})
	add(h, get("standard-reasons", "/reasons", "law", "Standard reasons to choose from, by act and stage"),
		func(ctx context.Context, s app.Session, in *struct {
			Act   string `query:"act" enum:"not_propose,return,hold,release,recall,withdraw"`
			Stage string `query:"stage" enum:"nomination,review,reception,appraisal,council,issuance"`
		},
		) (*One[[]app.StandardReason], error) {
			v, err := h.app.StandardReasons(ctx, s, in.Act, in.Stage)
			return &One[[]app.StandardReason]{v}, err
		})
	h.registerCase()
	h.registerBulk()
	h.registerOwnPapers()
	h.registerLevelList()
	h.registerLevelLetters()
}

// levelIn chooses what a level has sent up.
type levelIn struct {
	From   string `query:"from" maxLength:"10" doc:"First day, 2023-11-01"`
	To     string `query:"to" maxLength:"10" doc:"Last day"`
	Award  string `query:"award" maxLength:"60"`
	Unit   string `query:"unit" maxLength:"100" doc:"The proposing unit"`
	Number string `query:"number" maxLength:"60" doc:"Of the level's own tờ trình, for the heading"`
	Date   string `query:"date" maxLength:"10"`
}

func (in levelIn) query() app.LevelQuery { return app.LevelQuery(in) }

func (h *handlers) registerLevelList() {
	add(h, get("level-list", "/level-list", "proposals", "What my level said of items of many units, in the order of a tờ trình"),
		func(ctx context.Context, s app.Session, in *levelIn) (*One[app.LevelList], error) {
			v, err := h.app.LevelList(ctx, s, in.query())
			return &One[app.LevelList]{v}, err
		})
	add(h, gives(get("level-list-file", "/level-list/file", "proposals", "The list of a level's tờ trình as Excel or CSV: what it proposes"), xlsxType),
		func(ctx context.Context, s app.Session, in *struct {
			From   string `query:"from" maxLength:"10"`
			To     string `query:"to" maxLength:"10"`
			Award  string `query:"award" maxLength:"60"`
			Unit   string `query:"unit" maxLength:"100"`
			Number string `query:"number" maxLength:"60"`
			Date   string `query:"date" maxLength:"10"`
			Format string `query:"format" enum:"xlsx,csv" default:"xlsx"`
		},
		) (*FileOut, error) {
			q := app.LevelQuery{From: in.From, To: in.To, Award: in.Award, Unit: in.Unit, Number: in.Number, Date: in.Date}
			var b bytes.Buffer
			if err := h.app.WriteLevelList(ctx, s, q, in.Format, localeOf(ctx), &b); err != nil {
				return nil, err
			}
			kind := xlsxType
			if in.Format == "csv" {
				kind = "text/csv; charset=utf-8"
			}
			return fileOut(kind, "danh-sach-trinh."+in.Format, b.Bytes()), nil
		})
}

func (h *handlers) registerOwnPapers() {
	add(h, get("recent-papers", "/papers/recent", "proposals", "Papers of a kind that I gave with cases lately, to be used again"),
		func(ctx context.Context, s app.Session, in *struct {
			Kind string `query:"kind" maxLength:"40" default:"minutes"`
		},
		) (*One[[]app.PaperRow], error) {
			v, err := h.app.RecentPapers(ctx, s, in.Kind)
			return &One[[]app.PaperRow]{v}, err
		})
	add(h, post("paper-again", "/papers/again", "proposals", "Put a paper that I gave with one case with another. May be repeated"),
		func(ctx context.Context, s app.Session, in *struct {
			Key
			Body app.PaperAgainInput
		},
		) (*One[app.PaperRow], error) {
			v, err := h.app.AddPaperAgain(ctx, s, in.Body)
			return &One[app.PaperRow]{v}, err
		})
}

func (h *handlers) registerCase() {
	add(h, get("case", "/proposals/{id}/case", "proposals", "Everything about a case: its steps, what each level said, returns, papers, rules, history, what I may do now and why not"),
		func(ctx context.Context, s app.Session, in *Explained) (*One[app.CaseView], error) {
			v, err := h.app.Case(ctx, s, in.ID, in.Explain)
			return &One[app.CaseView]{v}, err
		})
	add(h, get("presence", "/proposals/{id}/presence", "proposals", "Which colleagues have the case open, and what was done on it last"),
		func(ctx context.Context, s app.Session, in *ByID) (*One[app.Presence], error) {
			v, err := h.app.Presence(ctx, s, in.ID)
			return &One[app.Presence]{v}, err
		})
	add(h, get("since", "/proposals/{id}/since", "proposals", "What was done on a case after the act that I saw last"),
		func(ctx context.Context, s app.Session, in *struct {
			ByID
			Number int `query:"number" minimum:"0" default:"0"`
		},
		) (*One[[]app.AccountStep], error) {
			v, err := h.app.Since(ctx, s, in.ID, in.Number)
			return &One[[]app.AccountStep]{v}, err
		})
	add(h, get("regime-change", "/proposals/{id}/regime", "proposals", "What accepting a case under a regime would change: its way, and the law's word on its items"),
		func(ctx context.Context, s app.Session, in *struct {
			ByID
			Regime string `query:"regime" maxLength:"10" doc:"Empty: the one in force today"`
		},
		) (*One[app.RegimeChange], error) {
			v, err := h.app.ConfirmRegime(ctx, s, in.ID, in.Regime)
			return &One[app.RegimeChange]{v}, err
		})
}

func (h *handlers) registerBulk() {
	add(h, post("rehearse-bulk", "/bulk/rehearse", "proposals", "What an act on many cases would do: which take it, which are left out and why. Does nothing"),
		func(ctx context.Context, s app.Session, in *struct {
			Key
			Body app.BulkInput
		},
		) (*One[app.BulkPlan], error) {
			v, err := h.app.RehearseBulk(ctx, s, in.Body)
			return &One[app.BulkPlan]{v}, err
		})
	add(h, post("bulk", "/bulk", "proposals", "Do an act on many cases, each as it was seen. Submitted twice under one nonce it is done once"),
		func(ctx context.Context, s app.Session, in *struct {
			Key
			Body app.BulkInput
		},
		) (*One[app.BulkResult], error) {
			if in.Body.Nonce == "" && in.IdempotencyKey != "" {
				in.Body.Nonce = app.KeyNonce(s, in.IdempotencyKey)
			}
			v, err := h.app.Bulk(ctx, s, in.Body)
			return &One[app.BulkResult]{v}, err
		})
	h.registerBulkResults()
}

func (h *handlers) registerBulkResults() {
	add(h, get("bulk-result", "/bulk/{id}", "proposals", "What became of each case of an act of mine on many"),
		func(ctx context.Context, s app.Session, in *ByID) (*One[app.BulkResult], error) {
			v, err := h.app.BulkResult(ctx, s, in.ID)
			return &One[app.BulkResult]{v}, err
		})
	add(h, post("continue-bulk", "/bulk/{id}/continue", "proposals", "Go on with an act on many cases that was cut off. May be repeated"),
		func(ctx context.Context, s app.Session, in *struct {
			ByID
			Key
		},
		) (*One[app.BulkResult], error) {
			v, err := h.app.ContinueBulk(ctx, s, in.ID)
			return &One[app.BulkResult]{v}, err
		})
	add(h, gives(get("bulk-report", "/bulk/{id}/report", "proposals", "The result of an act on many cases as Excel or CSV"), xlsxType),
		func(ctx context.Context, s app.Session, in *struct {
			ByID
			Format string `query:"format" enum:"xlsx,csv" default:"xlsx"`
		},
		) (*FileOut, error) {
			var b bytes.Buffer
			if err := h.app.BulkReport(ctx, s, in.ID, in.Format, localeOf(ctx), &b); err != nil {
				return nil, err
			}
			kind := xlsxType
			if in.Format == "csv" {
				kind = "text/csv; charset=utf-8"
			}
			return fileOut(kind, "ket-qua-xu-ly."+in.Format, b.Bytes()), nil
		})
}
