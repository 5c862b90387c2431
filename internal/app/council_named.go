package app

import (
	"vinhdanh/internal/council"
	"vinhdanh/internal/postgres"
)

var choiceWords = map[byte]string{council.ChoiceYes: "yes", council.ChoiceNo: "no", council.ChoiceAbstain: "abstain"}

// voteOn names one member's vote on an item in one ballot.
type voteOn struct {
	member, item string
	round        int
}

// takenOut are the votes that late recusals took out of the ballot that went on.
func takenOut(row postgres.CouncilSession) (map[voteOn]bool, error) {
	out := map[voteOn]bool{}
	changes, err := sinceConvened(row)
	round := 1
	for _, c := range changes {
		if len(c.Second) > 0 {
			round = 2
		}
		if c.Recuse != nil {
			for _, item := range c.Recuse.Items {
				out[voteOn{c.Recuse.Member, item, round}] = true
			}
		}
	}
	return out, err
}

func nameVotes(agenda []AgendaItem, d council.CastData, gone map[voteOn]bool) {
	for i := range agenda {
		if i >= len(d.Choices) {
			return
		}
		word := choiceWords[d.Choices[i]]
		if word == "" || gone[voteOn{d.Member, agenda[i].Item, max(d.Round, 1)}] {
			continue
		}
		vote := NamedVote{Member: d.Member, Choice: word, Written: d.Written}
		if agenda[i].Second && d.Round < 2 {
			agenda[i].FirstVotes = append(agenda[i].FirstVotes, vote)
			continue
		}
		agenda[i].Votes = append(agenda[i].Votes, vote)
	}
}
