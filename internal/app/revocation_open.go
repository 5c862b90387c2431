package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"vinhdanh/internal/act"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/internal/vietnamese"
	"vinhdanh/workflows"
)

// RevocationForm is what can be revoked of an issued decision, and on which grounds.
type RevocationForm struct {
	Decision  postgres.Decision  `json:"decision"`
	AwardName law.Text           `json:"award_name"`
	Lines     []RevocationLine   `json:"lines"`
	Grounds   []RevocationGround `json:"grounds"` // that hold today
}

// RevocationGround is a ground with its article and how well that is confirmed.
type RevocationGround struct {
	Code   string   `json:"code"`
	Text   law.Text `json:"text"`
	Clause law.Text `json:"clause"`
	Mark   law.Mark `json:"mark"`
}

// OpenRevocationInput opens a revocation of awards of an issued decision.
type OpenRevocationInput struct {
	Decision     string   `json:"decision" validate:"required,max=120"`
	Recognitions []string `json:"recognitions,omitempty" validate:"max=5000,unique,dive,uuid"` // empty: all that the decision names
	Ground       string   `json:"ground" validate:"required,max=40"`
	Reason       string   `json:"reason" validate:"required,max=4000"`
	Due          string   `json:"due" validate:"required,datetime=2006-01-02"` // last day for answers
	Evidence     []byte   `json:"evidence" validate:"required"`
	EvidenceName string   `json:"evidence_name" validate:"required,max=255"`
	Nonce        string   `json:"nonce,omitempty" validate:"omitempty,max=120"`
}

// RevocationDone is an opened revocation and what became of the act.
type RevocationDone struct {
	Done
	ID string `json:"id"`
}

// RevocationForm reads what can be revoked of a decision, for who may open it.
func (a *App) RevocationForm(ctx context.Context, s Session, decision string) (RevocationForm, error) {
	row, _, err := a.readDecision(ctx, s, decision)
	if err != nil {
		return RevocationForm{}, err
	}
	if _, err := a.mayRevoke(ctx, s, row); err != nil {
		return RevocationForm{}, err
	}
	out := RevocationForm{Decision: row, AwardName: a.awardName(row.Award), Lines: []RevocationLine{}, Grounds: []RevocationGround{}}
	rows, err := a.Store.Revocable(ctx, row.ID)
	if err != nil {
		return out, internal("read what can be revoked", err)
	}
	for _, r := range rows {
		out.Lines = append(out.Lines, revocationLine(r))
	}
	for _, g := range a.law().Grounds(a.Today()) {
		out.Grounds = append(out.Grounds, RevocationGround{g.Code, g.Text, g.Label(), g.Mark})
	}
	return out, nil
}

// mayRevoke tells in which capacity the reader opens a revocation of the decision.
func (a *App) mayRevoke(ctx context.Context, s Session, row postgres.Decision) (act.Actor, error) {
	actor, ok := s.may("revocation.open", decisionPlace(row).In(""))
	if !ok {
		return actor, a.refuse(ctx, s, proposal.ActionRevoke, row.CaseID, readable(CodeForbidden,
			"Chỉ cơ quan thường trực đề nghị hủy bỏ khen thưởng.", "only the standing body opens a revocation"))
	}
	if row.Phase != proposal.IssuanceNumbered || !row.Gives() {
		return actor, readable(CodeNotReady, "Chỉ hủy bỏ được quyết định khen thưởng đã ban hành.", "only an issued decision that awards can be revoked")
	}
	return actor, nil
}

// OpenRevocation opens a revocation: its evidence is kept, the units are asked.
func (a *App) OpenRevocation(ctx context.Context, s Session, in OpenRevocationInput) (RevocationDone, error) {
	in.Reason = vietnamese.NFC(strings.TrimSpace(in.Reason))
	if err := a.check(in); err != nil {
		return RevocationDone{}, err
	}
	if done, was, err := a.openedBefore(ctx, s, in.Nonce); was || err != nil {
		return done, err
	}
	row, _, err := a.readDecision(ctx, s, in.Decision)
	if err != nil {
		return RevocationDone{}, err
	}
	actor, err := a.mayRevoke(ctx, s, row)
	if err != nil {
		return RevocationDone{}, err
	}
	data, err := a.revokeData(ctx, row, in)
	if err != nil {
		return RevocationDone{}, err
	}
	name, err := a.checkFile(ctx, s, row.CaseID, in.EvidenceName, in.Evidence)
	if err != nil {
		return RevocationDone{}, err
	}
	if data.Evidence, err = a.keepFile(ctx, in.Evidence); err != nil {
		return RevocationDone{}, err
	}
	id := uuid.NewString()
	if data.Reason, err = a.reason(ctx, s, workflows.RevocationID(id), in.Reason, proposal.ActionRevoke, ""); err != nil {
		return RevocationDone{}, err
	}
	err = a.createRevocation(ctx, postgres.NewRevocation{
		ID: id, Decision: row.ID, Standing: row.Standing, Authority: row.Authority, Ground: in.Ground, LawHash: data.LawHash,
		Evidence: data.Evidence, EvidenceName: name, User: s.User, Whole: data.Whole, Due: in.Due, Year: a.Today().Year, Items: data.Items,
	})
	if err != nil {
		return RevocationDone{}, err
	}
	input := proposal.RevocationInput{Case: workflows.RevocationID(id), Revocation: id, Standing: row.Standing, Authority: row.Authority}
	done, err := a.do(ctx, s, "", act.Request{
		Workflow: workflows.TypeRevocation, Case: input.Case, Action: proposal.ActionRevoke, Number: 1, Data: data, Actor: actor, Nonce: formNonce(s, in.Nonce),
		Start: func(m envelope.Message) any { input.Submit = m; return input },
	})
	return RevocationDone{done, id}, err
}

// openedBefore finds the revocation that the same form opened.
func (a *App) openedBefore(ctx context.Context, s Session, nonce string) (RevocationDone, bool, error) {
	if nonce == "" {
		return RevocationDone{}, false, nil
	}
	at, err := a.Store.Attempt(ctx, formNonce(s, nonce))
	if errors.Is(err, postgres.ErrNotFound) {
		return RevocationDone{}, false, nil
	}
	if err != nil {
		return RevocationDone{}, false, internal("read the attempt", err)
	}
	id := strings.TrimPrefix(at.CaseID, workflows.TypeRevocation+"/")
	done, was, err := a.Repeated(ctx, s, Act{Kind: "revocation", ID: id, Action: proposal.ActionRevoke, Nonce: nonce})
	return RevocationDone{done, id}, was, err
}

func (a *App) createRevocation(ctx context.Context, n postgres.NewRevocation) error {
	err := a.Store.CreateRevocation(ctx, n)
	if errors.Is(err, postgres.ErrBeingRevoked) {
		return readable(CodeConflict, "Có trường hợp đã bị hủy bỏ hoặc đang được xem xét hủy bỏ; hãy chọn lại.", "an award is revoked, or being revoked, already; choose again")
	}
	if err != nil {
		return internal("store the revocation", err)
	}
	return nil
}

// keepFile stores a file by its content and gives its SHA-256.
func (a *App) keepFile(ctx context.Context, content []byte) (string, error) {
	info, err := a.Blobs.Put(ctx, "", bytes.NewReader(content))
	if err != nil {
		return "", internal("keep the file", err)
	}
	return info.SHA256, nil
}

// revokeData is what the act says, without evidence and reason.
func (a *App) revokeData(ctx context.Context, row postgres.Decision, in OpenRevocationInput) (proposal.RevokeData, error) {
	d := proposal.RevokeData{Decision: row.ID, Ground: in.Ground, LawHash: a.law().Hash(), Due: in.Due}
	if !slices.ContainsFunc(a.law().Grounds(a.Today()), func(g *law.RevocationGround) bool { return g.Code == in.Ground }) {
		return d, &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "ground", Rule: "oneof",
			Vi: "Căn cứ này không có trong quy định đang có hiệu lực.", En: "No such ground is in force today."}}}
	}
	if due, err := law.ParseDate(in.Due); err != nil || due.Before(a.Today()) {
		return d, &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "due", Rule: "early",
			Vi: "Hạn lấy ý kiến không được trước hôm nay.", En: "The last day for answers must not lie in the past."}}}
	}
	lines, err := a.Store.Revocable(ctx, row.ID)
	if err != nil {
		return d, internal("read what can be revoked", err)
	}
	whole := len(in.Recognitions) == 0 || len(in.Recognitions) == len(lines)
	d.Whole = whole && len(lines) > 0
	for _, l := range lines {
		chosen := len(in.Recognitions) == 0 || slices.Contains(in.Recognitions, l.Recognition)
		if l.Revoked || l.Pending {
			d.Whole = false
		}
		if chosen && !((l.Revoked || l.Pending) && len(in.Recognitions) == 0) {
			d.Items = append(d.Items, proposal.RevocationItem{Recognition: l.Recognition, Item: l.Item, Unit: l.Unit})
		}
	}
	if len(d.Items) == 0 || (len(in.Recognitions) > 0 && len(d.Items) != len(in.Recognitions)) {
		return d, &Error{Code: CodeInvalid, Detail: fmt.Sprint(len(lines), " can be revoked"), Fields: []FieldError{{Field: "recognitions", Rule: "oneof",
			Vi: "Chọn các trường hợp thuộc quyết định này, chưa bị hủy bỏ.", En: "Choose awards of this decision that are not revoked yet."}}}
	}
	return d, nil
}
