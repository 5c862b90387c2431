package sample

// Stated is a value the campaign's text may leave open. Exactly one of the two
// is set: what is not stated is shown as such and never guessed.
type Stated struct {
	Value     string `yaml:"value,omitempty"`
	NotStated bool   `yaml:"not_stated,omitempty"`
}

// Campaign is an emulation campaign (phong trào thi đua) in the words of its text.
type Campaign struct {
	ID           string      `yaml:"id"`
	Title        string      `yaml:"title"`
	Theme        string      `yaml:"theme"`
	Kind         string      `yaml:"kind"`      // "special" (đặc biệt), as the text says
	KindName     string      `yaml:"kind_name"` // in the text's words
	Launcher     Launcher    `yaml:"launcher"`
	Audience     []string    `yaml:"audience"`
	AudienceText string      `yaml:"audience_text"`
	Aims         []string    `yaml:"aims"`
	Contents     []Content   `yaml:"contents"`
	Indicators   []Indicator `yaml:"indicators"`
	Open         OpenPoints  `yaml:"open_points"`
	Source       string      `yaml:"source"`
}

// Launcher is who launched it, as the text names him.
type Launcher struct {
	Unit   string `yaml:"unit"`
	Office string `yaml:"office"`
	Name   string `yaml:"name"`
}

// Content is one of the numbered contents (nội dung thi đua).
type Content struct {
	Number int    `yaml:"number"` // from 1
	Text   string `yaml:"text"`   // verbatim
	Note   string `yaml:"note,omitempty"`
}

// Indicator is a measurable goal inside a content.
type Indicator struct {
	Content    int    `yaml:"content"`
	Text       string `yaml:"text"`
	Comparator string `yaml:"comparator,omitempty"` // ">=" or ">"
	Target     string `yaml:"target,omitempty"`     // decimal
	Unit       string `yaml:"unit,omitempty"`
	Before     Date   `yaml:"before,omitempty"` // to be reached before this day
	Count      int    `yaml:"count,omitempty"`  // how many indicators the text speaks of
	NotStated  bool   `yaml:"not_stated,omitempty"`
}

// OpenPoints are what a campaign usually fixes and this text may not.
type OpenPoints struct {
	LaunchDecision Stated `yaml:"launch_decision"`
	StartDate      Stated `yaml:"start_date"`
	EndDate        Stated `yaml:"end_date"`
	Reception      Stated `yaml:"reception_window"`
	ReviewDates    Stated `yaml:"review_dates"`
	Awards         Stated `yaml:"awards"`
	Quotas         Stated `yaml:"quotas"`
	Scoring        Stated `yaml:"scoring"`
}

// All lists the points with the names of their fields, in order.
func (o OpenPoints) All() []NamedPoint {
	return []NamedPoint{
		{"launch_decision", o.LaunchDecision}, {"start_date", o.StartDate}, {"end_date", o.EndDate},
		{"reception_window", o.Reception}, {"review_dates", o.ReviewDates}, {"awards", o.Awards},
		{"quotas", o.Quotas}, {"scoring", o.Scoring},
	}
}

// NamedPoint is one open point under its field's name.
type NamedPoint struct {
	Name  string
	Point Stated
}
