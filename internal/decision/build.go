package decision

import (
	"fmt"
	"strings"
)

// Build composes the text of a commendation decision. Up to InlineSubjects
// subjects of an award are named in its article; more are listed in the annex,
// grouped by kind in the order of Kinds and within a group in the given order.
// It returns an *Error with CodeIncomplete or CodeText when something needed is
// missing or cannot be printed.
func Build(in Input) (Document, error) {
	if in.Revokes != nil {
		return in.buildRevocation()
	}
	if in.Corrects != nil {
		return in.buildCorrection()
	}
	if len(in.Awards) == 0 {
		return Document{}, refuse(CodeIncomplete, "no award is given; name at least one with its items",
			"chưa có danh hiệu hoặc hình thức khen thưởng nào")
	}
	for _, p := range in.Awards {
		if err := p.check(); err != nil {
			return Document{}, err
		}
	}
	doc := in.frame()
	doc.Abstract, doc.Annex, doc.Articles = in.abstract(), in.annex(), in.articles()
	return in.closed(doc)
}

// buildRevocation composes the text of a decision that cancels another one.
func (in Input) buildRevocation() (Document, error) {
	doc := in.frame()
	var err error
	if doc.Abstract, doc.Articles, doc.Annex, err = in.revocation(); err != nil {
		return Document{}, err
	}
	return in.closed(doc)
}

// frame is what every decision has, whatever it decides.
func (in Input) frame() Document {
	return Document{
		Issuer: in.Issuer, Superior: in.Superior, Authority: in.Authority,
		Number: in.Number, Symbol: in.Symbol, Place: in.Place, Date: in.Date, Drafted: in.Drafted,
		Kind: "QUYẾT ĐỊNH", Enacting: "QUYẾT ĐỊNH:", Bases: in.bases(),
		Signing: in.Signing, Code: in.Code, Verify: in.Verify,
	}
}

// closed adds who gets it and checks the whole.
func (in Input) closed(doc Document) (Document, error) {
	doc.Recipients = in.recipients(len(doc.Articles))
	doc = in.worded(doc)
	if err := doc.Validate(); err != nil {
		return Document{}, err
	}
	return doc, nil
}

func (p AwardPart) check() error {
	switch {
	case p.Verb == "" || p.Award == "":
		return refuse(CodeIncomplete, "an award lacks its verb or name", "còn thiếu động từ hoặc tên danh hiệu, hình thức khen thưởng")
	case len(p.Items) == 0:
		return refuse(CodeIncomplete, "award %q has no item that passed", "%q không có trường hợp nào đạt", p.Award)
	}
	for i, item := range p.Items {
		switch {
		case item.Kind != Collective && item.Kind != Individual && item.Kind != Household:
			return refuse(CodeIncomplete, "item %d of %q has no kind", "trường hợp thứ %d của %q chưa rõ là tập thể, cá nhân hay hộ gia đình", i+1, p.Award)
		case item.Entry.Name == "":
			return refuse(CodeIncomplete, "item %d of %q has no name", "trường hợp thứ %d của %q chưa có tên", i+1, p.Award)
		case item.Entry.Money < 0:
			return refuse(CodeIncomplete, "item %d of %q has negative money", "tiền thưởng của trường hợp thứ %d, %q là số âm", i+1, p.Award)
		}
	}
	return nil
}

// inline tells whether the part's subjects are named in its article.
func (in Input) inline(p AwardPart) bool { return !in.ListAlways && len(p.Items) <= InlineSubjects }

func (in Input) abstract() string {
	var acts []string
	for _, p := range in.Awards {
		acts = append(acts, p.Verb+" "+p.Award+" cho "+counts(p.Items))
	}
	return in.say(phraseAbstract, map[string]string{"acts": strings.Join(acts, "; "), "occasion": in.Occasion})
}

func (in Input) bases() []string {
	end := in.BasesEnd
	if end == "" {
		end = ","
	}
	var lines []string
	for _, b := range in.Bases {
		lines = append(lines, strings.TrimRight(b, ";,. ")+";")
	}
	if in.Proposer != "" {
		lines = append(lines, in.say(phraseProposal, map[string]string{"proposer": in.Proposer})+end)
	} else if n := len(lines); n > 0 {
		lines[n-1] = strings.TrimRight(lines[n-1], ";") + end
	}
	return lines
}

func (in Input) recipients(articles int) []string {
	filing := in.Filing
	if filing == "" {
		filing = "VT"
	}
	out := []string{fmt.Sprintf("Như Điều %d", articles)}
	return append(append(out, in.Recipients...), "Lưu: "+filing)
}

// counts says how many subjects of each kind: "02 tập thể, 15 cá nhân và 01 hộ gia đình".
func counts(items []Item) string {
	per := map[Kind]int{}
	for _, item := range items {
		per[item.Kind]++
	}
	var parts []string
	for _, k := range Kinds() {
		if per[k] > 0 {
			parts = append(parts, count(per[k])+" "+k.Noun())
		}
	}
	return enumerate(parts)
}

func enumerate(parts []string) string {
	if n := len(parts); n > 1 {
		return strings.Join(parts[:n-1], ", ") + " và " + parts[n-1]
	}
	return strings.Join(parts, "")
}

func ofKind(items []Item, k Kind) []Entry {
	var out []Entry
	for _, item := range items {
		if item.Kind == k {
			out = append(out, item.Entry)
		}
	}
	return out
}
