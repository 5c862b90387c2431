package client

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"vinhdanh/internal/app"
)

// Problem is a problem document (RFC 9457) that the server answered with.
type Problem struct {
	Code      string `json:"code"`
	Status    int    `json:"status"`
	Title     string `json:"title"`
	Detail    string `json:"detail"`
	Reason    string `json:"reason"`
	RequestID string `json:"request_id"`
	Fields    []struct {
		Field   string `json:"field"`
		Message string `json:"message"`
	} `json:"fields"`
	Raw []byte `json:"-"` // as the server sent it
}

// Error is what a person reads: what to do, and which fields to correct.
func (p *Problem) Error() string {
	text := p.Title
	if p.Detail != "" {
		text = p.Detail
	}
	var b strings.Builder
	b.WriteString(text)
	for _, f := range p.Fields {
		fmt.Fprintf(&b, "\n  %s", f.Message)
		if f.Field != "" {
			fmt.Fprintf(&b, " (%s)", f.Field)
		}
	}
	fmt.Fprintf(&b, "\n  [%s, %s]", p.Code, p.RequestID)
	return b.String()
}

func problem(resp *http.Response, body []byte) error {
	p := &Problem{Raw: body}
	if err := json.Unmarshal(body, p); err != nil || p.Code == "" {
		// Not ours: a proxy's page, perhaps.
		p.Code, p.Status = app.CodeInternal, resp.StatusCode
		if resp.StatusCode == http.StatusBadGateway || resp.StatusCode == http.StatusServiceUnavailable || resp.StatusCode == http.StatusGatewayTimeout {
			p.Code = app.CodeUnavailable
		}
		p.Title = resp.Status
	}
	return p
}

// Offline means that no server answered.
type Offline struct {
	URL   string
	Cause error
}

func (o *Offline) Error() string { return fmt.Sprintf("%s: %v", o.URL, o.Cause) }

func (o *Offline) Unwrap() error { return o.Cause }

// transient tells whether the same request may succeed in a moment.
func transient(err error) bool {
	var p *Problem
	var o *Offline
	if errors.As(err, &p) {
		return p.Code == app.CodeUnavailable || p.Code == app.CodeTooMany || p.Code == app.CodeKeyBusy
	}
	return errors.As(err, &o)
}

// ExitCode is the command line's exit code for an error of this package.
func ExitCode(err error) int {
	var p *Problem
	var o *Offline
	switch {
	case err == nil:
		return app.ExitOK
	case errors.As(err, &p):
		return app.ExitCode(p.Code)
	case errors.As(err, &o):
		return app.ExitUnavailable
	}
	return app.ExitInternal
}
