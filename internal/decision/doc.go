// Package decision makes the document that ends a case: the signed decision
// (quyết định) naming the subjects that are recognised.
//
// It works in four steps, each usable alone:
//
//  1. Build composes a Document from an Input: verb, legal bases, articles and
//     the list of subjects. A Document is plain data and holds every word that
//     is printed.
//  2. Digest gives the hash of what a Document says. The signer's act commits
//     to it before number and date exist, so it covers neither.
//  3. Render lays the Document out as a PDF after Decree 30/2020/NĐ-CP,
//     Appendix I. Without a number the PDF carries form fields for number and
//     date, and FillNumber fills them.
//  4. Sign adds a PAdES baseline B-B signature as an incremental update; the
//     signer signs first, then number and date are filled, then the
//     organisation signs. Verify finds out what holds.
//
// Names are printed exactly as given: NFC is required, never made by changing
// letters or case, and no name is split over two pages. The same Document gives
// the same bytes.
//
// The package does no SQL, HTTP or workflow; keys reach it as crypto.Signer.
package decision
