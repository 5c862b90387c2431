package app

import (
	"slices"

	"vinhdanh/internal/council"
)

// What a reader may do with a session, as SessionView.May names it.
const (
	ActEdit     = "edit" // the draft and its agenda
	ActConvene  = "convene"
	ActPresence = "presence"
	ActOpen     = "open"
	ActDeclare  = "declare"
	ActCast     = "cast"           // an own ballot
	ActWrite    = "write"          // enter an absent member's written opinion
	ActCount    = "count"          // enter paper counts
	ActClose    = "close"          // count and end
	ActCancel   = "cancel"         // end without a result
	ActKey      = "ballot-key"     // make a share of the sealed ballots' key
	ActSeal     = "cast-sealed"    // an own sealed ballot
	ActFreeze   = "freeze-ballots" // close the box of sealed ballots
	ActUnseal   = "count-sealed"   // open them with both shares
	ActAttest   = "attest-count"   // attest that
	ActScreen   = "screen"         // choose what the projector shows
	ActAskLate  = "ask-late"       // put late proposals before the chair
	ActDropLate = "drop-late"      // take such a request back, or not consent to it
	ActAdmit    = "admit-late"     // consent: they join the agenda
	ActTeam     = "counting-team"  // name the counting team
	ActSign     = "sign-count"     // sign for the count as its head
	ActPriority = "set-priority"   // enter the order of priority that the Council settled
	ActMinutes  = "minutes"        // the result and its minutes are there to read
)

// mayDo lists what the reader may do with the session as it stands.
func mayDo(s Session, v SessionView) []string {
	can := func(action string) bool {
		_, ok := s.may("session."+action, sessionPlace(v.CouncilSession).In(""))
		return ok
	}
	var own SeatView
	if at := slices.IndexFunc(v.Roster, func(x SeatView) bool { return x.User == s.User }); at >= 0 {
		own = v.Roster[at]
	}
	seated := own.User != ""
	phase := council.Phase(v.Phase)
	draft, live := v.Number == 0 && !over(v.CouncilSession), phase == council.PhaseConvened || phase == council.PhaseOpen
	out := []string{}
	add := func(act string, may bool) {
		if may {
			out = append(out, act)
		}
	}
	add(ActEdit, can("put-on-agenda") && draft)
	add(ActConvene, can("convene") && draft)
	add(ActPresence, can("mark-presence") && !inWriting(v.CouncilSession) && (draft || phase == council.PhaseConvened))
	add(ActOpen, can("open") && phase == council.PhaseConvened)
	add(ActDeclare, can("declare") && seated && (draft || live))
	voting := phase == council.PhaseOpen && v.Priority == nil
	add(ActPriority, can("set-priority") && v.Priority != nil)
	add(ActCast, can("cast") && seated && voting && !own.Voted)
	add(ActWrite, can("write") && voting)
	add(ActCount, can("count-paper") && voting && !v.Electronic && (v.Team == nil || v.Team.Counts(s.User)))
	add(ActTeam, can("counting-team") && live && v.Priority == nil && !v.Electronic && v.onPaper() && (v.Counts == 0 || v.Team != nil && !v.Team.Signed))
	add(ActSign, can("sign-count") && phase == council.PhaseOpen && v.Team != nil && v.Team.Head().User == s.User && v.Counted && !v.Team.Signed)
	add(ActClose, can("close") && own.Chair && phase == council.PhaseOpen)
	add(ActCancel, can("cancel") && (draft || live))
	add(ActAskLate, can("ask-late") && phase == council.PhaseConvened)
	add(ActDropLate, can("drop-late") && phase == council.PhaseConvened)
	add(ActAdmit, can("admit-late") && own.Chair && phase == council.PhaseConvened)
	add(ActScreen, can("show-on-screen") && (draft || live || phase == council.PhaseClosed))
	add(ActMinutes, phase == council.PhaseClosed)
	if v.Secret != nil {
		out = append(out, mayDoSealed(v, own, can)...)
	}
	return out
}

// onPaper tells whether an item is voted on by secret ballot on paper.
func (v SessionView) onPaper() bool {
	return slices.ContainsFunc(v.Agenda, func(it AgendaItem) bool { return it.Rule != nil && it.Rule.Ballot == council.BallotSecret })
}

// mayDoSealed lists what the reader may do with a session's sealed ballots.
func mayDoSealed(v SessionView, own SeatView, can func(string) bool) []string {
	st, phase := *v.Secret, council.Phase(v.Phase)
	open, boxed, keyed := phase == council.PhaseOpen && v.Priority == nil, st.Root != "", len(st.Keys) == 2 || st.Round == 1
	var out []string
	for act, may := range map[string]bool{
		ActKey:    phase == council.PhaseConvened || open && !keyed,
		ActSeal:   open && keyed && !boxed && own.User != "" && !own.Sealed,
		ActFreeze: open && keyed && !boxed && own.Chair,
		ActUnseal: open && boxed && !st.Counted && own.Chair,
		ActAttest: open && st.Counted && !st.Attested,
	} {
		if may && can(act) {
			out = append(out, act)
		}
	}
	slices.Sort(out)
	return out
}
