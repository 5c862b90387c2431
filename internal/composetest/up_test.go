package composetest

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"github.com/compose-spec/compose-go/v2/types"
)

// startTimeout bounds the start of everything; Temporal's schema takes most of it.
const startTimeout = 3 * time.Minute

// extra is added to a command so that a test need not wait a minute for each schedule.
var extra = map[string][]string{"setup": {"--every", "2s"}}

// up starts every service whose image we build, each when those it depends on are
// ready or done, as `docker compose up` does.
func (m *machine) up(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	var names []string
	for name, s := range m.project.Services {
		if s.Build != nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		if err := m.start(ctx, name); err != nil {
			return errors.Join(err, m.down())
		}
	}
	for _, name := range names {
		if s := m.project.Services[name]; s.HealthCheck != nil {
			if err := m.healthy(ctx, name); err != nil {
				return errors.Join(err, m.down())
			}
		}
	}
	return nil
}

// start starts a service after what it depends on.
func (m *machine) start(ctx context.Context, name string) error {
	s := m.project.Services[name]
	if s.Build == nil || m.running[name] != nil {
		return nil // PostgreSQL and the mail catcher run already
	}
	for on, dep := range s.DependsOn {
		if err := m.start(ctx, on); err != nil {
			return err
		}
		if err := m.awaits(ctx, on, dep.Condition); err != nil {
			return fmt.Errorf("%s waits for %s: %w", name, on, err)
		}
	}
	command := append(slices.Clone([]string(s.Command)), extra[name]...)
	p, err := spawn(name, filepath.Join(m.bin, command[0]), command[1:], m.environment(name))
	if err != nil {
		return err
	}
	m.running[name] = p
	m.started = append(m.started, name)
	return nil
}

func (m *machine) awaits(ctx context.Context, name, condition string) error {
	if m.project.Services[name].Build == nil {
		return nil
	}
	switch condition {
	case types.ServiceConditionHealthy:
		return m.healthy(ctx, name)
	case types.ServiceConditionCompletedSuccessfully:
		return m.completed(ctx, name)
	}
	return fmt.Errorf("condition %q is not one that docker-compose.yml uses", condition)
}

// completed waits for a one-shot service to end with 0.
func (m *machine) completed(ctx context.Context, name string) error {
	p := m.running[name]
	select {
	case <-ctx.Done():
		return fmt.Errorf("%s does not end: %s", name, p.log.last())
	case <-p.exited:
	}
	if p.err != nil {
		return fmt.Errorf("%s: %w: %s", name, p.err, p.log.last())
	}
	return nil
}

// healthy runs the service's own health check until it holds.
func (m *machine) healthy(ctx context.Context, name string) error {
	p := m.running[name]
	test := m.project.Services[name].HealthCheck.Test // CMD, program, arguments
	for {
		err := m.run(ctx, name, test[1:]...)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s is not healthy: %w: %s", name, err, p.log.last())
		case <-p.exited:
			return fmt.Errorf("%s ended: %v: %s", name, p.err, p.log.last())
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// down stops what runs, the last first. Each must end by itself, with 0.
func (m *machine) down() error {
	var all error
	for _, name := range slices.Backward(m.started) {
		p, s := m.running[name], m.project.Services[name]
		if s.HealthCheck == nil { // one-shot
			if p.ended() {
				continue
			}
		}
		grace := 10 * time.Second
		if s.StopGracePeriod != nil {
			grace = time.Duration(*s.StopGracePeriod)
		}
		all = errors.Join(all, p.stop(grace))
	}
	m.started, m.running = nil, map[string]*process{}
	return all
}

// logs shows what the services wrote last.
func (m *machine) logs() {
	for _, name := range m.started {
		m.t.Logf("%s: %s", name, m.running[name].log.last())
	}
}
