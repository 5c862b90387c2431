package evidence

import (
	"encoding/base64"
	"encoding/json"
	"strings"

	"vinhdanh/internal/envelope"
)

// Statuses of an Attempt.
const (
	statusAccepted = "accepted"
	statusRefused  = "refused"
)

// references are the fields of acts and transitions that name a file by its
// SHA-256: minutes, letters, appraisals, scanned opinions, signed decisions.
type references struct {
	Minutes  string `json:"minutes"`
	Letter   string `json:"letter"`
	Report   string `json:"report"`
	Paper    string `json:"paper"`
	Document string `json:"document"`
	Decision any    `json:"decision"` // an object in a transition, an id in an act
}

func (r references) list() []string {
	out := []string{r.Minutes, r.Letter, r.Report, r.Paper, r.Document}
	if d, ok := r.Decision.(map[string]any); ok {
		doc, _ := d["document"].(string)
		out = append(out, doc)
	}
	return out
}

// documentsOf lists the files that a transition or an act's data refers to.
func documentsOf(body []byte) []string {
	var r references
	if json.Unmarshal(body, &r) != nil {
		return nil
	}
	var out []string
	for _, h := range r.list() {
		if isHash(h) {
			out = append(out, h)
		}
	}
	return out
}

// documentsOfMessage lists the files that a signed act refers to, without
// checking its signature: enough for collecting them.
func documentsOfMessage(raw json.RawMessage) []string {
	var m envelope.Message
	if json.Unmarshal(raw, &m) != nil {
		return nil
	}
	if m.Leaf != nil {
		return documentsOf(m.Leaf.Outcome)
	}
	parts := strings.Split(m.JWS, ".")
	if len(parts) != 3 {
		return nil
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return nil
	}
	var a envelope.Act
	if json.Unmarshal(payload, &a) != nil {
		return nil
	}
	return documentsOf(a.Data)
}
