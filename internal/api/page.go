package api

import (
	"context"
	"net/url"
	"strconv"
)

// Paging is the part of a list's query that chooses the page.
type Paging struct {
	Limit  int `query:"limit" default:"50" minimum:"1" maximum:"200" doc:"Rows on a page"`
	Offset int `query:"offset" default:"0" minimum:"0" maximum:"10000000" doc:"Rows before the page"`
}

// Page is one page of a list. There is no total: next is the address of the next
// page, absent on the last.
type Page[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty"`
}

// PageOut is a page with its Link header (RFC 8288).
type PageOut[T any] struct {
	Link string `header:"Link" doc:"next and prev"`
	Body Page[T]
}

// page reads one row more than asked for, to know whether there is a next page.
func page[T any](ctx context.Context, path string, q url.Values, p Paging, read func(limit, offset int) ([]T, error)) (*PageOut[T], error) {
	rows, err := read(p.Limit+1, p.Offset)
	if err != nil {
		return nil, err
	}
	at := func(offset int) string {
		q.Set("limit", strconv.Itoa(p.Limit))
		q.Set("offset", strconv.Itoa(offset))
		return prefix + path + "?" + q.Encode()
	}
	out := &PageOut[T]{Body: Page[T]{Items: []T{}}}
	if len(rows) > p.Limit {
		rows = rows[:p.Limit]
		out.Body.Next = at(p.Offset + p.Limit)
		out.Link = "<" + out.Body.Next + `>; rel="next"`
	}
	if p.Offset > 0 {
		if out.Link != "" {
			out.Link += ", "
		}
		out.Link += "<" + at(max(p.Offset-p.Limit, 0)) + `>; rel="prev"`
	}
	out.Body.Items = append(out.Body.Items, rows...)
	return out, nil
}

// query builds a query from pairs, without the empty ones.
func query(pairs ...string) url.Values {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	return q
}
