package api

import (
	"bytes"
	"context"
	"net/http"

	"vinhdanh/internal/app"
)

// registerStaged adds what is done with a list that is kept while its reader looks
// at it. Nothing of it is a submission before it is taken over.
func (h *handlers) registerStaged() {
	stage := post("stage-list", "/lists", "import", "Keep a list from Excel to look at, correct and take over")
	stage.DefaultStatus = http.StatusCreated
	add(h, stage, func(ctx context.Context, s app.Session, in *struct {
		Key
		ListIn
	},
	) (*Created[app.StagedList], error) {
		file, o, err := h.list(&in.ListIn)
		if err != nil {
			return nil, err
		}
		v, err := h.app.StageList(ctx, s, file, in.RawBody.Data().File.Filename, o)
		return &Created[app.StagedList]{Location: prefix + "/lists/" + v.ID, Body: v}, err
	})
	add(h, get("lists", "/lists", "import", "My lists that are not taken over yet"),
		func(ctx context.Context, s app.Session, _ *struct{}) (*One[[]app.StagedList], error) {
			v, err := h.app.StagedLists(ctx, s)
			return &One[[]app.StagedList]{v}, err
		})
	add(h, get("list", "/lists/{id}", "import", "One of my lists with its preview"),
		func(ctx context.Context, s app.Session, in *ByID) (*One[app.StagedList], error) {
			v, err := h.app.StagedList(ctx, s, in.ID)
			return &One[app.StagedList]{v}, err
		})
	add(h, post("change-list", "/lists/{id}/changes", "import", "Correct cells of a list, choose awards, say what the sheet does not"),
		func(ctx context.Context, s app.Session, in *ActIn[app.ListChange]) (*One[app.StagedList], error) {
			if err := agree("list", &in.Body.List, in.ID); err != nil {
				return nil, err
			}
			v, err := h.app.ChangeList(ctx, s, in.Body)
			return &One[app.StagedList]{v}, err
		})
	h.registerTakeOver()
}

func (h *handlers) registerTakeOver() {
	take := post("take-over", "/lists/{id}/take-over", "import", "Make a draft of a list, once")
	take.DefaultStatus = http.StatusCreated
	add(h, take, func(ctx context.Context, s app.Session, in *ActIn[struct {
		Version int `json:"version" doc:"Of the list, as last read"`
	}],
	) (*Created[app.SubmissionView], error) {
		v, err := h.app.TakeOver(ctx, s, in.ID, in.Body.Version)
		return &Created[app.SubmissionView]{Location: prefix + "/submissions/" + v.ID, Body: v}, err
	})
	add(h, gives(get("list-bad-rows", "/lists/{id}/bad-rows", "import", "A workbook of only the rows of a list to correct"), xlsxType),
		func(ctx context.Context, s app.Session, in *ByID) (*FileOut, error) {
			var b bytes.Buffer
			if err := h.app.ListBadRows(ctx, s, in.ID, &b); err != nil {
				return nil, err
			}
			return fileOut(xlsxType, "dong-can-sua.xlsx", b.Bytes()), nil
		})
	drop := get("drop-list", "/lists/{id}", "import", "Forget a list")
	drop.Method, drop.DefaultStatus = http.MethodDelete, http.StatusNoContent
	add(h, drop, func(ctx context.Context, s app.Session, in *ByID) (*struct{}, error) {
		return nil, h.app.DropList(ctx, s, in.ID)
	})
}
