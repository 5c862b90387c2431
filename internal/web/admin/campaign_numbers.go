package admin

import (
	"cmp"
	"fmt"
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// numberRow is one number of a campaign as its form shows it.
type numberRow struct {
	N int
	app.CampaignNumber
}

// emptyRows is how many numbers may be added at once.
const emptyRows = 3

func numberRows(given []app.CampaignNumber) []numberRow {
	var out []numberRow
	for i := range len(given) + emptyRows {
		r := numberRow{N: i}
		if i < len(given) {
			r.CampaignNumber = given[i]
		}
		out = append(out, r)
	}
	return out
}

// numbersOf reads the rows that name an award; the page's rows are numbered on.
func numbersOf(c *ui.Context) []app.CampaignNumber {
	var out []app.CampaignNumber
	for i := range maxNumbers {
		at := fmt.Sprintf("quota_numbers[%d].", i)
		award := c.Field(at + "award")
		if award == "" {
			continue
		}
		limit, _ := strconv.ParseInt(c.Field(at+"limit"), 10, 64) // no number is none, which is refused
		n := app.CampaignNumber{Award: award, Kind: c.Field(at + "kind"), Per: cmp.Or(c.Field(at+"per"), "campaign"), Limit: limit}
		if c.Field(at+"does") == "cut" { // the other fields are of a number that cuts
			n.Does, n.Order, n.Beyond = "cut", c.Field(at+"order"), c.Field(at+"beyond")
		}
		out = append(out, n)
	}
	return out
}

const maxNumbers = 40

// kinds are the kinds of subject that a number may be narrowed to.
func kinds(c *ui.Context) []ui.Option {
	return []ui.Option{{Value: "", Text: c.T("admin.campaign.number.all")}, {Value: "individual", Text: c.T("admin.campaign.number.individual")},
		{Value: "collective", Text: c.T("admin.campaign.number.collective")}, {Value: "household", Text: c.T("admin.campaign.number.household")}}
}

// pers are over what a number may be counted.
func pers(c *ui.Context) []ui.Option {
	return []ui.Option{{Value: "campaign", Text: c.T("admin.campaign.number.campaign")}, {Value: "unit", Text: c.T("admin.campaign.number.unit")}}
}

// does are what a number does in the Council; orders who then comes first, beyonds what
// becomes of the others.
func does(c *ui.Context) []ui.Option {
	return []ui.Option{{Value: "", Text: c.T("admin.campaign.number.warn")}, {Value: "cut", Text: c.T("admin.campaign.number.cut")}}
}

func orders(c *ui.Context) []ui.Option {
	return []ui.Option{{Value: "votes", Text: c.T("admin.campaign.number.votes")}, {Value: "share", Text: c.T("admin.campaign.number.share")}, {Value: "council", Text: c.T("admin.campaign.number.council")}}
}

func beyonds(c *ui.Context) []ui.Option {
	return []ui.Option{{Value: "not_passed", Text: c.T("admin.campaign.number.not_passed")}, {Value: "deferred", Text: c.T("admin.campaign.number.deferred")}}
}

// At is the name of a field of the row.
func (r numberRow) At(field string) string { return fmt.Sprintf("quota_numbers[%d].%s", r.N, field) }

// Written is the number as it stands in the field: none is empty.
func (r numberRow) Written() string {
	if r.Limit == 0 {
		return ""
	}
	return strconv.FormatInt(r.Limit, 10)
}
