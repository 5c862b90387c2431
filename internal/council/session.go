// Package council is the model of a Council's session (phiên họp Hội đồng):
// roster, agenda, presence, ballots, count and result. It is pure; the workflow,
// the tests and the offline verifier drive the same state machine.
//
// A session is convened with a frozen roster and agenda, opened with who is
// present, voted on by list (one ballot paper per member for all items with an
// open ballot; for items with a secret one, paper counts entered twice or, where
// the session is so, sealed ballots: secret.go), and closed by its chair. Only closing counts, by the Rule of each item.
//
// A session may also be a written consultation, where the rules allow it: nobody
// is present, each member answers in writing until a given time (consult.go).
package council

import (
	"fmt"
	"time"

	"vinhdanh/internal/envelope"
)

// Seat is one place of the roster.
type Seat struct {
	Person string `json:"person"` // opaque id
	Chair  bool   `json:"chair,omitempty"`
}

// AgendaItem is one item put to the vote.
type AgendaItem struct {
	ID      string   `json:"id"`
	Case    string   `json:"case"`              // the commendation case it belongs to
	Rule    int      `json:"rule"`              // index into Input.Rules
	Recused []string `json:"recused,omitempty"` // persons barred from this item
}

// MaxAgenda is how many items an agenda takes. The answer to a session's closing
// carries a row for each of them, and must stay well below what one message of
// Temporal may weigh (2 MiB); a larger meeting is held as several sessions. A
// proposal or a decision with more items could not pass for the same reason.
const MaxAgenda = 5000

// Input starts a session's workflow.
type Input struct {
	Case    string           `json:"case"` // the workflow's id
	Session string           `json:"session"`
	Unit    string           `json:"unit"` // id of the council's unit
	Roster  []Seat           `json:"roster"`
	Rules   []Rule           `json:"rules"`
	Agenda  []AgendaItem     `json:"agenda"`
	Content string           `json:"content"` // commitment to roster, rules and agenda
	Convene envelope.Message `json:"convene"`
	// Mode is how the Council deals with the agenda; empty: a meeting. In a session of the
	// standing members the roster is theirs alone, and so is every base. Until is when
	// the answers to a written consultation are due.
	Mode  Mode      `json:"mode,omitempty"`
	Until time.Time `json:"until,omitzero"`
	// Electronic: secret ballots are sealed and held here instead of on paper (secret.go).
	Electronic bool `json:"electronic,omitempty"`
	// Second are the items of a second ballot while it is going on, sorted; a session
	// starts without.
	Second      []string `json:"second,omitempty"`
	sealedAgain bool     // it has sealed ballots; With finds out
	// Cuts are the quotas that decide, by the law's data (priority.go). Tied and Orders are
	// what the Council has to settle, and has settled, of them; a session starts without.
	Cuts   []Cut          `json:"cuts,omitempty"`
	Tied   *Tied          `json:"tied,omitempty"`
	Orders []PriorityData `json:"orders,omitempty"`
}

// Actions on a session; each is a message name of its workflow.
const (
	ActionConvene    = "convene"
	ActionOpen       = "open"
	ActionCast       = "cast"
	ActionCountPaper = "count-paper"
	ActionClose      = "close"
	ActionCancel     = "cancel"
)

// Phase says where a session stands.
type Phase string

const (
	PhaseConvened  Phase = "convened"
	PhaseOpen      Phase = "open"
	PhaseClosed    Phase = "closed"
	PhaseCancelled Phase = "cancelled"
)

// ConveneData is the data of ActionConvene.
type ConveneData struct {
	Content string `json:"content"`
}

// OpenData is the data of ActionOpen.
type OpenData struct {
	Present []string `json:"present"` // persons of the roster
}

// Choices of one ballot, one byte per agenda item.
const (
	ChoiceYes     = 'y'
	ChoiceNo      = 'n'
	ChoiceAbstain = 'a'
	ChoiceNone    = '-' // not asked of this voter: secret item, or recused
)

// CastData is the data of ActionCast: one ballot paper for the whole list.
type CastData struct {
	Member  string `json:"member"`            // whose ballot it is
	Choices string `json:"choices"`           // one of the Choice bytes per agenda item, in its order
	Written bool   `json:"written,omitempty"` // a written opinion of an absent member
	Paper   string `json:"paper,omitempty"`   // hash of the scanned written opinion
	Round   int    `json:"round,omitempty"`   // 2: for the second ballot; else for the first
}

// PaperItem is the count of one secret item.
type PaperItem struct {
	Item    string `json:"item"`
	Yes     int    `json:"yes"`
	No      int    `json:"no"`
	Abstain int    `json:"abstain"`
	Invalid int    `json:"invalid"`
}

// PaperData is the data of ActionCountPaper: the counting team's count. Two
// people enter it independently; only equal entries are taken.
type PaperData struct {
	Issued    int         `json:"issued"`    // ballot papers given out
	Collected int         `json:"collected"` // ballot papers taken in
	Written   int         `json:"written"`   // of those, sent in by absent members
	Items     []PaperItem `json:"items"`
	Round     int         `json:"round,omitempty"` // 2: of the second ballot; else of the first
}

// Transition is one accepted act on a session.
type Transition struct {
	envelope.Step
	Phase    Phase   `json:"phase"` // after the act
	Present  int     `json:"present,omitempty"`
	Member   string  `json:"member,omitempty"`  // whose open ballot was cast
	Written  bool    `json:"written,omitempty"` // it was a written opinion
	Entry    int     `json:"entry,omitempty"`   // paper counts: 1, 2, or 0 when both were thrown out
	Agrees   bool    `json:"agrees,omitempty"`  // the second entry equals the first
	Results  Rows    `json:"results,omitempty"` // on closing
	LastNote string  `json:"note,omitempty"`    // commitment to a reason
	Voter    string  `json:"voter,omitempty"`   // whose sealed ballot was cast
	Sealed   string  `json:"sealed,omitempty"`  // its digest
	Root     string  `json:"root,omitempty"`    // the committed set of sealed ballots
	Boxed    int     `json:"boxed,omitempty"`   // how many there are in it
	Rows     string  `json:"rows,omitempty"`    // RowsDigest of what was published
	Change   *Change `json:"change,omitempty"`  // of agenda or recusals, after convening
	NewBox   bool    `json:"new_box,omitempty"` // on a closing that opens a second ballot: its sealed ballots have a box of their own
}

// ResultRow is the result of one agenda item.
type ResultRow struct {
	Item   string `json:"item"`
	Case   string `json:"case"`
	Passed bool   `json:"passed"`
	Sum    Sum    `json:"sum"`
	First  *Sum   `json:"first,omitempty"` // of the first ballot, where Sum is of a second
	Place  *Place `json:"place,omitempty"` // under a quota that cut; beyond it Passed is false though Sum is met
}

// ballot is an accepted open ballot.
type ballot struct {
	choices string
	written bool
}

// paper is one entry of the paper counts.
type paper struct {
	by   []string
	data PaperData
}

// Session is the state of a session.
type Session struct {
	in      Input
	phase   Phase
	number  int
	present map[string]bool
	ballots map[string]ballot
	first   *paper
	counted *PaperData
	spent   map[string]bool
	history []Transition
	results []ResultRow

	keys     map[string]holder // of the sealed ballots' shares, by role
	sealed   map[string]sealed // by member
	frozen   string            // Root, once the box is closed
	opened   []SealedRow       // once counted
	attested bool

	kept    []ResultRow // of the first ballot, during a second; all of them, while an order is being settled
	earlier int         // ballots of the first

	team   *TeamData // who counts on paper, where a team is named
	signed bool      // its head has signed for the count
}

// New convenes a session from its input and the opened act.
func New(in Input, o envelope.Opened, at time.Time) (*Session, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	s := &Session{in: in, phase: PhaseConvened, present: map[string]bool{}, ballots: map[string]ballot{}, spent: map[string]bool{}}
	s.keys, s.sealed = map[string]holder{}, map[string]sealed{}
	if o.Act.Action != ActionConvene || o.Act.Number != 1 {
		return nil, envelope.Refuse(envelope.CodeStage, "a session starts with the act convene")
	}
	if err := s.checkAct(o, at); err != nil {
		return nil, err
	}
	if err := needRole(o.Act, "secretary", "chair"); err != nil {
		return nil, err
	}
	var d ConveneData
	if err := decode(o.Act.Data, &d); err != nil {
		return nil, err
	}
	if d.Content != in.Content {
		return nil, envelope.Refuse(envelope.CodeData, "the convener signed another agenda or roster")
	}
	t := Transition{Step: envelope.NewStep(o, 1, at)}
	s.finish(&t)
	return s, nil
}

func (in Input) check() error {
	chairs, seen := 0, map[string]bool{}
	for _, seat := range in.Roster {
		if seat.Person == "" || seen[seat.Person] {
			return envelope.Refuse(envelope.CodeData, "a seat is empty or stands twice in the roster")
		}
		seen[seat.Person] = true
		if seat.Chair {
			chairs++
		}
	}
	if chairs != 1 {
		return envelope.Refuse(envelope.CodeData, "a roster has exactly one chair")
	}
	if len(in.Agenda) == 0 {
		return envelope.Refuse(envelope.CodeData, "the agenda is empty")
	}
	if len(in.Agenda) > MaxAgenda {
		return envelope.Refuse(envelope.CodeData, fmt.Sprintf("an agenda has at most %d items", MaxAgenda))
	}
	items := map[string]bool{}
	for _, it := range in.Agenda {
		if it.ID == "" || items[it.ID] || it.Rule < 0 || it.Rule >= len(in.Rules) {
			return envelope.Refuse(envelope.CodeItem, "an agenda item stands twice or has no rule: "+it.ID)
		}
		items[it.ID] = true
	}
	if err := in.checkCuts(items); err != nil {
		return err
	}
	return in.checkMode()
}

// Phase says where the session stands.
func (s *Session) Phase() Phase { return s.phase }

// Number is the number of the last transition.
func (s *Session) Number() int { return s.number }

// Done tells whether the session takes no more acts.
func (s *Session) Done() bool { return s.phase == PhaseClosed || s.phase == PhaseCancelled }

// Results are the frozen results of a closed session, in agenda order.
func (s *Session) Results() []ResultRow { return s.results }

// Transitions returns the transitions after the given number, oldest first.
func (s *Session) Transitions(after int) []Transition {
	if after < 0 || after >= len(s.history) {
		return nil
	}
	return s.history[after:]
}

func (s *Session) seat(person string) (Seat, bool) {
	for _, seat := range s.in.Roster {
		if seat.Person == person {
			return seat, true
		}
	}
	return Seat{}, false
}

func (s *Session) finish(t *Transition) {
	s.number++
	s.spent[t.Nonce] = true
	t.Phase = s.phase
	s.history = append(s.history, *t)
}
