package api

import (
	"context"
	"time"

	"vinhdanh/internal/app"
)

// At names a moment of a case in a query: a transition's number or an instant.
type At struct {
	Number int       `query:"number" minimum:"0" doc:"The state after this transition; 0 or absent: the latest, or that of the instant"`
	At     time.Time `query:"at" doc:"The state at this instant, RFC 3339"`
}

// AuditFilters are the filters of an auditor's search.
type AuditFilters struct {
	Text    string `query:"q" maxLength:"200" doc:"In references, names, titles; accents may be left out"`
	Kind    string `query:"kind" enum:"commendation,council,issuance"`
	Unit    string `query:"unit" maxLength:"100"`
	Award   string `query:"award" maxLength:"40"`
	Actor   string `query:"actor" maxLength:"200" doc:"Somebody who acted: part of a name, or an opaque id"`
	Since   string `query:"since" maxLength:"10" doc:"Somebody acted on this day or later, 2023-11-20"`
	Until   string `query:"until" maxLength:"10" doc:"or earlier"`
	Number  string `query:"number" maxLength:"60" doc:"Of a decision"`
	State   string `query:"state" enum:"open,over"`
	Refused bool   `query:"refused" doc:"Only where something was refused"`
}

func (f AuditFilters) query() app.AuditQuery {
	return app.AuditQuery{
		Text: f.Text, Kind: f.Kind, Unit: f.Unit, Award: f.Award, Actor: f.Actor, Since: f.Since, Until: f.Until, Number: f.Number,
		State: f.State, Refused: f.Refused,
	}
}

// RefusalFilters are the filters of a list of refusals.
type RefusalFilters struct {
	Case   string `query:"case" maxLength:"120"`
	Where  string `query:"where" enum:"workflow,application,gate"`
	Actor  string `query:"actor" maxLength:"200"`
	Action string `query:"action" maxLength:"60"`
	Code   string `query:"code" maxLength:"60"`
	Since  string `query:"since" maxLength:"10"`
	Until  string `query:"until" maxLength:"10"`
}

func (f RefusalFilters) query() app.RefusalQuery {
	return app.RefusalQuery{Case: f.Case, Where: f.Where, Actor: f.Actor, Action: f.Action, Code: f.Code, Since: f.Since, Until: f.Until}
}

func (h *handlers) registerInspect() {
	add(h, get("audit-search", "/audit/cases", "audit", "Cases of every kind, open and over, that fit the filters"),
		func(ctx context.Context, s app.Session, in *struct {
			AuditFilters
			Paging
		},
		) (*PageOut[app.AuditHit], error) {
			q := in.query()
			pairs := query("q", q.Text, "kind", q.Kind, "unit", q.Unit, "award", q.Award, "actor", q.Actor, "since", q.Since, "until", q.Until,
				"number", q.Number, "state", q.State, "refused", only(q.Refused))
			return page(ctx, "/audit/cases", pairs, in.Paging, func(limit, offset int) ([]app.AuditHit, error) {
				q.Limit, q.Offset = limit, offset
				return h.app.AuditSearch(ctx, s, q)
			})
		})
	add(h, get("audit-refusals", "/audit/refusals", "audit", "Refused attempts that fit the filters, with who tried, newest first"),
		func(ctx context.Context, s app.Session, in *struct {
			RefusalFilters
			Paging
		},
		) (*PageOut[app.RefusalLine], error) {
			q := in.query()
			pairs := query("case", q.Case, "where", q.Where, "actor", q.Actor, "action", q.Action, "code", q.Code, "since", q.Since, "until", q.Until)
			return page(ctx, "/audit/refusals", pairs, in.Paging, func(limit, offset int) ([]app.RefusalLine, error) {
				q.Limit, q.Offset = limit, offset
				return h.app.FindRefusals(ctx, s, q)
			})
		})
	add(h, get("timeline", "/cases/{case}/timeline", "audit", "A case step by step: who, when, on whose behalf, signed in how, why, under which rules"),
		func(ctx context.Context, s app.Session, in *struct {
			ByCase
			Actor string `query:"actor" maxLength:"120" doc:"Only the steps of this person, by opaque id"`
		},
		) (*One[app.CaseTimeline], error) {
			v, err := h.app.Timeline(ctx, s, in.Case, in.Actor)
			return &One[app.CaseTimeline]{v}, err
		})
	h.registerStates()
}

// only is a switch of a query: absent when off.
func only(on bool) string {
	if on {
		return "true"
	}
	return ""
}

func (h *handlers) registerStates() {
	add(h, get("state-at", "/cases/{case}/state", "audit", "A case as it stood at a past instant, made by playing its signed acts again"),
		func(ctx context.Context, s app.Session, in *struct {
			ByCase
			At
		},
		) (*One[app.CaseState], error) {
			v, err := h.app.StateAt(ctx, s, in.Case, app.Instant(in.At))
			return &One[app.CaseState]{v}, err
		})
	add(h, get("compare-states", "/cases/{case}/compare", "audit", "A case after two of its transitions, and what changed from one to the other"),
		func(ctx context.Context, s app.Session, in *struct {
			ByCase
			From int `query:"from" default:"1" minimum:"1"`
			To   int `query:"to" minimum:"0" doc:"0 or absent: the latest"`
		},
		) (*One[app.StateComparison], error) {
			v, err := h.app.CompareStates(ctx, s, in.Case, app.Instant{Number: in.From}, app.Instant{Number: in.To})
			return &One[app.StateComparison]{v}, err
		})
	add(h, get("events", "/cases/{case}/events", "audit", "The events that Temporal keeps of a case, payloads opened"),
		func(ctx context.Context, s app.Session, in *struct {
			ByCase
			Paging
		},
		) (*One[app.EventsPage], error) {
			v, err := h.app.Events(ctx, s, in.Case, in.Limit, in.Offset)
			return &One[app.EventsPage]{v}, err
		})
	add(h, get("integrity", "/cases/{case}/integrity", "audit", "Whether a case's record holds, in one sentence, with every check. Costly: limited per person"),
		func(ctx context.Context, s app.Session, in *ByCase) (*One[app.Integrity], error) {
			v, err := h.app.CheckIntegrity(ctx, s, in.Case)
			return &One[app.Integrity]{v}, err
		})
}

// Format is the kind of file to export.
type Format struct {
	Format string `query:"format" default:"csv" enum:"csv,xlsx,json"`
}

// ExportOut is an exported list with the hash of what it says.
type ExportOut struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
	SHA256      string `header:"X-Content-Sha256" doc:"SHA-256 of what the list says: the same on the page and in every format"`
}

func exportOut(x app.Export, err error) (*ExportOut, error) {
	if err != nil {
		return nil, err
	}
	f := fileOut(x.ContentType, x.Name, x.Data)
	return &ExportOut{ContentType: f.ContentType, Disposition: f.Disposition, Body: f.Body, SHA256: x.SHA256}, nil
}

func (h *handlers) registerExports() {
	add(h, gives(get("export-search", "/audit/export", "audit", "What a search finds, as a file"), "text/csv"),
		func(ctx context.Context, s app.Session, in *struct {
			AuditFilters
			Format
		},
		) (*ExportOut, error) {
			q := in.query()
			q.Limit = 500
			return exportOut(h.app.ExportSearch(ctx, s, q, in.Format.Format, localeOf(ctx)))
		})
	add(h, gives(get("export-xes", "/audit/export.xes", "audit", "The transitions of what a search finds as an event log for process mining (IEEE 1849)"), "application/xml"),
		func(ctx context.Context, s app.Session, in *AuditFilters) (*ExportOut, error) {
			q := in.query()
			q.Limit = 500
			return exportOut(h.app.ExportXES(ctx, s, q))
		})
	add(h, gives(get("export-refusals", "/audit/refusals/export", "audit", "Refused attempts that fit the filters, as a file"), "text/csv"),
		func(ctx context.Context, s app.Session, in *struct {
			RefusalFilters
			Format
		},
		) (*ExportOut, error) {
			q := in.query()
			q.Limit = 500
			return exportOut(h.app.ExportRefusals(ctx, s, q, in.Format.Format, localeOf(ctx)))
		})
	add(h, gives(get("export-timeline", "/cases/{case}/timeline/export", "audit", "A case's timeline as a file"), "text/csv"),
		func(ctx context.Context, s app.Session, in *struct {
			ByCase
			Format
			Actor string `query:"actor" maxLength:"120"`
		},
		) (*ExportOut, error) {
			return exportOut(h.app.ExportTimeline(ctx, s, in.Case, in.Actor, in.Format.Format, localeOf(ctx)))
		})
}
