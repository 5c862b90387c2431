package importing

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"strings"
)

// readPart reads one part of the package, and fails on one of more than limit bytes; names compare
// without case, as the format asks (ECMA-376 part 2, 6.2.2).
func readPart(zr *zip.Reader, name string, limit int64) ([]byte, error) {
	for _, f := range zr.File {
		if !strings.EqualFold(strings.ReplaceAll(f.Name, "\\", "/"), name) {
			continue
		}
		rc, err := f.Open()
		if err != nil {
			return nil, err
		}
		defer rc.Close()
		data := bytes.NewBuffer(make([]byte, 0, min(f.UncompressedSize64, uint64(limit))+bytes.MinRead))
		_, err = data.ReadFrom(io.LimitReader(rc, limit+1))
		if err == nil && int64(data.Len()) > limit {
			err = io.ErrShortBuffer
		}
		return data.Bytes(), err
	}
	return nil, io.EOF
}

// intact reads the parts that describe the sheets to their end, where their
// size and checksum are compared: the library takes a damaged part as far as it
// goes. The sheets themselves are read by readPart, which compares too.
func intact(zr *zip.Reader) bool {
	for _, f := range zr.File {
		name := strings.ToLower(f.Name)
		if strings.Contains(name, "worksheets/sheet") || !strings.HasSuffix(name, ".xml") && !strings.HasSuffix(name, ".rels") {
			continue
		}
		rc, err := f.Open()
		if err != nil {
			return false
		}
		_, err = io.Copy(io.Discard, rc)
		rc.Close()
		if err != nil {
			return false
		}
	}
	return true
}

type relationships struct {
	Relationship []struct {
		ID     string `xml:"Id,attr"`
		Target string `xml:"Target,attr"`
		Type   string `xml:"Type,attr"`
	} `xml:"Relationship"`
}

type sheetRef struct {
	name, part string
	hidden     bool
}

// sheetParts lists the worksheets in the order of the tabs with the part that
// holds each. The library keeps this to itself.
func sheetParts(zr *zip.Reader) []sheetRef {
	book := "xl/workbook.xml"
	for _, r := range relsOf(zr, "").Relationship {
		if strings.HasSuffix(r.Type, "/officeDocument") {
			book = resolve("", r.Target)
		}
	}
	data, err := readPart(zr, book, 4<<20)
	if err != nil {
		return nil
	}
	var wb struct {
		Sheet []struct {
			Name  string     `xml:"name,attr"`
			State string     `xml:"state,attr"`
			Attrs []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	if xml.Unmarshal(data, &wb) != nil {
		return nil
	}
	targets := map[string]string{}
	for _, r := range relsOf(zr, book).Relationship {
		if strings.HasSuffix(r.Type, "/worksheet") {
			targets[r.ID] = resolve(path.Dir(book), r.Target)
		}
	}
	var out []sheetRef
	for _, s := range wb.Sheet {
		for _, a := range s.Attrs {
			if part := targets[a.Value]; a.Name.Local == "id" && part != "" {
				out = append(out, sheetRef{name: s.Name, part: part, hidden: s.State == "hidden" || s.State == "veryHidden"})
			}
		}
	}
	return out
}

func relsOf(zr *zip.Reader, part string) relationships {
	var rels relationships
	name := "_rels/.rels"
	if part != "" {
		name = path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
	}
	if data, err := readPart(zr, name, 4<<20); err == nil {
		_ = xml.Unmarshal(data, &rels) // a damaged part leaves no sheet, which is then said
	}
	return rels
}

func resolve(dir, target string) string {
	if strings.HasPrefix(target, "/") {
		return strings.TrimPrefix(path.Clean(target), "/")
	}
	return strings.TrimPrefix(path.Join("/", dir, target), "/")
}
