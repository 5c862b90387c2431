package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"vinhdanh/internal/embedded/ui"
	"vinhdanh/internal/gate"
	"vinhdanh/internal/notify/smtptest"
)

// run keeps an instance with sample data going until it is interrupted.
func run(ctx context.Context, o options) error {
	began := time.Now()
	mail, err := smtptest.Start(smtptest.Options{})
	if err != nil {
		return err
	}
	defer mail.Close()
	o.smtp.Host, o.smtp.Port, o.smtp.TLS, o.smtp.From = mail.Host(), mail.Port(), "none", "vinhdanh@haugiang.example"
	h, err := open(ctx, o)
	if err != nil {
		return unlessInterrupted(ctx, err)
	}
	defer h.close()
	uiURL := ""
	if o.ui {
		u, err := ui.Start(ctx, ui.Options{Temporal: h.address, Credential: h.tokens[gate.Auditor]})
		if err != nil {
			return fmt.Errorf("web UI of Temporal: %w", err)
		}
		h.onClose(func() { u.Close() })
		uiURL = u.URL()
	}
	h.welcome(time.Since(began), uiURL)
	return unlessInterrupted(ctx, h.run(ctx))
}

// unlessInterrupted drops what an interruption brought about: calls that were
// under way fail, each with an error of its own.
func unlessInterrupted(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// welcome says what runs where and how to try each role.
func (h *house) welcome(took time.Duration, uiURL string) {
	fmt.Fprintf(os.Stdout, `
vinhdanh chạy (bản thử nghiệm, mọi người đều giả định) — ready in %.1f s

  Pages              %s   (đăng nhập · sign in: pgd-clerk, hg-chair, … mật khẩu · password: %s)
  API                %s/api/v1   (OpenAPI: %s/api/v1/openapi.json)
  Temporal, read-only %s
  Data               %s
  Tokens of the sample users: %s

Try each role (the token of a login is in the tokens file):

  export VINHDANH_URL=%s
  token() { sed -n "s/.*\"$1\": \"\(.*\)\".*/\1/p" %s; }

  VINHDANH_TOKEN=$(token pgd-clerk)     bin/vinhdanh import preview internal/importing/testdata/danh-sach-trich-ngang.xlsx
  VINHDANH_TOKEN=$(token pgd-head)      bin/vinhdanh submission list
  VINHDANH_TOKEN=$(token ph-reviewer)   bin/vinhdanh inbox        # district review
  VINHDANH_TOKEN=$(token snv-appraiser) bin/vinhdanh inbox        # standing body
  VINHDANH_TOKEN=$(token hd-secretary)  bin/vinhdanh council list # council secretary
  VINHDANH_TOKEN=$(token hg-chair)      bin/vinhdanh decision list# signer
  VINHDANH_TOKEN=$(token hg-registrar)  bin/vinhdanh inbox        # registrar
  VINHDANH_TOKEN=$(token hg-auditor)    bin/vinhdanh audit refusals

Stop with Ctrl+C.
`, took.Seconds(), h.url(), h.password, h.url(), h.url(), uiURL, h.o.dataDir, h.path("tokens.json"), h.url(), h.path("tokens.json"))
}
