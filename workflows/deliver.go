package workflows

import (
	"go.temporal.io/sdk/workflow"
)

// maxRounds bounds how often a batch is sealed again for cases that moved (held
// and released, say) between sealing and delivery.
const maxRounds = 5

// deliverAll seals and delivers until no case moved in between. seal makes the
// batch of one round.
func deliverAll(ctx workflow.Context, seal func(round int) (Sealed, error)) (Delivery, error) {
	var total Delivery
	for round := 1; round <= maxRounds; round++ {
		sealed, err := seal(round)
		if err != nil {
			return total, err
		}
		if sealed.Count == 0 {
			return total, nil
		}
		var d Delivery
		err = workflow.ExecuteActivity(withLong(ctx, "deliver results"), ActivityDeliver, sealed).Get(ctx, &d)
		if err != nil {
			return total, err
		}
		total.Delivered += d.Delivered
		total.Refused += d.Refused
		total.Moved = d.Moved
		if d.Moved == 0 {
			return total, nil
		}
	}
	return total, nil
}
