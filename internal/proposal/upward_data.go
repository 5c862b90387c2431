package proposal

// Verdicts of the acts on a route above the province; each act also knows
// VerdictForward where it ends its stage.
const (
	VerdictAsked    = "asked"    // consult: agencies are asked, by letter
	VerdictAnswered = "answered" // consult: one agency answered, or its time passed

	VerdictOpened   = "opened"   // publish: the list is before the public from a day to a day
	VerdictReceived = "received" // publish: one comment came

	VerdictPrepared = "prepared"  // submit-up: the letter is before the signer
	VerdictSigned   = "signed"    // submit-up
	VerdictSentBack = "sent_back" // submit-up: the signer does not sign; it is prepared anew
	VerdictNumbered = "numbered"  // submit-up: number and date; the province's part ends
)

// Answer is what a consulted agency says.
type Answer string

const (
	AnswerAgree  Answer = "agree"
	AnswerObject Answer = "object"
	AnswerSilent Answer = "silent" // the last day passed without an answer
)

// ConsultData is the data of ActionConsult (hiệp y).
type ConsultData struct {
	Verdict  string   `json:"verdict"`
	Agencies []string `json:"agencies,omitempty"` // asked: codes of the law's data
	Due      string   `json:"due,omitempty"`      // asked: last day for the answers, ISO civil date
	Number   string   `json:"number,omitempty"`   // of the letter that asked or answered
	Date     string   `json:"date,omitempty"`     // of that letter; silent: the day on which nothing had come
	Agency   string   `json:"agency,omitempty"`   // answered
	Answer   Answer   `json:"answer,omitempty"`   // answered
	Items    []string `json:"items,omitempty"`    // object: the items meant; none means all
	Paper    string   `json:"paper,omitempty"`    // answered: hash of the scan
	Reason   string   `json:"reason,omitempty"`   // answered: commitment to its words; needed by an objection
	Opinions Opinions `json:"opinions,omitzero"`  // forward
}

// PublishData is the data of ActionPublish (lấy ý kiến Nhân dân).
type PublishData struct {
	Verdict  string   `json:"verdict"`
	From     string   `json:"from,omitempty"`    // opened: first day, ISO civil date
	To       string   `json:"to,omitempty"`      // opened: last day
	Where    string   `json:"where,omitempty"`   // opened: portal, press, office
	Against  bool     `json:"against,omitempty"` // received: the comment speaks against
	Items    []string `json:"items,omitempty"`   // received: the items meant; none means all
	Paper    string   `json:"paper,omitempty"`   // received: hash of what came
	Reason   string   `json:"reason,omitempty"`  // received: commitment to its words
	Date     string   `json:"date,omitempty"`    // received: when it came; forward: the day of closing
	Opinions Opinions `json:"opinions,omitzero"` // forward
}

// SubmitUpData is the data of ActionSubmitUp (trình cấp trên).
type SubmitUpData struct {
	Verdict string `json:"verdict"`
	Letter  string `json:"letter,omitempty"`   // prepared, signed: hash of the letter's text
	Mode    string `json:"mode,omitempty"`     // signed: chair, KT, Q, TUQ
	Number  string `json:"number,omitempty"`   // numbered
	Date    string `json:"date,omitempty"`     // numbered: ISO civil date
	Scan    string `json:"document,omitempty"` // numbered: hash of the signed letter's scan
	Reason  string `json:"reason,omitempty"`   // sent_back: commitment
}

// AboveItem is what was decided above of one item.
type AboveItem struct {
	Item    string  `json:"item"`
	Outcome Outcome `json:"outcome"`          // recognised or not_awarded
	Reason  string  `json:"reason,omitempty"` // not_awarded: commitment
}

// AboveData is the data of ActionUpperOutcome. Several decisions may come for one
// case; each names the items it is about. Where something was awarded it has issuer,
// number and date.
type AboveData struct {
	Items  []AboveItem `json:"items"`
	Issuer string      `json:"issuer,omitempty"` // code of the authority above
	Number string      `json:"number,omitempty"` // "1234/QĐ-TTg"
	Date   string      `json:"date,omitempty"`   // ISO civil date
	Paper  string      `json:"paper,omitempty"`  // hash of the decision's scan
}

// Consulted is how the asking of one agency stands.
type Consulted struct {
	Agency string `json:"agency"`
	Due    string `json:"due"`
	Answer Answer `json:"answer,omitempty"` // absent: it still has to answer
}

// Upward is what happened so far on the stages of a route above the province.
type Upward struct {
	Consulted []Consulted `json:"consulted,omitempty"`
	From      string      `json:"from,omitempty"` // of the public comment
	To        string      `json:"to,omitempty"`
	Comments  int         `json:"comments,omitempty"`
	Letter    string      `json:"letter,omitempty"`
	Phase     string      `json:"phase,omitempty"` // of the letter: prepared, signed, numbered
}
