package main

import "vinhdanh/internal/app"

// quotas are the shares and numbers that concern a list, one a line.
func (p *page) quotas(counts []app.QuotaCount) {
	for _, q := range counts {
		mark := "-"
		if q.Over || !q.Known {
			mark = "!"
		}
		p.line("%s %s", mark, p.t(q.Text.VI, q.Text.EN))
	}
}
