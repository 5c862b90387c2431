package dossier

import (
	"context"
	"fmt"
	"sync"

	"vinhdanh/internal/law"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/postgres"
)

// Pinned gives law data by hash: cases keep the data they were sent under, also
// after the installation loads newer data.
type Pinned struct {
	store *postgres.Store
	known sync.Map // hash -> *pinnedLaw
}

type pinnedLaw struct {
	law   *law.Law
	rules *eval.Evaluator
}

// NewPinned starts with the data in force.
func NewPinned(store *postgres.Store, current *law.Law, rules *eval.Evaluator) *Pinned {
	p := &Pinned{store: store}
	learnClasses(current)
	p.known.Store(current.Hash(), &pinnedLaw{law: current, rules: rules})
	return p
}

// Rules is the evaluator of the data with that hash.
func (p *Pinned) Rules(ctx context.Context, hash string) (*eval.Evaluator, error) {
	l, err := p.get(ctx, hash)
	if err != nil {
		return nil, err
	}
	return l.rules, nil
}

// Law is the data with that hash.
func (p *Pinned) Law(ctx context.Context, hash string) (*law.Law, error) {
	l, err := p.get(ctx, hash)
	if err != nil {
		return nil, err
	}
	return l.law, nil
}

func (p *Pinned) get(ctx context.Context, hash string) (*pinnedLaw, error) {
	if l, ok := p.known.Load(hash); ok {
		return l.(*pinnedLaw), nil
	}
	files, err := p.store.LawFiles(ctx, hash)
	if err != nil {
		return nil, fmt.Errorf("dossier: read law data %s: %w", hash, err)
	}
	l, err := law.FromFiles(files)
	if err != nil {
		return nil, fmt.Errorf("dossier: load law data %s: %w", hash, err)
	}
	rules, err := eval.New(l)
	if err != nil {
		return nil, fmt.Errorf("dossier: compile law data %s: %w", hash, err)
	}
	found := &pinnedLaw{law: l, rules: rules}
	learnClasses(l)
	p.known.Store(hash, found)
	return found, nil
}
