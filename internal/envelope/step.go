package envelope

import "time"

// Step is what every transition of every kind of case has in common: which act
// it was, whose, and when the workflow took it. Transitions embed it; trail rows
// are made from it.
type Step struct {
	Number     int       `json:"number"`
	Action     string    `json:"action"`
	Actor      string    `json:"actor"`
	OnBehalfOf string    `json:"on_behalf_of,omitempty"`
	Role       string    `json:"role"`
	Unit       string    `json:"unit"`
	SignedIn   string    `json:"signed_in"`
	Nonce      string    `json:"nonce"`
	Key        string    `json:"key"`
	Envelope   string    `json:"envelope"` // SHA-256 of the JWS, hex
	At         time.Time `json:"at"`       // workflow time, UTC
}

// NewStep fills a step from an opened act.
func NewStep(o Opened, number int, at time.Time) Step {
	a := o.Act
	return Step{
		Number: number, Action: a.Action, Actor: a.Actor, OnBehalfOf: a.OnBehalfOf, Role: a.Role,
		Unit: a.Unit, SignedIn: a.SignedIn, Nonce: a.Nonce, Key: o.Key.ID, Envelope: o.Digest, At: at.UTC(),
	}
}
