// Package filecheck decides whether an uploaded paper may be kept.
//
// A file is judged by its content, never by its name or the type that the sender
// claims: it must be a PDF, a JPEG or PNG image, or a Word or Excel file of the
// present formats without macros. Packages (.docx, .xlsx) are unpacked while being
// counted, so that nothing small grows large; a file that is two things at once (a
// PDF or an image that is also an archive) is refused. Then a virus scanner looks
// at it, where one is configured; if that does not answer, nothing is kept.
//
// The name only serves people: Clean makes it harmless and gives it the ending of
// what the file is.
package filecheck

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // to read the measures of pictures
	_ "image/png"

	"github.com/gabriel-vasile/mimetype"
)

// Kind is what a file is, as its content says.
type Kind struct {
	Type string // MIME type
	Ext  string // with the dot
}

// The kinds that are taken.
var (
	PDF  = Kind{"application/pdf", ".pdf"}
	JPEG = Kind{"image/jpeg", ".jpg"}
	PNG  = Kind{"image/png", ".png"}
	Word = Kind{"application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"}
	Book = Kind{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"}
)

// Refusal says why a file is not kept and what to do; Code is stable.
type Refusal struct {
	Code, Vi, En string
}

func (r *Refusal) Error() string { return "filecheck: " + r.Code }

// Codes of refusals.
const (
	CodeEmpty    = "empty"
	CodeType     = "type"
	CodeOld      = "old-format"
	CodeMacros   = "macros"
	CodeUnpacked = "unpacked"
	CodeTwoInOne = "two-in-one"
	CodePicture  = "picture"
	CodeDamaged  = "damaged"
	CodeVirus    = "virus"
)

// Limits bound what a file may unpack to.
type Limits struct {
	Entries  int   // parts of a package
	Unpacked int64 // bytes of all parts together
	Pixels   int   // of a picture
}

// DefaultLimits admit long reports with many pictures.
var DefaultLimits = Limits{Entries: 2000, Unpacked: 200 << 20, Pixels: 120_000_000}

// eicar is the harmless test file of the makers of virus scanners, in two halves so
// that no scanner takes this program for it.
var eicar = []byte(`X5O!P%@AP[4\PZX54(P^)7CC)7}$` + `EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*`)

// Check says what a file is; the error is a *Refusal.
func Check(content []byte, lim Limits) (Kind, error) {
	if len(content) == 0 {
		return Kind{}, &Refusal{CodeEmpty, "Tệp trống; hãy chọn lại tệp.", "The file is empty; choose it again."}
	}
	if bytes.Contains(content, eicar) {
		return Kind{}, infected()
	}
	found := mimetype.Detect(content)
	for _, k := range []Kind{PDF, JPEG, PNG} {
		if found.Is(k.Type) {
			return k, single(content, k, lim)
		}
	}
	if bytes.HasPrefix(content, []byte("PK\x03\x04")) {
		return office(content, lim)
	}
	if bytes.HasPrefix(content, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) {
		return Kind{}, &Refusal{CodeOld,
			"Tệp Word/Excel đời cũ hoặc có mật khẩu không được nhận; hãy mở ra, lưu thành .docx, .xlsx hoặc PDF rồi gửi lại.",
			"Old or password-protected Word and Excel files are not taken; save as .docx, .xlsx or PDF and send again."}
	}
	return Kind{}, wrongType()
}

func wrongType() *Refusal {
	return &Refusal{CodeType,
		"Chỉ nhận tệp PDF, ảnh JPEG/PNG hoặc tệp Word/Excel (.docx, .xlsx). Hãy lưu tài liệu thành một trong các loại đó.",
		"Only PDF, JPEG or PNG images, or Word/Excel files (.docx, .xlsx) are taken. Save the paper as one of these."}
}

func infected() *Refusal {
	return &Refusal{CodeVirus,
		"Phần mềm diệt vi-rút báo tệp có mã độc nên tệp không được nhận; hãy quét máy của bạn và dùng bản gốc sạch.",
		"The virus scanner reports malware, so the file is not kept; scan your machine and use a clean original."}
}

// single judges a file that is no package. What ends like an archive is one too,
// whatever it begins with.
func single(content []byte, k Kind, lim Limits) error {
	if _, err := zip.NewReader(bytes.NewReader(content), int64(len(content))); err == nil {
		return &Refusal{CodeTwoInOne,
			"Tệp chứa một tệp nén giấu bên trong nên không được nhận; hãy xuất lại tài liệu từ bản gốc.",
			"The file hides an archive and is not taken; export the paper anew from its original."}
	}
	if k == PDF {
		if !bytes.HasPrefix(content, []byte("%PDF-")) {
			return wrongType()
		}
		return nil
	}
	cfg, _, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil {
		return &Refusal{CodeDamaged, "Ảnh bị hỏng, không mở được; hãy chụp hoặc quét lại.", "The picture is damaged; take or scan it again."}
	}
	if cfg.Width*cfg.Height > lim.Pixels {
		return &Refusal{CodePicture,
			fmt.Sprintf("Ảnh quá lớn (%d × %d điểm); hãy giảm độ phân giải rồi gửi lại.", cfg.Width, cfg.Height),
			fmt.Sprintf("The picture is too large (%d × %d pixels); reduce it and send it again.", cfg.Width, cfg.Height)}
	}
	return nil
}
