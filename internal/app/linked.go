package app

import (
	"context"

	"vinhdanh/internal/postgres"
)

// linkedReady refuses to send a proposal opened for a lower award before the item
// it came from is closed for it: one achievement, one award. A draft whose lowering
// was refused in the end is removed.
func (a *App) linkedReady(ctx context.Context, p postgres.Proposal) error {
	ready, err := a.Store.LinkedReady(ctx, p.ID)
	if err != nil {
		return internal("read the linked item", err)
	}
	if !ready {
		dropped, err := a.Store.DropLinked(ctx, p.ID, preparedFor)
		if err != nil {
			return internal("drop the linked draft", err)
		}
		if dropped {
			return readable(CodeConflict, "Việc hạ mức đã bị từ chối nên dự thảo này được bỏ; hãy tải lại hồ sơ.",
				"the lowering was refused, so this draft was removed; read the submission again")
		}
		return &Error{
			Code: CodeNotReady, Detail: "the lowering is not recorded yet",
			Vi: "Chưa gửi được: việc hạ mức của trường hợp gốc chưa được ghi nhận.",
			En: "Not ready to send: the lowering of the original item is not recorded yet.",
		}
	}
	return nil
}
