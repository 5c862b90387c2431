package law

import "slices"

// KnownKind tells whether a word is a kind of subject.
func KnownKind(word string) bool { return slices.Contains(knownKinds, Kind(word)) }

// KnownType tells whether a word is a type of commendation (loại hình khen thưởng).
func KnownType(word string) bool { return slices.Contains(knownTypes, word) }
