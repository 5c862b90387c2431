package app

import (
	"context"
	"strings"

	"vinhdanh/internal/envelope"
)

// KeyView is one signing key of the ring: never its private part.
type KeyView struct {
	envelope.Key
	InUse bool `json:"in_use"` // serve signs with it now
}

// KeyRing is the keyring as administrators see it.
type KeyRing struct {
	Installation string    `json:"installation"`
	Version      int       `json:"version"`
	Root         string    `json:"root"` // fingerprint of the offline root
	Keys         []KeyView `json:"keys"`
}

// ring is the keyring in force: the newest that the root signed.
func (a *App) ring() *envelope.Ring {
	if a.Rings != nil {
		return a.Rings()
	}
	return a.Ring
}

// KeyRing shows purposes, fingerprints, since when, revoked or not.
func (a *App) KeyRing(ctx context.Context, s Session) (KeyRing, error) {
	if err := a.installation(ctx, s, true, "keys.read", ""); err != nil {
		return KeyRing{}, err
	}
	r := a.ring()
	if r == nil {
		return KeyRing{}, &Error{Code: CodeNotFound}
	}
	out := KeyRing{Installation: r.Installation, Version: r.Version, Root: a.Root, Keys: []KeyView{}}
	for _, k := range r.Keys {
		out.Keys = append(out.Keys, KeyView{Key: k, InUse: a.Desk.Signer != nil && a.Desk.Signer.KeyID == k.ID})
	}
	return out, nil
}

// RingInput is a keyring that the offline root has signed.
type RingInput struct {
	Signed string `json:"signed" validate:"required,max=200000"` // content of keyring.jws
	Reason string `json:"reason" validate:"required,max=1000"`
	Nonce  string `json:"-"`
}

// UploadRing takes a keyring that the root signed on the offline machine: it must be
// signed by the configured root, extend the present one and carry a higher version.
// Every process takes it up within seconds.
func (a *App) UploadRing(ctx context.Context, s Session, in RingInput) (KeyRing, error) {
	if err := a.check(in); err != nil {
		return KeyRing{}, err
	}
	if err := a.installation(ctx, s, false, "keys.upload", "keyring"); err != nil {
		return KeyRing{}, err
	}
	if did, err := a.again(ctx, s, in.Nonce); err != nil || did {
		ring, rerr := a.KeyRing(ctx, s)
		return ring, firstError(internalOrNil("read events", err), rerr)
	}
	was := a.ring()
	if was == nil {
		return KeyRing{}, &Error{Code: CodeNotFound}
	}
	signed := strings.TrimSpace(in.Signed)
	next, err := envelope.ParseRing(signed, a.RootPublic, a.Root)
	bad := func(vi, en string) error {
		return a.refuse(ctx, s, "keys.upload", "keyring", &Error{Code: CodeInvalid, Detail: en, Fields: []FieldError{{Field: "signed", Rule: "value", Vi: vi, En: en}}})
	}
	switch {
	case err != nil:
		return KeyRing{}, bad("Vòng khóa không do khóa gốc của hệ thống ký.", "The keyring is not signed by the configured root.")
	case !next.Extends(was):
		return KeyRing{}, bad("Vòng khóa mới phải giữ nguyên các khóa đã có; chỉ được thêm hoặc thu hồi.", "The new keyring must keep what is there: it may only add and revoke.")
	case next.Version <= was.Version:
		return KeyRing{}, bad("Vòng khóa này không mới hơn vòng khóa đang dùng.", "This keyring is not newer than the present one.")
	}
	d := doing(s, "keys.upload", "keyring", in.Reason, in.Nonce)
	if _, err := a.Store.PutRing(ctx, d, next.Version, signed, was, next); err != nil {
		return KeyRing{}, changed("keep keyring", err)
	}
	if a.RefreshRing != nil {
		if err := a.RefreshRing(ctx); err != nil {
			return KeyRing{}, internal("take the keyring up", err)
		}
	}
	return a.KeyRing(ctx, s)
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// keyHealth says whether serve signs with a key that still holds.
func (a *App) keyHealth(h *Health) {
	r := a.ring()
	if r == nil || a.Desk.Signer == nil {
		return
	}
	k, known := r.Key(a.Desk.Signer.KeyID)
	if !known || k.Revoked != nil {
		h.add("keys", HealthError, "khóa ký của máy chủ web đã thu hồi hoặc không có trong vòng khóa; mọi thao tác sẽ bị từ chối", "the key that serve signs with is revoked or not in the ring; every act is refused",
			"đặt khóa app mới vào thư mục khóa rồi khởi động lại serve", "put a new app key into the keys folder and restart serve")
		return
	}
	h.add("keys", HealthOK, "khóa ký còn hiệu lực từ "+k.Added.Format("02/01/2006"), "the signing key holds since "+k.Added.Format("2006-01-02"))
}
