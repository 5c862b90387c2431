package eval

import "vinhdanh/internal/law"

// Note adds to every node that used a fact what a reader should know beside it, such
// as that somebody else is proposed too. It changes no answer.
func (r *Result) Note(fact string, reason law.Text) { r.Tree.note(fact, reason) }

func (n *Node) note(fact string, reason law.Text) {
	for i := range n.Children {
		n.Children[i].note(fact, reason)
	}
	for _, f := range n.Facts {
		if f.Name == fact {
			n.Reasons = append(n.Reasons[:len(n.Reasons):len(n.Reasons)], reason)
			n.Sentence = sentence(n)
			return
		}
	}
}
