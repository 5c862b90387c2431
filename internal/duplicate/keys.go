package duplicate

import (
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
)

// Keys are the blocking keys under which an entry is kept. Collisions of hashes do no
// harm: what is found is compared.
func (p *Prepared) Keys() []int64 {
	if !p.Named() {
		return nil
	}
	k := keyList{}
	k.known(p)
	if p.Kind == Collective {
		k.collective(p)
		return k.done()
	}
	full := strings.Join(p.name.sounds, " ")
	k.add("A", full)
	k.add("Y", full, year(p))
	short := p.name.shortForm()
	k.add("I", short, year(p))
	if p.name.abbrevs > 0 {
		k.add("a", short, year(p))
	}
	for _, r := range p.roots() {
		k.add("U", full, r)
		k.add("V", p.name.ends(), r)
		k.add("W", short, r)
	}
	return k.done()
}

// Probes are the keys to look for: who could be the same.
func (p *Prepared) Probes() []int64 {
	if !p.Named() {
		return nil
	}
	k := keyList{}
	k.known(p)
	if p.Kind == Collective {
		k.collective(p)
		return k.done()
	}
	full, short := strings.Join(p.name.sounds, " "), p.name.shortForm()
	if p.BirthYear == 0 {
		k.add("A", full)
	} else {
		k.add("Y", full, year(p))
		k.add("Y", full, "")
	}
	k.add("a", short, year(p))
	if p.name.abbrevs > 0 {
		k.add("I", short, year(p))
	}
	for _, r := range p.roots() {
		k.add("U", full, r)
		k.add("V", p.name.ends(), r)
		k.add("W", short, r)
	}
	return k.done()
}

// NameKey is the key that all bearers of the name share, whatever their year: how many
// there are says how rare it is. 0 for collectives.
func (p *Prepared) NameKey() int64 {
	if p.Kind == Collective || !p.Named() {
		return 0
	}
	return hash("A", strings.Join(p.name.sounds, " "))
}

type keyList []int64

func (k *keyList) add(parts ...string) { *k = append(*k, hash(parts...)) }

func (k *keyList) done() []int64 {
	slices.Sort(*k)
	return slices.Compact(*k)
}

// known are the keys of what is known beyond names: the personal number, and whom the
// ledger holds the subject to be. A probe by what it follows meets what it follows, and
// a probe by what it is meets whatever follows it.
func (k *keyList) known(p *Prepared) {
	if p.Token != "" {
		k.add("T", p.Token)
	}
	if p.Identity != "" {
		k.add("S", p.Identity)
	}
	for _, id := range p.Follows {
		k.add("S", id)
	}
}

func (k *keyList) collective(p *Prepared) {
	k.add("C", strings.Join(p.name.core, " "))
	for _, r := range p.Is {
		k.add("R", r)
	}
	for _, r := range p.roots() {
		if len(p.name.core) > 2 {
			k.add("D", strings.Join(first(p.name, 3), " "), r)
		}
	}
}

// first are the first words of an organisation's name that tell something.
func first(n name, count int) []string {
	var out []string
	for _, w := range n.words {
		if !general[w.fold] && len(out) < count {
			out = append(out, w.fold)
		}
	}
	return out
}

func (p *Prepared) roots() []string {
	if len(p.Roots) > 0 {
		return p.Roots
	}
	return []string{p.Unit}
}

// shortForm is the given name and the first letters of the others: an nv.
func (n name) shortForm() string {
	var b strings.Builder
	b.WriteString(n.given().sound)
	b.WriteByte(' ')
	for _, w := range n.words[:len(n.words)-1] {
		b.WriteByte(w.fold[0]) // of what is written: an initial stands for itself
	}
	return b.String()
}

// ends are the first and the last word.
func (n name) ends() string { return n.family().sound + " " + n.given().sound }

func year(p *Prepared) string {
	if p.BirthYear == 0 {
		return ""
	}
	return strconv.Itoa(p.BirthYear)
}

func hash(parts ...string) int64 {
	h := fnv.New64a()
	for _, s := range parts {
		_, _ = h.Write([]byte(s)) // a hash takes every byte
		_, _ = h.Write([]byte{0})
	}
	return int64(h.Sum64()) //nolint:gosec // the bits, whatever their sign
}
