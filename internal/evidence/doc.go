// Package evidence makes and checks the bundle (bộ hồ sơ điện tử) of a closed
// case: one file with everything that somebody needs, years later and without
// us, to see who decided what, and that nothing was changed afterwards.
//
// The model:
//
//   - A Bundle is a zip in one canonical form. Every byte of it is determined by
//     the files in it, so that writing it again and comparing finds any change,
//     also in headers that no hash covers.
//   - manifest.json names each file with its hash. history.json is what Temporal
//     recorded; trail.json and envelopes.json are what PostgreSQL recorded;
//     keyring.jws says whose signatures count; the rest is what acts refer to by
//     hash: law data, contents and reasons with their salts, documents.
//   - Write makes a bundle from a Source. Verify checks one: no network, no
//     server, no database.
//
// Verify believes nothing because it stands in the bundle. It opens each signed
// act with the keyring, drives the pure state machines (packages proposal and
// council) by the acts and the history's times, and compares each transition
// byte by byte with the history's outcome and with the trail. Then it replays
// the history with the workflow code and compares what the code answers, because
// a replay alone accepts changed results, times and identities.
//
// What rests on the outside: the fingerprint of the installation's root key. A
// bundle checked without it is only consistent in itself, and the Report says so.
package evidence
