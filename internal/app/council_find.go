package app

import (
	"strings"

	"vinhdanh/internal/vietnamese"
)

// Finds tells whether one of the texts holds the words, without regard to accents
// and case.
func Finds(words string, texts ...string) bool {
	words = vietnamese.Fold(words)
	for _, t := range texts {
		if strings.Contains(vietnamese.Fold(t), words) {
			return true
		}
	}
	return false
}
