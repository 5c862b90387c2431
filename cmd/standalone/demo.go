package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// demoOptions are the demo's flags.
type demoOptions struct {
	out   string
	sheet string
}

func demoCommand(o *options) *cobra.Command {
	var d demoOptions
	cmd := &cobra.Command{
		Use: "demo", Short: "Do the whole job once, without hands, in a temporary directory", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return demo(logger(cmd.Context(), o.logLevel), d, cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&d.out, "out", "demo-output", "where PDF, bundle and history are left")
	cmd.Flags().StringVar(&d.sheet, "sheet", "internal/importing/testdata/danh-sach-trich-ngang.xlsx", "the clerk's list")
	return cmd
}

// errSteps says that a check of the demo did not hold.
var errSteps = errors.New("not every step held")

// demo runs the R1 province of November 2023 and then one proposal of March 2026.
func demo(ctx context.Context, d demoOptions, out io.Writer) error {
	began := time.Now()
	out2023, out2026 := filepath.Join(d.out, "2023"), filepath.Join(d.out, "2026")
	for _, dir := range []string{out2023, out2026} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	fmt.Fprintln(out, "VINH DANH · từ danh sách Excel đến quyết định đã ký và hồ sơ lưu trữ")
	fmt.Fprintln(out, "            from an Excel list to a signed, archived decision (all people are invented)")
	failed, err := act2023(ctx, d, out2023, out)
	if err != nil {
		return err
	}
	more, err := act2026(ctx, out2026, out)
	if err != nil {
		return err
	}
	failed = append(failed, more...)
	fmt.Fprintf(out, "\nXong trong %.0f giây; kết quả ở %s.\n", time.Since(began).Seconds(), d.out)
	fmt.Fprintf(out, "Done in %.0f seconds; the results are in %s.\n", time.Since(began).Seconds(), d.out)
	if len(failed) > 0 {
		fmt.Fprintf(out, "\nKhông đạt / did not hold:\n  %s\n", strings.Join(failed, "\n  "))
		return errSteps
	}
	return nil
}

// onStage runs an act on a fresh house in a temporary directory.
func onStage(ctx context.Context, today, outDir string, out io.Writer, play func(context.Context, *stage) error) ([]string, error) {
	dir, err := os.MkdirTemp("", "vinhdanh-demo-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := os.Chmod(dir, 0o755); err != nil { // PostgreSQL runs as another user when started by root
		return nil, err
	}
	began := time.Now()
	s, err := openStage(ctx, options{dataDir: dir, today: today}, out, outDir)
	if err != nil {
		return nil, err
	}
	s.head("Khởi động hệ thống thử nghiệm, ngày nghiệp vụ "+today, "The trial instance starts, business date "+today)
	s.say("PostgreSQL, Temporal, web và worker sẵn sàng sau %.1f giây (%s)", time.Since(began).Seconds(), s.url())
	err = play(ctx, s)
	if lerr := s.leave(); err == nil && lerr != nil && !errors.Is(lerr, context.Canceled) {
		err = lerr
	}
	return s.failed, err
}
