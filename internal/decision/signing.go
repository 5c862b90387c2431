package decision

import "strings"

// Mode says in whose name the signer signs (Decree 30/2020 Điều 13).
type Mode string

// The signing modes.
const (
	ModeHead Mode = ""        // the head himself
	ModeKT   Mode = "KT."     // a deputy for the head
	ModeQ    Mode = "Q."      // an acting head
	ModeTUQ  Mode = "TUQ."    // authorised; only where a law entry allows it
	ModeTM   Mode = "TM."     // on behalf of a collective body
	ModeTMKT Mode = "TM. KT." // a deputy for the head, on behalf of a collective body
	ModeTL   Mode = "TL."     // by order; letters
)

// modeLines is what each mode prints above the signature.
var modeLines = map[Mode][]string{
	ModeHead: {"{office}"},
	ModeKT:   {"KT. {office}", "{title}"},
	ModeQ:    {"Q. {office}"},
	ModeTUQ:  {"TUQ. {office}", "{title}"},
	ModeTM:   {"TM. {body}", "{office}"},
	ModeTMKT: {"TM. {body}", "KT. {office}", "{title}"},
	ModeTL:   {"TL. {office}", "{title}"},
}

// Signing says who signs and how.
type Signing struct {
	Mode   Mode   `json:"mode,omitempty"`
	Body   string `json:"body,omitempty"`  // the collective body, for TM.: "ỦY BAN NHÂN DÂN"
	Office string `json:"office"`          // the office signed for: "CHỦ TỊCH"
	Title  string `json:"title,omitempty"` // the signer's own office where it differs: "PHÓ CHỦ TỊCH"
	Name   string `json:"name"`            // the signer, with rank or degree where custom asks
}

// Lines gives what is printed above the signature, or nil for an unknown mode.
func (s Signing) Lines() []string {
	fill := strings.NewReplacer("{body}", s.Body, "{office}", s.Office, "{title}", s.Title)
	var lines []string
	for _, pattern := range modeLines[s.Mode] {
		lines = append(lines, fill.Replace(pattern))
	}
	return lines
}

func (s Signing) check() error {
	patterns, known := modeLines[s.Mode]
	if !known {
		return refuse(CodeIncomplete, "signing mode %q is unknown; use one of the modes of Decree 30/2020 Điều 13",
			"không có hình thức ký %q; chọn hình thức theo Điều 13 Nghị định 30/2020/NĐ-CP", s.Mode)
	}
	need := strings.Join(patterns, " ")
	for _, part := range [][2]string{{"{body}", s.Body}, {"{office}", s.Office}, {"{title}", s.Title}} {
		if strings.Contains(need, part[0]) && part[1] == "" {
			return refuse(CodeIncomplete, "signing mode %q needs %s", "hình thức ký %q còn thiếu %s", s.Mode, part[0])
		}
	}
	if s.Name == "" {
		return refuse(CodeIncomplete, "the signer's name is missing", "còn thiếu họ tên người ký")
	}
	return nil
}
