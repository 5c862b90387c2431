package api

import (
	"context"
	"net/http"
	"time"

	"vinhdanh/internal/app"
)

// healthz tells that the process serves.
func healthz(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write([]byte(`{"status":"alive"}` + "\n")) // who asked has gone
}

// readyz tells that database and Temporal answer.
func (h *handlers) readyz(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 3*time.Second)
	defer cancel()
	if err := h.app.Ready(ctx); err != nil {
		writeProblem(w, r, app.ErrorOf(err))
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write([]byte(`{"status":"ready"}` + "\n")) // who asked has gone
}
