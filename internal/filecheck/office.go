package filecheck

import (
	"archive/zip"
	"bytes"
	"io"
	"path"
	"regexp"
	"strings"
)

// office judges a package: Word or Excel, of bounded size, without anything that
// runs.
func office(content []byte, lim Limits) (Kind, error) {
	zr, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return Kind{}, &Refusal{CodeDamaged, "Tệp bị hỏng, không mở được; hãy lưu lại rồi gửi lại.", "The file is damaged; save it again and send it anew."}
	}
	types, rels, err := unpack(zr, lim)
	if err != nil {
		return Kind{}, err
	}
	kind := Kind{}
	switch {
	case bytes.Contains(types, []byte("wordprocessingml.document.main+xml")) && part(zr, "word/document.xml"):
		kind = Word
	case bytes.Contains(types, []byte("spreadsheetml.sheet.main+xml")) && part(zr, "xl/workbook.xml"):
		kind = Book
	}
	if runs(zr, types, rels) {
		return Kind{}, &Refusal{CodeMacros,
			"Tệp có macro hoặc thành phần tự chạy nên không được nhận; hãy lưu thành .docx hoặc .xlsx thường, hoặc PDF.",
			"The file holds macros or parts that run and is not taken; save it as a plain .docx or .xlsx, or as PDF."}
	}
	if kind == (Kind{}) {
		return Kind{}, wrongType()
	}
	return kind, nil
}

func part(zr *zip.Reader, name string) bool {
	for _, f := range zr.File {
		if f.Name == name {
			return true
		}
	}
	return false
}

// unpack reads every part, counting what really comes out, and gives the list of
// content types and all relationships.
func unpack(zr *zip.Reader, lim Limits) (types, rels []byte, err error) {
	tooMuch := &Refusal{CodeUnpacked,
		"Tệp giải nén ra quá lớn nên không được nhận; hãy giảm ảnh trong tệp hoặc xuất thành PDF.",
		"The file unpacks to too much and is not taken; reduce its pictures or export it as PDF."}
	if len(zr.File) > lim.Entries {
		return nil, nil, tooMuch
	}
	left := lim.Unpacked
	for _, f := range zr.File {
		if strings.Contains(f.Name, "..") || strings.HasPrefix(f.Name, "/") || strings.Contains(f.Name, `\`) {
			return nil, nil, wrongType()
		}
		keep := f.Name == "[Content_Types].xml" || strings.HasSuffix(f.Name, ".rels")
		n, data, err := drain(f, left, keep)
		switch {
		case err != nil:
			return nil, nil, &Refusal{CodeDamaged, "Tệp bị hỏng, không mở được; hãy lưu lại rồi gửi lại.", "The file is damaged; save it again and send it anew."}
		case n > left:
			return nil, nil, tooMuch
		}
		left -= n
		if f.Name == "[Content_Types].xml" {
			types = data
		} else {
			rels = append(rels, data...)
		}
	}
	return types, rels, nil
}

// drain reads a part, at most one byte more than it may have.
func drain(f *zip.File, most int64, keep bool) (int64, []byte, error) {
	r, err := f.Open()
	if err != nil {
		return 0, nil, err
	}
	defer r.Close()
	limited := io.LimitReader(r, most+1)
	if !keep {
		n, err := io.Copy(io.Discard, limited)
		return n, nil, err
	}
	data, err := io.ReadAll(limited)
	return int64(len(data)), data, err
}

// runs tells whether a package holds macros, controls, embedded programs, or a
// template that is fetched from elsewhere.
func runs(zr *zip.Reader, types, rels []byte) bool {
	for _, f := range zr.File {
		name := strings.ToLower(f.Name)
		base := path.Base(name)
		switch {
		case base == "vbaproject.bin", base == "vbadata.xml", strings.Contains(name, "/activex/"), strings.Contains(name, "/macrosheets/"),
			strings.HasPrefix(base, "oleobject"):
			return true
		}
		switch path.Ext(base) {
		case ".exe", ".dll", ".scr", ".js", ".vbs", ".bat", ".cmd", ".ps1", ".lnk", ".hta", ".jar":
			return true
		}
	}
	lower := bytes.ToLower(types)
	return bytes.Contains(lower, []byte("macroenabled")) || macroPart.Match(lower) || macroLink.Match(bytes.ToLower(rels)) ||
		bytes.Contains(rels, []byte("/attachedTemplate")) && bytes.Contains(rels, []byte(`TargetMode="External"`))
}

// Some programs declare the type of macros for every .bin part of every file, which
// says nothing; a part of that type, or a link to one, does.
var (
	macroPart = regexp.MustCompile(`<override[^>]*vbaproject`)
	macroLink = regexp.MustCompile(`/relationships/(vbaproject|wordvbadata|xlmacrosheet)`)
)
