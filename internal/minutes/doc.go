// Package minutes writes the minutes of a council's session (biên bản họp) from its
// frozen result: who took part, how it was voted, and each item's sum.
//
// Build turns an Input into a Document, which is a list of blocks (a letterhead, a
// title, paragraphs, tables, signatures); the same blocks become a page, a PDF and
// a Word file, so that all three say the same. The text is Vietnamese: it is an
// official paper (Decree 30/2020/NĐ-CP, form of a biên bản).
package minutes

import "time"

// Input is what the minutes are made of.
type Input struct {
	Council   string // as on a letterhead
	Ref       string // HĐ-2023-0001
	Title     string
	Place     string
	HeldOn    time.Time // civil date
	Opened    time.Time // instants; zero: unknown
	Closed    time.Time
	Chair     Person
	Secretary Person
	Present   []Person
	Absent    []Person
	Quorum    int
	Standing  bool      // of the standing members (Thường trực Hội đồng) alone
	Until     time.Time // civil date to answer by, of a written consultation; zero: a meeting
	Manner    []string  // how each group of awards was voted on
	Recused   []Recused
	Joined    []Joined // late items, with the chair's consent
	Groups    []Group
	Quotas    []Quota // those that cut
	Content   string  // commitment to roster, rules and agenda
}

// Person is somebody with an office.
type Person struct {
	Name, Title string
	Note        string // why absent
	Written     bool   // gave a written opinion
}

// Joined is a proposal that joined the agenda after the convening.
type Joined struct {
	Proposal, Unit string
	Items          int
	At             time.Time
}

// Recused says that a member had no vote on an item.
type Recused struct {
	Member, Item string
	Late         bool // declared after the session was convened
	Noted        bool // declared when the ballot could not be taken out any more: the vote stands
}

// Group is the result for one award.
type Group struct {
	Award string
	Rows  []Row
}

// Row is one item with the sum that was done.
type Row struct {
	Line, Unit                string
	Yes, No, Abstain, Invalid int
	Silent                    int // members who gave no ballot on it
	Base, Needed              int
	Left                      int  // taken out of the base, of those barred
	Tie                       bool // decided by the side of the chair's vote
	First                     *Row // the first ballot, where this is the second
	Passed                    bool
	Untaken                   bool // a tie on which the chair took no side
	Beyond, Deferred          bool // it got its majority and stands beyond a quota; deferred for it
}

// Quota is a number that more items reached with their votes than it allows.
type Quota struct {
	Text    string
	Limit   int
	Share   bool // by share of votes, not by their number
	Whole   bool // the Council ordered all of them
	Settled bool // the Council settled the order of equal votes
	Reason  string
	Rows    []Placed // first place first
}

// Placed is one item's place.
type Placed struct {
	Line      string
	Yes, Base int
	Beyond    bool
}

// Document is the minutes as blocks.
type Document struct {
	Name   string // of its files
	Title  string
	Blocks []Block
}

// Kinds of blocks.
const (
	Letterhead = "letterhead" // two columns: Left and Right
	Title      = "title"      // centred, bold
	Subtitle   = "subtitle"   // centred
	Heading    = "heading"
	Paragraph  = "paragraph"
	Note       = "note" // small
	Grid       = "grid" // a table
	Signatures = "signatures"
)

// Block is one part of the document.
type Block struct {
	Kind        string
	Text        string
	Left, Right []string // of letterhead and signatures, line by line
	Heads       []string // of a grid
	Widths      []int    // of its columns, in parts of their sum
	Rows        [][]string
}
