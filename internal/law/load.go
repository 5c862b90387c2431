package law

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/parser"
)

//go:embed data/*.yaml
var embedded embed.FS

// Law is loaded data. It is read-only and safe for concurrent use.
type Law struct {
	document
	hash      string
	files     map[string]string
	calendar  *Calendar
	drafts    map[string]bool // regimes whose drafts are applied
	stretches []*Regime
}

// document is everything a file may hold; several files add up.
type document struct {
	Regimes           []*Regime           `yaml:"regimes"`
	Awards            []*Award            `yaml:"awards"`
	Authorities       []*Authority        `yaml:"authorities"`
	Routes            []*RouteTemplate    `yaml:"routes"`
	Required          []*RequiredStage    `yaml:"required_stages"`
	Agencies          []*Agency           `yaml:"agencies"`
	Deadlines         []*Deadline         `yaml:"deadlines"`
	CouncilRules      []*CouncilRule      `yaml:"council_rules"`
	Papers            []*Paper            `yaml:"papers"`
	Dossiers          []*Dossier          `yaml:"dossiers"`
	Retention         []*Retention        `yaml:"retention"`
	BaseSalary        []*BaseSalary       `yaml:"base_salary"`
	Multiples         []*Multiple         `yaml:"multiples"`
	Rounding          []*Rounding         `yaml:"rounding"`
	Criteria          []*Criterion        `yaml:"criteria"`
	Global            []*GlobalRules      `yaml:"global"`
	Years             []*CalendarYear     `yaml:"calendar"`
	SigningFor        []*SigningFor       `yaml:"signing_for"`
	Numbers           []*Number           `yaml:"numbers"`
	ApplyDrafts       []*AppliedDraft     `yaml:"apply_drafts"`
	Quotas            []*Quota            `yaml:"quotas"`
	Ladders           []*Ladder           `yaml:"ladders"`
	Clocks            []*Clock            `yaml:"clocks"`
	Several           []*SeveralAwards    `yaml:"several_awards"`
	RevocationGrounds []*RevocationGround `yaml:"revocation_grounds"`
	ReissueReasons    []*ReissueReason    `yaml:"reissue_reasons"`
	CorrectionRules   []*CorrectionRule   `yaml:"correction_rules"`
}

var defaultLaw = sync.OnceValue(func() *Law {
	sub, err := fs.Sub(embedded, "data")
	if err == nil {
		var l *Law
		if l, err = Load(sub); err == nil {
			return l
		}
	}
	panic(fmt.Sprintf("embedded law data: %v", err)) // the tests load it, so a build that passed them cannot come here
})

// Default is the data that is built into the program.
func Default() *Law { return defaultLaw() }

// LoadDir loads a directory, see Load.
func LoadDir(dir string) (*Law, error) {
	files, err := ReadDir(dir)
	if err != nil {
		return nil, err
	}
	return FromFiles(files)
}

// Load reads every *.yaml file at the root of a file system. It is strict:
// unknown keys, decimals, numbers without article and mark, codes that name
// nothing, overlapping dates and regimes fail, each with file, line and reason.
// Expressions and test cases are checked by eval.Check.
func Load(fsys fs.FS) (*Law, error) {
	files, err := readFiles(fsys)
	if err != nil {
		return nil, err
	}
	return FromFiles(files)
}

func readFiles(fsys fs.FS) (map[string]string, error) {
	names, err := dataFiles(fsys)
	if err != nil {
		return nil, err
	}
	files := make(map[string]string, len(names))
	for _, name := range names {
		raw, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("law data %s: %w", name, err)
		}
		files[name] = string(canonical(raw))
	}
	return files, nil
}

// FromFiles loads data as Files keeps it, as strictly as Load.
func FromFiles(files map[string]string) (*Law, error) {
	l, err := Unchecked(files)
	var problems []error
	if err != nil {
		problems = append(problems, err)
	}
	l.drafts = map[string]bool{}
	for _, d := range l.ApplyDrafts {
		l.drafts[d.Regime] = true
	}
	if len(problems) == 0 {
		problems = l.check()
	}
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	l.hash = Fingerprint(files)
	l.calendar = newCalendar(l.Years)
	return l, nil
}

// Fingerprint is the hash that data of these files have, loaded or not; see Law.Hash.
func Fingerprint(files map[string]string) string {
	sum := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(sum, "%s\n%d\n%s", name, len(files[name]), files[name])
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// Unchecked loads data whose shape is right and whose content was not checked: for
// showing by a path what a hole in a route means (package prove). Nothing else may
// work with it.
func Unchecked(files map[string]string) (*Law, error) {
	l := &Law{files: maps.Clone(files)}
	var problems []error
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := l.add(name, []byte(files[name])); err != nil {
			problems = append(problems, err)
		}
	}
	l.stretches = stretchesOf(l.Regimes)
	return l, errors.Join(problems...)
}

// ReadDir reads the data files of a directory, as FromFiles and Unchecked take them.
func ReadDir(dir string) (map[string]string, error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, fail("law_dir", dir+": không có thư mục dữ liệu pháp luật này", dir+": there is no such directory of law data")
	}
	return readFiles(os.DirFS(dir))
}

// Hash is the SHA-256 over names, lengths and contents of the files in order of
// name, in hexadecimal. Line ends do not matter.
func (l *Law) Hash() string { return l.hash }

// Files are the data files by name, as they were hashed: what is kept beside the
// cases that were decided under them.
func (l *Law) Files() map[string]string { return maps.Clone(l.files) }

// Calendar is the working-day calendar.
func (l *Law) Calendar() *Calendar { return l.calendar }

func dataFiles(fsys fs.FS) ([]string, error) {
	entries, err := fs.ReadDir(fsys, ".") // sorted by name
	if err != nil {
		return nil, fmt.Errorf("law data: %w", err)
	}
	var names []string
	for _, e := range entries {
		switch ext := strings.ToLower(path.Ext(e.Name())); {
		case e.IsDir():
		case ext == ".yaml":
			names = append(names, e.Name())
		case ext == ".yml" || ext == ".json":
			return nil, fmt.Errorf("%s: would not be read; rename it to end in .yaml", e.Name())
		}
	}
	if len(names) == 0 {
		return nil, fail("law_dir", "thư mục không có tệp .yaml nào", "the directory holds no .yaml file")
	}
	return names, nil
}

// canonical drops a byte order mark and writes line ends as one line feed, so
// that the same text has the same hash on every machine.
func canonical(raw []byte) []byte {
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	return bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n"))
}

func (l *Law) add(name string, raw []byte) error {
	tree, err := parser.ParseBytes(raw, 0)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	var doc document
	if err := yaml.UnmarshalWithOptions(raw, &doc, yaml.Strict()); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	walk := newWalk(name)
	for _, d := range tree.Docs {
		walk.node("", d.Body, false)
	}
	locate(walk, "regimes", doc.Regimes)
	locate(walk, "awards", doc.Awards)
	locate(walk, "authorities", doc.Authorities)
	locate(walk, "routes", doc.Routes)
	locate(walk, "required_stages", doc.Required)
	locate(walk, "agencies", doc.Agencies)
	locate(walk, "deadlines", doc.Deadlines)
	locate(walk, "council_rules", doc.CouncilRules)
	locate(walk, "papers", doc.Papers)
	locate(walk, "dossiers", doc.Dossiers)
	locate(walk, "retention", doc.Retention)
	locate(walk, "signing_for", doc.SigningFor)
	locate(walk, "numbers", doc.Numbers)
	locate(walk, "base_salary", doc.BaseSalary)
	locate(walk, "multiples", doc.Multiples)
	locate(walk, "rounding", doc.Rounding)
	locate(walk, "criteria", doc.Criteria)
	locate(walk, "global", doc.Global)
	locate(walk, "calendar", doc.Years)
	locate(walk, "apply_drafts", doc.ApplyDrafts)
	locate(walk, "quotas", doc.Quotas)
	locate(walk, "ladders", doc.Ladders)
	locate(walk, "clocks", doc.Clocks)
	locate(walk, "several_awards", doc.Several)
	locate(walk, "revocation_grounds", doc.RevocationGrounds)
	locate(walk, "reissue_reasons", doc.ReissueReasons)
	locate(walk, "correction_rules", doc.CorrectionRules)
	l.merge(doc)
	return errors.Join(walk.problems...)
}

func (l *Law) merge(d document) {
	m := &l.document
	m.Regimes = append(m.Regimes, d.Regimes...)
	m.Awards = append(m.Awards, d.Awards...)
	m.Authorities = append(m.Authorities, d.Authorities...)
	m.Routes = append(m.Routes, d.Routes...)
	m.Required = append(m.Required, d.Required...)
	m.Agencies = append(m.Agencies, d.Agencies...)
	m.Deadlines = append(m.Deadlines, d.Deadlines...)
	m.CouncilRules = append(m.CouncilRules, d.CouncilRules...)
	m.Papers = append(m.Papers, d.Papers...)
	m.Dossiers = append(m.Dossiers, d.Dossiers...)
	m.Retention = append(m.Retention, d.Retention...)
	m.SigningFor = append(m.SigningFor, d.SigningFor...)
	m.Numbers = append(m.Numbers, d.Numbers...)
	m.BaseSalary = append(m.BaseSalary, d.BaseSalary...)
	m.Multiples = append(m.Multiples, d.Multiples...)
	m.Rounding = append(m.Rounding, d.Rounding...)
	m.Criteria = append(m.Criteria, d.Criteria...)
	m.Global = append(m.Global, d.Global...)
	m.Years = append(m.Years, d.Years...)
	m.ApplyDrafts = append(m.ApplyDrafts, d.ApplyDrafts...)
	m.Quotas = append(m.Quotas, d.Quotas...)
	m.Ladders = append(m.Ladders, d.Ladders...)
	m.Clocks = append(m.Clocks, d.Clocks...)
	m.Several = append(m.Several, d.Several...)
	m.RevocationGrounds = append(m.RevocationGrounds, d.RevocationGrounds...)
	m.ReissueReasons = append(m.ReissueReasons, d.ReissueReasons...)
	m.CorrectionRules = append(m.CorrectionRules, d.CorrectionRules...)
}

// Canonical is the texts of data files as FromFiles takes them.
func Canonical(raw map[string][]byte) map[string]string {
	out := make(map[string]string, len(raw))
	for name, text := range raw {
		out[name] = string(canonical(text))
	}
	return out
}
