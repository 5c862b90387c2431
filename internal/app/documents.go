package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"vinhdanh/internal/law/eval"
	docs "vinhdanh/internal/office"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/tabular"
)

// Documents of a submission that its unit prints, signs or works on.
const (
	DocLetter    = "to-trinh.docx"
	DocList      = "danh-sach.docx"
	DocListExcel = "danh-sach.xlsx"
	DocReport    = "bao-cao.docx"         // of one item
	DocSummary   = "bao-cao-tom-tat.docx" // of one item
)

// Document is a file that was made from a submission.
type Document struct {
	Name    string
	Type    string // media type
	Content []byte
}

// SubmissionDocument makes one of a submission's documents, as the submission says
// now: what is not known stays open. item names the item of a report. Documents are
// Vietnamese in every language.
func (a *App) SubmissionDocument(ctx context.Context, s Session, id, name, item string) (Document, error) {
	v, err := a.Submission(ctx, s, id, false)
	if err != nil {
		return Document{}, err
	}
	out := Document{Name: strings.ReplaceAll(v.Ref, "/", "-") + "-" + name, Type: docs.Type}
	var b bytes.Buffer
	switch name {
	case DocLetter:
		err = a.writeLetter(ctx, v, &b)
	case DocList:
		err = a.writeList(ctx, v, &b)
	case DocListExcel:
		out.Type = tabular.Excel.ContentType()
		err = a.writeListExcel(v, &b)
	case DocReport, DocSummary:
		err = a.writeReport(ctx, v, name, item, &b)
	default:
		return out, &Error{Code: CodeNotFound}
	}
	var e *Error
	if err != nil && !errors.As(err, &e) {
		err = internal("write the document", err)
	}
	out.Content = b.Bytes()
	return out, err
}

// paperOf is what every paper of the unit bears.
func (a *App) paperOf(ctx context.Context, v SubmissionView) (docs.Paper, error) {
	p, err := a.paperOfUnit(ctx, v.Unit)
	p.Number, p.Date = v.LetterNumber, v.LetterDate
	return p, err
}

// paperOfUnit is what every paper of a unit bears but number and date.
func (a *App) paperOfUnit(ctx context.Context, unit string) (docs.Paper, error) {
	path, err := a.Store.UnitPath(ctx, unit)
	if err != nil || len(path) == 0 {
		return docs.Paper{}, internal("read unit", errors.Join(err, errors.New("unit "+unit)))
	}
	p := docs.Paper{Issuer: path[0].Name}
	if len(path) > 1 {
		p.Superior = path[1].Name
	}
	for _, u := range path {
		if p.Place == "" {
			p.Place = u.Place
		}
	}
	return p, nil
}

// signerOf is who stands under a paper of the unit: whoever signed its letter, else
// its head.
func (a *App) signerOf(ctx context.Context, v SubmissionView) (title, name string, err error) {
	seats, err := a.Store.Seats(ctx, v.Unit, []string{"unit_head"})
	if err != nil {
		return "", "", internal("read the unit's heads", err)
	}
	title, name = "Thủ trưởng đơn vị", v.LetterSigner
	for _, seat := range seats {
		if name == "" || seat.Name == name {
			return seat.Title, seat.Name, nil
		}
	}
	return title, name, nil
}

func (a *App) writeLetter(ctx context.Context, v SubmissionView, w io.Writer) error {
	paper, err := a.paperOf(ctx, v)
	if err != nil {
		return err
	}
	words, err := a.documentWords(ctx)
	if err != nil {
		return err
	}
	l := docs.Letter{Paper: paper, Abstract: v.Title, Closing: words[docs.Closing.Name]}
	if l.SignerTitle, l.Signer, err = a.signerOf(ctx, v); err != nil {
		return err
	}
	if v.SignedHow == "" && v.SentAt != nil {
		l.Approved = "(Đã duyệt gửi trên hệ thống ngày " + v.SentAt.In(zoneVN).Format("02/01/2006") + ")"
	}
	to, err := a.addressees(ctx, v)
	if err != nil {
		return err
	}
	l.To, l.Recipients = strings.Join(to, "; "), append([]string{"Như trên"}, l.Recipients...)
	l.Paragraphs = []string{docs.UnitLetter.Say(words[docs.UnitLetter.Name], map[string]string{"unit": v.UnitName})}
	for _, p := range v.Proposals {
		g := docs.Group{Award: a.awardVI(p.Award)}
		for _, it := range played(p) {
			g.Count(it.Content.Kind)
		}
		l.Groups = append(l.Groups, g)
	}
	l.Papers = a.paperNames(v)
	return l.Doc().Write(w)
}

// played are the items that still go on.
func played(p ProposalView) []ItemView {
	return slices.DeleteFunc(slices.Clone(p.ItemList), func(it ItemView) bool {
		return it.Outcome == "withdrawn" || it.Outcome == "lower_award"
	})
}

// addressees are the bodies that the proposals go to next.
func (a *App) addressees(ctx context.Context, v SubmissionView) ([]string, error) {
	regime, err := a.law().RegimeOn(a.Today())
	if err != nil {
		return nil, fromLaw(err)
	}
	var out []string
	for _, p := range v.Proposals {
		route := p.Route
		if route == nil {
			r, err := a.routeFor(ctx, p.Proposal, regime.ID)
			if err != nil {
				continue // not declared in the tree of units: the letter leaves it open
			}
			route = &r
		}
		if len(route.Stages) < 2 {
			continue
		}
		u, err := a.Store.UnitByID(ctx, route.Stages[1].Unit)
		if err != nil {
			return nil, internal("read unit", err)
		}
		if !slices.Contains(out, u.Name) {
			out = append(out, u.Name)
		}
	}
	if len(out) == 0 {
		out = []string{"……………………"}
	}
	return out, nil
}

func (a *App) awardVI(code string) string {
	aw, err := a.law().Award(code)
	if err != nil {
		return code
	}
	return aw.Names.VI
}

// paperNames are the papers of a submission by what they are, each once.
func (a *App) paperNames(v SubmissionView) []string {
	var out []string
	for _, p := range v.Attachments {
		name := ""
		if paper, err := a.law().Paper(p.Kind); err == nil && p.Kind != paperLetter {
			name = paper.Names.VI
		}
		if name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// titleLine is a title that a subject holds, as a report prints it.
func (a *App) titleLine(t eval.Title) []string {
	number := t.Number
	if number != "" && !t.Date.IsZero() {
		number += ", ngày " + t.Date.VN()
	}
	return []string{a.awardVI(t.Award), t.Period.Label, number}
}

// birthYear is a year of birth as lists print it.
func birthYear(it postgres.Item) string {
	if it.Content.BirthYear == 0 {
		return ""
	}
	return fmt.Sprint(it.Content.BirthYear)
}

// levelsVI are the scopes of recognition in words, by the criteria's codes.
var levelsVI = map[string]string{"GRASSROOTS": "Cấp cơ sở", "FIELD": "Một lĩnh vực thuộc tỉnh", "PROVINCE": "Cấp tỉnh", "NATION": "Toàn quốc"}
