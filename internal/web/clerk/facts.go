package clerk

// factField is one fact of the form. Path is its place in the content; Fact the name
// by which the criteria ask for it ("" asks always).
type factField struct {
	Path, Fact, Type string // Type: word, flag, count, money
	Words            []string
}

var (
	ratings     = []string{"FAIL", "DONE", "GOOD", "EXCELLENT"}
	disciplines = []string{"NONE", "REPRIMAND", "WARNING", "DEMOTION", "DISMISSAL"}
	scopes      = []string{"GRASSROOTS", "FIELD", "PROVINCE", "NATION"}
	occupations = []string{"OFFICIAL", "WORKER", "FARMER", "SOLDIER", "BUSINESS"}
	works       = []string{"INITIATIVE", "RESEARCH"}
)

// factFields are the facts that a form may ask for, in its order.
var factFields = []factField{
	{"facts.rating", "rating", "word", ratings},
	{"facts.discipline", "discipline", "word", disciplines},
	{"facts.occupation", "occupation", "word", occupations},
	{"facts.members.total", "members.total", "count", nil},
	{"facts.members.task_done", "members.task_done", "count", nil},
	{"facts.members.ldtt", "members.ldtt", "count", nil},
	{"facts.members.cstdcs", "members.cstdcs", "count", nil},
	{"facts.members.discipline", "members.discipline", "word", disciplines},
	{"facts.cluster.organiser", "cluster.organiser", "word", scopes},
	{"facts.cluster.rank", "cluster.rank", "count", nil},
	{"facts.cluster.best_of_leaders", "cluster.best_of_leaders", "flag", nil},
	{"facts.collective.targets_exceeded", "collective.targets_exceeded", "flag", nil},
	{"facts.collective.unity", "collective.unity", "flag", nil},
	{"facts.collective.party_organisation", "collective.party_organisation", "flag", nil},
	{"facts.collective.clean_party", "collective.clean_party", "flag", nil},
	{"facts.campaign.level", "campaign.level", "word", scopes},
	{"facts.campaign.term_years", "campaign.term_years", "count", nil},
	{"facts.campaign.review_held", "campaign.review_held", "flag", nil},
	{"facts.campaign.selected", "campaign.selected", "flag", nil},
	{"facts.campaign.leader", "campaign.leader", "flag", nil},
	{"facts.campaign.quota_stated", "campaign.quota_stated", "flag", nil},
	{"facts.campaign.quota_limit", "campaign.quota_limit", "count", nil},
	{"facts.campaign.quota_proposed", "campaign.quota_proposed", "count", nil},
	{"facts.contribution.amount", "contribution.amount", "money", nil},
	{"facts.contribution.threshold", "contribution.threshold", "money", nil},
	{"facts.adhoc.confirmed", "adhoc.confirmed", "flag", nil},
	{"facts.adhoc.influence", "adhoc.influence", "word", scopes},
	{"facts.foreign.subject", "foreign.subject", "flag", nil},
	{"facts.foreign.opinion", "foreign.opinion", "flag", nil},
	{"facts.ministry_certificate", "ministry_certificate", "flag", nil},
	{"facts.proposed_right_after", "proposed_right_after", "flag", nil},
	{"facts.special_merit", "special_merit", "flag", nil},
	{"facts.congress_round", "congress_round", "flag", nil},
	{"facts.public_comment.days", "public_comment.days", "count", nil},
	{"facts.quota.ldtt", "quota.ldtt", "count", nil},
	{"facts.quota.cstdcs_proposed", "quota.cstdcs_proposed", "count", nil},
	{"facts.framework_met", "framework_met", "flag", nil},
	{"facts.local_criteria_met", "local_criteria_met", "flag", nil},
	{"facts.proposer_manages", "proposer_manages", "flag", nil},
	{"facts.on_hold", "on_hold", "flag", nil},
	{"facts.already_rewarded", "already_rewarded", "flag", nil},
	{"facts.unit_dissolved", "unit_dissolved", "flag", nil},
}
