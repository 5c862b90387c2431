package clerk

import (
	"mime"
	"path"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// papersPage is the checklist of a dossier's papers with what is there.
type papersPage struct {
	submissionPage
	Needed []app.Task // papers that the awards ask for
	Kinds  []ui.Option
	Items  []ui.Option
	Names  map[string]string // of items, by id
	Kind   string            // chosen on the way here
	Item   string
}

func newPapersPage(c *ui.Context) (papersPage, error) {
	base, err := newSubmissionPage(c, c.Path("id"))
	if err != nil {
		return papersPage{}, err
	}
	p := papersPage{submissionPage: base, Names: map[string]string{}, Kind: c.Field("kind"), Item: c.Field("item")}
	for _, t := range base.Tasks {
		if t.Paper == "" {
			continue
		}
		p.Needed = append(p.Needed, t)
		name := t.Name.VI
		if c.Lang == "en" {
			name = t.Name.EN
		}
		p.Kinds = append(p.Kinds, ui.Option{Value: t.Paper, Text: name})
	}
	p.Kinds = append(p.Kinds, ui.Option{Value: "other", Text: c.T("clerk.paper.other")})
	p.Items = []ui.Option{{Value: "", Text: c.T("clerk.paper.all")}}
	for _, pr := range base.Submission.Proposals {
		for _, it := range pr.ItemList {
			p.Items = append(p.Items, ui.Option{Value: it.ID, Text: it.Content.PrintedLine()})
			p.Names[it.ID] = it.Content.PrintedLine()
		}
	}
	return p, nil
}

func papers(c *ui.Context) error {
	p, err := newPapersPage(c)
	if err != nil {
		return err
	}
	return c.Render("papers", p)
}

func addPaper(c *ui.Context) error {
	if err := addPapers(c); err != nil {
		p, perr := newPapersPage(c)
		if perr != nil {
			return perr
		}
		return c.Fail("papers", p, err)
	}
	return c.DoneAt("/submissions/"+c.Path("id")+"/papers", "clerk.paper.added")
}

// addPapers stores each file of the form, or the reference of a secret paper.
func addPapers(c *ui.Context) error {
	in := app.PaperInput{Submission: c.Path("id"), Kind: c.Field("kind"), SecretRef: c.Field("secret_ref"), Item: c.Field("item")}
	files, err := c.Uploads("file")
	if err != nil {
		return err
	}
	if in.SecretRef != "" {
		var content []byte
		if len(files) > 0 { // the application refuses it, and records that
			in.FileName, content = files[0].Name, files[0].Content
		}
		_, err := c.App.AddPaper(c, c.Session, in, content)
		return err
	}
	if len(files) == 0 {
		return &app.Error{Code: app.CodeInvalid, Fields: []app.FieldError{{Field: "file", Rule: "required"}}}
	}
	for _, f := range files {
		in.FileName = f.Name
		if _, err := c.App.AddPaper(c, c.Session, in, f.Content); err != nil {
			return err
		}
	}
	return nil
}

func removePaper(c *ui.Context) error {
	if err := c.App.RemovePaper(c, c.Session, c.Path("paper")); err != nil {
		p, perr := newPapersPage(c)
		if perr != nil {
			return perr
		}
		return c.Fail("papers", p, err)
	}
	return c.DoneAt("/submissions/"+c.Path("id")+"/papers", "clerk.paper.removed")
}

func paper(c *ui.Context) error {
	row, r, err := c.App.PaperOf(c, c.Session, c.Path("id"), c.Path("paper"))
	if err != nil {
		return err
	}
	defer r.Close()
	kind := mime.TypeByExtension(path.Ext(row.FileName))
	if kind == "" {
		kind = "application/octet-stream"
	}
	return c.Download(row.FileName, kind, r)
}
