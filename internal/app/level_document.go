package app

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	docs "vinhdanh/internal/office"
	"vinhdanh/internal/proposal"
)

// LevelLetterDocument makes the letter (DocLetter) or its list (DocList) in Word,
// laid out after Decree 30/2020/NĐ-CP. They name what the level proposes, of whatever
// unit, and nothing else. Documents are Vietnamese in every language.
func (a *App) LevelLetterDocument(ctx context.Context, s Session, id, name string) (Document, error) {
	l, err := a.LevelLetter(ctx, s, id)
	if err != nil {
		return Document{}, err
	}
	v, err := a.levelList(ctx, s, LevelQuery{From: l.From, To: l.To, Award: l.Award, Unit: l.Proposing}, l.Unit)
	if err != nil {
		return Document{}, err
	}
	if v.Cut {
		return Document{}, errLevelCut()
	}
	paper, err := a.paperOfUnit(ctx, l.Unit)
	if err != nil {
		return Document{}, err
	}
	paper.Number, paper.Date = l.Number, dayOf(l.Date)
	sections := a.levelSections(v)
	out := Document{Name: name, Type: docs.Type}
	var b bytes.Buffer
	switch name {
	case DocLetter:
		err = levelLetter(l, paper, v, sections).Doc().Write(&b)
	case DocList:
		err = levelListDoc(l, paper, sections, &b)
	default:
		return out, &Error{Code: CodeNotFound}
	}
	if err != nil {
		return out, internal("write the document", err)
	}
	out.Content = b.Bytes()
	return out, nil
}

// levelSections are what a level proposes, award by award, in the order of its list.
func (a *App) levelSections(v LevelList) []docs.Section {
	var out []docs.Section
	last := ""
	for _, r := range v.Rows {
		if r.Opinion != string(proposal.OpinionPropose) {
			continue
		}
		if len(out) == 0 || r.Award != last {
			out, last = append(out, docs.Section{Award: a.awardVI(r.Award)}), r.Award
		}
		row := docs.Row{
			Name: r.Content.PrintedLine(), Where: commaJoined(r.Content.Position, r.Content.Workplace), Period: r.Content.Period,
			Achievement: r.Content.Achievement, Note: r.UnitName,
		}
		if r.Content.BirthYear > 0 {
			row.BirthYear = fmt.Sprint(r.Content.BirthYear)
		}
		s := &out[len(out)-1]
		s.Rows = append(s.Rows, row)
	}
	return out
}

// levelLetter puts the letter together. A line of the body is a paragraph.
func levelLetter(l LevelLetter, paper docs.Paper, v LevelList, sections []docs.Section) docs.Letter {
	out := docs.Letter{
		Paper: paper, Abstract: l.Title, To: l.Addressee, Paragraphs: lines(l.Body), Recipients: lines(l.Recipients),
		SignerTitle: l.SignerTitle, Signer: l.Signer,
	}
	if out.To == "" {
		out.To = "……………………"
	}
	i := -1
	last := ""
	for _, r := range v.Rows {
		if r.Opinion != string(proposal.OpinionPropose) {
			continue
		}
		if i < 0 || r.Award != last {
			i, last = i+1, r.Award
			out.Groups = append(out.Groups, docs.Group{Award: sections[i].Award})
		}
		out.Groups[i].Count(r.Content.Kind)
	}
	return out
}

func levelListDoc(l LevelLetter, paper docs.Paper, sections []docs.Section, w io.Writer) error {
	list := docs.List{Paper: paper, Title: l.Title, Sections: sections, SignerTitle: l.SignerTitle, Signer: l.Signer}
	if d := dayOf(l.Date); l.Number != "" && d != nil {
		list.With = fmt.Sprintf("(Kèm theo Tờ trình số %s ngày %s của %s)", l.Number, d.Format("02/01/2006"), l.UnitName)
	}
	list.Number = "" // the list goes with the letter's number
	return list.Doc().Write(w)
}

// lines are the lines of a text that say something.
func lines(text string) []string {
	var out []string
	for _, l := range strings.Split(text, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}
