package decision

import (
	"slices"

	"vinhdanh/internal/phrase"
)

// Names of the sentences of a decision that an installation may word by itself.
const (
	phraseAbstract  = "decision-abstract"
	phraseProposal  = "decision-proposal"
	phraseOne       = "decision-one"
	phraseSeveral   = "decision-several"
	phraseListed    = "decision-listed"
	phraseFund      = "decision-fund"
	phraseExecution = "decision-execution"
)

// phrases follow decision 328/QĐ-UBND of Hậu Giang (12/03/2018) and the layout of Decree
// 30/2020/NĐ-CP. What must not be lost (who, what, how much) is required.
var phrases = []phrase.Phrase{
	{Name: phraseAbstract, Default: "Về việc {{.acts}} {{.occasion}}", Required: []string{"acts"}, Optional: []string{"occasion"}},
	{Name: phraseProposal, Default: "Xét đề nghị của {{.proposer}}", Required: []string{"proposer"}},
	{Name: phraseOne, Default: "{{.award}} cho {{.counts}}: {{.subject}}{{.money}}. {{.achievement}}",
		Required: []string{"award", "subject", "money"}, Optional: []string{"counts", "achievement"}},
	{Name: phraseSeveral, Default: "{{.award}} cho {{.counts}}:", Required: []string{"award", "counts"}},
	{Name: phraseListed, Default: "{{.award}} cho {{.counts}} (có danh sách kèm theo){{.money}}. {{.achievement}}",
		Required: []string{"award", "counts", "money"}, Optional: []string{"achievement"}},
	{Name: phraseFund, Default: "Tổng số tiền thưởng là {{.total}}, chi từ {{.fund}}.", Required: []string{"total", "fund"}},
	{Name: phraseExecution, Default: "{{.who}} chịu trách nhiệm thi hành Quyết định này kể từ ngày ký.", Required: []string{"who"}},
}

// Phrases are the sentences of a decision that an installation may word by itself.
func Phrases() []phrase.Phrase { return slices.Clone(phrases) }

// say is a sentence in the words that the draft was made with.
func (in Input) say(name string, values map[string]string) string {
	i := slices.IndexFunc(phrases, func(p phrase.Phrase) bool { return p.Name == name })
	return phrases[i].Say(in.Wording[name], values)
}
