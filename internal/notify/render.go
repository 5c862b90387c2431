package notify

import (
	"embed"
	"fmt"
	"strings"
	"text/template"
	"time"

	"vinhdanh/internal/proposal"
)

//go:embed templates/*.tmpl
var templateFS embed.FS

// stageNames is how a stage is called in a sentence.
var stageNames = map[Locale]map[proposal.StageKind]string{
	Vietnamese: {
		proposal.StageNomination: "đơn vị lập hồ sơ đề nghị",
		proposal.StageReview:     "xét ở cấp trên trực tiếp",
		proposal.StageReception:  "tiếp nhận hồ sơ",
		proposal.StageAppraisal:  "thẩm định",
		proposal.StageCouncil:    "Hội đồng Thi đua - Khen thưởng",
		proposal.StageIssuance:   "trình ký và ban hành quyết định",

		proposal.StageConsultation: "hiệp y các cơ quan",
		proposal.StagePublication:  "lấy ý kiến Nhân dân",
		proposal.StageSubmission:   "trình cấp trên",
		proposal.StageOutcome:      "chờ kết quả của cấp trên",
	},
	English: {
		proposal.StageNomination: "nomination by the unit",
		proposal.StageReview:     "review by the level above",
		proposal.StageReception:  "reception of the dossier",
		proposal.StageAppraisal:  "appraisal",
		proposal.StageCouncil:    "Emulation and Commendation Council",
		proposal.StageIssuance:   "signing and issue of the decision",

		proposal.StageConsultation: "consultation of agencies",
		proposal.StagePublication:  "public comment",
		proposal.StageSubmission:   "submission upward",
		proposal.StageOutcome:      "waiting for the outcome from above",
	},
}

// StageName is the stage in words, "" when stage or locale is unknown.
func StageName(l Locale, k proposal.StageKind) string { return stageNames[l][k] }

var dateForms = map[Locale]string{Vietnamese: "02/01/2006", English: "2 January 2006"}

var templates = map[Locale]*template.Template{
	Vietnamese: parse(Vietnamese),
	English:    parse(English),
}

func parse(l Locale) *template.Template {
	return template.Must(template.New(string(l)).Option("missingkey=error").Funcs(template.FuncMap{
		"stage": func(k proposal.StageKind) string { return stageNames[l][k] },
		"date":  func(d time.Time) string { return d.Format(dateForms[l]) },
		"plural": func(n int, one, many string) string {
			if n == 1 {
				return fmt.Sprintf("%d %s", n, one)
			}
			return fmt.Sprintf("%d %s", n, many)
		},
	}).ParseFS(templateFS, "templates/"+string(l)+".tmpl"))
}

// Text is what a person reads: the subject fits the inbox's one line, the body
// is plain text with lines ended by "\n".
type Text struct {
	Subject string
	Body    string
}

// Render makes the texts. It fails, with CodeText, on an unknown kind or
// locale, on a missing or malformed fact, and on any fact the kind does not
// list (see the package comment).
func Render(k Kind, l Locale, data map[string]any) (Text, error) {
	t, ok := templates[l]
	if !ok {
		return Text{}, textError("unknown locale %q", l)
	}
	if k == Digest {
		return renderDigest(t, data)
	}
	facts, err := checkFacts(k, data)
	if err != nil {
		return Text{}, err
	}
	subject, err := execute(t, string(k)+".subject", facts)
	if err != nil {
		return Text{}, err
	}
	body, err := execute(t, string(k)+".body", facts)
	if err != nil {
		return Text{}, err
	}
	foot, err := execute(t, "foot", facts)
	if err != nil {
		return Text{}, err
	}
	return Text{Subject: subject, Body: body + "\n\n" + foot + "\n"}, nil
}

func execute(t *template.Template, name string, facts map[string]any) (string, error) {
	var b strings.Builder
	if err := t.ExecuteTemplate(&b, name, facts); err != nil {
		return "", textError("%v", err)
	}
	return strings.TrimSpace(b.String()), nil
}
