package law

import (
	"bytes"
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Whatever is spoiled is refused, with the file, the line of the entry and a reason.
func TestLoadIsStrict(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, file, from, to string
		want                 string // part of the error
		at                   string // text whose line (before the change) must be named; "" for any
	}{
		{"unknown key", "awards.yaml", "    printed: \"Lao động tiên tiến\"", "    prnted: \"Lao động tiên tiến\"", "unknown field \"prnted\"", ""},
		{"unknown section", "papers.yaml", "papers:\n", "peipers:\n", "unknown field", ""},
		{"key twice", "papers.yaml", "dossiers:\n", "papers: []\ndossiers:\n", "already defined", ""},
		{"broken YAML", "papers.yaml", "papers:\n", "papers: [\n", "papers.yaml", ""},
		{"number without article", "money.yaml", "up_to: 10000, article: \"Nghị định 91/2017/NĐ-CP (nguyên tắc tiền thưởng)\", ", "up_to: 10000, ", "a number without article and mark", "regimes: [R1], up_to"},
		{"number without mark", "routes.yaml", "    mark: old\n    source: S39\n", "    source: S39\n", "without article and mark", ""},
		{"unknown mark", "routes.yaml", "mark: old\n    source: S39", "mark: sure\n    source: S39", "mark \"sure\" is not one of", "code: REVIEW"},
		{"empty article", "money.yaml", `article: "Nghị định 24/2023/NĐ-CP"`, `article: ""`, "article is missing", "2023-07-01"},
		{"decimal", "money.yaml", "hundredths: 30,", "hundredths: 0.3,", "money.yaml", ""},
		{"expression without mark", "criteria-global.yaml", "    mark: old\n    source: S36\n", "    source: S36\n", "an expression without article and mark", ""},
		{"anchor", "authorities.yaml", "    regimes: [R1]\n", "    regimes: &r [R1]\n", "anchors", ""},
		{"regimes overlap", "regimes.yaml", "to: 2023-12-31", "to: 2024-01-01", "no overlap, no gap", "id: R2"},
		{"regimes leave a gap", "regimes.yaml", "to: 2023-12-31", "to: 2023-12-30", "no overlap, no gap", "id: R2"},
		{"bad date", "regimes.yaml", "to: 2023-12-31", "to: 2023-12-32", "is not a date", ""},
		{"regime twice", "regimes.yaml", "id: R2", "id: R1", "stands twice", ""},
		{"assumed from nothing", "regimes.yaml", "assumed_from: R3", "assumed_from: R9", "is no other regime", "id: R4"},
		{"regime unknown", "awards.yaml", "- regimes: [R2, R3]", "- regimes: [R2, R7]", "there is no regime \"R7\"", ""},
		{"rules overlap", "awards.yaml", "- regimes: [R2, R3]", "- regimes: [R1, R2, R3]", "award LDTT in R1 stands twice", ""},
		{"unknown authority", "awards.yaml", "authority: LOCAL_LDTT", "authority: NOBODY", "there is no authority \"NOBODY\"", ""},
		{"unknown route", "awards.yaml", "route: LOCAL", "route: HIGHWAY", "there is no route \"HIGHWAY\"", ""},
		{"unknown council rule", "awards.yaml", "council: LOCAL_VOTE", "council: SHOW_OF_HANDS", "there is no council rule", ""},
		{"council missing", "awards.yaml", "        council: LOCAL_VOTE\n", "", "a council stage needs a rule", ""},
		{"council without a stage", "awards.yaml", "route: SIMPLIFIED\n", "route: SIMPLIFIED\n        council: PROVINCE_VOTE\n", "a council stage needs a rule", ""},
		{"unknown dossier", "awards.yaml", "dossier: TITLE\n", "dossier: NONE\n", "there is no dossier \"NONE\"", ""},
		{"unknown criterion", "awards.yaml", "criteria: [LDTT_RATING]", "criteria: [LDTT_RATIN]", "there is no criterion \"LDTT_RATIN\"", ""},
		{"no criteria", "awards.yaml", "criteria: [LDTT_RATING]", "criteria: []", "names no criteria", ""},
		{"a type of its own that the award has not", "awards.yaml", "- types: [DOT_XUAT]\n", "- types: [NIEN_HAN]\n", "by_type has type \"NIEN_HAN\"", ""},
		{"a type of its own without a source", "awards.yaml", "            mark: unconfirmed\n            source: S40c\n", "            source: S40c\n", "mark \"\" is not one of", ""},
		{"a type with a council and no stage for it", "awards.yaml", "            route: SIMPLIFIED_LOCAL\n", "            route: SIMPLIFIED_LOCAL\n            council: LOCAL_VOTE\n", "a council stage needs a rule", ""},
		{"a type with an unknown criterion", "awards.yaml", "criteria: [GK_LOCAL, GK_ADHOC]", "criteria: [GK_LOCAL, GK_HERO]", "there is no criterion \"GK_HERO\"", ""},
		{"unknown retention", "awards.yaml", "retention: AGENCY_10Y", "retention: SHORT", "no retention class", "code: LDTT"},
		{"unknown verb", "awards.yaml", "verb: cong_nhan", "verb: khen", "is not one of cong_nhan", "code: LDTT"},
		{"unknown kind", "awards.yaml", "kinds: [individual]", "kinds: [person]", "no kind \"person\"", "code: LDTT"},
		{"unknown placeholder", "awards.yaml", "thi đua {province_kind}", "thi đua {provinz}", "unknown placeholder", "code: CSTDT"},
		{"unknown paper", "papers.yaml", "papers: [{paper: TO_TRINH}", "papers: [{paper: TOTRINH}", "there is no paper \"TOTRINH\"", ""},
		{"base salary twice", "money.yaml", "from: 2024-07-01", "from: 2023-07-01", "stands twice", ""},
		{"multiple for the wrong kind", "money.yaml", "{award: LDTT, kinds: [individual]", "{award: LDTT, kinds: [household]", "is not for kind", ""},
		{"multiple of nothing", "money.yaml", "{award: LDTT, ", "{award: LDTTT, ", "there is no award \"LDTTT\"", ""},
		{"multiple twice", "money.yaml", "{award: LDTT, kinds: [individual], regimes: [R2]", "{award: LDTT, kinds: [individual], regimes: [R1]", "stands twice", ""},
		{"council share above one", "councils.yaml", "{num: 90, den: 100", "{num: 110, den: 100", "is no share", "code: CSTDT_VOTE"},
		{"council mode", "councils.yaml", "mode: meeting", "mode: shouting", "no known value", "code: CSTDT_VOTE"},
		{"day off twice", "calendar.yaml", "{on: 2024-04-18,", "{on: 2024-02-09,", "stands twice", ""},
		{"day off in another year", "calendar.yaml", "{on: 2024-04-18,", "{on: 2025-04-18,", "days within 2024", "{on: 2024-04-18"},
		{"make-up on a weekday", "calendar.yaml", "make_up: [2024-05-04]", "make_up: [2024-05-06]", "must be a Saturday or Sunday", ""},
		{"route without appraisal", "routes.yaml", "      - {kind: appraisal, at: authority, body: standing, roles: [appraiser, standing_head], deadline: APPRAISAL, returns_to: [nomination], decides: [propose, not_propose, return, hold], own_unit: allowed}\n", "", "has no stage \"appraisal\"", "code: PROVINCE"},
		{"a signer who may have sent", "routes.yaml", "[unit_head, signer], ", "", "another person than the unit_head", ""},
		{"a pair of one role", "routes.yaml", "[clerk, signer]", "[clerk]", "pairs of two different known roles", ""},
		{"route out of order", "routes.yaml", "kind: reception, at", "kind: issuance, at", "out of order", ""},
		{"route with an unknown role", "routes.yaml", "roles: [reviewer]", "roles: [auditor]", "no role \"auditor\"", ""},
		{"route with an unknown deadline", "routes.yaml", "deadline: REVIEW", "deadline: SOON", "no deadline \"SOON\"", ""},
		{"a route that returns nowhere", "routes.yaml", "returns_to: [nomination]", "returns_to: [council]", "not to \"council\"", ""},
		{"a return without a way", "routes.yaml", ", returns_to: [nomination]", "", "if and only if returns_to says where", ""},
		{"a council that accepts", "routes.yaml", "decides: [pass, ", "decides: [accept, ", "cannot be given to decide \"accept\"", ""},
		{"an own unit that may perhaps", "routes.yaml", "own_unit: refused", "own_unit: perhaps", "neither allowed nor refused", ""},
		{"an unknown agency", "routes.yaml", "agencies: [POLICE", "agencies: [POLIZEI", "no agency \"POLIZEI\"", ""},
		{"submitted upward and never told", "routes.yaml", "      - {kind: outcome, at: province, body: standing, roles: [appraiser, standing_head], decides: [award, not_award], own_unit: allowed}\n", "", "has no stage \"outcome\"", "code: STATE"},
		{"a stage required of no award", "required.yaml", "awards: [CSTDTQ, AHLD]", "awards: [CSTDTQ, AHLDD]", "no award \"AHLDD\"", ""},
		{"an unknown stage required", "required.yaml", "stage: publication", "stage: gazette", "no stage \"gazette\"", ""},
		{"a stage required twice", "required.yaml", "awards: [CSTDTQ, AHLD]", "awards: [CSTDTQ, CSTDTQ]", "CSTDTQ needs the stage publication in R2 twice", ""},
		{"an agency twice", "routes.yaml", "code: TAX", "code: POLICE", "stands twice", ""},
		{"nomination elsewhere", "routes.yaml", "kind: nomination, at: proposer", "kind: nomination, at: authority", "nothing else, is at the proposer", ""},
		{"criterion with two forms", "criteria-titles.yaml", "    any: [CSTDCS_EXCELLENT, CSTDCS_INITIATIVE]\n", "    any: [CSTDCS_EXCELLENT, CSTDCS_INITIATIVE]\n    expr: \"on_hold\"\n", "exactly one of expr, all, any", "code: CSTDCS_EXCELLENT_OR_INITIATIVE"},
		{"criterion in a circle", "criteria-titles.yaml", "any: [CSTDCS_EXCELLENT, CSTDCS_INITIATIVE]", "any: [CSTDCS_EXCELLENT, CSTDCS_EXCELLENT_OR_INITIATIVE]", "contains itself", "code: CSTDCS_EXCELLENT_OR_INITIATIVE"},
		{"criterion of nothing", "criteria-titles.yaml", "any: [CSTDCS_EXCELLENT, CSTDCS_INITIATIVE]", "any: [CSTDCS_EXCELLENT, CSTDCS_LUCK]", "there is no criterion \"CSTDCS_LUCK\"", ""},
		{"otherwise", "criteria-global.yaml", "otherwise: needs_person", "otherwise: met", "may only be needs_person", ""},
		{"a chair who must agree in secret", "councils.yaml", "ballot: secret\n", "ballot: secret\n    chair_must_agree: true\n", "whether the chair agrees", ""},
		{"a recusal that does what", "councils.yaml", "    ballot: open\n", "    ballot: open\n    recusal: {base: halves, article: x, mark: unconfirmed}\n", "empty or leaves, not halves", ""},
		{"a recusal without a source", "councils.yaml", "    ballot: open\n", "    ballot: open\n    recusal: {base: leaves}\n", "recusal", ""},
		{"standing members without a source", "councils.yaml", "    ballot: open\n", "    ballot: open\n    standing: {local_rule_needed: true}\n", "standing", ""},
		{"a second ballot above the threshold", "councils.yaml", "    ballot: open\n", "    ballot: open\n    second_round: {num: 3, den: 4, article: x, mark: unconfirmed}\n", "below the threshold, not 3/4", ""},
		{"a second ballot without a source", "councils.yaml", "    ballot: open\n", "    ballot: open\n    second_round: {num: 1, den: 2}\n", "second_round", ""},
		{"a tie of 70 per cent", "councils.yaml", "    ballot: open\n", "    ballot: open\n    tie: {by: chair, article: x, mark: unconfirmed}\n", "only where more than half", ""},
		{"a tie by lot", "councils.yaml", "    more_than: true\n", "    more_than: true\n    tie: {by: lot, article: x, mark: unconfirmed}\n", "decided by chair", ""},
		{"a tie in secret", "councils.yaml", "    ballot: open\n    absent: none\n", "    ballot: secret\n    absent: none\n    tie: {by: chair, article: x, mark: unconfirmed}\n", "on which side the chair is", ""},
		{"text in one language", "criteria-global.yaml", `text: {vi: "Đơn vị chưa giải thể", en: "The unit has not been dissolved"}`, `text: {vi: "Đơn vị chưa giải thể", en: ""}`, "vi and en", ""},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			data := dataFS(t)
			line := 0
			if tc.at != "" {
				line = lineOf(t, data, tc.file, tc.at)
			}
			edit(t, data, tc.file, tc.from, tc.to)
			_, err := Load(data)
			require.ErrorContains(t, err, tc.want)
			require.ErrorContains(t, err, tc.file)
			if line > 0 {
				assert.Regexp(t, fmt.Sprintf(`%s:%d: `, tc.file, line), err.Error())
			}
		})
	}
}

func TestLoadFiles(t *testing.T) {
	t.Parallel()
	_, err := Load(fstest.MapFS{})
	require.ErrorContains(t, err, "law_dir")
	data := dataFS(t)
	data["extra.yml"] = &fstest.MapFile{Data: []byte("papers: []")}
	_, err = Load(data)
	require.ErrorContains(t, err, "rename it to end in .yaml")
	delete(data, "extra.yml")
	data["README.md"] = &fstest.MapFile{Data: []byte("notes")}
	l, err := Load(data)
	require.NoError(t, err)
	assert.Equal(t, Default().Hash(), l.Hash(), "other files are no law")
	_, err = LoadDir("data/regimes.yaml")
	require.ErrorContains(t, err, "law_dir")
	l, err = LoadDir("data")
	require.NoError(t, err)
	assert.Equal(t, Default().Hash(), l.Hash())
}

func TestHash(t *testing.T) {
	t.Parallel()
	want := Default().Hash()
	assert.Regexp(t, `^[0-9a-f]{64}$`, want)
	data := dataFS(t)
	for _, f := range data { // another system's line ends and byte order mark are the same text
		f.Data = append([]byte("\xef\xbb\xbf"), bytes.ReplaceAll(f.Data, []byte("\n"), []byte("\r\n"))...)
	}
	l, err := Load(data)
	require.NoError(t, err)
	assert.Equal(t, want, l.Hash())

	edit(t, data, "money.yaml", "dong: 1800000", "dong: 1800001")
	l, err = Load(data)
	require.NoError(t, err)
	assert.NotEqual(t, want, l.Hash(), "a changed number changes the hash")

	moved := dataFS(t) // the same entries spread over other files are other bytes
	moved["zz.yaml"] = moved["papers.yaml"]
	delete(moved, "papers.yaml")
	l, err = Load(moved)
	require.NoError(t, err)
	assert.NotEqual(t, want, l.Hash())
}

// What is kept beside a case loads to the same law, and a caller cannot change
// the loaded one through it.
func TestFilesRoundTrip(t *testing.T) {
	t.Parallel()
	files := Default().Files()
	again, err := FromFiles(files)
	require.NoError(t, err)
	assert.Equal(t, Default().Hash(), again.Hash())
	files["money.yaml"] = "spoiled"
	assert.NotEqual(t, "spoiled", Default().Files()["money.yaml"])
	_, err = FromFiles(files)
	require.ErrorContains(t, err, "money.yaml")
	_, err = FromFiles(nil)
	require.ErrorContains(t, err, "there are no regimes")
}
