package api

import (
	"context"

	"vinhdanh/internal/app"
)

// TextName names one text in one language; a name holds a slash.
type TextName struct {
	Name   string `query:"name" required:"true" maxLength:"80" doc:"Such as notice/returned"`
	Locale string `query:"locale" required:"true" enum:"vi,en"`
}

func (h *handlers) registerTexts() {
	adminGet(h, get("texts", "/admin/texts", "admin", "Notices and standard reasons, as this installation words them"), h.app.Texts)
	add(h, get("text", "/admin/text", "admin", "One text with placeholders, the built-in words and what it said before"),
		func(ctx context.Context, s app.Session, in *TextName) (*One[app.TextView], error) {
			v, err := h.app.Text(ctx, s, in.Name, in.Locale)
			return &One[app.TextView]{v}, err
		})
	adminPost(h, post("preview-text", "/admin/text/preview", "admin", "A text with invented data; writes nothing"),
		func(ctx context.Context, s app.Session, _ string, in app.TextInput) (app.TextWords, error) {
			return h.app.PreviewText(ctx, s, in)
		})
	adminPost(h, post("save-text", "/admin/text", "admin", "Word a text, or restore the built-in one"),
		func(ctx context.Context, s app.Session, nonce string, in app.TextInput) (app.TextView, error) {
			in.Nonce = nonce
			return h.app.SaveText(ctx, s, in)
		})
	adminGet(h, get("campaigns", "/campaigns", "campaigns", "The emulation campaigns"), h.app.Campaigns)
	add(h, get("campaign-versions", "/admin/campaigns/{id}/versions", "admin", "What a campaign said before"),
		func(ctx context.Context, s app.Session, in *ByID) (*One[[]app.CampaignVersion], error) {
			v, err := h.app.CampaignVersions(ctx, s, in.ID)
			return &One[[]app.CampaignVersion]{v}, err
		})
	add(h, get("campaign-view", "/admin/campaigns/{id}", "admin", "A campaign with status and version, to be changed"),
		func(ctx context.Context, s app.Session, in *ByID) (*One[app.CampaignView], error) {
			v, err := h.app.CampaignView(ctx, s, in.ID)
			return &One[app.CampaignView]{v}, err
		})
	adminPost(h, post("save-campaign", "/admin/campaigns", "admin", "Make a campaign (version 0) or write its next version"),
		func(ctx context.Context, s app.Session, nonce string, in app.CampaignInput) (app.CampaignView, error) {
			in.Nonce = nonce
			return h.app.SaveCampaign(ctx, s, in)
		})
	adminGet(h, get("setup-tasks", "/admin/setup", "admin", "What the first set-up asks for, and what is done of it"), h.app.SetupTasks)
}
