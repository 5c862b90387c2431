package proposal

import (
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
)

func TestAcceptChecksAgainWhatChanged(t *testing.T) {
	t.Parallel()
	r2 := provincial()
	r2.Code = "R2"
	tests := []struct {
		name  string
		data  AcceptData
		again bool
	}{
		{"nothing", accepting(), false},
		{"regime", AcceptData{Regime: "R2", LawHash: "law1"}, true},
		{"law data", AcceptData{Regime: "R1", LawHash: "law2"}, true},
		{"route", AcceptData{Regime: "R1", LawHash: "law1", Route: &r2}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := newPlayer(t, input(provincial(), 1)).until(StageReception)
			got := p.do(ActionAccept, RoleAppraiser, standing, tt.data)
			require.Equal(t, tt.again, p.c.Validating())
			require.Equal(t, tt.data.Regime, got.Regime)
			require.Equal(t, tt.data.LawHash, got.LawHash)
			require.Equal(t, StageAppraisal, got.After.Stage)
			if tt.again {
				p.refuse(envelope.CodeValidating, ActionAppraise, RoleAppraiser, standing, appraising())
				p.valid()
			}
			p.onward()
		})
	}
}

func TestAcceptWithAnotherRoute(t *testing.T) {
	t.Parallel()
	p := newPlayer(t, input(provincial(), 1)).until(StageReception)
	with := func(change func(*Route)) AcceptData {
		r := provincial()
		change(&r)
		return AcceptData{Regime: "R2", LawHash: "law2", Route: &r}
	}
	for name, d := range map[string]AcceptData{
		"other first unit":     with(func(r *Route) { r.Stages[0].Unit = "u-x" }),
		"other review unit":    with(func(r *Route) { r.Stages[1].Unit = "u-x" }),
		"review left out":      with(func(r *Route) { *r = districtDecided() }),
		"no issuance":          with(func(r *Route) { r.Stages = r.Stages[:5] }),
		"nothing ahead":        with(func(r *Route) { r.Stages = r.Stages[:3] }),
		"council before again": with(func(r *Route) { r.Stages[3], r.Stages[4] = r.Stages[4], r.Stages[3] }),
		"nobody signs":         with(func(r *Route) { r.Stages[5].Roles = nil }),
		"empty":                {Regime: "R2", LawHash: "law2", Route: &Route{}},
	} {
		t.Run(name, func(t *testing.T) { p.refuse(envelope.CodeData, ActionAccept, RoleAppraiser, standing, d) })
	}
	r := reviewedSimplified()
	p.do(ActionAccept, RoleAppraiser, standing, AcceptData{Regime: "R2", LawHash: "law2", Route: &r})
	p.valid()
	got := p.onward()
	require.Equal(t, StageIssuance, got.After.Stage, "the confirmed route has no council")
}
