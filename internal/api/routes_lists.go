package api

import (
	"context"
	"mime"

	"vinhdanh/internal/app"
	"vinhdanh/internal/tabular"
)

// listIn is app.ListQuery as a query of an address.
type listIn struct {
	Text     string `query:"q" maxLength:"200" doc:"A reference or number, or words of names, with or without accents"`
	State    string `query:"state" enum:"draft,open,returned,on_hold,closed"`
	Stage    string `query:"stage" enum:"nomination,review,reception,appraisal,council,issuance"`
	Award    string `query:"award" maxLength:"60"`
	Unit     string `query:"unit" maxLength:"100" doc:"The proposing unit"`
	Campaign string `query:"campaign" maxLength:"100"`
	Period   string `query:"period" maxLength:"40" doc:"Of an item, such as 2023 or 2022-2023"`
	Outcome  string `query:"outcome" enum:"pending,passed,recognised,not_proposed,not_passed,deferred,lower_award,withdrawn,not_awarded"`
	Kind     string `query:"kind" enum:"individual,collective,household"`
	Class    string `query:"class" enum:"leader,direct" doc:"As the item's position reads"`
	Decision string `query:"decision" maxLength:"100" doc:"Id of a numbered decision"`
	Subject  string `query:"subject" maxLength:"100" doc:"Reference of a person, collective or household"`
	Role     string `query:"role" maxLength:"40" doc:"The role that an open case waits for"`
	Mine     bool   `query:"mine" doc:"What waits for me"`
	Own      bool   `query:"own" doc:"Of the units in which I am clerk or head"`
	Late     bool   `query:"late"`
	From     string `query:"from" format:"date" doc:"Sent on this day or later"`
	To       string `query:"to" format:"date" doc:"Sent on this day or earlier"`
	Sort     string `query:"sort" enum:"newest,due"`
	After    string `query:"after" maxLength:"2000" doc:"Cursor of the page: next of the page before"`
	Limit    int    `query:"limit" minimum:"1" maximum:"500" default:"25"`
}

func (in listIn) query() app.ListQuery {
	return app.ListQuery{
		Text: in.Text, State: in.State, Stage: in.Stage, Award: in.Award, Unit: in.Unit, Campaign: in.Campaign, Period: in.Period,
		Outcome: in.Outcome, Kind: in.Kind, Class: in.Class, Decision: in.Decision, Subject: in.Subject, Role: in.Role, Mine: in.Mine,
		Own: in.Own, Late: in.Late, From: in.From, To: in.To, Sort: in.Sort, After: in.After, Limit: in.Limit,
	}
}

// exportIn is a list asked for as a file.
type exportIn struct {
	listIn
	Format string `query:"format" enum:"csv,xlsx" default:"xlsx"`
	Lang   string `query:"lang" enum:"vi,en" default:"vi" doc:"Of the headings"`
}

// Counted is how many rows a list has, up to app.CountedTo+1.
type Counted struct {
	Count int  `json:"count"`
	More  bool `json:"more"` // there are more than were counted
}

func keyed[T any](h *handlers, id, path, summary string, read func(context.Context, app.Session, app.ListQuery) (app.Listed[T], error)) {
	add(h, get(id, path, "search", summary), func(ctx context.Context, s app.Session, in *listIn) (*One[app.Listed[T]], error) {
		v, err := read(ctx, s, in.query())
		return &One[app.Listed[T]]{v}, err
	})
}

func counted(h *handlers, id, path, summary string, read func(context.Context, app.Session, app.ListQuery) (int, error)) {
	add(h, get(id, path, "search", summary), func(ctx context.Context, s app.Session, in *listIn) (*One[Counted], error) {
		n, err := read(ctx, s, in.query())
		return &One[Counted]{Counted{Count: min(n, app.CountedTo), More: n > app.CountedTo}}, err
	})
}

func exported(h *handlers, id, path, summary string,
	write func(context.Context, app.Session, app.ListQuery, tabular.Format, string) (app.File, error),
) {
	op := gives(get(id, path, "search", summary), xlsxType)
	op.Responses["200"].Content["text/csv"] = op.Responses["200"].Content[xlsxType]
	add(h, op, func(ctx context.Context, s app.Session, in *exportIn) (*FileOut, error) {
		f, err := write(ctx, s, in.query(), tabular.Format(in.Format), in.Lang)
		if err != nil {
			return nil, err
		}
		return &FileOut{
			ContentType: f.ContentType, Disposition: mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}), Body: f.Content,
		}, nil
	})
}

func (h *handlers) registerLists() {
	keyed(h, "list-items", "/lists/items", "Items in my sight: with names the best match first, else the newest case first", h.app.ListItems)
	keyed(h, "list-cases", "/lists/cases", "Cases in my sight, newest or earliest due first", h.app.ListProposals)
	keyed(h, "list-people", "/lists/people", "People, collectives and households by name, among the items in my sight", h.app.FindPeople)
	keyed(h, "list-submissions", "/lists/submissions", "Submissions of my units", h.app.FindSubmissions)
	keyed(h, "list-decisions", "/lists/decisions", "Decisions that I may see, by number or reference", h.app.FindDecisions)
	counted(h, "count-items", "/lists/items/count", "How many items a list has", h.app.CountItems)
	counted(h, "count-cases", "/lists/cases/count", "How many cases a list has", h.app.CountProposals)
	exported(h, "export-items", "/lists/items/export", "The list of items as CSV or Excel", h.app.ExportItems)
	exported(h, "export-cases", "/lists/cases/export", "The list of cases as CSV or Excel", h.app.ExportProposals)
	add(h, get("search", "/search", "search", "The best few of everything that fits"),
		func(ctx context.Context, s app.Session, in *struct {
			Text string `query:"q" maxLength:"200" required:"true"`
		},
		) (*One[app.Found], error) {
			v, err := h.app.Search(ctx, s, in.Text)
			return &One[app.Found]{v}, err
		})
	add(h, get("find-units", "/units", "search", "Units by name"),
		func(ctx context.Context, s app.Session, in *struct {
			Text  string `query:"q" maxLength:"200"`
			Limit int    `query:"limit" minimum:"1" maximum:"1000" default:"50"`
		},
		) (*One[[]app.FoundUnit], error) {
			v, err := h.app.FindUnits(ctx, s, in.Text, in.Limit)
			return &One[[]app.FoundUnit]{v}, err
		})
}
