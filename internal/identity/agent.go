package identity

import (
	"net/url"
	"strings"
)

func escape(s string) string { return url.PathEscape(s) }

// agents are the browsers and systems that people tell apart in their list of
// sessions; the first match counts.
var (
	agentBrowsers = [][2]string{
		{"Edg/", "Edge"}, {"OPR/", "Opera"}, {"coc_coc", "Cốc Cốc"}, {"Firefox/", "Firefox"}, {"Chrome/", "Chrome"},
		{"Safari/", "Safari"}, {"vinhdanh/", "vinhdanh"}, {"curl/", "curl"}, {"Go-http-client", "Go"},
	}
	agentSystems = [][2]string{
		{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"}, {"Mac OS X", "macOS"},
		{"CrOS", "ChromeOS"}, {"Linux", "Linux"},
	}
)

// AgentClass tells browser and system of a User-Agent header in two words, so that
// no more of it is kept than its owner needs to know a session again.
func AgentClass(header string) string {
	var out []string
	for _, list := range [][][2]string{agentBrowsers, agentSystems} {
		for _, a := range list {
			if strings.Contains(header, a[0]) {
				out = append(out, a[1])
				break
			}
		}
	}
	return strings.Join(out, " · ")
}
