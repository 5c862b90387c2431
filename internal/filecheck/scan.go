package filecheck

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"os/exec"
	"strings"
	"time"
)

// Scanner looks for malware. A *Refusal means that it found some; any other error
// that it could not look, and then nothing is kept.
type Scanner interface {
	Scan(ctx context.Context, content []byte) error
}

// scanFor is how long a scan may take.
const scanFor = 45 * time.Second

// NewScanner reads a setting: "" is none; "clamd:unix:PATH" and "clamd:tcp:HOST:PORT"
// are ClamAV's daemon; "command:PATH ARG…" is a program that reads the file from its
// standard input and ends with 0 (clean) or 1 (malware).
func NewScanner(setting string) (Scanner, error) {
	how, rest, _ := strings.Cut(setting, ":")
	switch how {
	case "":
		return nil, nil
	case "clamd":
		network, address, ok := strings.Cut(rest, ":")
		if ok && (network == "unix" || network == "tcp") && address != "" {
			return clamd{network, address}, nil
		}
	case "command":
		if words := strings.Fields(rest); len(words) > 0 {
			return command(words), nil
		}
	}
	return nil, fmt.Errorf("a scanner is clamd:unix:PATH, clamd:tcp:HOST:PORT or command:PROGRAM ARGUMENTS, not %q", setting)
}

type command []string

// Scan runs the program.
func (c command) Scan(ctx context.Context, content []byte) error {
	ctx, cancel := context.WithTimeout(ctx, scanFor)
	defer cancel()
	cmd := exec.CommandContext(ctx, c[0], c[1:]...)
	cmd.Stdin = bytes.NewReader(content)
	cmd.WaitDelay = time.Second
	err := cmd.Run()
	if err == nil {
		return nil
	}
	if exit, ok := err.(*exec.ExitError); ok && exit.ExitCode() == 1 {
		return infected()
	}
	return fmt.Errorf("filecheck: scanner: %w", err)
}

type clamd struct{ network, address string }

// Scan sends the file by the command INSTREAM: chunks with their length, a zero at
// the end; the answer ends in OK or FOUND.
func (c clamd) Scan(ctx context.Context, content []byte) error {
	ctx, cancel := context.WithTimeout(ctx, scanFor)
	defer cancel()
	conn, err := (&net.Dialer{}).DialContext(ctx, c.network, c.address)
	if err != nil {
		return fmt.Errorf("filecheck: scanner: %w", err)
	}
	defer conn.Close()
	deadline, _ := ctx.Deadline()
	if err := conn.SetDeadline(deadline); err != nil {
		return fmt.Errorf("filecheck: scanner: %w", err)
	}
	var b bytes.Buffer
	b.WriteString("zINSTREAM\x00")
	for rest := content; len(rest) > 0; {
		n := min(len(rest), 1<<16)
		b.Write(binary.BigEndian.AppendUint32(nil, uint32(n)))
		b.Write(rest[:n])
		rest = rest[n:]
	}
	b.Write([]byte{0, 0, 0, 0})
	if _, err := conn.Write(b.Bytes()); err != nil {
		return fmt.Errorf("filecheck: scanner: %w", err)
	}
	answer, err := io.ReadAll(io.LimitReader(conn, 4096))
	text := strings.TrimRight(string(answer), "\x00\n")
	switch {
	case strings.HasSuffix(text, "FOUND"):
		return infected()
	case err == nil && strings.HasSuffix(text, "OK"):
		return nil
	}
	return fmt.Errorf("filecheck: the scanner answered %q", text)
}
