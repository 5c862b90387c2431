package payload_test

import (
	"context"
	"errors"
	"sync"
)

// shelf is the table of wrapped keys in memory. As in the database, a destroyed
// key leaves its row, so that none is ever made again for that case.
type shelf struct {
	mu    sync.Mutex
	rows  map[string][]byte
	down  bool
	reads int
	// gate, where set, holds every first look until all have looked: two
	// processes that both find nothing.
	gate *sync.WaitGroup
}

func newShelf() *shelf { return &shelf{rows: map[string][]byte{}} }

var errDown = errors.New("connection refused")

func (s *shelf) CaseKey(_ context.Context, caseID string) ([]byte, error) {
	s.mu.Lock()
	s.reads++
	row, down, gate := s.rows[caseID], s.down, s.gate
	s.mu.Unlock()
	if down {
		return nil, errDown
	}
	if gate != nil && row == nil {
		gate.Done()
		gate.Wait()
	}
	return row, nil
}

func (s *shelf) PutCaseKey(_ context.Context, caseID string, wrapped []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.down {
		return errDown
	}
	if _, had := s.rows[caseID]; !had {
		s.rows[caseID] = wrapped
	}
	return nil
}

func (s *shelf) destroy(caseID string) { s.set(caseID, nil) }

func (s *shelf) set(caseID string, row []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows[caseID] = row
}

func (s *shelf) get(caseID string) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rows[caseID]
}

func (s *shelf) fail(down bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down = down
}
