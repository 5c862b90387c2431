package proposal

import (
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
)

func TestSeparationOfDuties(t *testing.T) {
	t.Parallel()
	p := newPlayer(t, input(provincial(), 1), by("lan"), on("minh"))
	p.refuse(envelope.CodeSeparation, ActionDecide, RoleReviewer, district, forwarding(), by("lan"))
	p.refuse(envelope.CodeSeparation, ActionDecide, RoleReviewer, district, forwarding(), by("minh"))
	p.refuse(envelope.CodeSeparation, ActionDecide, RoleReviewer, district, forwarding(), by("an"), on("lan"))
	p.refuse(envelope.CodeSeparation, ActionDecide, RoleReviewer, district, forwarding(), by("an"), on("minh"))
	p.refuse(envelope.CodeSeparation, ActionDecide, RoleReviewer, district, returning(), by("lan"))
	got := p.do(ActionDecide, RoleReviewer, district, forwarding(), by("an"), on("binh"))
	require.Equal(t, "binh", got.OnBehalfOf)
	require.Empty(t, got.Also)

	got = p.do(ActionAccept, RoleAppraiser, standing, accepting(), by("lan"))
	require.Equal(t, []string{"unit_head"}, got.Also, "the case says that one official holds several roles")
	got = p.do(ActionAppraise, RoleStandingHead, standing, appraising(), by("cuc"), on("an"))
	require.Equal(t, []string{"reviewer"}, got.Also)
	p.until(StageIssuance)
}

func TestSeparationAmongThoseBehindADecision(t *testing.T) {
	t.Parallel()
	r := provincial()
	r.Exclusive = append(r.Exclusive, [2]Role{RoleRegistrar, RoleSigner})
	p := newPlayer(t, input(r, 1), by("lan"), on("minh"))
	p.do(ActionDecide, RoleReviewer, district, forwarding(), by("an"))
	p.do(ActionAccept, RoleAppraiser, standing, accepting(), by("cuc"))
	p.do(ActionAppraise, RoleStandingHead, standing, appraising(), by("dao"))
	p.do(ActionCouncilResult, RoleChair, province, resulting(p.c, OutcomePassed), by("chair"))
	signedBy := func(persons ...string) IssuedData {
		d := issuing(p.c)
		d.Signer = persons
		return d
	}
	for _, person := range []string{"lan", "minh", "an", "cuc", "dao", "p-submitter", "p-registrar"} {
		p.refuse(envelope.CodeSeparation, ActionIssued, RoleRegistrar, province, signedBy(person))
		p.refuse(envelope.CodeSeparation, ActionIssued, RoleRegistrar, province, signedBy("chair", person))
	}
	p.refuse(envelope.CodeSeparation, ActionIssued, RoleRegistrar, province, signedBy("em"), by("em"))
	p.do(ActionIssued, RoleRegistrar, province, signedBy("chair"), by("p-registrar"))
	require.True(t, p.c.Closed(), "the chair may vote and sign")
}

func TestSubmitterAndRegistrarAreSeparatedToo(t *testing.T) {
	t.Parallel()
	r := provincial()
	r.Exclusive = [][2]Role{{RoleStandingHead, RoleReviewer}, {RoleRegistrar, RoleReviewer}}
	p := newPlayer(t, input(r, 1))
	p.do(ActionDecide, RoleReviewer, district, forwarding(), by("an"))
	p.until(StageIssuance)
	d := issuing(p.c)
	d.Submitter = []string{"an"}
	p.refuse(envelope.CodeSeparation, ActionIssued, RoleRegistrar, province, d)
	d = issuing(p.c)
	d.Registrar = []string{"x", "an"}
	p.refuse(envelope.CodeSeparation, ActionIssued, RoleRegistrar, province, d)
	p.onward()
}

func TestExclusiveHoldsBothWays(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]Role{{RoleUnitHead, RoleAppraiser}, {RoleAppraiser, RoleUnitHead}} {
		r := provincial()
		r.Exclusive = [][2]Role{pair}
		p := newPlayer(t, input(r, 1), by("lan")).until(StageReception)
		p.refuse(envelope.CodeSeparation, ActionAccept, RoleAppraiser, standing, accepting(), by("lan"))
		p.do(ActionAccept, RoleStandingHead, standing, accepting(), by("lan"))
		p.refuse(envelope.CodeSeparation, ActionHold, RoleAppraiser, standing, ReasonData{Reason: "r"}, by("lan"))
	}
}

func TestNobodyDecidesOnThemselves(t *testing.T) {
	t.Parallel()
	p := newPlayer(t, input(provincial(), 3))
	p.refuse(envelope.CodeOwnCase, ActionDecide, RoleReviewer, district, forwarding(), self("s1"))
	p.refuse(envelope.CodeOwnCase, ActionHold, RoleReviewer, district, ReasonData{Reason: "r"}, self("s1"))
	p.refuse(envelope.CodeOwnCase, ActionLower, RoleUnitHead, school, LowerData{Item: "i1", Award: "GK", Link: "p2"}, self("s2"))
	p.do(ActionDecide, RoleReviewer, district, forwarding(not("i3")), self("s9"))
	p.refuse(envelope.CodeOwnCase, ActionAccept, RoleAppraiser, standing, accepting(), self("s2"))
	p.do(ActionAccept, RoleAppraiser, standing, accepting(), self("s3")) // no longer in play
	p.do(ActionReconsider, RoleUnitHead, school, ask("i3"))
	p.refuse(envelope.CodeOwnCase, ActionDecide, RoleReviewer, district, answering(), self("s3"))
	p.refuse(envelope.CodeOwnCase, ActionDecide, RoleAppraiser, standing, returning(), self("s3"))
	p.do(ActionDecide, RoleReviewer, district, answering(), self("s9"))
	p.until(StageCouncil)
	p.refuse(envelope.CodeOwnCase, ActionCouncilResult, RoleChair, province, resulting(p.c, OutcomePassed), self("s1"))
	p.do(ActionWithdraw, RoleUnitHead, school, ReasonData{}, self("s1"))
}

func TestTheirOwnPapersTheyMayTakeBack(t *testing.T) {
	t.Parallel()
	p := newPlayer(t, input(provincial(), 1))
	p.do(ActionRecall, RoleClerk, school, ReasonData{}, self("s1"))
	p.refuse(envelope.CodeOwnCase, ActionResubmit, RoleUnitHead, school, resubmitting(p.c), self("s1"))
	p.do(ActionResubmit, RoleUnitHead, school, resubmitting(p.c))
}

func TestOutsideSystemsOnlyActAtTheirStage(t *testing.T) {
	t.Parallel()
	p := newPlayer(t, input(provincial(), 1))
	p.refuse(envelope.CodePurpose, ActionRecall, RoleClerk, school, ReasonData{}, key("integration/portal"))
	p.refuse(envelope.CodePurpose, ActionDecide, RoleReviewer, district, forwarding(), key("integration"))
	p.do(ActionDecide, RoleReviewer, district, forwarding(), key("integration/portal"))
}
