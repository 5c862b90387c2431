package composetest

import (
	"bytes"
	"fmt"
	"os/exec"
	"runtime"
	"sync"
	"syscall"
	"time"
)

// process is one running service.
type process struct {
	name   string
	cmd    *exec.Cmd
	log    *tail
	exited chan struct{} // closed when it has ended
	err    error         // valid after exited
}

// tail keeps what a process wrote.
type tail struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.buf.Write(p)
}

// last is the end of it, where the reason stands.
func (t *tail) last() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	b := t.buf.Bytes()
	return string(b[max(0, len(b)-4000):])
}

// spawn starts a program with nothing in its environment but env. It does so from a
// thread that stays until the program ends, as withParent needs.
func spawn(name, program string, args, env []string) (*process, error) {
	p := &process{name: name, cmd: exec.Command(program, args...), log: &tail{}, exited: make(chan struct{})}
	p.cmd.Env, p.cmd.Stdout, p.cmd.Stderr, p.cmd.SysProcAttr = env, p.log, p.log, withParent()
	started := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		defer close(p.exited)
		err := p.cmd.Start()
		started <- err
		if err == nil {
			p.err = p.cmd.Wait()
		}
	}()
	if err := <-started; err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return p, nil
}

// ended tells whether the process is gone.
func (p *process) ended() bool {
	select {
	case <-p.exited:
		return true
	default:
		return false
	}
}

// stop asks it to end, as compose does, and ends it after the grace period.
func (p *process) stop(grace time.Duration) error {
	if p.ended() {
		return fmt.Errorf("%s had ended before it was stopped: %v: %s", p.name, p.err, p.log.last())
	}
	_ = p.cmd.Process.Signal(syscall.SIGTERM) // fails only when it has ended
	select {
	case <-p.exited:
	case <-time.After(grace):
		_ = p.cmd.Process.Kill()
		<-p.exited
		return fmt.Errorf("%s did not stop within %v: %s", p.name, grace, p.log.last())
	}
	if p.err != nil {
		return fmt.Errorf("%s ended with %w: %s", p.name, p.err, p.log.last())
	}
	return nil
}
