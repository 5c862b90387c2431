package app

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"slices"
	"time"

	"github.com/rs/zerolog"

	"vinhdanh/internal/importing"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/vietnamese"
)

// stagedKept is how long a list waits for its reader.
const stagedKept = 7 * 24 * time.Hour

// StagedList is a list from Excel while its reader looks at it. Nothing of it is
// anybody's submission before TakeOver.
type StagedList struct {
	ID         string         `json:"id"`
	Version    int            `json:"version"`
	Unit       string         `json:"unit"`
	FileName   string         `json:"file_name"`
	CreatedAt  time.Time      `json:"created_at"`
	Input      ImportInput    `json:"input"`                // what the reader said of it so far
	Submission string         `json:"submission,omitempty"` // once taken over
	Preview    *ImportPreview `json:"preview,omitempty"`
	Matched    []RowRef       `json:"matched,omitempty"` // rows whose subject the unit knows already
}

// RowRef names a row of a list.
type RowRef struct {
	Sheet string `json:"sheet"`
	Line  int    `json:"line"`
}

// StageList keeps a list for its reader to look at, correct and take over.
func (a *App) StageList(ctx context.Context, s Session, file []byte, name string, in ImportInput) (StagedList, error) {
	if err := a.check(in); err != nil {
		return StagedList{}, err
	}
	unit, err := a.clerkUnit(ctx, s, in.Unit)
	if err != nil {
		return StagedList{}, err
	}
	in.Unit = unit
	if _, err := a.campaignOf(ctx, in.Campaign); err != nil {
		return StagedList{}, err
	}
	if in, err = a.tokenedCorrections(in); err != nil {
		return StagedList{}, err
	}
	pre, err := a.preview(ctx, file, in)
	if err != nil {
		return StagedList{}, err
	}
	name, err = a.checkFile(ctx, s, "import", name, file)
	if err != nil {
		return StagedList{}, err
	}
	if file, err = a.tokened(file, pre.Workbook); err != nil {
		return StagedList{}, err
	}
	info, err := a.Blobs.Put(ctx, "", bytes.NewReader(file))
	if err != nil {
		return StagedList{}, internal("keep the list", err)
	}
	raw, err := json.Marshal(in)
	if err != nil {
		return StagedList{}, internal("encode the options", err)
	}
	id, err := a.Store.StageImport(ctx, postgres.StagedImport{
		Owner: s.User, Unit: unit, FileName: name, SHA256: info.SHA256, Size: info.Size, Input: raw,
	})
	if err != nil {
		return StagedList{}, internal("keep the list", err)
	}
	if err := a.Store.PurgeStaged(ctx, stagedKept); err != nil {
		zerolog.Ctx(ctx).Warn().Err(err).Msg("old lists could not be forgotten")
	}
	return a.StagedList(ctx, s, id)
}

// StagedList shows a list that this person put up, with its preview.
func (a *App) StagedList(ctx context.Context, s Session, id string) (StagedList, error) {
	row, file, err := a.staged(ctx, s, id)
	if err != nil {
		return StagedList{}, err
	}
	out, err := stagedOf(row)
	if err != nil {
		return out, err
	}
	pre, err := a.preview(ctx, file, out.Input)
	if err != nil {
		return out, err
	}
	out.Preview = pre
	out.Matched, err = a.matched(ctx, row.Unit, pre)
	return out, err
}

// StagedLists lists what this person has not taken over yet.
func (a *App) StagedLists(ctx context.Context, s Session) ([]StagedList, error) {
	rows, err := a.Store.StagedImports(ctx, s.User)
	if err != nil {
		return nil, internal("list staged imports", err)
	}
	out := []StagedList{}
	for _, r := range rows {
		if !holds(s, r.Unit) {
			continue
		}
		v, err := stagedOf(r)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// staged reads a list of this person with its file.
func (a *App) staged(ctx context.Context, s Session, id string) (postgres.StagedImport, []byte, error) {
	row, err := a.Store.StagedImport(ctx, s.User, id)
	if err != nil {
		return row, nil, internal("read the list", err)
	}
	if !holds(s, row.Unit) { // a role that ended since
		return row, nil, &Error{Code: CodeNotFound}
	}
	r, err := a.open(ctx, row.SHA256)
	if err != nil {
		return row, nil, err
	}
	defer r.Close()
	file, err := io.ReadAll(r)
	if err != nil {
		return row, nil, internal("read the list", err)
	}
	return row, file, nil
}

func stagedOf(r postgres.StagedImport) (StagedList, error) {
	out := StagedList{ID: r.ID, Version: r.Version, Unit: r.Unit, FileName: r.FileName, CreatedAt: r.CreatedAt, Submission: deref(r.Submission)}
	if err := json.Unmarshal(r.Input, &out.Input); err != nil {
		return out, internal("read the options", err)
	}
	return out, nil
}

// matched lists the rows whose subject stands in the unit's records already.
func (a *App) matched(ctx context.Context, unit string, pre *ImportPreview) ([]RowRef, error) {
	var names []string
	for _, r := range pre.Rows {
		names = append(names, vietnamese.Fold(r.Name))
	}
	known, err := a.Store.KnownSubjects(ctx, unit, names)
	if err != nil {
		return nil, internal("match subjects", err)
	}
	type key struct {
		name string
		kind importing.Kind
		year int
	}
	have := map[key]bool{}
	for _, k := range known {
		if k.Items > 0 {
			have[key{k.NameKey, importing.Kind(k.Kind), k.BirthYear}] = true
		}
	}
	out := []RowRef{}
	for i, r := range pre.Rows {
		if have[key{names[i], r.Kind, r.BirthYear}] {
			out = append(out, RowRef{r.Sheet, r.Line})
		}
	}
	return slices.Clip(out), nil
}

// DropList forgets a list that was not taken over.
func (a *App) DropList(ctx context.Context, s Session, id string) error {
	if err := a.Store.DropStaged(ctx, s.User, id); err != nil {
		return internal("forget the list", err)
	}
	return nil
}
