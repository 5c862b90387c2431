package dossier

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// An invented tree: a district that the reform ended, a school handed on to a commune, an
// office that was closed for good.
func tree(day string) *Tree {
	return NewTree([]postgres.TreeUnit{
		{ID: "p", Name: "Tỉnh Giả Định"},
		{ID: "h", Name: "Huyện Giả Định", Parent: "p", To: "2025-06-30", Successors: []string{"x"}, Since: []string{"2025-07-01"}},
		{ID: "x", Name: "Xã Giả Định", Parent: "p", From: "2025-07-01"},
		{ID: "s", Name: "Trường Tiểu học Giả Định", Parent: "h"},
		{ID: "o", Name: "Phòng Giả Định", Parent: "h", To: "2025-06-30"},
		{ID: "y", Name: "Sở Giả Định", Parent: "p"},
	}, day)
}

func TestFactsFromTheTreeOfUnits(t *testing.T) {
	t.Parallel()
	yes, no := true, false
	group := func(name string) proposal.ItemContent { return proposal.ItemContent{Kind: "collective", Name: name} }
	person := func(at string) proposal.ItemContent {
		return proposal.ItemContent{Kind: "individual", Name: "Người Giả Định", Workplace: at}
	}
	for _, tc := range []struct {
		name, day, unit    string
		content            proposal.ItemContent
		typedManages       *bool
		typedDissolved     *bool
		elsewhere          []string
		manages, dissolved *bool
		differs            int
	}{
		{"a school below its district", "2024-05-05", "h", group("Trường Tiểu học Giả Định"), nil, nil, nil, &yes, &no, 0},
		{"its successor manages it after the reform", "2025-08-01", "x", group("trường tiểu học giả định"), nil, nil, nil, &yes, &no, 0},
		{"but not before", "2024-05-05", "x", group("Trường Tiểu học Giả Định"), nil, nil, nil, &no, &no, 0},
		{"another department: the typed word does not stand", "2024-05-05", "y", group("Trường Tiểu học Giả Định"), &yes, nil, nil, &no, &no, 1},
		{"closed for good", "2025-07-01", "h", group("Phòng Giả Định"), &yes, &no, nil, &yes, &yes, 1},
		{"its last day", "2025-06-30", "h", group("Phòng Giả Định"), nil, nil, nil, &yes, &no, 0},
		{"ended with a successor: a person looks", "2025-07-01", "p", group("Huyện Giả Định"), nil, &no, nil, &yes, nil, 1},
		{"a collective that the tree does not know: the typed word stands", "2024-05-05", "h", group("Tổ Toán"), &yes, &no, nil, &yes, &no, 0},
		{"a person whose workplace is the unit's", "2024-05-05", "h", person("Trường Tiểu học Giả Định"), nil, nil, nil, &yes, &no, 0},
		{"a person who works elsewhere by the list: a person looks", "2024-05-05", "y", person("Trường Tiểu học Giả Định"), &yes, nil, nil, nil, &no, 1},
		{"nothing to go by: the typed word", "2024-05-05", "h", person("Tổ Toán"), &yes, &no, nil, &yes, &no, 0},
		{"on record in another unit too", "2024-05-05", "h", person("Tổ Toán"), &yes, &no, []string{"h", "y"}, nil, &no, 1},
		{"on record in one that was succeeded", "2025-08-01", "x", person("Tổ Toán"), &yes, &no, []string{"h", "x"}, &yes, &no, 0},
	} {
		f := eval.Facts{ProposerManages: tc.typedManages, UnitDissolved: tc.typedDissolved}
		tree(tc.day).Derive(&f, tc.unit, tc.content, tc.elsewhere)
		assert.Equal(t, tc.manages, f.ProposerManages, "%s: manages; %+v", tc.name, f.Derived)
		assert.Equal(t, tc.dissolved, f.UnitDissolved, "%s: dissolved; %+v", tc.name, f.Derived)
		differs := 0
		for _, d := range f.Derived {
			if d.Differs {
				differs++
				assert.Contains(t, d.Text.VI, "Khác với khai báo")
			}
		}
		assert.Equal(t, tc.differs, differs, "%s: %+v", tc.name, f.Derived)
	}
}
