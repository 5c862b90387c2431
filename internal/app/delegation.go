package app

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// longestDelegation is for how long one delegation may be given, in days.
const longestDelegation = 366

// DelegationInput gives roles of one person in one unit to another person for
// some days.
type DelegationInput struct {
	Delegator string   `json:"delegator,omitempty" validate:"omitempty,uuid"` // empty: oneself
	Delegate  string   `json:"delegate" validate:"required,uuid"`
	Unit      string   `json:"unit" validate:"required,max=100"`
	Roles     []string `json:"roles" validate:"required,min=1,max=12,unique,dive,required,max=40"`
	From      string   `json:"first_day,omitempty" validate:"omitempty,datetime=2006-01-02"` // empty: today
	To        string   `json:"last_day" validate:"required,datetime=2006-01-02"`             // last day
	Basis     string   `json:"basis,omitempty" validate:"max=200"`                           // number and date of the paper that says so
	Nonce     string   `json:"nonce,omitempty" validate:"omitempty,max=120"`
}

// DelegationRow is a delegation as its readers see it.
type DelegationRow = postgres.Delegation

// SetDelegation gives roles to somebody for a time. It is set by their holder, or
// by the secretary or an administrator of the unit, who then is not the delegate.
func (a *App) SetDelegation(ctx context.Context, s Session, in DelegationInput) (DelegationRow, error) {
	if err := a.check(in); err != nil {
		return DelegationRow{}, err
	}
	if in.Delegator == "" {
		in.Delegator = s.User
	}
	if in.From == "" {
		in.From = a.Today().String()
	}
	if err := a.maySetFor(ctx, s, in.Delegator, in.Unit); err != nil {
		return DelegationRow{}, err
	}
	if err := a.delegationRules(ctx, s, in); err != nil {
		return DelegationRow{}, a.refuse(ctx, s, "set-delegation", in.Unit, err)
	}
	nonce := formNonce(s, in.Nonce)
	if nonce == "" {
		nonce = uuid.NewString()
	}
	row, busy, err := a.Store.AddDelegation(ctx, postgres.NewDelegation{
		Delegator: in.Delegator, Delegate: in.Delegate, Unit: in.Unit, Roles: in.Roles,
		From: in.From, To: in.To, Basis: in.Basis, SetBy: s.User, Nonce: nonce,
	})
	if err != nil {
		return DelegationRow{}, internal("store the delegation", err)
	}
	if busy {
		return DelegationRow{}, readable(CodeDuplicate, "Người này đã được ủy quyền vai trò đó trong những ngày ấy; hãy chấm dứt ủy quyền cũ trước.",
			"this person holds that role by delegation on those days already; end that delegation first")
	}
	return row, nil
}

// maySetFor refuses whoever may not delegate a person's roles in a unit.
func (a *App) maySetFor(ctx context.Context, s Session, person, unit string) error {
	if person == s.User && s.member("delegation.set-own") {
		return nil
	}
	at, err := a.unitPlace(ctx, unit)
	if err != nil {
		return err
	}
	if _, ok := s.may("delegation.set", at); !ok {
		return a.refuse(ctx, s, "set-delegation", unit, readable(CodeForbidden,
			"Chỉ người giữ vai trò, thư ký hoặc quản trị của đơn vị lập và chấm dứt ủy quyền.",
			"only the role's holder, or the secretary or an administrator of the unit, sets and ends a delegation"))
	}
	return nil
}

// delegationRules says why a delegation cannot be: to whom, when, of which roles.
func (a *App) delegationRules(ctx context.Context, s Session, in DelegationInput) *Error {
	if in.Delegate == in.Delegator || in.Delegate == s.User {
		return badField("delegate", "Không ai ủy quyền cho chính mình, cũng không tự nhận ủy quyền mà mình lập thay người khác.",
			"nobody delegates to themselves, nor takes a delegation that they set for somebody else")
	}
	if err := a.delegationDays(in); err != nil {
		return err
	}
	for _, r := range in.Roles {
		if err := a.delegable(proposal.Role(r), law.MustDate(in.From)); err != nil {
			return err
		}
	}
	held, err := a.Store.Memberships(ctx, in.Delegator, in.From)
	if err != nil {
		return fail(CodeUnavailable, "the roles could not be read")
	}
	for _, r := range in.Roles {
		if err := holdsInPerson(held, in.Unit, r); err != nil {
			return err
		}
	}
	around, err := a.Store.HoldersAround(ctx, in.Unit, in.From)
	if err != nil {
		return fail(CodeUnavailable, "the people could not be read")
	}
	return a.fitsDelegate(in, around)
}

// delegationDays: from today on, not backwards, not for ever.
func (a *App) delegationDays(in DelegationInput) *Error {
	from, err1 := time.Parse(time.DateOnly, in.From)
	to, err2 := time.Parse(time.DateOnly, in.To)
	switch {
	case err1 != nil || err2 != nil || in.From < a.Today().String():
		return badField("first_day", "Ngày bắt đầu ủy quyền không được trước hôm nay.", "a delegation does not begin before today")
	case to.Before(from):
		return badField("last_day", "Ngày kết thúc không được trước ngày bắt đầu.", "the last day must not lie before the first")
	case to.Sub(from) > longestDelegation*24*time.Hour:
		return badField("last_day", "Một lần ủy quyền dài nhất là một năm.", "one delegation lasts a year at most")
	}
	return nil
}

// delegable says why a role may not be delegated on a day; nil means that it may.
// For signing the law's data decides.
func (a *App) delegable(role proposal.Role, on law.Date) *Error {
	r, known := a.table().Role(role)
	switch {
	case !known:
		return badField("roles", "Không có vai trò này.", "there is no such role")
	case r.Delegable == permission.DelegableYes:
		return nil
	case r.Delegable == permission.DelegableNo:
		return badField("roles", r.Why.VI, r.Why.EN)
	}
	why := law.Text{VI: "Dữ liệu pháp luật không cho phép ủy quyền vai trò này.", EN: "The law's data does not allow this role to be delegated."}
	for _, m := range a.law().SigningModes(role, on) {
		if m.How == law.SignsByDelegation {
			return nil
		}
		label := m.Label()
		why.VI += " " + m.Mode + ": " + m.Text.VI + " (" + label.VI + ")"
		why.EN += " " + m.Mode + ": " + m.Text.EN + " (" + label.EN + ")"
	}
	return badField("roles", why.VI, why.EN)
}

// holdsInPerson: nobody gives away what they do not hold, or hold for another.
func holdsInPerson(held []postgres.Membership, unit, role string) *Error {
	for _, delegated := range []bool{false, true} {
		for _, m := range held {
			if m.Unit != unit || m.Role != role || (m.OnBehalfOf != "") != delegated {
				continue
			}
			if delegated {
				return badField("roles", "Vai trò này là vai trò được ủy quyền; người được ủy quyền không được ủy quyền lại.",
					"this role is held by delegation; a delegate does not delegate it again")
			}
			return nil
		}
	}
	return badField("roles", "Người ủy quyền không giữ vai trò này ở đơn vị vào ngày bắt đầu.",
		"the delegator does not hold this role in the unit on the first day")
}

// fitsDelegate: the delegate is of the house, does not hold the role anyway, and
// holds what the role asks of whoever exercises it.
func (a *App) fitsDelegate(in DelegationInput, around []postgres.Holder) *Error {
	own := map[string]bool{} // roles in the unit itself
	ofHouse := false
	for _, h := range around {
		if h.User == in.Delegate {
			ofHouse = true
			own[h.Role] = own[h.Role] || h.Unit == in.Unit
		}
	}
	if !ofHouse {
		return badField("delegate", "Người được ủy quyền phải đang công tác ở đơn vị này, đơn vị cấp trên hoặc cấp dưới trực tiếp.",
			"the delegate must hold a role in this unit, the one above it or one right below it")
	}
	for _, code := range in.Roles {
		if own[code] {
			return badField("roles", "Người này đã giữ vai trò đó ở đơn vị, không cần ủy quyền.",
				"this person holds that role in the unit already and needs no delegation")
		}
		r, _ := a.table().Role(proposal.Role(code))
		if len(r.To) > 0 && !slices.ContainsFunc(r.To, func(t proposal.Role) bool { return own[string(t)] }) {
			return badField("delegate", "Việc điều hành Hội đồng chỉ ủy quyền cho ủy viên của chính Hội đồng đó.",
				"this role is delegated only to somebody who belongs to the same council")
		}
	}
	return nil
}

// badField is a readable error that names one field.
func badField(field, vi, en string) *Error {
	e := readable(CodeInvalid, vi, en)
	e.Fields = []FieldError{{Field: field, Rule: "delegation"}}
	return e
}
