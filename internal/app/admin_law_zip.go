package app

import (
	"archive/zip"
	"bytes"
	"io"
	"path"
	"strings"

	"vinhdanh/internal/law"
)

// Bounds of uploaded law data.
const (
	maxLawZip   = 2 << 20
	maxLawFiles = 60
	maxLawFile  = 2 << 20
	maxLawAll   = 8 << 20
)

// lawZip unpacks the .yaml files of a zipped directory: at its root or in one folder.
func lawZip(data []byte) (map[string]string, error) {
	if len(data) > maxLawZip {
		return nil, &Error{Code: CodeTooLarge}
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, badLawZip("Tệp không phải là tệp nén zip.", "The file is no zip archive.")
	}
	raw, total, folder := map[string][]byte{}, 0, ""
	for _, f := range z.File {
		name, in, ok := lawName(f.Name)
		if !ok || f.FileInfo().IsDir() {
			continue
		}
		if len(raw) == 0 {
			folder = in
		}
		if in != folder || raw[name] != nil {
			return nil, badLawZip("Các tệp .yaml phải nằm trong cùng một thư mục của tệp nén.", "The .yaml files must lie in one folder of the archive.")
		}
		text, err := unpack(f)
		if err != nil {
			return nil, err
		}
		if raw[name], total = text, total+len(text); total > maxLawAll || len(raw) > maxLawFiles {
			return nil, &Error{Code: CodeTooLarge}
		}
	}
	if len(raw) == 0 {
		return nil, badLawZip("Tệp nén không có tệp .yaml nào.", "The archive holds no .yaml file.")
	}
	return law.Canonical(raw), nil
}

func badLawZip(vi, en string) error { return readable(CodeBadFile, vi, en) }

// lawName splits a name into file and folder; false for what is no law data, such as
// the files that some systems put beside it.
func lawName(name string) (file, folder string, ok bool) {
	name = strings.ReplaceAll(name, `\`, "/")
	folder, file = path.Split(name)
	ok = strings.HasSuffix(strings.ToLower(file), ".yaml") && !strings.HasPrefix(file, ".") &&
		!strings.Contains(name, "..") && !strings.HasPrefix(name, "/") && !strings.HasPrefix(name, "__MACOSX")
	return file, folder, ok
}

func unpack(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, badLawZip("Không giải nén được tệp.", "The archive cannot be unpacked.")
	}
	defer r.Close()
	text, err := io.ReadAll(io.LimitReader(r, maxLawFile+1))
	if err != nil {
		return nil, badLawZip("Không giải nén được tệp.", "The archive cannot be unpacked.")
	}
	if len(text) > maxLawFile {
		return nil, &Error{Code: CodeTooLarge}
	}
	return text, nil
}
