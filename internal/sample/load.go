package sample

import (
	"bytes"
	"embed"
	"fmt"

	"github.com/goccy/go-yaml"
)

//go:embed data/*.yaml
var files embed.FS

type unitsFile struct {
	Name  string `yaml:"name"`
	Units []Unit `yaml:"units"`
}

type usersFile struct {
	Invented bool   `yaml:"invented"` // must be true: no real person belongs here
	Users    []User `yaml:"users"`
}

// Load2023 is Hậu Giang in 2023 with its campaign. An error names the file and
// what to correct.
func Load2023() (*Province, error) {
	p, err := load("2023", "2025")
	if err != nil {
		return nil, err
	}
	p.Campaign = new(Campaign)
	const name = "campaign-hau-giang-2023.yaml"
	if err := decode(name, p.Campaign); err != nil {
		return nil, err
	}
	return p, inFile(name, p.Campaign.check(p))
}

// Load2025 is Cần Thơ since 01/07/2025, without a campaign.
func Load2025() (*Province, error) { return load("2025", "2023") }

// load reads one year's files; other is where successors and predecessors may be.
func load(year, other string) (*Province, error) {
	unitsName, usersName := "units-"+year+".yaml", "users-"+year+".yaml"
	var units, others unitsFile
	var users usersFile
	if err := decode(unitsName, &units); err != nil {
		return nil, err
	}
	if err := decode("units-"+other+".yaml", &others); err != nil {
		return nil, err
	}
	if err := decode(usersName, &users); err != nil {
		return nil, err
	}
	p, err := newProvince(units, others.Units)
	if err != nil {
		return nil, inFile(unitsName, err)
	}
	p.Users = users.Users
	return p, inFile(usersName, p.checkUsers(users.Invented))
}

// decode is strict: unknown and repeated keys fail.
func decode(name string, into any) error {
	b, err := files.ReadFile("data/" + name)
	if err != nil {
		return inFile(name, err)
	}
	return inFile(name, decodeBytes(b, into))
}

func decodeBytes(b []byte, into any) error {
	return yaml.NewDecoder(bytes.NewReader(b), yaml.Strict()).Decode(into)
}

func inFile(name string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("sample data %s: %w", name, err)
}
