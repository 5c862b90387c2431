// Package council is the pages of a council's sessions: who meets, on what, with
// which interests, and how it was voted.
//
// A session goes from draft to convened, open and closed; its page (session.go) says
// where it stands and leads to what the reader may do there, as the application
// says (SessionView.May). Before: new.go, agenda.go, declare.go, presence.go,
// convene.go, late.go. During: run.go for secretary and chair, projector.go for the room,
// ballot.go, check.go and cast.go for a member, opinion.go, team.go and count.go for what
// comes on paper, secret.go and sealed.go for secret ballots that do not, priority.go where equal votes
// straddle a quota, end.go to close or cancel. After: result.go and minutes.go.
//
// Two rules shape the pages. A member declares interests before the material opens,
// so declare.go comes first. And nothing but the voter's own ballot page shows a
// choice before the chair has closed: progress is numbers.
package council

import (
	"embed"
	"io/fs"

	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/ui"
)

//go:embed all:views
var views embed.FS

//go:embed text.yaml
var words []byte

//go:embed static
var static embed.FS

// Area is the pages of a council's sessions.
func Area() ui.Area {
	return ui.Area{
		Name: "council", Views: views, Text: words, Static: fs.FS(static),
		Nav: []ui.Nav{{Path: "/sessions", Key: "council.nav", Order: 40, Roles: []proposal.Role{
			proposal.RoleSecretary, proposal.RoleChair, proposal.RoleMember, proposal.RoleStandingHead, proposal.RoleAppraiser, proposal.RoleAuditor,
		}}},
		Routes: func(m *ui.Mux) {
			before(m)
			during(m)
			after(m)
		},
	}
}

func before(m *ui.Mux) {
	m.Page("GET /sessions", list)
	m.Page("GET /sessions/new", draftForm)
	m.Page("POST /sessions", draft)
	m.Page("GET /sessions/{id}", session)
	m.Page("GET /sessions/{id}/edit", editForm)
	m.Page("POST /sessions/{id}/edit", edit)
	m.Page("GET /sessions/{id}/agenda", agenda)
	m.Page("POST /sessions/{id}/agenda", changeAgenda)
	m.Page("GET /sessions/{id}/late", late)
	m.Page("POST /sessions/{id}/late", changeLate)
	m.Page("GET /sessions/{id}/agenda/print", printAgenda)
	m.Page("GET /sessions/{id}/agenda.xlsx", agendaSheet)
	m.Page("GET /sessions/{id}/paper", paper)
	m.Page("GET /sessions/{id}/items/{item}", item)
	m.Page("GET /sessions/{id}/lines/{n}", line)
	m.Page("GET /sessions/{id}/declare", declareForm)
	m.Page("POST /sessions/{id}/declare", declare)
	m.Page("GET /sessions/{id}/presence", presence)
	m.Page("POST /sessions/{id}/presence", markPresence)
	m.Page("GET /sessions/{id}/convene", conveneCheck)
	m.Page("POST /sessions/{id}/convene", convene)
}

func during(m *ui.Mux) {
	m.Page("POST /sessions/{id}/open", open)
	m.Page("GET /sessions/{id}/run", run)
	m.Page("GET /sessions/{id}/progress", progress)
	m.Page("POST /sessions/{id}/screen", screen)
	m.Page("GET /sessions/{id}/projector", projector)
	m.Page("GET /sessions/{id}/projector/live", projectorLive)
	m.Page("GET /sessions/{id}/ballot", ballot)
	m.Page("POST /sessions/{id}/ballot", saveBallot)
	m.Page("GET /sessions/{id}/ballot/check", checkBallot)
	m.Page("POST /sessions/{id}/cast", cast)
	m.Page("GET /sessions/{id}/secret", secret)
	m.Page("POST /sessions/{id}/secret/key", makeKey)
	m.Page("POST /sessions/{id}/secret/freeze", freeze)
	m.Page("POST /sessions/{id}/secret/open", unseal)
	m.Page("POST /sessions/{id}/secret/attest", attest)
	m.Page("GET /sessions/{id}/secret/record.json", secretRecord)
	m.Page("GET /sessions/{id}/sealed", sealedForm)
	m.Page("POST /sessions/{id}/sealed", castSealed)
	m.Page("GET /sessions/{id}/opinion", opinionForm)
	m.Page("POST /sessions/{id}/opinion", opinion)
	m.Page("GET /sessions/{id}/team", team)
	m.Page("POST /sessions/{id}/team", nameTeam)
	m.Page("POST /sessions/{id}/count/sign", signCount)
	m.Page("GET /sessions/{id}/count", countForm)
	m.Page("POST /sessions/{id}/count", count)
	m.Page("GET /sessions/{id}/priority", priority)
	m.Page("POST /sessions/{id}/priority", setPriority)
	m.Page("GET /sessions/{id}/close", closeForm)
	m.Page("POST /sessions/{id}/close", closeSession)
	m.Page("GET /sessions/{id}/cancel", cancelForm)
	m.Page("POST /sessions/{id}/cancel", cancel)
}

func after(m *ui.Mux) {
	m.Page("GET /sessions/{id}/result", result)
	m.Page("GET /sessions/{id}/minutes", minutes)
	m.Page("GET /sessions/{id}/minutes/{file}", minutesFile)
	m.Page("GET /sessions/{id}/count-record", countRecord)
	m.Page("GET /sessions/{id}/count-record/{file}", countRecordFile)
}

// here is the address of the session that the request names.
func here(c *ui.Context) string { return "/sessions/" + c.Path("id") }
