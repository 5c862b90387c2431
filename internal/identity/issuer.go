package identity

import (
	"fmt"
	"net/url"
	"os"
	"regexp"

	"github.com/goccy/go-yaml"
)

// Issuer is an identity provider that people may sign in at (OpenID Connect).
type Issuer struct {
	ID       string   `yaml:"id"`        // in addresses: lower case, digits, '-'
	Name     string   `yaml:"name"`      // on the button
	URL      string   `yaml:"issuer"`    // exactly as its tokens say it
	ClientID string   `yaml:"client_id"` // of this installation, there
	Secret   string   `yaml:"client_secret,omitempty"`
	Scopes   []string `yaml:"scopes,omitempty"`  // beside openid
	TwoACR   []string `yaml:"two_acr,omitempty"` // values of acr that mean two factors
	TwoAMR   []string `yaml:"two_amr,omitempty"` // values of amr that mean two factors, such as mfa
}

var issuerID = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,30}$`)

// ReadIssuers reads the list of issuers from a YAML file, strictly. The error names
// what to correct.
func ReadIssuers(file string) ([]Issuer, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var list []Issuer
	if err := yaml.UnmarshalWithOptions(raw, &list, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	ids, urls := map[string]bool{}, map[string]bool{}
	for _, is := range list {
		u, err := url.Parse(is.URL)
		switch {
		case !issuerID.MatchString(is.ID) || ids[is.ID]:
			return nil, fmt.Errorf("%s: id %q must be letters, digits and '-', and stand once", file, is.ID)
		case is.Name == "" || is.ClientID == "":
			return nil, fmt.Errorf("%s: %s needs a name and a client_id", file, is.ID)
		case err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || urls[is.URL]:
			return nil, fmt.Errorf("%s: %s needs an issuer address of its own", file, is.ID)
		case u.Scheme != "https" && u.Hostname() != "127.0.0.1" && u.Hostname() != "localhost":
			return nil, fmt.Errorf("%s: %s must be reached by https", file, is.ID)
		}
		ids[is.ID], urls[is.URL] = true, true
	}
	return list, nil
}
