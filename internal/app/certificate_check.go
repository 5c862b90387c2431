package app

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"vinhdanh/internal/postgres"
)

// CertificateCheck is how a certificate of a decision stands, without a name.
type CertificateCheck struct {
	Gold  string `json:"gold"`         // 17/2023
	State string `json:"state"`        // valid, replaced, cancelled or unknown
	By    string `json:"by,omitempty"` // the gold-book number that replaced it, or the decision that cancelled it
	On    string `json:"on,omitempty"` // ISO day on which it was replaced
}

// CertificateReplaced is the state of a certificate that was made anew.
const CertificateReplaced = "replaced"

// Words says it in a sentence.
func (c CertificateCheck) Words(locale string) string {
	switch c.State {
	case DocumentValid:
		return fmt.Sprintf(pick(locale, "Bằng, giấy số sổ vàng %s còn giá trị.", "The certificate with gold-book number %s stands."), c.Gold)
	case CertificateReplaced:
		day := c.On
		if on, err := time.Parse(time.DateOnly, c.On); err == nil {
			day = on.Format("02/01/2006")
		}
		return fmt.Sprintf(pick(locale, "Bằng, giấy số sổ vàng %s hết giá trị: ngày %s đã cấp bản số %s thay.",
			"The certificate with gold-book number %s is void: on %s number %s was made in its place."), c.Gold, day, c.By)
	case DocumentCancelled:
		return fmt.Sprintf(pick(locale, "Bằng, giấy số sổ vàng %s hết giá trị: khen thưởng đã bị hủy bỏ bởi Quyết định số %s.",
			"The certificate with gold-book number %s is void: the award was revoked by Decision No. %s."), c.Gold, c.By)
	}
	return fmt.Sprintf(pick(locale, "Quyết định này không có bằng, giấy nào mang số sổ vàng %s.", "The decision has no certificate with gold-book number %s."), c.Gold)
}

var goldForm = regexp.MustCompile(`^([0-9]{1,7})/([0-9]{4})$`)

// issuedWith reads what was issued under a code, and how the certificate with a
// gold-book number stands where one is asked for.
func (a *App) issuedWith(ctx context.Context, code, gold string) (DocumentCheck, error) {
	gold = strings.ReplaceAll(gold, " ", "")
	parts := goldForm.FindStringSubmatch(gold)
	if gold != "" && parts == nil {
		return DocumentCheck{}, &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "gold", Rule: "wrong"}},
			Vi: "Số sổ vàng có dạng 17/2023.", En: "a gold-book number looks like 17/2023"}
	}
	out, err := a.issuedAs(ctx, code, "")
	if err != nil || parts == nil || out.State == DocumentUnknown {
		return out, err
	}
	row, err := a.Store.IssuedDocument(ctx, code, "")
	if err != nil {
		return out, internal("look for the document", err)
	}
	number, _ := strconv.Atoi(parts[1]) // digits both, by goldForm
	year, _ := strconv.Atoi(parts[2])
	check := CertificateCheck{Gold: goldText(number, year), State: DocumentUnknown}
	out.Certificate = &check
	c, err := a.Store.CertificateNumbered(ctx, row.ID, year, number)
	switch {
	case errors.Is(err, postgres.ErrNotFound):
	case err != nil:
		return out, internal("look for the certificate", err)
	case c.CancelledBy != nil:
		check.State, check.By = DocumentCancelled, *c.CancelledBy
	case c.ReplacedBy != nil:
		check.State, check.By = CertificateReplaced, goldText(c.NewNumber, c.NewYear)
		if c.NewAt != nil {
			check.On = c.NewAt.In(vietNam).Format(time.DateOnly)
		}
	default:
		check.State = DocumentValid
	}
	return out, nil
}
