package app

import (
	"context"

	"vinhdanh/internal/postgres"
)

// linkedReady refuses to send a proposal opened for a lower award before the item
// it came from is closed for it: one achievement, one award.
func (a *App) linkedReady(ctx context.Context, p postgres.Proposal) error {
	ready, err := a.Store.LinkedReady(ctx, p.ID)
	if err != nil {
		return internal("read the linked item", err)
	}
	if !ready {
		return &Error{
			Code: CodeNotReady, Detail: "the lowering is not recorded yet",
			Vi: "Chưa gửi được: việc hạ mức của trường hợp gốc chưa được ghi nhận.",
			En: "Not ready to send: the lowering of the original item is not recorded yet.",
		}
	}
	return nil
}
