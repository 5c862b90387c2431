package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"vinhdanh/internal/dossier"
	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/roster"
)

// CampaignText is a campaign in the words of its text. What the text does not say is
// marked so and never guessed.
type CampaignText struct {
	ID           string                 `json:"id"`
	Title        string                 `json:"title" validate:"required,max=300"`
	Theme        string                 `json:"theme" validate:"max=1000"`
	Kind         string                 `json:"kind,omitempty" validate:"max=40"`
	KindName     string                 `json:"kind_name,omitempty" validate:"max=120"`
	Launcher     CampaignLauncher       `json:"launcher"`
	Audience     []string               `json:"audience,omitempty" validate:"max=50,dive,max=1000"`
	AudienceText string                 `json:"audience_text,omitempty" validate:"max=4000"`
	Aims         []string               `json:"aims,omitempty" validate:"max=50,dive,max=4000"`
	Contents     []CampaignContent      `json:"contents,omitempty" validate:"max=60,dive"`
	Indicators   json.RawMessage        `json:"indicators,omitempty"` // kept as they were loaded
	Open         map[string]StatedOrNot `json:"open_points" validate:"max=20,dive"`
	// Numbers are the quotas as numbers, which are counted; the words of the text stand
	// among the open points.
	Numbers []CampaignNumber `json:"quota_numbers,omitempty" validate:"max=40,dive"`
	Source  string           `json:"source,omitempty" validate:"max=1000"`
}

// CampaignNumber is how many of an award a campaign allows.
type CampaignNumber = dossier.CampaignNumber

// CampaignLauncher is who launched it.
type CampaignLauncher struct {
	Unit   string `json:"unit" validate:"required,max=80"`
	Office string `json:"office,omitempty" validate:"max=200"`
	Name   string `json:"name,omitempty" validate:"max=120"`
}

// CampaignContent is one of the numbered contents.
type CampaignContent struct {
	Number int    `json:"number"`
	Text   string `json:"text" validate:"required,max=6000"`
	Note   string `json:"note,omitempty" validate:"max=1000"`
}

// StatedOrNot is a value that a text may leave open.
type StatedOrNot struct {
	Value     string `json:"value,omitempty" validate:"max=2000"`
	NotStated bool   `json:"not_stated,omitempty"`
}

// CampaignPoints are what a campaign usually fixes, in the order of pages.
var CampaignPoints = []Word{
	{Code: "launch_decision", VI: "Quyết định, kế hoạch phát động", EN: "Decision or plan that launches it"},
	{Code: "start_date", VI: "Ngày bắt đầu", EN: "First day"}, {Code: "end_date", VI: "Ngày kết thúc", EN: "Last day"},
	{Code: "reception_window", VI: "Thời gian nhận hồ sơ", EN: "When dossiers are received"},
	{Code: "review_dates", VI: "Sơ kết, tổng kết", EN: "Interim and final review"},
	{Code: "awards", VI: "Danh hiệu, hình thức khen thưởng", EN: "Awards"},
	{Code: "quotas", VI: "Số lượng khen thưởng", EN: "Quotas"}, {Code: "scoring", VI: "Chấm điểm", EN: "Scoring"},
}

// CampaignView is a campaign as it stands.
type CampaignView struct {
	CampaignText
	Status  string `json:"status"` // draft, open or closed
	Version int    `json:"version"`
	Cases   int    `json:"cases"`
	Mine    bool   `json:"mine"` // the reader may change it
	Unit    string `json:"unit_name"`
}

// Campaigns lists the campaigns that the reader sees: drafts only within an
// administrator's reach.
func (a *App) Campaigns(ctx context.Context, s Session) ([]CampaignView, error) {
	if len(s.Memberships) == 0 {
		return []CampaignView{}, nil
	}
	rows, err := a.Store.Campaigns(ctx)
	if err != nil {
		return nil, internal("read campaigns", err)
	}
	r := reach{tree: roster.Tree{}}
	administers := len(s.where("administer", permission.Unit)) > 0
	if administers || s.anywhere("administer.look") {
		if r, err = a.reach(ctx, s, true, "campaigns", ""); err != nil {
			return nil, err
		}
	}
	out := []CampaignView{}
	for _, row := range rows {
		v, err := campaignView(row)
		if err != nil {
			return nil, internal("read campaign "+row.ID, err)
		}
		v.Mine = administers && r.covers(v.Launcher.Unit)
		if row.Status == "draft" && !v.Mine {
			continue
		}
		if u, err := a.Store.UnitByID(ctx, v.Launcher.Unit); err == nil {
			v.Unit = u.Name
		}
		out = append(out, v)
	}
	return out, nil
}

func campaignView(row postgres.CampaignRow) (CampaignView, error) {
	v := CampaignView{Status: row.Status, Version: row.Version, Cases: row.Cases}
	err := json.Unmarshal(row.Data, &v.CampaignText)
	v.ID = row.ID
	return v, err
}

// CampaignView reads one campaign that the reader sees.
func (a *App) CampaignView(ctx context.Context, s Session, id string) (CampaignView, error) {
	all, err := a.Campaigns(ctx, s)
	if err != nil {
		return CampaignView{}, err
	}
	i := slices.IndexFunc(all, func(v CampaignView) bool { return v.ID == id })
	if i < 0 {
		return CampaignView{}, &Error{Code: CodeNotFound}
	}
	return all[i], nil
}

// CampaignVersions lists what a campaign said before: whoever may change it, and
// auditors.
func (a *App) CampaignVersions(ctx context.Context, s Session, id string) ([]postgres.CampaignVersion, error) {
	v, err := a.CampaignView(ctx, s, id)
	if err != nil {
		return nil, err
	}
	if !v.Mine && !s.anywhere("administer.look") {
		return nil, a.refuse(ctx, s, "campaign.versions", id, fail(CodeForbidden, "administrators and auditors read versions"))
	}
	rows, err := a.Store.CampaignVersions(ctx, id)
	return rows, internalOrNil("read campaign versions", err)
}

// CampaignInput is a campaign as an administrator writes it. Version is the one that
// was looked at, 0 for a new campaign.
type CampaignInput struct {
	CampaignText
	Status  string `json:"status" validate:"oneof=draft open closed"`
	Version int    `json:"version" validate:"min=0"`
	Reason  string `json:"reason,omitempty" validate:"max=1000"`
	Nonce   string `json:"-"`
}

// SaveCampaign makes a campaign or writes its next version.
func (a *App) SaveCampaign(ctx context.Context, s Session, in CampaignInput) (CampaignView, error) {
	if err := a.check(in); err != nil {
		return CampaignView{}, err
	}
	r, err := a.reach(ctx, s, false, "campaign.save", in.ID)
	if err != nil {
		return CampaignView{}, err
	}
	if !r.covers(in.Launcher.Unit) || r.tree[in.Launcher.Unit].ID == "" {
		return CampaignView{}, a.refuse(ctx, s, "campaign.save", in.ID, &Error{Code: CodeInvalid, Detail: "launching unit out of reach",
			Fields: []FieldError{{Field: "launcher.unit", Rule: "value", Vi: "Hãy chọn đơn vị phát động trong phạm vi quản trị của bạn.", En: "Choose a launching unit within your reach."}}})
	}
	for i, n := range in.Numbers {
		if n.Does != law.QuotaCuts && (n.Order != "" || n.Beyond != "") {
			return CampaignView{}, &Error{Code: CodeInvalid, Detail: "order without a cut", Fields: []FieldError{{Field: fmt.Sprintf("quota_numbers[%d].does", i), Rule: "value",
				Vi: "Thứ tự và cách xử lý phần vượt chỉ dùng cho số có hiệu lực cắt; hãy chọn “Cắt” hoặc bỏ hai mục đó.", En: "Order and what becomes of the rest are for a number that cuts: choose that, or leave both empty."}}}
		}
		if _, err := a.law().Award(n.Award); err != nil {
			return CampaignView{}, &Error{Code: CodeInvalid, Detail: "no such award", Fields: []FieldError{{Field: fmt.Sprintf("quota_numbers[%d].award", i), Rule: "value",
				Vi: "Hãy chọn danh hiệu, hình thức trong danh mục.", En: "Choose an award of the catalogue."}}}
		}
	}
	if err := a.campaignID(ctx, s, &in, r); err != nil {
		return CampaignView{}, err
	}
	for _, p := range CampaignPoints {
		if in.Open == nil {
			in.Open = map[string]StatedOrNot{}
		}
		if v := in.Open[p.Code]; v.Value == "" {
			in.Open[p.Code] = StatedOrNot{NotStated: true}
		}
	}
	data, err := json.Marshal(in.CampaignText)
	if err != nil {
		return CampaignView{}, internal("encode campaign", err)
	}
	d := doing(s, "campaign.save", in.ID, in.Reason, in.Nonce)
	_, err = a.Store.PutCampaign(ctx, d, postgres.CampaignRow{ID: in.ID, Status: in.Status, Version: in.Version, Data: data})
	if errors.Is(err, postgres.ErrMoved) {
		return CampaignView{}, &Error{Code: CodeConflict}
	}
	if err != nil {
		return CampaignView{}, changed("save campaign", err)
	}
	return a.CampaignView(ctx, s, in.ID)
}

// campaignID names a new campaign, and refuses to move one out of another's reach.
func (a *App) campaignID(ctx context.Context, s Session, in *CampaignInput, r reach) error {
	if in.Version == 0 {
		if in.ID == "" {
			in.ID = roster.Tree{}.NewID(in.Title)
		}
		for _, pr := range (roster.Tree{}).CheckUnit(roster.Unit{ID: in.ID}) {
			if pr.Field == "id" {
				return wrong([]roster.Problem{pr})
			}
		}
		return nil
	}
	was, err := a.CampaignView(ctx, s, in.ID)
	if err != nil {
		return err
	}
	if !was.Mine {
		return a.refuse(ctx, s, "campaign.save", in.ID, fail(CodeForbidden, "another unit's campaign"))
	}
	in.Indicators = was.Indicators
	if len(in.Audience) == 0 {
		in.Audience = was.Audience
	}
	return nil
}
