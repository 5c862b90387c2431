package audit_test

import (
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/app"
	"vinhdanh/internal/embedded/pg/pgtest"
	"vinhdanh/internal/web/webtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Run(m)) }

// played is a site with one case that went all the way and one that is open.
func played(t *testing.T) (*webtest.World, app.ProposalRow, app.DecisionView) {
	t.Helper()
	w := webtest.New(t)
	p := w.AtCouncil(t, w.Sent(t, "Tạ Văn Kín Đáo", "Đỗ Thị Riêng Tư"), "Đỗ Thị Riêng Tư")
	w.Voted(t, 1, p)
	d := w.Issued(t, w.Signed(t, w.Submitted(t, p)), 2011)
	w.Sent(t, "Lê Văn Minh Họa")
	return w, p, d
}

// auditor reads Vietnamese; the sample's auditor prefers English.
func auditor(t *testing.T, w *webtest.World) *webtest.Visitor {
	t.Helper()
	v := w.As(t, "hg-auditor")
	require.Equal(t, 200, v.Get("/audit").Submit("/language", url.Values{"lang": {"vi"}}).Status)
	return v
}

func TestAuditorFindsAndReadsACase(t *testing.T) {
	t.Parallel()
	w, p, d := played(t)
	v := auditor(t, w)
	found := v.Get("/audit?q=do+thi+rieng+tu")
	require.Equal(t, 200, found.Status, found.Text())
	require.Contains(t, found.Text(), p.Ref)
	require.NotContains(t, found.Text(), "HS-2023-0002")
	require.Contains(t, v.Get("/audit?number=2011").Text(), d.Ref)

	line := v.Get(found.Link(p.Ref))
	require.Equal(t, 200, line.Status, line.Text())
	for _, words := range []string{"Chưa đủ thời gian công tác.", "Đăng nhập bằng mã truy cập", "xét và chuyển lên cấp trên", "số 2011/QĐ-UBND", "6 trên 6 bước"} {
		require.Contains(t, line.Text(), words)
	}
	en := w.As(t, "hg-auditor").English().Get("/audit/case/" + p.CaseID)
	require.Contains(t, en.Text(), "reviewed and forwarded")
	require.NotContains(t, en.Text(), "xét và chuyển")
	session := v.Get("/audit?kind=council")
	require.Contains(t, v.Get(session.Link("HĐ-2023")).Text(), "kết thúc biểu quyết")
	empty := v.Get("/audit?q=khong+co+ai")
	require.Contains(t, empty.Text(), "Không có hồ sơ nào")
	require.Contains(t, v.Get("/audit?since=hom+qua").Text(), "phải là ngày dạng")
}

func TestSliderShowsPastStates(t *testing.T) {
	t.Parallel()
	w, p, _ := played(t)
	v := auditor(t, w)
	base := "/audit/case/" + p.CaseID
	first := v.Get(base + "/state?number=1")
	require.Contains(t, first.Text(), "Sau bước 1 / 6")
	require.Contains(t, first.Text(), "Xét duyệt")
	require.Contains(t, first.Text(), "rút về để sửa")
	second := v.Get(first.Link("Bước sau"))
	require.Contains(t, second.Text(), "Không đề nghị")
	last := v.Get(base + "/state")
	require.Contains(t, last.Text(), "Đã khen thưởng")
	require.Equal(t, 422, v.Get(base+"/state?number=99").Status)
	early := v.Get(base + "/state?at=2001-01-01T10:00")
	require.Equal(t, 422, early.Status)
	require.Contains(t, early.Text(), "chưa được gửi")
	diff := v.Get(base + "/compare?from=1&to=2")
	require.Contains(t, diff.Text(), "Không đề nghị")
	require.Contains(t, diff.Text(), "1 bước ở giữa")
	events := v.Get(base + "/events")
	require.Contains(t, events.Text(), "11 trên 11 sự kiện")
	require.Contains(t, events.Text(), "WorkflowExecutionUpdateAccepted")
	require.NotContains(t, events.Text(), "Kín Đáo", "histories carry no names")
	raw := v.Get(base + "/history.json")
	require.Contains(t, raw.Header.Get("Content-Disposition"), "attachment")
}

func TestIntegrityIsOneSentenceAndItsProof(t *testing.T) {
	t.Parallel()
	w, p, _ := played(t)
	v := auditor(t, w)
	page := v.Get("/audit/case/" + p.CaseID + "/integrity")
	require.NotContains(t, page.Text(), "Toàn vẹn:")
	done := v.Get("/audit/case/" + p.CaseID + "/integrity?check=now")
	require.Contains(t, done.Text(), "Toàn vẹn: 6 thao tác")
	for i := range 9 {
		if page = v.Get("/audit/case/" + p.CaseID + "/integrity?check=now"); page.Status == 429 {
			require.Greater(t, i, 2)
			return
		}
	}
	require.Fail(t, "the check is not bounded (ASVS 15.1.3)")
}

func TestExportIsWhatIsShown(t *testing.T) {
	t.Parallel()
	w, p, _ := played(t)
	v := auditor(t, w)
	page := v.Get("/audit/case/" + p.CaseID)
	for _, f := range []string{"csv", "json", "xlsx"} {
		file := v.Get("/audit/case/" + p.CaseID + "/export?format=" + f)
		require.Equal(t, 200, file.Status)
		hash := file.Header.Get("X-Content-Sha256")
		require.Len(t, hash, 64)
		require.Contains(t, page.Body, hash, "%s: the page bears the file's hash", f)
	}
	list := v.Get("/audit?q=kín+đáo")
	file := v.Get("/audit/export?format=csv&q=kín+đáo")
	require.Contains(t, list.Body, file.Header.Get("X-Content-Sha256"))
	require.Contains(t, file.Body, p.Ref)
	log := v.Get("/audit/export.xes?kind=commendation")
	require.Contains(t, log.Body, "xes.version")
	require.NotContains(t, log.Body, "Kín Đáo")
}

// Nobody but an auditor gets anything here, and a try is on record.
func TestOnlyAuditors(t *testing.T) {
	t.Parallel()
	w, p, _ := played(t)
	base := "/audit/case/" + p.CaseID
	paths := []string{
		"/audit", "/audit/export?format=csv", "/audit/export.xes", "/audit/refusals", "/audit/refusals/export?format=csv", base, base + "/export?format=csv",
		base + "/state", base + "/compare", base + "/events", base + "/history.json", base + "/bundle.zip", base + "/integrity", base + "/integrity?check=now",
	}
	for _, login := range []string{"vt-clerk", "vt-reviewer", "pgd-clerk", "hg-admin", "hg-chair"} {
		v := w.As(t, login)
		require.Empty(t, v.Get("/").Link("Kiểm tra"), login)
		for _, path := range paths {
			page := v.Get(path)
			assert.Contains(t, []int{403, 404}, page.Status, "%s as %s", path, login)
			for _, secret := range []string{"Kín Đáo", "Riêng Tư", p.Ref, "Chưa đủ thời gian"} {
				assert.NotContains(t, page.Body, secret, "%s as %s", path, login)
			}
		}
	}
	for _, path := range paths {
		require.True(t, strings.HasPrefix(w.As(t, "").Get(path).Path, "/sign-in"), path)
	}
	tries := w.As(t, "hg-auditor").Get("/audit/refusals?where=application&action=timeline")
	require.Contains(t, tries.Text(), "timeline")
}
