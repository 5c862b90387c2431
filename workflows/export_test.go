package workflows

// Names of the Updates that each workflow registers, for the tests.
var (
	CommendationUpdates = updates
	CouncilUpdates      = councilUpdates
	IssuanceUpdates     = issuanceUpdates
	RevocationUpdates   = revocationUpdates
)
