// Package prove proves properties of every route of the law's data: of every regime,
// award and level of proposer. It drives the very state machine that cases run on
// (package proposal), from the sending through every act that somebody could do, and
// looks at each state once.
//
//   - No path reaches a recognition without each stage that the award asks for: reception
//     and appraisal, the review of a level between, the Council where its rule names a
//     vote, consultation and submission where it is decided above, and a signature.
//   - No single person can carry a case from draft to signature: neither alone, nor by
//     having sent, reviewed, appraised or submitted it, signs anybody.
//   - Every return has a way forward: from where the case comes back, a recognition can
//     still be reached.
//   - No state is a dead end: from each, whoever is awaited brings the case to its end
//     without the unit having to withdraw.
//
// What does not hold is told with the shortest path that shows it.
//
// The bound: a proposal of two items stands for any number, because no rule looks at
// more than one item and whether there are others; one agency stands for all that are
// asked. Routes of one shape (the same stages, rules and coincidence of units) are
// walked once.
package prove
