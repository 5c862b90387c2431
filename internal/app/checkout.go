package app

import (
	"context"
	"slices"

	"vinhdanh/internal/law"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// Checkout is everything to look at before a submission is sent: what is still to
// do, what the law says of each item, and who stands in it twice.
type Checkout struct {
	Brief      SubmissionBrief `json:"brief"`
	Submission SubmissionView  `json:"submission"` // with the law's word on each item
	Tasks      []Task          `json:"tasks"`
	Doubles    []Double        `json:"doubles,omitempty"`
	// Quotas are the shares and numbers that the law or the province sets, counted over
	// the submission.
	Quotas  []law.QuotaCount `json:"quotas,omitempty"`
	Sending Sending          `json:"sending"`
	Changed bool             `json:"changed"` // since it was handed to the head
}

// Task is one thing of a dossier. State is todo (chưa làm), doing (đang làm),
// missing (thiếu: looked at, but not complete) or done (xong).
type Task struct {
	Code  string   `json:"code"`            // letter, items, declaration, facts, paper
	Paper string   `json:"paper,omitempty"` // of a paper
	Name  law.Text `json:"name,omitzero"`   // of a paper
	State string   `json:"state"`
	Done  int      `json:"done"`
	Of    int      `json:"of"`
	Must  bool     `json:"must"` // nothing is sent without it
}

// States of a task.
const (
	TaskTodo    = "todo"
	TaskDoing   = "doing"
	TaskMissing = "missing"
	TaskDone    = "done"
)

// Double is a subject of the submission that stands in another open item too.
type Double struct {
	Item     string `json:"item"`
	Name     string `json:"name"`
	OtherRef string `json:"other_ref"`
	Award    string `json:"award"`
	Period   string `json:"period,omitempty"`
	Inside   bool   `json:"inside"` // in the same submission
}

// Sending says whether this person may send, and else who can.
type Sending struct {
	May      bool     `json:"may"`
	Why      string   `json:"why,omitempty"` // role, own-case
	Others   []string `json:"others,omitempty"`
	Namesake string   `json:"namesake,omitempty"` // a subject of the same name as the reader
}

// Checkout reads a submission of the session's unit as it would be sent.
func (a *App) Checkout(ctx context.Context, s Session, id string) (Checkout, error) {
	brief, err := a.brief(ctx, s, id)
	if err != nil {
		return Checkout{}, err
	}
	out := Checkout{Brief: brief, Changed: brief.ReadyAt != nil && brief.ReadyVersion != brief.Version}
	if out.Submission, err = a.Submission(ctx, s, brief.ID, true); err != nil {
		return out, err
	}
	if out.Tasks, err = a.tasks(out.Submission); err != nil {
		return out, err
	}
	if out.Quotas, err = a.quotasOf(ctx, out.Submission); err != nil {
		return out, err
	}
	rows, err := a.Store.DoublesOf(ctx, brief.ID)
	if err != nil {
		return out, internal("find doubles", err)
	}
	own := map[string]bool{}
	for _, p := range out.Submission.Proposals {
		own[p.Ref] = true
	}
	for _, r := range rows {
		out.Doubles = append(out.Doubles, Double{Item: r.Item, Name: r.Name, OtherRef: r.Ref, Award: r.Award, Period: r.Period, Inside: own[r.Ref]})
	}
	out.Sending, err = a.sending(ctx, s, out.Submission)
	return out, err
}

// tasks lists what a dossier needs, with how far each is.
func (a *App) tasks(v SubmissionView) ([]Task, error) {
	var items []ItemView
	for _, p := range v.Proposals {
		for _, it := range p.ItemList {
			if it.Outcome == "" || it.Outcome == string(proposal.OutcomePassed) {
				items = append(items, it)
			}
		}
	}
	out := []Task{letterTask(v.Submission), itemsTask(items), declarationTask(items), factsTask(items)}
	papers, err := a.paperTasks(items)
	return append(out, papers...), err
}

func letterTask(sub postgres.Submission) Task {
	t := Task{Code: "letter", Of: 3, Must: true}
	for _, there := range []bool{sub.Title != "", sub.LetterNumber != "", sub.LetterDate != nil} {
		if there {
			t.Done++
		}
	}
	return t.judged(TaskDoing)
}

func itemsTask(items []ItemView) Task {
	t := Task{Code: "items", Of: len(items), Must: true}
	for _, it := range items {
		if it.Content.Name != "" {
			t.Done++
		}
	}
	return t.judged(TaskMissing)
}

// declarationTask counts the items for which the unit has answered the four
// questions that no list carries.
func declarationTask(items []ItemView) Task {
	t := Task{Code: "declaration", Of: len(items)}
	for _, it := range items {
		f, err := factsOf(it.Content)
		if err == nil && f.ProposerManages != nil && f.OnHold != nil && f.AlreadyRewarded != nil && f.UnitDissolved != nil {
			t.Done++
		}
	}
	return t.judged(TaskDoing)
}

// factsTask counts the items of which the criteria miss no fact.
func factsTask(items []ItemView) Task {
	t := Task{Code: "facts", Of: len(items)}
	for _, it := range items {
		if it.Law != nil && !missesFacts(part(it.Law.Tree, "CRITERIA")) {
			t.Done++
		}
	}
	return t.judged(TaskMissing)
}

// part is a top branch of a result tree.
func part(tree eval.Node, id string) eval.Node {
	i := slices.IndexFunc(tree.Children, func(n eval.Node) bool { return n.ID == id })
	if i < 0 {
		return eval.Node{}
	}
	return tree.Children[i]
}

// missesFacts tells whether a node that needs a person does so for want of a fact.
func missesFacts(n eval.Node) bool {
	if n.Result != eval.NeedsPerson {
		return false
	}
	return slices.ContainsFunc(n.Facts, func(f eval.FactUsed) bool { return f.Missing }) || slices.ContainsFunc(n.Children, missesFacts)
}

// paperTasks counts, for each paper that the awards ask for, the items that have it.
func (a *App) paperTasks(items []ItemView) ([]Task, error) {
	var out []Task
	for _, it := range items {
		if it.Law == nil {
			continue
		}
		for _, n := range part(it.Law.Tree, "DOSSIER").Children {
			code := n.ID[len("PAPER_"):]
			i := slices.IndexFunc(out, func(t Task) bool { return t.Paper == code })
			if i < 0 {
				paper, err := a.law().Paper(code)
				if err != nil {
					return nil, fromLaw(err)
				}
				out, i = append(out, Task{Code: "paper", Paper: code, Name: paper.Names}), len(out)
			}
			out[i].Of++
			if n.Result == eval.Met {
				out[i].Done++
			}
		}
	}
	for i := range out {
		out[i] = out[i].judged(TaskMissing)
	}
	return out, nil
}

// judged sets the state: partly is what some but not all means.
func (t Task) judged(partly string) Task {
	switch {
	case t.Done == 0:
		t.State = TaskTodo
	case t.Done < t.Of:
		t.State = partly
	default:
		t.State = TaskDone
	}
	return t
}
