package law

import "vinhdanh/internal/proposal"

// Paper is a kind of document in a dossier (thành phần hồ sơ).
type Paper struct {
	Entry `yaml:"-" json:"-"`
	Code  string `yaml:"code" json:"code"`
	Names Text   `yaml:"names" json:"names"`
}

// Dossier is the list of papers that an award asks for (Điều 84).
type Dossier struct {
	Entry   `yaml:"-" json:"-"`
	Cite    `yaml:",inline"`
	Code    string        `yaml:"code" json:"code"`
	Regimes []string      `yaml:"regimes" json:"regimes"`
	Sets    int           `yaml:"sets" json:"sets,omitempty"` // how many sets go to who decides; 0: not found, or one
	Papers  []NeededPaper `yaml:"papers" json:"papers"`
}

// NeededPaper is one paper of a dossier. Unless is an expression over the facts;
// where it holds the paper is not needed. AddedBy names the level that adds the paper
// when it submits upward: the proposer is not asked for it.
type NeededPaper struct {
	Paper   string         `yaml:"paper" json:"paper"`
	Unless  string         `yaml:"unless" json:"unless,omitempty"`
	Why     Text           `yaml:"unless_text" json:"unless_text,omitzero"` // the same in words; older data have none
	AddedBy proposal.Level `yaml:"added_by" json:"added_by,omitempty"`
}

// Retention is a class of keeping (thời hạn bảo quản).
type Retention struct {
	Entry `yaml:"-" json:"-"`
	Cite  `yaml:",inline"`
	Code  string `yaml:"code" json:"code"`
	Names Text   `yaml:"names" json:"names"`
	Years int    `yaml:"years" json:"years"` // 0: for ever
}

// BaseSalary is the statutory base salary (mức lương cơ sở) from a day on.
type BaseSalary struct {
	Entry `yaml:"-" json:"-"`
	Cite  `yaml:",inline"`
	From  Date  `yaml:"from" json:"from"`
	Dong  int64 `yaml:"dong" json:"dong"` // đồng a month
}

// Multiple is the bonus of an award for a kind of subject, in hundredths of the
// base salary, times Num/Den where the law writes "one and a half times".
type Multiple struct {
	Entry      `yaml:"-" json:"-"`
	Cite       `yaml:",inline"`
	Award      string   `yaml:"award" json:"award"`
	Kinds      []Kind   `yaml:"kinds" json:"kinds"`
	Regimes    []string `yaml:"regimes" json:"regimes"`
	Hundredths int64    `yaml:"hundredths" json:"hundredths"`
	Times      Ratio    `yaml:"times" json:"times"` // absent: 1/1
}

// Ratio is an exact factor, Num/Den.
type Ratio struct {
	Num int64 `yaml:"num" json:"num"`
	Den int64 `yaml:"den" json:"den"`
}

// Rounding says to which unit of đồng a sum is rounded up.
type Rounding struct {
	Entry   `yaml:"-" json:"-"`
	Cite    `yaml:",inline"`
	Regimes []string `yaml:"regimes" json:"regimes"`
	UpTo    int64    `yaml:"up_to" json:"up_to"` // đồng
}

// Criterion is one condition. It has either an expression, or a list of other
// criteria of which all, or any, must hold.
type Criterion struct {
	Entry   `yaml:"-" json:"-"`
	Cite    `yaml:",inline"`
	Code    string   `yaml:"code" json:"code"`
	Regimes []string `yaml:"regimes" json:"regimes"`
	From    Date     `yaml:"from" json:"from,omitzero"` // first day within the regimes; zero: their first
	To      Date     `yaml:"to" json:"to,omitzero"`     // last day within them; zero: their last
	Text    Text     `yaml:"text" json:"text"`
	Expr    string   `yaml:"expr" json:"expr,omitempty"`
	All     []string `yaml:"all" json:"all,omitempty"`
	Any     []string `yaml:"any" json:"any,omitempty"`
	// Otherwise is "needs_person" where a condition that does not hold is no
	// refusal but a question: a hold, a quota of the whole list.
	Otherwise string `yaml:"otherwise" json:"otherwise,omitempty"`
	Cases     []Case `yaml:"cases" json:"-"`
}

// Case is a test case of a criterion; Facts are facts of package law/eval.
type Case struct {
	Name  string         `yaml:"name"`
	Facts map[string]any `yaml:"facts"`
	Want  string         `yaml:"want"` // met, not_met or needs_person
}

// GlobalRules are the criteria of every award in the named regimes.
type GlobalRules struct {
	Entry    `yaml:"-" json:"-"`
	Regimes  []string `yaml:"regimes" json:"regimes"`
	Criteria []string `yaml:"criteria" json:"criteria"`
}

// CalendarYear lists one year's days off on weekdays and working days on weekends.
type CalendarYear struct {
	Entry  `yaml:"-" json:"-"`
	Cite   `yaml:",inline"`
	Year   int      `yaml:"year" json:"year"`
	Off    []DayOff `yaml:"off" json:"off"`
	MakeUp []Date   `yaml:"make_up" json:"make_up,omitempty"`
}

// DayOff is one day or a stretch of days on which offices are closed. Article
// and mark are given only where they differ from the year's.
type DayOff struct {
	On      Date   `yaml:"on" json:"on,omitzero"`
	From    Date   `yaml:"from" json:"from,omitzero"`
	To      Date   `yaml:"to" json:"to,omitzero"`
	Name    string `yaml:"name" json:"name"`
	Article string `yaml:"article" json:"article,omitempty"`
	Mark    Mark   `yaml:"mark" json:"mark,omitempty"`
}

// Span is the first and the last day.
func (o DayOff) Span() (Date, Date) {
	if !o.On.IsZero() {
		return o.On, o.On
	}
	return o.From, o.To
}
