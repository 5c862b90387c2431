// Package eval applies the criteria of package law to the facts of one item and
// answers with a tree: every node is met (đạt), not met (không đạt) or needs a
// person (cần người xem), with its article, its mark and the facts that were used.
//
// It is pure: the same data and facts give the same bytes. It is not for
// workflows, because an update of the expression library must not break a replay.
//
// # Three values
//
// A missing fact is never "met" and never "not met". It makes the answer "needs
// a person", unless the rest decides it: one alternative of "either … or …" that
// holds is enough, and one of several conditions that fails is enough. What is
// claimed without evidence (a title without decision number, an initiative
// without certificate number) counts as "perhaps": if the condition holds without
// it, it is met; if it could only hold with it, a person must look.
//
// # Expressions (for the trained clerk)
//
// Expressions are written in the Common Expression Language: && (and), || (or),
// ! (not), == != < <= > >=, parentheses. They use these facts:
//
//	rating                       rating of the item's period; compare with FAIL DONE GOOD EXCELLENT
//	ratings                      ratings by period
//	period                       the item's achievement period
//	titles                       award ledger: award, period, decision number, date
//	initiatives                  initiatives and accepted research: kind, scope, period, certificate (number, date,
//	                             issuer, validity), authors; one of several authors needs a certificate of his own
//	members.total, members.task_done, members.ldtt, members.cstdcs   stated, or counted from the list of members
//	members.discipline           severest among members: NONE REPRIMAND WARNING DEMOTION DISMISSAL
//	occupation                   compare with == OFFICIAL WORKER FARMER SOLDIER BUSINESS
//	cluster.organiser            GRASSROOTS FIELD PROVINCE NATION: who organises the cluster or block
//	cluster.rank                 1 leads
//	cluster.best_of_leaders      best among the leaders of clusters
//	collective.targets_exceeded, collective.unity
//	collective.party_organisation, collective.clean_party
//	discipline                   the subject's own
//	on_hold, already_rewarded, proposer_manages, unit_dissolved, local_criteria_met
//	papers                       codes of the papers present: "TO_TRINH" in papers
//	campaign.level               GRASSROOTS FIELD PROVINCE NATION
//	campaign.review_held, campaign.selected, campaign.leader
//	campaign.term_years          how long the movement was launched for, in whole years
//	campaign.quota_stated, campaign.quota_limit, campaign.quota_proposed
//	contribution.amount, contribution.threshold   đồng
//	adhoc.confirmed, adhoc.influence
//	quota.ldtt, quota.cstdcs_proposed
//	foreign.subject, foreign.opinion    foreign or overseas; the Department of Foreign Affairs agrees
//	public_comment.days          working days of public comment so far
//	proposed_right_after         directly after the title that the award builds on
//	ministry_certificate         holds a ministry's certificate of merit
//	special_merit, congress_round
//	state_level.asked                   decided above the province; set from the award
//	state_level.others_in_year          the subject's other State-level proposals and awards of the calendar year
//	framework_met                the award's own decree or resolution, compared by a person
//	commendation.type            "CONG_TRANG", "DOT_XUAT", "PHONG_TRAO" …: the submission's, where it names one
//	subject.kind                 "individual", "collective", "household"
//
// and these functions:
//
//	titles.consecutive("CSTDCS", 3)     3 titles in a row, ending with the latest eligible period
//	ratings.consecutive(EXCELLENT, 2)   2 periods in a row with at least that rating
//	ratings.run(EXCELLENT, 2)           the periods of that row (none if shorter than 2)
//	titles.atLeast("CSTDCS", 3, PERIODS)          number of periods held within periods, in a row or not
//	titles.yearsSince("BKT-I", 5)       5 full years since the last decision on it, as the regime's clock counts
//	titles.ever("BKT-I", 1)                       number of periods held up to the item's, of any kind; what lies over
//	                                              its end, or cannot be placed, needs a person
//	initiatives.atLeast(2, GRASSROOTS, PERIODS)   number, scope or wider, within periods
//	initiatives.valid(1, PROVINCE, 3)             number, scope, recognised in the last 3 periods or valid by its certificate
//	initiatives.ever(1, PROVINCE)                 number, scope, of any time up to the item's
//	initiatives.ofKind(RESEARCH)                  those of one kind, for the functions above: INITIATIVE or RESEARCH
//	period.last(3)                      the item's period and the two before
//	percentAtLeast(part, whole, 70), percentOver(…), percentAtMost(…)   exact, in integers
//	askIf(CONDITION)                    where it holds, a person must look; else not met
//
// A number that comes from elsewhere than the criterion's article (a local rule, a
// practice) is not written into the expression but named, number.initiative_years_province:
// the section numbers of the data gives it its own article and mark, which every result shows.
//
// The next-award clock (section clocks of the data) is no expression: for every award the
// last decision on the same award is looked for among the titles; the item's period must
// lie after it, and rows (consecutive, run) must be long enough without the years up to it.
// Where the ledger was read (ledger_read) and holds no such decision, there is nothing to
// count from; where it was not read, a person must look.
//
// The latest eligible period of titles is the item's own; where nothing is recorded for
// it yet (its decision often comes in the same season), the one before. A row of ratings
// ends with the item's own period; without its rating a person must look. Consecutive
// counts within one kind of period: school years do not continue calendar years;
// a mixture needs a person.
package eval
