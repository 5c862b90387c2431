package api

import (
	"bytes"
	"context"

	"github.com/danielgtaylor/huma/v2"

	"vinhdanh/internal/app"
)

func (h *handlers) registerPeople() {
	add(h, get("people", "/admin/people", "admin", "People within reach with their roles"),
		func(ctx context.Context, s app.Session, in *struct {
			Text string `query:"text" maxLength:"100" doc:"In login and name, without regard to accents"`
			Unit string `query:"unit" maxLength:"80"`
			Role string `query:"role" maxLength:"30"`
			Paging
		},
		) (*PageOut[app.PersonRow], error) {
			return page(ctx, "/admin/people", query("text", in.Text, "unit", in.Unit, "role", in.Role), in.Paging,
				func(limit, offset int) ([]app.PersonRow, error) {
					return h.app.People(ctx, s, app.PeopleQuery{Text: in.Text, Unit: in.Unit, Role: in.Role, Limit: limit, Offset: offset})
				})
		})
	add(h, get("person", "/admin/people/{id}", "admin", "One person with roles and what was changed"),
		func(ctx context.Context, s app.Session, in *ByID) (*One[app.PersonDetail], error) {
			v, err := h.app.Person(ctx, s, in.ID)
			return &One[app.PersonDetail]{v}, err
		})
	adminPost(h, post("create-person", "/admin/people", "admin", "Make a person, with roles"),
		func(ctx context.Context, s app.Session, nonce string, in app.PersonInput) (app.PersonDetail, error) {
			in.Nonce = nonce
			return h.app.SavePerson(ctx, s, in)
		})
	adminPostAt(h, post("edit-person", "/admin/people/{id}", "admin", "Change name, mail address, login or language"),
		func(ctx context.Context, s app.Session, id, nonce string, in app.PersonInput) (app.PersonDetail, error) {
			in.ID, in.Nonce = id, nonce
			return h.app.SavePerson(ctx, s, in)
		})
	adminPostAt(h, post("give-role", "/admin/people/{id}/roles", "admin", "Give a role in a unit, or change its title and dates"),
		func(ctx context.Context, s app.Session, id, nonce string, in app.SeatInput) (app.PersonDetail, error) {
			in.Person, in.Nonce = id, nonce
			return h.app.GiveRole(ctx, s, in)
		})
	adminPostAt(h, post("end-role", "/admin/people/{id}/roles/end", "admin", "End a role after its last day"),
		func(ctx context.Context, s app.Session, id, nonce string, in app.EndRoleInput) (app.PersonDetail, error) {
			in.Person, in.Nonce = id, nonce
			return h.app.EndRole(ctx, s, in)
		})
	h.registerAccess()
}

func (h *handlers) registerAccess() {
	adminPostAt(h, post("end-person-sessions", "/admin/people/{id}/end-sessions", "admin", "End every session of a person at once"),
		func(ctx context.Context, s app.Session, id, nonce string, in Reasoned) (app.Ended, error) {
			return h.app.EndSessions(ctx, s, app.AccessInput{Person: id, Reason: in.Reason, Nonce: nonce})
		})
	for verb, active := range map[string]bool{"activate": true, "deactivate": false} {
		adminPostAt(h, post(verb+"-person", "/admin/people/{id}/"+verb, "admin", "Let somebody in, or keep somebody out"),
			func(ctx context.Context, s app.Session, id, nonce string, in Reasoned) (app.PersonDetail, error) {
				return h.app.SetActive(ctx, s, app.AccessInput{Person: id, Reason: in.Reason, Nonce: nonce}, active)
			})
	}
}

// RosterForm is a workbook of units and people.
type RosterForm struct {
	File    huma.FormFile `form:"file" contentType:"application/octet-stream" required:"true" doc:"The workbook (.xlsx)"`
	Options string        `form:"options" required:"false" doc:"JSON: skip_bad takes the good rows of a file with errors"`
}

// RosterIn is the form with a workbook.
type RosterIn struct {
	RawBody huma.MultipartFormFiles[RosterForm]
}

// workbook answers with a sheet that the application writes.
func workbook(name string, write func(context.Context, app.Session, *bytes.Buffer) error) func(context.Context, app.Session, *struct{}) (*FileOut, error) {
	return func(ctx context.Context, s app.Session, _ *struct{}) (*FileOut, error) {
		var b bytes.Buffer
		if err := write(ctx, s, &b); err != nil {
			return nil, err
		}
		return fileOut(xlsxType, name, b.Bytes()), nil
	}
}

// RosterPost is a workbook under an Idempotency-Key.
type RosterPost struct {
	Key
	RosterIn
}

func (h *handlers) registerRoster() {
	add(h, gives(get("roster-template", "/admin/roster/template.xlsx", "admin", "A workbook of units and people to fill in"), xlsxType),
		workbook("mau-don-vi-nguoi-dung.xlsx", func(ctx context.Context, s app.Session, b *bytes.Buffer) error {
			return h.app.RosterTemplate(ctx, s, b)
		}))
	add(h, gives(get("roster-export", "/admin/roster.xlsx", "admin", "Units and people within reach, as the import reads them"), xlsxType),
		workbook("don-vi-nguoi-dung.xlsx", func(ctx context.Context, s app.Session, b *bytes.Buffer) error {
			return h.app.ExportRoster(ctx, s, b)
		}))
	add(h, post("roster-preview", "/admin/import/preview", "admin", "What would become of a workbook; writes nothing"), h.previewRoster)
	add(h, gives(post("roster-bad-rows", "/admin/import/bad-rows", "admin", "A workbook of only the rows to correct"), xlsxType), h.rosterBadRows)
	add(h, post("roster-import", "/admin/import", "admin", "Take a workbook over, whole or not at all"), h.importRoster)
}

func (h *handlers) previewRoster(ctx context.Context, s app.Session, in *RosterPost) (*One[*app.RosterPreview], error) {
	file, err := h.read(in.RawBody.Data().File)
	if err != nil {
		return nil, err
	}
	v, err := h.app.PreviewRoster(ctx, s, file)
	return &One[*app.RosterPreview]{v}, err
}

func (h *handlers) rosterBadRows(ctx context.Context, s app.Session, in *RosterPost) (*FileOut, error) {
	file, err := h.read(in.RawBody.Data().File)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := h.app.RosterBadRows(ctx, s, &b, file); err != nil {
		return nil, err
	}
	return fileOut(xlsxType, "dong-can-sua.xlsx", b.Bytes()), nil
}

func (h *handlers) importRoster(ctx context.Context, s app.Session, in *RosterPost) (*One[*app.RosterPreview], error) {
	form := in.RawBody.Data()
	o, err := options[app.RosterInput](form.Options)
	if err != nil {
		return nil, err
	}
	file, err := h.read(form.File)
	if err != nil {
		return nil, err
	}
	o.Nonce = callOf(ctx).nonce
	v, err := h.app.AcceptRoster(ctx, s, file, o)
	return &One[*app.RosterPreview]{v}, err
}
