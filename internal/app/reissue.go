package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"vinhdanh/internal/decision"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/vietnamese"
)

// ReissueChoice is a reason for which a certificate is made anew, with its article and
// how well that is confirmed.
type ReissueChoice struct {
	Code   string   `json:"code"`
	Kind   string   `json:"kind"` // exchange (cấp đổi) or again (cấp lại)
	Back   string   `json:"back"` // must: the old one comes back; gone: it cannot
	Text   law.Text `json:"text"`
	Clause law.Text `json:"clause"`
	Mark   law.Mark `json:"mark"`
}

// ReissueInput makes a certificate anew in place of another of the same decision.
type ReissueInput struct {
	Certificate string `json:"certificate" validate:"required,uuid"` // the one to be replaced
	Reason      string `json:"reason" validate:"required,max=40"`    // code of the law's data
	Why         string `json:"why" validate:"required,max=1000"`     // as it was asked for
	ReturnedOn  string `json:"returned_on,omitempty" validate:"omitempty,datetime=2006-01-02"`
	Nonce       string `json:"nonce,omitempty" validate:"omitempty,max=120"`
}

// reissueChoices are the reasons of today, for who may make certificates anew.
func (a *App) reissueChoices(s Session, row postgres.Decision) []ReissueChoice {
	out := []ReissueChoice{}
	if _, ok := s.may("certificate.reissue", decisionPlace(row)); !ok {
		return out
	}
	for _, r := range a.law().Reissues(a.Today()) {
		out = append(out, ReissueChoice{r.Code, r.Kind, r.Back, r.Text, r.Label(), r.Mark})
	}
	return out
}

// ReissueCertificate makes a certificate anew (cấp đổi, cấp lại): it says what the
// decision says, takes the next number of its gold book and names the one it replaces,
// which is void from then on. What was corrected since stands on it as it is right now;
// what was revoked is not made anew.
func (a *App) ReissueCertificate(ctx context.Context, s Session, id string, in ReissueInput) (CertificateDesk, error) {
	in.Why = vietnamese.NFC(strings.TrimSpace(in.Why))
	if err := a.check(in); err != nil {
		return CertificateDesk{}, err
	}
	desk, err := a.Certificates(ctx, s, id)
	if err != nil {
		return desk, err
	}
	if _, ok := s.may("certificate.reissue", decisionPlace(desk.Decision)); !ok {
		return desk, a.refuse(ctx, s, "reissue-certificate", desk.Decision.CaseID, readable(CodeForbidden,
			"Chỉ văn thư của cơ quan ban hành cấp đổi, cấp lại.", "only the issuing body's registrar makes certificates anew"))
	}
	reason, err := a.reissueReason(desk, in)
	if err != nil {
		return desk, err
	}
	content, err := a.contentAnew(ctx, desk, in.Certificate)
	if err != nil {
		return desk, err
	}
	err = a.Store.ReissueCertificate(ctx, postgres.NewReissue{
		Replaces: in.Certificate, Content: content, Kind: reason.Kind, Reason: reason.Code, LawHash: a.law().Hash(), Why: in.Why,
		ReturnedOn: in.ReturnedOn, Nonce: formNonce(s, in.Nonce), User: s.User,
	})
	if errors.Is(err, postgres.ErrReissued) {
		return desk, readable(CodeConflict, "Bằng, giấy này đã được cấp bản khác thay; hãy mở lại trang.", "the certificate was replaced before; open the page again")
	}
	if err != nil {
		return desk, internal("make the certificate anew", err)
	}
	return a.Certificates(ctx, s, id)
}

// reissueReason checks the reason and whether the old one came back as it asks.
func (a *App) reissueReason(desk CertificateDesk, in ReissueInput) (*law.ReissueReason, error) {
	i := slices.IndexFunc(a.law().Reissues(a.Today()), func(r *law.ReissueReason) bool { return r.Code == in.Reason })
	if i < 0 {
		return nil, &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "reason", Rule: "oneof",
			Vi: "Không có lý do này trong quy định đang có hiệu lực; hãy chọn trong danh sách.", En: "No such reason is in force today; choose one of the list."}}}
	}
	r, on := a.law().Reissues(a.Today())[i], in.ReturnedOn
	wrong := func(rule, vi, en string) error {
		return &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "returned_on", Rule: rule, Vi: vi, En: en}}}
	}
	switch {
	case r.Back == law.OldMustReturn && on == "":
		return nil, wrong("required", "Lý do này cần thu lại bản cũ; hãy ghi ngày thu lại.", "This reason needs the old one back; enter the day it came back.")
	case r.Back == law.OldIsGone && on != "":
		return nil, wrong("excluded_if", "Bản cũ đã mất nên không có ngày thu lại; nếu đã thu lại, hãy chọn lý do khác.", "The old one is lost, so it did not come back; choose another reason if it did.")
	case on > a.Today().String():
		return nil, wrong("future", "Ngày thu lại không được sau hôm nay.", "The day it came back must not lie in the future.")
	case on != "" && desk.Decision.NumberDate != nil && on < desk.Decision.NumberDate.Format(time.DateOnly):
		return nil, wrong("early", "Ngày thu lại không được trước ngày ban hành.", "The day it came back must not lie before the day of issue.")
	}
	return r, nil
}

// contentAnew is what the new certificate says: the words of its decision.
func (a *App) contentAnew(ctx context.Context, desk CertificateDesk, certificate string) (decision.Certificate, error) {
	var none decision.Certificate
	all, err := a.Store.CertificatesOf(ctx, desk.Decision.ID)
	if err != nil {
		return none, internal("read the certificates", err)
	}
	i := slices.IndexFunc(all, func(c postgres.Certificate) bool { return c.ID == strings.ToLower(certificate) })
	if i < 0 {
		return none, &Error{Code: CodeNotFound, Vi: "Quyết định này không có bằng, giấy đó.", En: "the decision has no such certificate"}
	}
	if by := all[i].CancelledBy; by != nil {
		return none, readable(CodeNotReady, "Khen thưởng này đã bị hủy bỏ bởi Quyết định số "+*by+"; không cấp đổi, cấp lại.",
			"the award was revoked by decision "+*by+"; its certificate is not made anew")
	}
	line := slices.IndexFunc(desk.Lines, func(l CertificateLine) bool { return l.Item == all[i].Item })
	in, err := draftOf(desk.Decision)
	if err != nil || line < 0 {
		return none, internal("read the draft", errors.Join(err, errors.New("certificate "+certificate)))
	}
	doc, err := numbered(in, desk.Decision)
	if err != nil {
		return none, fromDecision(err)
	}
	in.Number, in.Date = doc.Number, doc.Date
	out, err := decision.CertificateOf(in, line)
	if err != nil {
		return none, fromDecision(err)
	}
	desk.Lines[line].correct(&out)
	return out, nil
}

// because is the text of the reason for which a certificate was made anew.
func (a *App) because(c postgres.Certificate) law.Text {
	if r, err := a.law().Reissue(c.Reason); err == nil {
		return r.Text
	}
	return law.Text{VI: c.Reason, EN: c.Reason}
}

// anew says in whose place a certificate stands, why, and whether the old one came back.
func (l GoldBookLine) anew(locale string) string {
	text := pick(locale, "cấp đổi", "exchanged")
	if l.Reissue == law.ReissueAgain {
		text = pick(locale, "cấp lại", "issued again")
	}
	text += pick(locale, " thay số ", " in place of ") + goldText(l.OldNumber, l.OldYear) + ": " + pick(locale, l.Because.VI, l.Because.EN)
	if l.ReturnedOn != nil {
		return text + pick(locale, "; đã thu lại bản cũ ", "; the old one came back ") + l.ReturnedOn.Format("02/01/2006")
	}
	return text + pick(locale, "; không thu lại được bản cũ", "; the old one did not come back")
}

// void says by which number a certificate was replaced.
func (l GoldBookLine) void(locale string) string {
	return pick(locale, "hết giá trị, đã thay bằng số ", "void, replaced by ") + goldText(l.NewNumber, l.NewYear)
}
