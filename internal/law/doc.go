// Package law holds what statutes say about commendation as dated data, and
// answers questions about it: which regime applies on a day, what an award is
// called, who decides it, which stages its route has, how a council must vote,
// how many working days a stage has, how much money goes with it. The package
// is pure: no clock, no database, no network. Criteria are only stored here;
// package law/eval evaluates them.
//
// # The model
//
// A Regime (R1 to R4) is a stack of laws with a first and a last day, counted
// as civil dates in Asia/Ho_Chi_Minh. Everything else is an entry with a code
// and the list of regimes in which it holds. The same code may have several
// entries as long as no regime is named twice:
//
//	criteria:
//	  - code: TTLDTT_SHARE_LDTT
//	    regimes: [R1]
//	    article: "…"
//	    mark: old
//	    expr: percentOver(members.ldtt, members.total, 50)
//	  - code: TTLDTT_SHARE_LDTT
//	    regimes: [R2, R3]
//	    …
//
// A regime whose text nobody has seen says "assumed_from: R3". Where it has no
// entry of its own, R3's entry is used, its mark becomes unconfirmed, its Cite
// says where it came from, and a criterion taken that way always answers
// "needs a person".
//
// A draft of such a regime's text may stand beside it as a criterion with
// "draft: true". It is shown and decides nothing, unless the section apply_drafts
// (or the setting VINHDANH_DRAFT_LAW, which adds it) names the regime; then it
// decides, and says that it is a draft.
//
// A text of the stack may begin within the regime, as a circular does weeks after its
// decree. The regime then says with "earlier" how it stood up to the day before, and a
// criterion with "from" or "to" on which side of the day it holds. The regime as it stood
// has an id of its own, "R3@2025-08-04", which travels in cases like any other.
//
// Which regime a case has is said by Confirm: the one of its sending, until the
// dossier is found complete; then what the transitional rules of the later regimes
// (transitions) make of its days, or a person's word where they leave room.
//
// # Marks
//
// Every number that a statute or a local rule fixes stands beside an article
// and a mark (confirmed, secondary, unconfirmed, old), on itself or on the
// mapping around it; loading fails where one is missing. "old" means: confirmed
// for the law before 2024. "local_rule_needed: true" marks a default that the
// province has to confirm. Fractions and hundredths replace decimals; a decimal
// number does not load. A number that criteria share, or that comes from elsewhere than
// their article, is an entry of the section "numbers" with a source of its own.
//
// # Changing the data (for the trained clerk)
//
//  1. Copy the directory data/ and edit the copy with any text editor. File
//     names and the spread of sections over files are free: each *.yaml file may
//     hold any of the sections regimes, awards, authorities, routes, deadlines,
//     council_rules, papers, dossiers, retention, base_salary, multiples,
//     rounding, several_awards, criteria, global, quotas, ladders, clocks, calendar,
//     signing_for, apply_drafts, revocation_grounds,
//     reissue_reasons, correction_rules.
//  2. A new rule of the province is a new entry, or a changed value with its
//     article ("Quyết định …/QĐ-UBND Điều …") and mark "confirmed".
//  3. A new regime: close the former one with "to", add one with the next day as
//     "from", then either name it in the entries that continue or write
//     "assumed_from" until its text is known.
//  4. A changed criterion needs test cases beside it: facts, and the result that
//     is expected (met, not_met, needs_person). The words an expression may use
//     are listed in the documentation of package law/eval.
//  5. Run "vinhdanh law check DIR". It names file, line and reason of whatever
//     does not fit. Only a directory that passes can be used.
//
// Hash identifies the data; it is pinned in every case, so that a later reader
// knows under which text a case was judged.
package law
