package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"vinhdanh/internal/decision"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/internal/vietnamese"
)

// CorrectionLineInput corrects one field of one recognition.
type CorrectionLineInput struct {
	Recognition string `json:"recognition" validate:"required,uuid"`
	Field       string `json:"field" validate:"oneof=name position unit"`
	Was         string `json:"was" validate:"max=300"` // exactly what stands there now
	Is          string `json:"is" validate:"max=300"`
	Reason      string `json:"reason" validate:"required,max=500"`
}

// DraftCorrectionInput asks for the draft of a decision that corrects another one.
type DraftCorrectionInput struct {
	Lines  []CorrectionLineInput `json:"lines" validate:"required,min=1,max=300,dive"`
	Signer string                `json:"signer,omitempty" validate:"omitempty,uuid"` // empty: the head of the authority
	Mode   *string               `json:"mode,omitempty" validate:"omitempty,oneof='' 'KT.' 'Q.' 'TUQ.' 'TM.' 'TM. KT.'"`
}

// DraftCorrection composes the decision that corrects an issued one. From there on it is
// submitted, signed, sent back and numbered like every decision; the ledger is put right
// once it is issued. The same draft asked for again is the one that stands.
func (a *App) DraftCorrection(ctx context.Context, s Session, id string, in DraftCorrectionInput) (DecisionView, error) {
	for i := range in.Lines {
		l := &in.Lines[i]
		l.Recognition = strings.ToLower(l.Recognition)
		l.Was, l.Is, l.Reason = vietnamese.NFC(l.Was), vietnamese.NFC(strings.TrimSpace(l.Is)), vietnamese.NFC(strings.TrimSpace(l.Reason))
	}
	if err := a.check(in); err != nil {
		return DecisionView{}, err
	}
	row, was, err := a.readDecision(ctx, s, id)
	if err != nil {
		return DecisionView{}, err
	}
	if _, err := a.mayCorrect(ctx, s, row); err != nil {
		return DecisionView{}, err
	}
	now, err := a.correctable(ctx, row.ID)
	if err != nil {
		return DecisionView{}, err
	}
	if err := correctionFaults(in.Lines, now); err != nil {
		return DecisionView{}, err
	}
	ordered(in.Lines, now)
	d, lines, err := a.composeCorrection(ctx, s, row, was, in, now)
	if err != nil {
		return DecisionView{}, err
	}
	made, err := a.Store.CreateCorrection(ctx, row.ID, d, lines)
	var other postgres.ErrCorrecting
	switch {
	case errors.As(err, &other):
		return a.correctingAlready(ctx, s, other, lines)
	case err != nil:
		return DecisionView{}, internal("store the draft", err)
	}
	return a.DecisionView(ctx, s, made)
}

// correctingAlready leads to the draft that says the same, or refuses a second one.
func (a *App) correctingAlready(ctx context.Context, s Session, other postgres.ErrCorrecting, lines []CorrectionLine) (DecisionView, error) {
	stands, err := a.Store.CorrectionLines(ctx, other.Decision)
	if err != nil {
		return DecisionView{}, internal("read what is corrected", err)
	}
	if other.Phase == "draft" && slices.Equal(stands, lines) {
		return a.DecisionView(ctx, s, other.Decision)
	}
	return DecisionView{}, readable(CodeConflict, "Mục này đang được đính chính bởi dự thảo "+other.Ref+"; hãy hoàn thành hoặc bỏ dự thảo đó trước.",
		"it is being corrected by "+other.Ref+"; finish or discard that one first")
}

// correctionFaults says of each line why it cannot be: not of the decision, revoked, not
// what stands there, no change, no name, or the field twice.
func correctionFaults(lines []CorrectionLineInput, now []CorrectableLine) error {
	var faults []FieldError
	seen := map[[2]string]bool{}
	for i, l := range lines {
		add := func(field, vi, en string) {
			faults = append(faults, FieldError{Field: fmt.Sprintf("lines[%d].%s", i, field), Rule: "wrong", Vi: vi, En: en})
		}
		at, found := lineOf(now, l.Recognition)
		key := [2]string{l.Recognition, l.Field}
		switch {
		case !found:
			add("recognition", "Trường hợp này không thuộc quyết định được đính chính.", "This award is not one of the decision that is corrected.")
		case at.Revoked:
			add("recognition", "Khen thưởng này đã bị hủy bỏ; không đính chính.", "This award was revoked; it is not corrected.")
		case seen[key]:
			add("field", "Mỗi mục của một trường hợp chỉ đính chính một lần.", "A field of an award is corrected once.")
		case l.Was != at.of(l.Field):
			add("was", "Thông tin hiện ghi là “"+at.of(l.Field)+"”; hãy mở lại và nhập theo đó.", "What stands there now is “"+at.of(l.Field)+"”; open the form again and enter that.")
		case l.Is == l.Was:
			add("is", "Thông tin đính chính giống thông tin đang ghi.", "The correction changes nothing.")
		case l.Is == "" && l.Field == proposal.FieldName:
			add("is", "Không được để trống tên.", "A name must not be empty.")
		}
		seen[key] = true
	}
	if len(faults) > 0 {
		return &Error{Code: CodeInvalid, Fields: faults}
	}
	return nil
}

// ordered puts the lines in the printed order of the decision, fields of one award together.
func ordered(lines []CorrectionLineInput, now []CorrectableLine) {
	slices.SortStableFunc(lines, func(x, y CorrectionLineInput) int {
		a, _ := lineOf(now, x.Recognition)
		b, _ := lineOf(now, y.Recognition)
		fields := proposal.CorrectionFields()
		return cmp.Or(cmp.Compare(a.Place, b.Place), cmp.Compare(slices.Index(fields, x.Field), slices.Index(fields, y.Field)))
	})
}

// composeCorrection composes the correcting decision in the frame of the one it corrects.
func (a *App) composeCorrection(ctx context.Context, s Session, row postgres.Decision, was decision.Input, in DraftCorrectionInput, now []CorrectableLine) (postgres.DecisionDraft, []CorrectionLine, error) {
	var none postgres.DecisionDraft
	if row.NumberDate == nil || len(was.Awards) == 0 {
		return none, nil, internal("read the draft", errors.New("decision "+row.ID))
	}
	p := parts{group: &DecisionGroup{Authority: row.Authority, Standing: row.Standing}, today: a.Today()}
	ask := DraftDecisionInput{Signer: in.Signer, Mode: in.Mode}
	if err := a.people(ctx, &p, &ask); err != nil {
		return none, nil, err
	}
	regime, err := a.law().RegimeOn(p.today)
	if err != nil {
		return none, nil, fromLaw(err)
	}
	part := &decision.CorrectPart{Number: row.NumberText, Date: *row.NumberDate, Award: actsAt(was, now, in.Lines)}
	var lines []CorrectionLine
	for _, l := range in.Lines {
		at, _ := lineOf(now, l.Recognition)
		lines = append(lines, CorrectionLine{Recognition: l.Recognition, Item: at.Item, Field: l.Field, Was: l.Was, Is: l.Is, Reason: l.Reason})
		part.Lines = append(part.Lines, decision.CorrectLine{
			Place: at.Place, Kind: decision.Kind(at.Kind), Field: l.Field, Was: l.Was, Is: l.Is, Reason: l.Reason,
			Entry: decision.Entry{Form: at.form, Name: at.Name, Position: at.Position, Workplace: at.Unit},
		})
	}
	d := decision.Input{
		Issuer: was.Issuer, Superior: was.Superior, Authority: was.Authority, AuthorityText: was.AuthorityText, Symbol: was.Symbol, Place: was.Place,
		Drafted: civilDay(p.today), Bases: a.correctionBases(regime), Proposer: p.proposer, Executors: was.Executors, Recipients: was.Recipients, Filing: was.Filing,
		Signing: signingOf(p.head, p.signer, was.Issuer[0], ask.Mode), Corrects: part, Code: decision.NewCode(), Verify: a.verifyAt(),
	}
	if d.Wording, err = a.documentWords(ctx); err != nil {
		return none, nil, err
	}
	content, err := contentOfDecision(d)
	if err != nil {
		return none, nil, fromDecision(err)
	}
	return postgres.DecisionDraft{
		Authority: row.Authority, Standing: row.Standing, Award: row.Award, Input: d, Content: content, Signer: p.signer.User, Year: p.today.Year, User: s.User,
	}, lines, nil
}

// actsAt says what was given to those whom the lines are about, as the decision says it:
// who was awarded posthumously stands in an article of its own.
func actsAt(was decision.Input, now []CorrectableLine, lines []CorrectionLineInput) string {
	var out []string
	for _, l := range lines {
		at, _ := lineOf(now, l.Recognition)
		place := at.Place
		for _, part := range was.Awards {
			if place <= len(part.Items) {
				out = addOnce(out, part.Verb+" "+part.Award)
				break
			}
			place -= len(part.Items)
		}
	}
	if len(out) == 0 {
		out = []string{was.Awards[0].Verb + " " + was.Awards[0].Award}
	}
	return strings.Join(out, "; ")
}

// correctionBases are the legal bases of a correction: those of today's regime, and what
// is cited for putting a document right.
func (a *App) correctionBases(regime *law.Regime) []string {
	out := legalBases([]*law.Regime{regime})
	for _, r := range a.law().Corrections(a.Today()) {
		if r.Cites != "" {
			out = addOnce(out, "Căn cứ "+r.Cites)
		}
	}
	return out
}
