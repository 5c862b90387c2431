package notify

import "slices"

// Channel is how a person is told of a kind of notice. In the application
// everybody is told of everything.
type Channel string

// The channels.
const (
	Now    Channel = "now"    // a mail each
	Daily  Channel = "daily"  // gathered in one mail a day
	Weekly Channel = "weekly" // gathered in one mail a week, on Mondays
	Inbox  Channel = "inbox"  // in the application only
)

// Channels lists the channels in the order in which they are offered.
func Channels() []Channel { return []Channel{Now, Daily, Weekly, Inbox} }

// mandatory are the kinds that ask the reader to do something by a day, or that
// end a case: they are mailed at once, whatever the person prefers.
var mandatory = []Kind{Returned, Overdue, ItemNotProposed, DecisionIssued}

// Mandatory tells whether a kind is mailed at once whatever the person prefers.
func Mandatory(k Kind) bool { return slices.Contains(mandatory, k) }

// Usual is the channel of a kind for who chose none.
func Usual(k Kind) Channel {
	switch k {
	case Archived, Recalled, Withdrawn, Held, Released:
		return Daily
	}
	return Now
}

// Chosen is the channel of a kind for a person's choice, "" for none.
func Chosen(k Kind, choice string) Channel {
	if Mandatory(k) {
		return Now
	}
	if slices.Contains(Channels(), Channel(choice)) {
		return Channel(choice)
	}
	return Usual(k)
}
