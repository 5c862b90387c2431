package account

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/council"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/proposal"
)

var teller = Teller{
	Name: func(id string) string {
		return map[string]string{"u1": "Nguyễn Văn Ví Dụ", "u2": "Trần Thị Minh Họa"}[id]
	},
	Unit: func(id string) string { return map[string]string{"huyen": "UBND huyện"}[id] },
	Reason: func(c string) string {
		return map[string]string{"c1": "chưa đủ mức", "c2": "thiếu báo cáo"}[c]
	},
}

func body(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	require.NoError(t, err)
	return b
}

func TestRowTellsWhoWhatWhyAndUnderWhichRules(t *testing.T) {
	t.Parallel()
	step := envelope.Step{Number: 2, Action: "decide", Actor: "u1", OnBehalfOf: "u2", Role: "reviewer", Unit: "huyen", At: time.Unix(0, 0)}
	tr := proposal.Transition{
		Step: step, Verdict: proposal.VerdictForward, Regime: "R1", LawHash: strings.Repeat("a", 64), Also: []string{"clerk"},
		Items: []proposal.ItemChange{
			{Item: "i1", Opinion: proposal.OpinionPropose},
			{Item: "i2", Outcome: proposal.OutcomeNotProposed, Reason: "c1"},
		},
	}
	text, err := teller.Row("commendation/x", body(t, tr))
	require.NoError(t, err)
	assert.Equal(t, "Nguyễn Văn Ví Dụ (người xét duyệt, UBND huyện), xử lý thay Trần Thị Minh Họa, xét và chuyển lên cấp trên; "+
		"không đề nghị: 1; trong hồ sơ này người đó cũng đã là người làm công tác thi đua, khen thưởng; lý do: “chưa đủ mức”; "+
		"quy định R1, dữ liệu luật aaaaaaaaaaaa.", text.VI)
	assert.Contains(t, text.EN, "reviewed and forwarded; not proposed: 1")
	assert.Contains(t, text.EN, "on behalf of Trần Thị Minh Họa")
}

func TestReturnAndIssueAreTold(t *testing.T) {
	t.Parallel()
	ret := proposal.Transition{Step: envelope.Step{Action: "decide", Actor: "u1", Role: "reviewer"}, Verdict: proposal.VerdictReturn, Reason: "c2"}
	text, err := teller.Row("commendation/x", body(t, ret))
	require.NoError(t, err)
	assert.Contains(t, text.VI, "yêu cầu bổ sung, hoàn thiện; lý do: “thiếu báo cáo”")

	issued := proposal.Transition{
		Step:     envelope.Step{Action: "issued", Actor: "issuance:d"},
		Decision: &proposal.IssuedData{Number: "328/QĐ-UBND", Date: "2018-03-12"},
		Items:    []proposal.ItemChange{{Item: "i", Outcome: proposal.OutcomeRecognised}},
	}
	text, err = teller.Row("commendation/x", body(t, issued))
	require.NoError(t, err)
	assert.Contains(t, text.VI, "Quyết định được ban hành số 328/QĐ-UBND ngày 12/03/2018; được khen thưởng: 1")
}

func TestCouncilAndIssuanceAreTold(t *testing.T) {
	t.Parallel()
	text, err := teller.Row("council/x", body(t, council.Transition{
		Step:    envelope.Step{Action: council.ActionClose, Actor: "u1", Role: "chair"},
		Results: []council.ResultRow{{Item: "a", Passed: true}, {Item: "b"}},
	}))
	require.NoError(t, err)
	assert.Contains(t, text.VI, "kết thúc biểu quyết: 1 trên 2 trường hợp đạt.")

	text, err = teller.Row("council/x", body(t, council.Transition{Step: envelope.Step{Action: council.ActionCountPaper, Actor: "u1"}, Entry: 0}))
	require.NoError(t, err)
	assert.Contains(t, text.VI, "không khớp")

	text, err = teller.Row("issuance/x", body(t, proposal.IssuanceTransition{
		Step: envelope.Step{Action: "number", Actor: "u1", Role: "registrar"}, Given: "12/QĐ-UBND", Date: "2023-11-20",
	}))
	require.NoError(t, err)
	assert.Contains(t, text.VI, "cấp số 12/QĐ-UBND, ngày 20/11/2023.")
}

func TestUnknownKindIsAnError(t *testing.T) {
	t.Parallel()
	_, err := teller.Row("other/x", []byte("{}"))
	assert.Error(t, err)
	_, err = teller.Row("commendation/x", []byte("not json"))
	assert.Error(t, err)
}

func TestUnresolvedReasonAndNameStaySilent(t *testing.T) {
	t.Parallel()
	text, err := Teller{}.Row("commendation/x", body(t, proposal.Transition{
		Step: envelope.Step{Action: "withdraw", Actor: "u9", Role: "unit_head"}, Reason: "unknown",
	}))
	require.NoError(t, err)
	assert.Equal(t, "u9 (thủ trưởng đơn vị) xin rút hồ sơ; quy định , dữ liệu luật .", text.VI)
}

// Every action that a state machine knows has words, in both languages.
func TestEveryActionHasWords(t *testing.T) {
	t.Parallel()
	for file, prefix := range map[string]string{
		"../proposal/transition.go": "", "../council/session.go": "council:", "../proposal/issuance.go": "issuance:",
	} {
		for _, action := range constants(t, file, "Action") {
			key := prefix + action
			if key == "decide" {
				key = "decide:forward"
			}
			assert.NotEmpty(t, verbs[key].VI, "%s: %s", file, key)
			assert.NotEmpty(t, verbs[key].EN, "%s: %s", file, key)
		}
	}
	for _, role := range constants(t, "../proposal/route.go", "Role") {
		assert.NotEmpty(t, roles[role].VI, role)
	}
}

// constants reads the string constants of a file whose names start with a prefix.
func constants(t *testing.T, file, prefix string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	require.NoError(t, err)
	var out []string
	ast.Inspect(f, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if ok && len(v.Values) == 1 && strings.HasPrefix(v.Names[0].Name, prefix) {
			if lit, isLit := v.Values[0].(*ast.BasicLit); isLit {
				s, err := strconv.Unquote(lit.Value)
				require.NoError(t, err)
				out = append(out, s)
			}
		}
		return true
	})
	require.NotEmpty(t, out)
	return out
}
