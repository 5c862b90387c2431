// Package duplicate tells whether two entries mean the same subject and the same
// achievement: one person or collective proposed twice, or rewarded already.
//
// # The model
//
// An Entry is one item of a proposal or one row of the ledger. Compare weighs two
// prepared entries in two halves, each from 0 to 1000:
//
//   - Subject: is it the same person, household or collective? The name counts most,
//     by how it agrees (the same; the same but for accents that one side lacks; other
//     order; initials; one letter; …), then birth, unit (the same, a successor, one
//     above or below), sex, and how rare the name is in the register. Two personal
//     numbers, compared as opaque tokens, decide by themselves: equal is 1000,
//     different is 0. Before all, what people joined in the ledger: references of one
//     subject, and a subject beside the one that it succeeds.
//   - Achievement: is it the same merit? The periods, the awards (the same award, two
//     forms of commendation, a title beside a form), the texts, and decision numbers
//     that both quote.
//
// The score of a pair is the weaker half, so that neither a namesake with another
// merit nor another person with the same text is a hit. A pair is Strong when both
// halves reach their strong threshold, Possible when both reach the lower one, and
// otherwise none. Every half is a sum of Parts, each with a code, its points and what
// was compared, so that a person can see why. All points and thresholds are data
// (model.yaml), integers, read by LoadModel; none stands in Go.
//
// # Finding pairs
//
// Comparing everything with everything is out of the question at 100,000 people. Keys
// gives the blocking keys under which an entry is kept, and Probes the keys to look
// for, 64-bit hashes of normalised name, year and unit. Two entries that share no key
// are never compared; what this loses is measured by TestPrecisionAndRecall, together
// with the scores.
//
// # Names
//
// Names are compared after vietnamese.Fold and Key: NFC and NFD, Hòa and Hoà, capitals
// and blanks are no difference. Forms of address (Ông, Bà, Đồng chí, Thượng tọa, BS,
// ThS, Hộ ông …) are cut off; initials and abbreviations (N.V. An, Ng. V. An) stay, as
// beginnings of words; H'Hen, H’Hen and H Hen are one word, and Y of Y Thanh is no
// initial. Nothing here changes how a name is kept or printed.
//
// The package is pure: no clock, no database, the same answer for the same input, and
// Compare(a, b) equals Compare(b, a).
package duplicate
