package api

import (
	"context"
	"net/http"

	"vinhdanh/internal/app"
)

func (h *handlers) registerCorrections() {
	add(h, get("correction-form", "/decisions/{id}/correctable", "decisions", "What can be corrected of an issued decision (đính chính), as it stands now, and by what rules"), look(h.app.CorrectionForm))
	draft := post("draft-correction", "/decisions/{id}/corrections", "decisions", "Compose the decision that corrects names, positions or units of an issued one; it is then submitted, signed and numbered like every decision")
	draft.DefaultStatus = http.StatusCreated
	add(h, draft, func(ctx context.Context, s app.Session, in *ActIn[app.DraftCorrectionInput]) (*Created[app.DecisionView], error) {
		v, err := h.app.DraftCorrection(ctx, s, in.ID, in.Body)
		return &Created[app.DecisionView]{Location: prefix + "/decisions/" + v.ID, Body: v}, err
	})
}
