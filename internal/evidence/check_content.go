package evidence

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// checkValidations compares the facts and what the rules said of them, as stored,
// with the hashes that the history pinned.
func (v *verifier) checkValidations() (string, error) {
	found, _, err := v.record.validations()
	if err != nil {
		return "", err
	}
	for _, f := range found {
		ok := slices.ContainsFunc(v.bundle.Validations, func(s Validation) bool {
			return s.Revision == f.Revision && s.LawHash == f.LawHash &&
				s.FactsHash == f.FactsHash && s.ResultHash == f.ResultHash &&
				compactSum(s.Facts) == f.FactsHash && compactSum(s.Result) == f.ResultHash
		})
		if !ok {
			return "", fault(faultValidation, f.Revision)
		}
	}
	return fmt.Sprintf("%d validations as pinned", len(found)), nil
}

// compactSum hashes JSON as it was before the bundle indented it.
func compactSum(raw json.RawMessage) string {
	var b bytes.Buffer
	if json.Compact(&b, raw) != nil {
		return ""
	}
	return sum(b.Bytes())
}

// revision is what one sending said: the input's, or a resubmission's.
type revision struct {
	number  int
	content string
	items   []proposal.InputItem
}

// checkContent recomputes the commitments of every revision from the items'
// contents and salts.
func (v *verifier) checkContent() (string, error) {
	if v.record.kind != workflows.TypeCommendation {
		return "nothing is committed to but in the acts", nil
	}
	award, revisions, err := v.revisions()
	if err != nil {
		return "", err
	}
	items := 0
	for _, r := range revisions {
		if proposal.ContentOf(award, r.items) != r.content {
			return "", fault(faultContent, "*", r.number)
		}
		for _, it := range r.items {
			if !v.says(it) {
				return "", fault(faultContent, printable(it.ID), r.number)
			}
			items++
		}
	}
	return fmt.Sprintf("%d items in %d revisions are what was signed", items, len(revisions)), nil
}

func (v *verifier) revisions() (string, []revision, error) {
	var in proposal.Input
	if err := json.Unmarshal(v.record.input, &in); err != nil {
		return "", nil, fault(faultHistory, "its input does not decode")
	}
	out := []revision{{in.Revision, in.Content, in.Items}}
	for _, a := range v.acts {
		if a.opened.Act.Action != string(proposal.ActionResubmit) {
			continue
		}
		var d proposal.ResubmitData
		if err := json.Unmarshal(a.opened.Act.Data, &d); err != nil {
			return "", nil, fault(faultHistory, "a resubmission does not decode")
		}
		out = append(out, revision{a.opened.Act.Revision, d.Content, d.Items})
	}
	return in.Award, out, nil
}

// says tells whether the bundle holds the content behind an item's commitment.
func (v *verifier) says(it proposal.InputItem) bool {
	return slices.ContainsFunc(v.bundle.Content.Items, func(r ItemRevision) bool {
		if r.Item != it.ID || r.Commitment != it.Commitment {
			return false
		}
		got, err := proposal.Commit(r.Salt, r.Content)
		return err == nil && got == it.Commitment
	})
}

// checkReasons finds the text behind each commitment to a reason.
func (v *verifier) checkReasons() (string, error) {
	n := 0
	for _, body := range v.bodies {
		for _, c := range reasonsOf(body) {
			n++
			if !v.committed(c) {
				return "", fault(faultReason, printable(c))
			}
		}
	}
	return fmt.Sprintf("%d reasons are those that were committed to", n), nil
}

// committed tells whether a text that was committed to is kept as it was written.
func (v *verifier) committed(c string) bool {
	return slices.ContainsFunc(v.bundle.Content.Reasons, func(r Reason) bool {
		got, err := proposal.Commit(r.Salt, r.Body)
		return r.Commitment == c && err == nil && got == c
	})
}

// reasonsOf lists the commitments to reasons in a transition of any kind.
func reasonsOf(body []byte) []string {
	var t struct {
		Reason  string                `json:"reason"`
		Note    string                `json:"note"`
		Items   []proposal.ItemChange `json:"items"`
		Consult proposal.ConsultData  `json:"consult"`
		Publish proposal.PublishData  `json:"publish"`
	}
	if json.Unmarshal(body, &t) != nil {
		return nil
	}
	all := []string{t.Reason, t.Note, t.Consult.Reason, t.Publish.Reason}
	for _, it := range t.Items {
		all = append(all, it.Reason)
	}
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}

// checkLaw hashes the law data that the case pinned.
func (v *verifier) checkLaw() (string, error) {
	hashes := map[string]bool{}
	for _, body := range v.bodies {
		var t struct {
			LawHash string `json:"law_hash"`
		}
		if json.Unmarshal(body, &t) == nil && t.LawHash != "" {
			hashes[t.LawHash] = true
		}
	}
	for _, h := range slices.Sorted(maps.Keys(hashes)) {
		if LawHash(v.bundle.lawFiles(h)) != h {
			return "", fault(faultLaw, printable(h))
		}
	}
	return fmt.Sprintf("%d versions of the law data are those that were pinned", len(hashes)), nil
}

// lawFiles are the law data kept under law/<hash>/ by name.
func (b *Bundle) lawFiles(hash string) map[string]string {
	out := map[string]string{}
	for name, text := range b.files {
		if file, ok := strings.CutPrefix(name, dirLaw+hash+"/"); ok {
			out[file] = string(text)
		}
	}
	return out
}

// LawHash hashes law data as package law does: name, length and content of each
// file in order of name; byte order marks and the kind of line ends do not count.
func LawHash(files map[string]string) string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		text := strings.ReplaceAll(strings.TrimPrefix(files[name], "\ufeff"), "\r\n", "\n")
		fmt.Fprintf(h, "%s\n%d\n%s", name, len(text), text)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// checkDocuments finds each file that an act refers to; its name is its hash.
func (v *verifier) checkDocuments() (string, error) {
	for _, f := range v.bundle.Manifest.Files {
		if h, ok := strings.CutPrefix(f.Name, dirDocuments); ok && f.SHA256 != h {
			return "", fault(faultHash, f.Name)
		}
	}
	n := 0
	for i, a := range v.acts {
		for _, h := range append(documentsOf(a.opened.Act.Data), documentsOf(v.bodies[i])...) {
			// An appraisal that was written, not uploaded, is a text with its commitment.
			if _, ok := v.bundle.Document(h); !ok && !v.committed(h) {
				return "", fault(faultDocument, h, i+1)
			}
			n++
		}
	}
	for _, a := range v.record.activities {
		for _, h := range documentsOf(a.result) {
			if _, ok := v.bundle.Document(h); !ok {
				return "", fault(faultMissing, dirDocuments+h)
			}
			n++
		}
	}
	for _, p := range v.bundle.Content.Papers {
		if _, ok := v.bundle.Document(p.SHA256); !ok && p.SHA256 != "" {
			return "", fault(faultMissing, dirDocuments+printable(p.SHA256))
		}
	}
	return fmt.Sprintf("%d documents, %d references to them", len(v.bundle.Documents()), n), nil
}
