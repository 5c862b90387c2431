package lawdiff

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/law"
)

// Data that load, and have lost a rule for every award, a sum and a quota.
func TestVanished(t *testing.T) {
	t.Parallel()
	assert.Empty(t, Vanished(law.Default(), law.Default()))
	files := law.Default().Files()
	edit := func(file, old, text string) {
		require.Contains(t, files[file], old)
		files[file] = strings.Replace(files[file], old, text, 1)
	}
	edit("criteria-global.yaml", "criteria: [NOT_ON_HOLD, NOT_REWARDED_TWICE, UNIT_NOT_DISSOLVED, PROPOSER_MANAGES]", "criteria: [NOT_ON_HOLD, UNIT_NOT_DISSOLVED, PROPOSER_MANAGES]")
	edit("money.yaml", "  - {award: CSTDT, kinds: [individual], regimes: [R2], hundredths: 300,", "  - {award: CSTDT, kinds: [individual], regimes: [R2], hundredths: 900,")
	edit("money.yaml", "  - {award: LDTT, kinds: [individual], regimes: [R3],", "  # - {award: LDTT, kinds: [individual], regimes: [R3],")
	files["quotas.yaml"] = files["quotas.yaml"][strings.Index(files["quotas.yaml"], "ladders:"):]
	l, err := law.FromFiles(files)
	require.NoError(t, err, "it loads all the same")
	var vi []string
	for _, v := range Vanished(law.Default(), l) {
		vi = append(vi, v.VI)
		assert.Contains(t, v.EN, "Vanished")
	}
	all := strings.Join(vi, "\n")
	assert.Contains(t, all, "Thành tích này chưa được khen thưởng")
	assert.Contains(t, all, "(R2, R3)")
	assert.Contains(t, all, "Mức tiền thưởng “Lao động tiên tiến, cá nhân” (R3)")
	assert.Contains(t, all, "Tỷ lệ, số lượng “")
	assert.NotContains(t, all, "cấp tỉnh, cá nhân", "a sum that changed has not vanished")
}
