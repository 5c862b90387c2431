package dossier

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/postgres"
)

// A claim is the ledger's row of the same year, however either is written; two rows of the
// ledger never replace each other.
func TestLedgerKnowsAPeriodInAnySpelling(t *testing.T) {
	t.Parallel()
	year := func(label string) eval.Period { return eval.Period{Kind: "calendar", Label: label} }
	f := eval.Facts{Titles: []eval.Title{{Award: "CSTDCS", Period: year("2020")}}}
	it := postgres.Item{Subject: "s"}
	AddLedger(&f, it, []postgres.TitleRow{
		{Subject: "s", Award: "CSTDCS", Number: "1/QĐ", PeriodKind: "calendar", Period: "Năm 2020"},
		{Subject: "s", Award: "CSTDCS", Number: "2/QĐ", PeriodKind: "calendar", Period: "2021"},
		{Subject: "s", Award: "CSTDCS", Number: "3/QĐ", PeriodKind: "calendar", Period: "năm 2021"},
		{Subject: "another", Award: "CSTDCS", Number: "4/QĐ", PeriodKind: "calendar", Period: "2022"},
	})
	numbers := []string{}
	for _, x := range f.Titles {
		numbers = append(numbers, x.Number)
	}
	assert.Equal(t, []string{"1/QĐ", "2/QĐ", "3/QĐ"}, numbers)
}
