package duplicate

import (
	"bytes"
	_ "embed"
	"fmt"
	"sync"

	"github.com/goccy/go-yaml"
)

//go:embed model.yaml
var modelFile []byte

// Thresholds are what both halves must reach.
type Thresholds struct {
	Subject     int `yaml:"subject" json:"subject"`
	Achievement int `yaml:"achievement" json:"achievement"`
}

// Model is the points of model.yaml, by group and code.
type Model struct {
	Version    int `yaml:"version" json:"version"`
	Thresholds struct {
		Strong   Thresholds `yaml:"strong" json:"strong"`
		Possible Thresholds `yaml:"possible" json:"possible"`
	} `yaml:"thresholds" json:"thresholds"`
	Ledger     map[string]int `yaml:"ledger" json:"ledger"`
	Number     map[string]int `yaml:"number" json:"number"`
	Name       map[string]int `yaml:"name" json:"name"`
	Rarity     Rarity         `yaml:"rarity" json:"rarity"`
	Birth      map[string]int `yaml:"birth" json:"birth"`
	Unit       map[string]int `yaml:"unit" json:"unit"`
	Sex        map[string]int `yaml:"sex" json:"sex"`
	Kind       map[string]int `yaml:"kind" json:"kind"`
	Collective map[string]int `yaml:"collective" json:"collective"`
	Period     map[string]int `yaml:"period" json:"period"`
	Award      map[string]int `yaml:"award" json:"award"`
	Text       struct {
		None  int `yaml:"none" json:"none"`
		Least int `yaml:"least" json:"least"`
		Most  int `yaml:"most" json:"most"`
	} `yaml:"text" json:"text"`
	Quoted   int `yaml:"quoted" json:"quoted"`
	Campaign int `yaml:"campaign" json:"campaign"`
}

// Rarity is what a name's frequency in the register weighs.
type Rarity struct {
	Rare struct {
		UpTo   int `yaml:"up_to" json:"up_to"`
		Points int `yaml:"points" json:"points"`
	} `yaml:"rare" json:"rare"`
	Common struct {
		From   int `yaml:"from" json:"from"`
		Points int `yaml:"points" json:"points"`
	} `yaml:"common" json:"common"`
}

// LoadModel reads a model; unknown keys and missing points are errors.
func LoadModel(raw []byte) (*Model, error) {
	var m Model
	if err := yaml.NewDecoder(bytes.NewReader(raw), yaml.Strict()).Decode(&m); err != nil {
		return nil, fmt.Errorf("duplicate: model: %w", err)
	}
	for group, want := range codes {
		got := m.group(group)
		for _, c := range want {
			if _, ok := got[c]; !ok {
				return nil, fmt.Errorf("duplicate: model: %s has no %s", group, c)
			}
		}
		if len(got) != len(want) {
			return nil, fmt.Errorf("duplicate: model: %s has a code that nothing gives", group)
		}
	}
	s, p := m.Thresholds.Strong, m.Thresholds.Possible
	if p.Subject <= 0 || p.Achievement <= 0 || s.Subject < p.Subject || s.Achievement < p.Achievement || s.Subject > 1000 || s.Achievement > 1000 {
		return nil, fmt.Errorf("duplicate: model: thresholds go from possible to strong, within 1 and 1000")
	}
	return &m, nil
}

// codes are what each group of the model must give points for.
var codes = map[string][]string{
	"ledger": {"joined", "followed"},
	"number": {"equal", "different"},
	"name":   {"same", "bare", "spelling", "order", "accents_other", "letter_other", "accents_given", "initials", "middle", "sound"},
	"birth":  {"date", "year", "swapped", "other_day", "next_year", "turned", "different", "one_missing"},
	"unit":   {"same", "successor", "line", "workplace", "other", "other_unborn"},
	"sex":    {"different"}, "kind": {"household"},
	"collective": {"itself", "same", "generic", "part", "unit_same", "unit_line", "unit_other"},
	"period":     {"same", "overlap", "unknown", "apart"},
	"award":      {"same", "forms", "beside", "unknown"},
}

func (m *Model) group(name string) map[string]int {
	return map[string]map[string]int{
		"ledger": m.Ledger, "number": m.Number, "name": m.Name, "birth": m.Birth, "unit": m.Unit, "sex": m.Sex, "kind": m.Kind,
		"collective": m.Collective, "period": m.Period, "award": m.Award,
	}[name]
}

// Default is the model that the program is built with.
var Default = sync.OnceValue(func() *Model {
	m, err := LoadModel(modelFile)
	if err != nil {
		panic(err) // TestModel: the file that is built in loads
	}
	return m
})
