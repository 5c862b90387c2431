package app

import (
	"context"

	"vinhdanh/internal/config"
)

// Setting is one setting with its effect and its default; a secret says only whether
// it is set.
type Setting = config.Shown

// ShowSettings lists the settings that this process was started with.
func (a *App) ShowSettings(ctx context.Context, s Session) ([]Setting, error) {
	if err := a.installation(ctx, s, true, "settings.read", ""); err != nil {
		return nil, err
	}
	return append([]Setting{}, a.Settings...), nil
}
