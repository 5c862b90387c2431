package composetest

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/go-pdf/fpdf"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The answers of the API that the job reads.
type (
	proposal struct {
		ID        string `json:"id"`
		Case      string `json:"case"`
		Award     string `json:"award"`
		Stage     string `json:"stage"`
		Closed    bool   `json:"closed"`
		ItemsLeft int    `json:"open_items"`
		List      []struct {
			ID      string `json:"id"`
			Outcome string `json:"outcome"`
		} `json:"item_list"`
	}
	submission struct {
		ID        string     `json:"id"`
		Proposals []proposal `json:"proposals"`
	}
	session struct {
		ID       string `json:"id"`
		Delivery []struct {
			Status string `json:"status"`
		} `json:"delivery"`
	}
	document struct {
		ID       string `json:"id"`
		Content  string `json:"content"`
		Document string `json:"document"`
		Lines    []any  `json:"lines"`
		Number   string `json:"number_text"`
	}
)

// TestMainJob takes a clerk's list to a signed, archived and verified decision, with
// every service a process of its own and every person at the command line. Then
// everything is stopped, started again on what it left, and still there.
func TestMainJob(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 15*time.Minute)
	defer cancel()
	m := newMachine(t)
	began := time.Now()
	require.NoError(t, m.up(ctx))
	t.Cleanup(func() {
		if t.Failed() {
			m.logs()
		}
		require.NoError(t, m.down())
	})
	t.Logf("everything is healthy after %.1f s", time.Since(began).Seconds())
	require.NoError(t, m.run(ctx, "serve", "vinhdanh", "sample", filepath.Join(m.dir, "tokens.json")))

	c := m.send()
	m.review(c)
	m.vote(c)
	d := m.decide(c)
	m.archive(c, d)
	m.restart(ctx, c)
}

// paper is a PDF that stands for a scanned paper.
func (m *machine) paper(name string) string {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.AddPage()
	pdf.SetFont("Helvetica", "", 14)
	pdf.Cell(0, 10, "Sample paper: "+name)
	var out bytes.Buffer
	require.NoError(m.t, pdf.Output(&out))
	return m.file(name+".pdf", out.Bytes())
}

// send: the clerk previews and corrects the list, the head sends it.
func (m *machine) send() proposal {
	raw, err := os.ReadFile("../importing/testdata/danh-sach-trich-ngang.xlsx")
	require.NoError(m.t, err)
	list := m.file("danh-sach.xlsx", raw)
	clerk := m.as("pgd-clerk")
	preview := shown[struct {
		Counts   struct{ Errors int }
		Workbook struct{ Sheets []struct{ Name string } }
	}](clerk, "import", "preview", list, "--period-kind", "school", "--period", "2022-2023")
	require.Positive(m.t, preview.Counts.Errors, "the planted faults are not found")
	_, code := clerk.try("import", "accept", list)
	require.NotZero(m.t, code, "a list with errors was taken over")

	options := m.file("corrections.json", corrections(m.t, preview.Workbook.Sheets[0].Name))
	sub := shown[submission](clerk, "import", "accept", list, "--options", options,
		"--campaign", "hau-giang-2023", "--period-kind", "school", "--period", "2022-2023")
	require.Len(m.t, sub.Proposals, 6)
	for _, kind := range []string{"TO_TRINH", "BAO_CAO", "BIEN_BAN", "SANG_KIEN"} {
		clerk.does("submission", "paper", sub.ID, m.paper(kind), "--kind", kind)
	}
	clerk.does("submission", "declare", sub.ID, "--proposer-manages", "--on-hold=false", "--already-rewarded=false",
		"--unit-dissolved=false", "--discipline", "NONE")
	_, code = clerk.try("submission", "send", sub.ID)
	require.NotZero(m.t, code, "a clerk sent what the head of the unit sends")
	m.as("pgd-head").does("submission", "send", sub.ID)
	for _, p := range sub.Proposals {
		if p.Award == "BKT-PT" {
			return p
		}
	}
	require.Fail(m.t, "the list asks for no BKT-PT")
	return proposal{}
}

// corrections are what the clerk decides after the preview.
func corrections(t *testing.T, sheet string) []byte {
	t.Helper()
	cell := func(line int, field, value string) map[string]any {
		return map[string]any{"sheet": sheet, "line": line, "field": field, "value": value}
	}
	raw, err := json.Marshal(map[string]any{
		"choices": []map[string]string{{"code": "BKT-PT"}, {"code": "GK-H"}},
		"corrections": []map[string]any{
			cell(16, "name", "Lê Hoàng Phúc"), cell(20, "birth", "1986"), cell(20, "sex", "Nữ"),
			{"sheet": sheet, "line": 21, "remove": true}, cell(22, "birth_year_male", "1993"), cell(25, "award", "BKT-PT"),
		},
	})
	require.NoError(t, err)
	return raw
}

// review: the district forwards all but the last, the standing body accepts and appraises.
func (m *machine) review(c proposal) {
	district := m.as("ph-reviewer")
	minutes := shown[struct{ SHA256 string }](district, "proposal", "paper", c.ID, m.paper("minutes"), "--kind", "minutes")
	last := c.List[len(c.List)-1].ID
	_, code := m.as("pgd-head").try("proposal", "decide", c.ID, "--minutes", minutes.SHA256)
	require.NotZero(m.t, code, "who sent it reviewed it")
	district.does("proposal", "decide", c.ID, "--not-propose", last+"=Chưa đủ mức đóng góp", "--minutes", minutes.SHA256)
	body := m.as("snv-appraiser")
	body.does("proposal", "accept", c.ID)
	body.does("proposal", "appraise", c.ID)
	require.Equal(m.t, "council", shown[proposal](body, "proposal", "show", c.ID).Stage)
}

// vote: a Council of eleven, one item falls short.
func (m *machine) vote(c proposal) {
	secretary := m.as("hd-secretary")
	s := shown[session](secretary, "council", "draft", "--title", "Phiên họp xét khen thưởng", "--held-on", today)
	secretary.does("council", "agenda", s.ID, "--add", c.ID)
	secretary.does("council", "convene", s.ID)
	secretary.does("council", "open", s.ID, "--all")
	doubted := c.List[0].ID
	for i, login := range []string{"hg-chair", "hg-vice", "snv-director", "hg-member-1", "hg-member-2", "hg-member-3",
		"hg-member-4", "hg-member-5", "hg-member-6", "hg-member-7", "hg-member-8"} {
		ballot := []string{"council", "cast", s.ID, "--default", "yes"}
		if i < 6 {
			ballot = append(ballot, "--item", doubted+"=no")
		}
		m.as(login).does("council", "declare", s.ID, "--none")
		m.as(login).does(ballot...)
	}
	m.as("hg-chair").does("council", "close", s.ID)
	_, code := m.as("hg-member-1").try("council", "cast", s.ID, "--default", "no")
	require.NotZero(m.t, code, "a ballot after the close was taken")
	eventually(m.t, "the result's delivery", func() bool {
		v := shown[session](secretary, "council", "show", s.ID)
		return len(v.Delivery) == 1 && v.Delivery[0].Status == "delivered"
	})
}

// decide: drafted, submitted, signed, numbered, rendered and sealed.
func (m *machine) decide(c proposal) document {
	body := m.as("snv-director")
	d := shown[document](body, "decision", "draft", "--proposal", c.ID, "--achievement", "đã có thành tích xuất sắc")
	require.Len(m.t, d.Lines, len(c.List)-2, "one was not proposed, one fell short")
	body.does("decision", "submit", d.ID)
	_, code := body.try("decision", "sign", d.ID, "--content", d.Content)
	require.NotZero(m.t, code, "who drafted it signed it")
	m.as("hg-chair").does("decision", "sign", d.ID, "--content", d.Content)
	registrar := m.as("hg-registrar")
	registrar.does("decision", "number", d.ID, "--number", "2011")
	eventually(m.t, "the signed document", func() bool {
		d = shown[document](body, "decision", "show", d.ID)
		return d.Document != ""
	})
	registrar.does("decision", "pdf", d.ID, "-o", "quyet-dinh.pdf")
	pdf, err := os.ReadFile(filepath.Join(m.dir, "quyet-dinh.pdf"))
	require.NoError(m.t, err)
	require.True(m.t, bytes.HasPrefix(pdf, []byte("%PDF-")))
	return d
}

// archive: the case closes, its bundle verifies offline, and not with a byte flipped.
func (m *machine) archive(c proposal, d document) {
	auditor := m.as("hg-auditor")
	eventually(m.t, "the case's end", func() bool { return shown[proposal](auditor, "proposal", "show", c.ID).Closed })
	eventually(m.t, "the bundle", func() bool {
		_, code := auditor.try("audit", "bundle", c.Case, "-o", "bundle.zip")
		return code == 0
	})
	auditor.does("audit", "verify", "bundle.zip", "--root", m.root)
	path := filepath.Join(m.dir, "bundle.zip")
	bundle, err := os.ReadFile(path)
	require.NoError(m.t, err)
	bundle[len(bundle)/2] ^= 1
	_, code := auditor.try("audit", "verify", m.file("broken.zip", bundle), "--root", m.root)
	require.Equal(m.t, 9, code, "a flipped byte was not found")
	account := shown[struct{ Steps []struct{ En string } }](auditor, "audit", "account", c.Case)
	assert.Len(m.t, account.Steps, 6, "sent, reviewed, accepted, appraised, voted, issued")
	assert.Contains(m.t, account.Steps[5].En, d.Number)
	refusals := shown[[]struct{ Code string }](auditor, "audit", "refusals", c.Case)
	assert.NotEmpty(m.t, refusals, "the head's attempt to review is not on record")
	require.Eventually(m.t, func() bool { return len(m.mail.Messages()) > 0 }, time.Minute, 100*time.Millisecond, "no mail")
}

// restart: everything ends cleanly, starts again on the same data, and agrees with itself.
func (m *machine) restart(ctx context.Context, c proposal) {
	require.NoError(m.t, m.down())
	require.NoError(m.t, m.up(ctx))
	assert.True(m.t, shown[proposal](m.as("hg-auditor"), "proposal", "show", c.ID).Closed)
	require.NoError(m.t, m.run(ctx, "serve", "vinhdanh", "reconcile", "--dry-run"))
	resp, err := http.Get("http://127.0.0.1:" + m.ports["8233"])
	require.NoError(m.t, err)
	require.NoError(m.t, resp.Body.Close())
	assert.Equal(m.t, http.StatusOK, resp.StatusCode, "Temporal's web UI")
}
