// Package app is the application layer: one function per thing that a person may
// do. Page, API, CLI and Excel call the same functions, so that a rule can never
// hold on one path and not on the other.
//
// Each function takes a Session (who asks, with which roles in which units),
// validates its input once, checks permission, and then acts: by an act on a case
// (package act) where the case changes, by the store where it does not. What it
// refuses is put on record.
package app

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/go-playground/validator/v10"
	"github.com/rs/zerolog"
	"go.temporal.io/sdk/client"

	"vinhdanh/internal/act"
	"vinhdanh/internal/blob"
	"vinhdanh/internal/decision"
	"vinhdanh/internal/dossier"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/filecheck"
	"vinhdanh/internal/identity"
	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/law"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/ops"
	"vinhdanh/internal/payload"
	"vinhdanh/internal/personal"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/restore"
)

// App does what people ask for.
type App struct {
	Store    *postgres.Store
	Blobs    blob.Store
	Temporal client.Client
	Desk     *act.Desk
	Law      *law.Law // that the process was started with; a.law() is what holds
	Rules    *eval.Evaluator
	Keys     payload.Keys
	Pinned   *dossier.Pinned
	Laws     *dossier.InForce // nil: made by New
	Folder   *LawFolder       // the directory of law data; nil: the built-in data
	Place    Place
	// Ring is the keyring that signed acts are opened with, Root the fingerprint of
	// the key that signed it, as the installation published it.
	Ring *envelope.Ring
	Root string
	// RootPublic is the root's public key; Rings gives the newest ring where an
	// administrator may have uploaded one since (nil: Ring), RefreshRing looks again.
	RootPublic  string
	Rings       func() *envelope.Ring
	RefreshRing func(context.Context) error
	// Ops is Temporal as administrators see it; nil: nothing is shown.
	Ops ops.Operations
	// Settings are what the process was started with, for administrators; no secrets.
	Settings []Setting
	// Today is the business date: the civil date in Asia/Ho_Chi_Minh, or a fixed
	// one in a demo instance.
	Today func() law.Date
	// OwnRegister: numbers are given by our own register without gaps; otherwise
	// the registrar enters what the document system gave.
	OwnRegister bool
	// BusyWait is how long a registrar's act waits while the register's last number is
	// still being given to another decision; 0: ten seconds.
	BusyWait time.Duration
	// Signing is how decisions are signed; zero: only the seal is digital.
	Signing Signing
	// Designs are the designs of certificates; nil: the built-in ones.
	Designs *decision.Designs
	// SmallCounts is up to which count figures of who was recognised are not told
	// to readers outside of the unit; 0 tells everything.
	SmallCounts int
	// Permissions is the table of who may do what; nil means the built-in one.
	Permissions *permission.Matrix
	// Identity are the choices for signing in; Box keeps what one-time codes are
	// made from. Without a Box one is made that forgets with the process.
	Identity identity.Settings
	Box      *identity.Box

	// Backups is where back-ups are and how a restore is tried; zero: not from here.
	Backups restore.Config

	// Personal keeps personal numbers; nil: none are taken.
	Personal *personal.Vault

	// Scanner looks for malware in papers; nil where none is configured.
	Scanner filecheck.Scanner

	// SearchBurst is how many searches everywhere a person may make at once, and then
	// in a second; 0: 40 at once, then two a second.
	SearchBurst int

	validate  *validator.Validate
	costly    *bounded // functions that cost much more than a page
	public    *bounded // what anybody may ask without signing in
	door      *door
	previews  *previews
	restoring *restoring
}

// Place is where the installation is, for documents.
type Place struct {
	Province  string // id of the province's unit
	TimeZone  *time.Location
	PublicURL string // for links in messages
}

// New completes an App whose fields are set.
func New(a App) *App {
	a.costly = newBounded()
	a.public = newBounded()
	if a.BusyWait == 0 {
		a.BusyWait = busyWait
	}
	a.previews = &previews{}
	a.restoring = &restoring{}
	a.validate = validator.New(validator.WithRequiredStructEnabled())
	a.validate.RegisterTagNameFunc(func(f reflect.StructField) string {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		return name
	})
	app := &a
	app.withLaws()
	app.door = newDoor(app)
	return app
}

// check validates an input by its tags; the error names each wrong field.
func (a *App) check(in any) error { return readFields(a.validate.Struct(in)) }

// readFields turns the validator's findings into an Error for the reader.
func readFields(err error) error {
	var fields validator.ValidationErrors
	if !errors.As(err, &fields) {
		return err
	}
	out := &Error{Code: CodeInvalid}
	for _, f := range fields {
		_, path, _ := strings.Cut(f.Namespace(), ".")
		out.Fields = append(out.Fields, FieldError{Field: asSent(path), Rule: f.Tag(), Param: f.Param()})
	}
	return out
}

// asSent is a field's path as JSON and forms have it: an embedded struct, which has a name in Go only, is no step of it.
func asSent(path string) string {
	steps := strings.Split(path, ".")
	return strings.Join(slices.DeleteFunc(steps, func(s string) bool { return s != "" && unicode.IsUpper(rune(s[0])) }), ".")
}

// refuse records a refused attempt and returns the error for the reader.
func (a *App) refuse(ctx context.Context, s Session, action, target string, err *Error) error {
	if rehearsing(ctx) {
		return err // nobody tried anything
	}
	if rerr := a.Store.RefuseInApp(ctx, s.User, action, target, err.Code, err.Detail); rerr != nil {
		zerolog.Ctx(ctx).Error().Err(rerr).Str("action", action).Msg("a refusal could not be recorded")
	}
	return err
}

// internal wraps an outage or a fault of ours.
func internal(doing string, err error) error {
	if errors.Is(err, postgres.ErrNotFound) {
		return &Error{Code: CodeNotFound}
	}
	return fmt.Errorf("app: %s: %w", doing, err)
}

// checkExcept validates an input by its tags, but for some fields of the struct.
func (a *App) checkExcept(in any, except ...string) error {
	return readFields(a.validate.StructExcept(in, except...))
}

// prefixed says that the wrong fields stand below another one.
func prefixed(prefix string, err error) error {
	var e *Error
	if !errors.As(err, &e) {
		return err
	}
	for i := range e.Fields {
		e.Fields[i].Field = prefix + e.Fields[i].Field
	}
	return e
}
