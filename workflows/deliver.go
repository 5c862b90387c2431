package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// Pauses between the rounds of a delivery: a case that moved once is soon told, one
// that keeps moving does not fill the history.
const (
	firstPause = time.Minute
	longPause  = time.Hour
)

// deliverAll seals and delivers until every case has its result or has refused it;
// cases that moved (held and released, say) between sealing and delivery get
// another round, for as long as it takes. seal makes the batch of one round, for
// the cases named, or for all of them in the first.
func deliverAll(ctx workflow.Context, seal func(round int, moved []string) (Sealed, error)) (Delivery, error) {
	var total Delivery
	var moved []string
	pause := firstPause
	for round := 1; ; round++ {
		sealed, err := seal(round, moved)
		if err != nil || sealed.Count == 0 {
			return total, err
		}
		var d Delivery
		err = workflow.ExecuteActivity(withLong(ctx, "deliver results"), ActivityDeliver, sealed).Get(ctx, &d)
		if err != nil {
			return total, err
		}
		total.Delivered += d.Delivered
		total.Refused += d.Refused
		if d.Moved == 0 {
			return total, nil
		}
		moved = d.Cases
		if err := workflow.Sleep(ctx, pause); err != nil {
			return total, err
		}
		pause = min(2*pause, longPause)
	}
}
