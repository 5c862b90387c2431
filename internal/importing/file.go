package importing

import (
	"archive/zip"
	"bytes"
	"path"
	"strings"
)

const maxEntries = 4000 // parts of one package; a plain list has about twelve

// inspect refuses what is not a plain .xlsx before anything is unpacked, and
// names the remedy. It reads the directory of the package and two small parts.
func inspect(data []byte, lim Limits) (*zip.Reader, error) {
	if int64(len(data)) > lim.Bytes {
		return nil, refuse(CodeTooLarge,
			"Tệp lớn hơn %d MB. Hãy bỏ hình ảnh và các trang tính không cần, hoặc chia danh sách thành nhiều tệp.",
			"The file is larger than %d MB. Remove pictures and sheets that are not needed, or split the list.", lim.Bytes>>20)
	}
	if err := byMagic(data); err != nil {
		return nil, err
	}
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, notWorkbook()
	}
	if err := withinSize(zr, lim); err != nil {
		return nil, err
	}
	return zr, byParts(zr)
}

func notWorkbook() *Error {
	return refuse(CodeNotWorkbook,
		"Tệp này không phải là bảng tính Excel hoặc đã bị hỏng. Hãy mở bằng Excel, chọn Lưu thành (Save As) loại \"Excel Workbook (*.xlsx)\" rồi tải lên lại.",
		"This file is not an Excel workbook, or it is damaged. Open it in Excel, choose Save As \"Excel Workbook (*.xlsx)\" and upload it again.")
}

func oldFormat() *Error {
	return refuse(CodeOldFormat,
		"Đây là tệp Excel đời cũ (.xls). Hãy mở bằng Excel, chọn Lưu thành (Save As) loại \"Excel Workbook (*.xlsx)\" rồi tải lên lại.",
		"This is an old Excel file (.xls). Open it in Excel, choose Save As \"Excel Workbook (*.xlsx)\" and upload it again.")
}

func byMagic(data []byte) error {
	switch {
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		// An OLE container is an old workbook, or a new one behind a password,
		// which then has a stream of this name (in UTF-16).
		if bytes.Contains(data, utf16LE("EncryptedPackage")) {
			return refuse(CodePassword,
				"Tệp được bảo vệ bằng mật khẩu. Hãy mở bằng Excel, vào Tệp > Thông tin > Bảo vệ sổ làm việc, bỏ mật khẩu, lưu rồi tải lên lại.",
				"The file is protected by a password. Open it in Excel, remove the password under File > Info > Protect Workbook, save it and upload it again.")
		}
		return oldFormat()
	case bytes.HasPrefix(bytes.TrimSpace(firstBytes(data, 4096)), []byte("<")) &&
		(bytes.Contains(firstBytes(data, 4096), []byte("urn:schemas-microsoft-com:office")) ||
			bytes.Contains(bytes.ToLower(firstBytes(data, 4096)), []byte("<html"))):
		return oldFormat() // web pages and XML that Excel opens under the name .xls
	case !bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return notWorkbook()
	}
	return nil
}

func firstBytes(b []byte, n int) []byte { return b[:min(n, len(b))] }

func utf16LE(ascii string) []byte {
	out := make([]byte, 0, 2*len(ascii))
	for i := range len(ascii) {
		out = append(out, ascii[i], 0)
	}
	return out
}

// withinSize trusts the sizes the directory declares: the zip reader itself
// fails on a part that unpacks to more than it declares.
func withinSize(zr *zip.Reader, lim Limits) error {
	var sum uint64
	for _, f := range zr.File {
		sum += min(f.UncompressedSize64, 1<<40)
	}
	if len(zr.File) > maxEntries || sum > uint64(lim.Unpacked) {
		return refuse(CodeTooLarge,
			"Tệp giải nén vượt quá %d MB nên không được đọc. Hãy chép riêng danh sách sang một tệp mới (chỉ giá trị) rồi tải lên lại.",
			"The file unpacks to more than %d MB and is not read. Copy the list alone (values only) into a new file and upload that.", lim.Unpacked>>20)
	}
	return nil
}

func byParts(zr *zip.Reader) error {
	has := func(match func(name string) bool) bool {
		for _, f := range zr.File {
			if match(strings.ToLower(strings.ReplaceAll(f.Name, "\\", "/"))) {
				return true
			}
		}
		return false
	}
	types, _ := readPart(zr, "[Content_Types].xml", 1<<20)
	switch {
	case has(func(n string) bool { return path.Base(n) == "vbaproject.bin" }), strings.Contains(string(types), "macroEnabled"):
		return refuse(CodeMacros,
			"Tệp có chứa macro (.xlsm) nên không được nhận. Hãy mở bằng Excel, chọn Lưu thành (Save As) loại \"Excel Workbook (*.xlsx)\" rồi tải lên lại.",
			"The file contains macros (.xlsm) and is not accepted. Open it in Excel, choose Save As \"Excel Workbook (*.xlsx)\" and upload it again.")
	case strings.Contains(string(types), "sheet.binary"), has(func(n string) bool { return n == "mimetype" || strings.HasPrefix(n, "word/") }):
		return refuse(CodeOtherFormat,
			"Tệp này là loại khác (.xlsb, .ods hoặc Word), không phải .xlsx. Hãy mở và lưu lại thành \"Excel Workbook (*.xlsx)\", hoặc chép danh sách vào tệp mẫu.",
			"This file is of another kind (.xlsb, .ods or Word), not .xlsx. Open it and save it as \"Excel Workbook (*.xlsx)\", or copy the list into the template.")
	case len(types) == 0:
		return notWorkbook()
	}
	return nil
}
