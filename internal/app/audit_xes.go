package app

import (
	"bytes"
	"context"
	"encoding/xml"
	"time"
)

// xesLog is an event log of IEEE 1849 (XES): a trace per case, an event per
// transition. People appear by their opaque ids, so that a log can be handed to an
// analyst without names; the standard extensions say what each attribute means.
type xesLog struct {
	XMLName     xml.Name       `xml:"log"`
	Version     string         `xml:"xes.version,attr"`
	Features    string         `xml:"xes.features,attr"`
	Namespace   string         `xml:"xmlns,attr"`
	Extensions  []xesExtension `xml:"extension"`
	Globals     []xesGlobal    `xml:"global"`
	Classifiers []xesClass     `xml:"classifier"`
	Traces      []xesTrace     `xml:"trace"`
}

type xesExtension struct {
	Name   string `xml:"name,attr"`
	Prefix string `xml:"prefix,attr"`
	URI    string `xml:"uri,attr"`
}

type xesGlobal struct {
	Scope   string    `xml:"scope,attr"`
	Strings []xesPair `xml:"string"`
	Dates   []xesPair `xml:"date"`
}

type xesClass struct {
	Name string `xml:"name,attr"`
	Keys string `xml:"keys,attr"`
}

type xesPair struct {
	Key   string `xml:"key,attr"`
	Value string `xml:"value,attr"`
}

type xesTrace struct {
	Strings []xesPair  `xml:"string"`
	Events  []xesEvent `xml:"event"`
}

type xesEvent struct {
	Strings []xesPair `xml:"string"`
	Dates   []xesPair `xml:"date"`
	Ints    []xesPair `xml:"int"`
}

// xesType is the media type of XES in its XML form.
const xesType = "application/xml"

// ExportXES writes the transitions of the cases that an auditor's search finds as
// an event log for process mining: auditors only. The search's own limit holds.
func (a *App) ExportXES(ctx context.Context, s Session, q AuditQuery) (Export, error) {
	hits, err := a.AuditSearch(ctx, s, q)
	if err != nil {
		return Export{}, err
	}
	leave, err := a.costly.enter(ctx, s.User)
	if err != nil {
		return Export{}, err
	}
	defer leave()
	log := newXES()
	for _, h := range hits {
		trace, err := a.xesTrace(ctx, h)
		if err != nil {
			return Export{}, err
		}
		log.Traces = append(log.Traces, trace)
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	enc := xml.NewEncoder(&b)
	enc.Indent("", " ")
	if err := enc.Encode(log); err != nil {
		return Export{}, internal("write the event log", err)
	}
	return Export{Name: "su-kien.xes", ContentType: xesType, Data: b.Bytes(), SHA256: sumOf(b.Bytes())}, nil
}

func newXES() xesLog {
	const at = "http://www.xes-standard.org/"
	return xesLog{
		Version: "1849.2016", Features: "", Namespace: at,
		Extensions: []xesExtension{
			{"Concept", "concept", at + "concept.xesext"}, {"Time", "time", at + "time.xesext"},
			{"Organizational", "org", at + "org.xesext"}, {"Lifecycle", "lifecycle", at + "lifecycle.xesext"},
		},
		Globals: []xesGlobal{
			{Scope: "trace", Strings: []xesPair{{"concept:name", "case"}}},
			{Scope: "event", Strings: []xesPair{{"concept:name", "action"}, {"lifecycle:transition", "complete"}},
				Dates: []xesPair{{"time:timestamp", "1970-01-01T00:00:00Z"}}},
		},
		Classifiers: []xesClass{{"Activity", "concept:name"}, {"Resource", "org:role org:group"}},
	}
}

func (a *App) xesTrace(ctx context.Context, h AuditHit) (xesTrace, error) {
	t := xesTrace{Strings: []xesPair{
		{"concept:name", h.Ref}, {"vinhdanh:case", h.Case}, {"vinhdanh:kind", h.Kind}, {"vinhdanh:award", h.Award}, {"vinhdanh:unit", h.Unit},
	}}
	rows, err := a.Store.Trail(ctx, h.Case)
	if err != nil {
		return t, internal("read trail", err)
	}
	steps, err := a.steps(ctx, auditable{Case: h.Case}, rows)
	if err != nil {
		return t, err
	}
	for _, st := range steps {
		name := st.Action
		if st.Verdict != "" && st.Action == "decide" {
			name += ":" + st.Verdict
		}
		t.Events = append(t.Events, xesEvent{
			Strings: []xesPair{
				{"concept:name", name}, {"lifecycle:transition", "complete"}, {"org:resource", st.Actor}, {"org:role", st.Role},
				{"org:group", st.Unit}, {"vinhdanh:stage", st.Stage}, {"vinhdanh:after", st.After}, {"vinhdanh:law", st.LawHash}, {"vinhdanh:hash", st.Hash},
			},
			Dates: []xesPair{{"time:timestamp", st.At.UTC().Format(time.RFC3339Nano)}},
			Ints:  []xesPair{{"vinhdanh:number", itoa(st.Number)}},
		})
	}
	return t, nil
}
