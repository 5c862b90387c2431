package decision

import "time"

// InlineSubjects is the greatest number of subjects named in the article
// itself; more of them go to a list in the annex.
const InlineSubjects = 3

// Input is what a commendation decision is composed of.
type Input struct {
	Issuer    []string
	Superior  string
	Authority string // as printed: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HẬU GIANG"
	// AuthorityText is the authority within a sentence: "Chủ tịch Ủy ban nhân dân tỉnh Hậu Giang".
	AuthorityText string
	Number        string
	Symbol        string
	Place         string
	Date          time.Time
	Drafted       time.Time

	// Occasion ends the abstract where it is not empty: "trong phong trào thi đua …".
	Occasion string
	// Bases are the legal bases of regime and authority, without final marks.
	Bases []string
	// Proposer completes "Xét đề nghị của": "Giám đốc Sở Nội vụ".
	Proposer string
	// BasesEnd closes the last of the bases; "," when empty.
	BasesEnd string

	Awards []AwardPart // in order; each becomes one article
	// Fund says what the money is paid from; an article of its own where not empty.
	Fund string
	// Executors open the last article: "Chánh Văn phòng …, Giám đốc: Sở Nội vụ, Sở Tài chính".
	Executors  string
	Recipients []string // between "Như Điều n" and "Lưu: …"
	Filing     string   // completes "Lưu:"; "VT" when empty
	Signing    Signing
	// ListAlways puts every list into the annex, however short.
	ListAlways bool
	// Code is what the public asks by whether the decision is genuine (NewCode), Verify
	// the address where; both are printed at the foot of the first page.
	Code   string `json:",omitempty"`
	Verify string `json:",omitempty"`
	// Wording are the installation's own sentences by the name of their Phrase, as they stood
	// when the draft was made.
	Wording map[string]string `json:",omitempty"`
	// Revokes makes it a decision that cancels another one; Awards is empty then.
	Revokes *RevokePart `json:",omitempty"`
	// Corrects makes it a decision that corrects another one; Awards is empty then.
	Corrects *CorrectPart `json:",omitempty"`
	// Words are the wording as it was edited outside; nil: as Build composes it.
	Words *Words `json:",omitempty"`
}

// AwardPart is one award with the subjects that passed for it.
type AwardPart struct {
	Verb        string // "công nhận danh hiệu", "tặng", "truy tặng"
	Award       string // "Tập thể lao động xuất sắc"
	Achievement string // "đã có thành tích xuất sắc trong …"
	Period      string // "năm 2023"
	Items       []Item // in the order of the tờ trình
}

// Item is one subject with its printed line.
type Item struct {
	Kind  Kind
	Entry Entry
	// Posthumous: the family receives it (truy tặng).
	Posthumous bool `json:",omitempty"`
}
