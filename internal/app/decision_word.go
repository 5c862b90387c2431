package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"vinhdanh/internal/decision"
	"vinhdanh/internal/identity/permission"
	docs "vinhdanh/internal/office"
	"vinhdanh/internal/postgres"
)

// DraftWordInput is the Word file of a draft, edited outside.
type DraftWordInput struct {
	File []byte `json:"file" validate:"required"`
	Name string `json:"name" validate:"required,max=255"`
}

// WordChange is a part of the text that was reworded.
type WordChange struct {
	Vi     string `json:"vi"` // where it is
	En     string `json:"en"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// WordTaken is a draft whose wording was taken from a file, with what changed.
type WordTaken struct {
	Decision DecisionView `json:"decision"`
	Changes  []WordChange `json:"changes"`
}

// EditedWords is what is on record of a draft's wording that was edited outside.
type EditedWords struct {
	File string    `json:"file"` // SHA-256
	Name string    `json:"name"`
	By   string    `json:"by"`
	At   time.Time `json:"at"`
}

// shownDifferences is how many differences a refusal lists.
const shownDifferences = 100

// DraftWord is the Word file of a draft, to be edited outside and brought back.
func (a *App) DraftWord(ctx context.Context, s Session, id string) (Document, error) {
	row, in, err := a.draftToWord(ctx, s, id)
	if err != nil {
		return Document{}, err
	}
	doc, err := decision.Build(in)
	if err != nil {
		return Document{}, fromDecision(err)
	}
	content, err := decision.Word(doc)
	if err != nil {
		return Document{}, internal("write the Word file", err)
	}
	return Document{Name: "du-thao-" + slug(row.Ref) + ".docx", Type: docs.Type, Content: content}, nil
}

// draftToWord reads a draft for who composes it there.
func (a *App) draftToWord(ctx context.Context, s Session, id string) (postgres.Decision, decision.Input, error) {
	row, in, err := a.readDecision(ctx, s, id)
	if err != nil {
		return row, in, err
	}
	if _, ok := s.can("decision.draft", permission.Standing, row.Standing); !ok {
		return row, in, a.refuse(ctx, s, "draft-word", row.CaseID, readable(CodeForbidden,
			"Chỉ cơ quan thường trực dự thảo quyết định.", "only the standing body drafts a decision"))
	}
	if row.Phase != "draft" || revokes(row) {
		return row, in, readable(CodeConflict, "Quyết định đã được trình ký; chỉ sửa lời văn khi còn là dự thảo.",
			"the decision was submitted; its wording is edited while it is a draft")
	}
	return row, in, nil
}

// TakeDraftWord takes the wording of a draft from its Word file. Names, numbers, awards
// and who signs are the data's: where the file differs it is not taken, and each
// difference is said. What is taken is what will be signed; the file is kept by its hash.
func (a *App) TakeDraftWord(ctx context.Context, s Session, id string, in DraftWordInput) (WordTaken, error) {
	if err := a.check(in); err != nil {
		return WordTaken{}, err
	}
	row, draft, err := a.draftToWord(ctx, s, id)
	if err != nil {
		return WordTaken{}, err
	}
	name, err := a.checkFile(ctx, s, row.CaseID, in.Name, in.File)
	if err != nil {
		return WordTaken{}, err
	}
	words, found, err := decision.ReadWords(in.File, draft)
	if err != nil {
		return WordTaken{}, fromDecision(err)
	}
	if len(found) > 0 {
		return WordTaken{}, differing(found)
	}
	before, err := decision.Build(draft)
	if err != nil {
		return WordTaken{}, fromDecision(err)
	}
	if words.File, err = a.keepFile(ctx, in.File); err != nil {
		return WordTaken{}, err
	}
	words.Name, words.By, words.At = name, s.Name, time.Now().UTC()
	draft.Words = &words
	after, err := decision.Build(draft)
	if err != nil {
		return WordTaken{}, fromDecision(err)
	}
	content, err := contentOfDecision(draft)
	if err != nil {
		return WordTaken{}, fromDecision(err)
	}
	if err := a.Store.SaveDraftWords(ctx, row, draft, content); err != nil {
		if errors.Is(err, postgres.ErrFrozen) {
			return WordTaken{}, readable(CodeConflict, "Dự thảo đã thay đổi hoặc đã được trình ký; hãy mở lại.", "the draft changed or was submitted in between; open it again")
		}
		return WordTaken{}, internal("keep the wording", err)
	}
	v, err := a.DecisionView(ctx, s, row.ID)
	return WordTaken{Decision: v, Changes: wordChanges(before, after)}, err
}

// differing refuses a file, with each difference in words.
func differing(found []decision.Difference) *Error {
	e := &Error{Code: CodeInvalid, Detail: fmt.Sprint(len(found), " differences"),
		Vi: fmt.Sprintf("Tệp khác dữ liệu ở %d chỗ nên không được nhận; hãy sửa tệp theo dữ liệu, hoặc sửa dữ liệu rồi soạn lại.", len(found)),
		En: fmt.Sprintf("the file differs from the data in %d places and is not taken; mend the file, or mend the data and compose anew", len(found))}
	quoted := func(s, none string) string {
		if s == "" {
			return none
		}
		return "“" + s + "”"
	}
	for _, d := range found[:min(len(found), shownDifferences)] {
		e.Fields = append(e.Fields, FieldError{Field: "file", Rule: "wrong",
			Vi: d.Vi + ": dữ liệu ghi " + quoted(d.Data, "(không có)") + ", tệp ghi " + quoted(d.File, "(không có)") + ".",
			En: d.En + ": the data say " + quoted(d.Data, "(nothing)") + ", the file " + quoted(d.File, "(nothing)") + "."})
	}
	return e
}

// wordChanges lists the parts that were reworded.
func wordChanges(before, after decision.Document) []WordChange {
	out := []WordChange{}
	add := func(vi, en string, was, is []string) {
		if w, i := strings.Join(was, "\n"), strings.Join(is, "\n"); w != i {
			out = append(out, WordChange{vi, en, w, i})
		}
	}
	add("trích yếu", "abstract", []string{before.Abstract}, []string{after.Abstract})
	add("căn cứ", "legal bases", before.Bases, after.Bases)
	for i := range min(len(before.Articles), len(after.Articles)) {
		add(fmt.Sprintf("Điều %d", i+1), fmt.Sprintf("article %d", i+1), before.Articles[i].Paragraphs, after.Articles[i].Paragraphs)
	}
	add("nơi nhận", "recipients", before.Recipients, after.Recipients)
	return out
}

// editedWords is what is on record of a draft's wording; nil where it is as composed.
func editedWords(in decision.Input) *EditedWords {
	if in.Words == nil {
		return nil
	}
	return &EditedWords{File: in.Words.File, Name: in.Words.Name, By: in.Words.By, At: in.Words.At}
}
