package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/sdk/client"

	"vinhdanh/internal/app"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/evidence"
	"vinhdanh/internal/gate"
	"vinhdanh/internal/keys"
	"vinhdanh/internal/proposal"
	"vinhdanh/internal/service"
	"vinhdanh/workflows"
)

func (p *play2023) mails(ctx context.Context) error {
	p.head("Thư báo đã gửi qua máy chủ SMTP thật trong tiến trình", "Mail went to a real SMTP server in the process")
	got, err := p.smtp.Wait(ctx, 20)
	if err != nil {
		return err
	}
	for _, m := range got[:5] {
		p.say("%v: %s", m.To, m.Subject)
	}
	p.hold(len(got) >= 20, "%d thư đã tới / mails arrived", len(got))
	return nil
}

// archived waits for a case's bundle, keeps it with the raw history, verifies
// it offline, and shows that a flipped byte is found.
func (s *stage) archived(ctx context.Context, auditorLogin, caseID string) error {
	auditor, err := s.as(ctx, auditorLogin)
	if err != nil {
		return err
	}
	var bundle []byte
	err = s.eventually(ctx, "the archive", func() (bool, error) {
		r, err := s.app.Bundle(ctx, auditor, caseID)
		if err != nil {
			return false, err
		}
		defer r.Close()
		bundle, err = io.ReadAll(r)
		return err == nil, err
	})
	if err != nil {
		return err
	}
	path := filepath.Join(s.outDir, "ho-so.zip")
	if err := os.WriteFile(path, bundle, 0o644); err != nil {
		return err
	}
	if err := s.keepHistory(ctx, auditor, caseID); err != nil {
		return err
	}
	return s.verified(ctx, bundle)
}

func (s *stage) keepHistory(ctx context.Context, auditor app.Session, caseID string) error {
	history, err := s.app.History(ctx, auditor, caseID)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(s.outDir, "history.json"), history, 0o644)
}

func (s *stage) verified(ctx context.Context, bundle []byte) error {
	fp, err := keys.Folder(s.path("keys")).Fingerprint()
	if err != nil {
		return err
	}
	report, err := evidence.Verify(ctx, bundle, evidence.Options{ExpectFingerprint: fp})
	if err != nil {
		return err
	}
	s.say("%s", report.Vi)
	s.say("%s", report.En)
	s.hold(report.OK, "bộ hồ sơ kiểm chứng được ngoại tuyến / the bundle verifies offline (%d checks)", len(report.Checks))
	broken := append([]byte(nil), bundle...)
	broken[len(broken)/2] ^= 1
	bad, err := evidence.Verify(ctx, broken, evidence.Options{ExpectFingerprint: fp})
	s.hold(err != nil || !bad.OK, "bản sao bị đổi một byte bị phát hiện / a copy with one byte flipped is found")
	if err == nil {
		s.say("%s", bad.Vi)
	}
	return nil
}

func (p *play2023) archive(ctx context.Context) error {
	p.head("Lưu trữ: bộ hồ sơ, lịch sử, lời kể; kiểm chứng không cần máy chủ", "Archived: bundle, history, account; verified without a server")
	c := p.cases["BKT-PT"]
	if err := p.archived(ctx, "hg-auditor", c.CaseID); err != nil {
		return err
	}
	auditor, err := p.as(ctx, "hg-auditor")
	if err != nil {
		return err
	}
	acc, err := p.app.Account(ctx, auditor, c.ID)
	if err != nil {
		return err
	}
	for _, st := range acc.Steps {
		p.say("%d. %s", st.Number, st.Vi)
	}
	return nil
}

// forge lets somebody with the app's Temporal credential, but without its key,
// try to decide on a live case.
func (p *play2023) forge(ctx context.Context) error {
	p.head("Kẻ giả mạo có mật khẩu Temporal nhưng không có khóa ký", "A forger with Temporal's credential but without the signing key")
	victim, err := p.victim(ctx)
	if err != nil {
		return err
	}
	raw, err := client.DialContext(ctx, client.Options{
		HostPort: p.address, Namespace: workflows.NamespaceCases, HeadersProvider: gate.HeadersProvider(p.tokens[gate.App]),
		ConnectionOptions: client.ConnectionOptions{TLSDisabled: true},
	})
	if err != nil {
		return err
	}
	defer raw.Close()
	msg, nonce, err := forged(victim.CaseID, victim.Number+1)
	if err != nil {
		return err
	}
	h, err := raw.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
		UpdateID: nonce, WorkflowID: victim.CaseID, UpdateName: "decide", Args: []any{msg},
		WaitForStage: client.WorkflowUpdateStageCompleted,
	})
	if err == nil {
		err = h.Get(ctx, nil)
	}
	p.hold(err != nil, "quyết định giả bị từ chối / the forged decision is refused: %v", short(err))
	err = raw.TerminateWorkflow(ctx, victim.CaseID, "", "forged")
	p.hold(err != nil, "lệnh hủy hồ sơ bị từ chối / terminating the case is refused: %v", short(err))
	auditor, err := p.as(ctx, "hg-auditor")
	if err != nil {
		return err
	}
	err = p.eventually(ctx, "the refusals' record", func() (bool, error) {
		rs, err := p.app.Refusals(ctx, auditor, victim.CaseID, 50)
		return len(rs) >= 2, err
	})
	p.hold(err == nil, "cả hai lần thử đều có trong sổ từ chối / both attempts are on record")
	return nil
}

// reconcile compares every case's record with its history.
func (p *play2023) reconcile(ctx context.Context) error {
	p.head("Đối chiếu toàn bộ sổ sách với lịch sử Temporal", "Every record is compared with Temporal's histories")
	cfg, err := p.config(gate.App)
	if err != nil {
		return err
	}
	report, err := service.Reconcile(ctx, cfg, false)
	if err != nil {
		return err
	}
	for _, f := range report.Findings {
		p.say("%s: %s (%s) %s", f.Case, f.Vi, f.Code, f.Detail)
	}
	p.hold(report.OK() && report.Cases > 0, "%d hồ sơ, %d thao tác khớp / cases and transitions agree", report.Cases, report.Transitions)
	return nil
}

// victim is a live case: a linked one, sent anew from the list.
func (p *play2023) victim(ctx context.Context) (proposalRef, error) {
	clerk, err := p.as(ctx, "pgd-clerk")
	if err != nil {
		return proposalRef{}, err
	}
	pre, err := p.app.PreviewImport(ctx, clerk, p.file, app.ImportInput{})
	if err != nil {
		return proposalRef{}, err
	}
	sub, err := p.app.AcceptImport(ctx, clerk, p.file, corrections(pre.Workbook.Sheets[0].Name))
	if err != nil {
		return proposalRef{}, err
	}
	head, err := p.as(ctx, "pgd-head")
	if err != nil {
		return proposalRef{}, err
	}
	sent, err := p.app.Send(ctx, head, app.SendInput{Submission: sub.ID})
	if err != nil {
		return proposalRef{}, err
	}
	first := sent.Proposals[0].Proposal
	return proposalRef{CaseID: first.CaseID, Number: first.Number}, nil
}

type proposalRef struct {
	CaseID string
	Number int
}

// forged signs a decide act with a key of the forger's own.
func forged(caseID string, number int) (envelope.Message, string, error) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return envelope.Message{}, "", err
	}
	signer, err := envelope.NewSigner(envelope.PurposeApp, private)
	if err != nil {
		return envelope.Message{}, "", err
	}
	data, err := json.Marshal(proposal.DecideData{Verdict: proposal.VerdictForward, Opinions: proposal.Opinions{Default: proposal.OpinionPropose}})
	if err != nil {
		return envelope.Message{}, "", err
	}
	nonce := uuid.NewString()
	jws, err := signer.Sign(envelope.Act{
		Installation: "forged", Nonce: nonce, Actor: "forger", Role: "reviewer", Unit: "ubnd-phung-hiep", SignedIn: "none",
		Case: caseID, Revision: 1, Stage: "review", Number: number, Action: "decide", Data: data,
		IssuedAt: time.Now().Unix(), Expires: time.Now().Add(time.Minute).Unix(),
	})
	return envelope.Message{JWS: jws}, nonce, err
}

func short(err error) string {
	text := fmt.Sprint(err)
	if len(text) > 120 {
		text = text[:120] + "…"
	}
	return text
}
