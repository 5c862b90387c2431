package decision

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Certificate is what one certificate says (bằng khen, giấy khen, cờ, chứng nhận):
// the words of its decision, frozen when it was entered in the gold book.
type Certificate struct {
	Authority   string    `json:"authority"` // as the decision prints it
	Verb        string    `json:"verb"`      // "tặng", "truy tặng", "công nhận danh hiệu"
	Award       string    `json:"award"`
	Kind        Kind      `json:"kind"`
	Entry       Entry     `json:"entry"`
	Achievement string    `json:"achievement,omitempty"` // "đã có thành tích …"
	Period      string    `json:"period,omitempty"`      // "năm 2023"
	Decision    string    `json:"decision"`              // "328/QĐ-UBND"
	Date        time.Time `json:"date"`                  // civil date of the decision
	Place       string    `json:"place"`
	Signing     Signing   `json:"signing"`
	Code        string    `json:"code,omitempty"` // the decision's code at the verify page
	Verify      string    `json:"verify,omitempty"`
	// Gold is the number in the gold book of Year; it is not part of what is frozen.
	Gold int `json:"-"`
	Year int `json:"-"`
}

// CertificateOf takes the words of a certificate from its decision: the i-th of its
// items, counted over all its awards in order, from 0. Number and date must be given.
func CertificateOf(in Input, i int) (Certificate, error) {
	if in.Number == "" || in.Date.IsZero() {
		return Certificate{}, refuse(CodeIncomplete, "the decision has no number yet", "quyết định chưa có số")
	}
	for _, p := range in.Awards {
		if i >= len(p.Items) {
			i -= len(p.Items)
			continue
		}
		c := Certificate{
			Authority: in.Authority, Verb: p.Verb, Award: p.Award, Kind: p.Items[i].Kind, Entry: p.Items[i].Entry,
			Achievement: p.Achievement, Period: p.Period, Decision: in.Number + "/" + in.Symbol, Date: in.Date,
			Place: in.Place, Signing: in.Signing, Code: in.Code, Verify: in.Verify,
		}
		c.Entry.Money = 0 // no certificate tells the sum
		return c, nil
	}
	return Certificate{}, refuse(CodeIncomplete, "the decision has no such item", "quyết định không có trường hợp này")
}

// values fill the placeholders of a design.
func (c Certificate) values() map[string]string {
	day := fmt.Sprintf("ngày %s tháng %s năm %d", dayText(c.Date), monthText(c.Date), c.Date.Year())
	achievement := joinNonEmpty(" ", c.Achievement, c.Period)
	if achievement != "" {
		achievement = capitalise(achievement)
	}
	return map[string]string{
		"authority": c.Authority, "verb": c.Verb, "award": c.Award, "name": c.Entry.Printed(),
		"about": joinNonEmpty(", ", c.Entry.Position, c.Entry.Workplace), "achievement": achievement,
		"decision": c.Decision, "decision_date": capitalise(day), "gold": strconv.Itoa(c.Gold), "year": strconv.Itoa(c.Year),
		"place_date": joinNonEmpty(", ", c.Place, day), "signing": strings.Join(c.Signing.Lines(), "\n"), "signer": c.Signing.Name,
	}
}

// text fills an element's placeholders; empty where nothing but marks would be left.
func (e Element) text(values map[string]string) string {
	filled := placeholder.ReplaceAllStringFunc(e.Text, func(p string) string { return values[strings.Trim(p, "{}")] })
	if e.Upper {
		filled = strings.ToUpper(filled)
	}
	return strings.TrimSpace(filled)
}

// Print says how certificates are put on paper.
type Print struct {
	Stock bool // pre-printed stock: only what is not on it
	QR    bool // with the code that leads to the verify page
	// X and Y move everything to the right and downwards, in millimetres.
	X, Y float64
}

// shows tells whether an element is printed.
func (p Print) shows(e Element) bool {
	return e.On == "" || (e.On == "stock") == p.Stock
}

// Link is where the certificate's QR code leads; empty where there is nothing to lead to.
func (c Certificate) Link() string {
	if c.Code == "" || c.Verify == "" {
		return ""
	}
	link := c.Verify + "?code=" + PrintCode(c.Code)
	if c.Gold > 0 {
		link += fmt.Sprintf("&gold=%d/%d", c.Gold, c.Year)
	}
	return link
}
