package filecheck

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"net"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// pack makes a package of parts.
func pack(t *testing.T, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, body := range parts {
		f, err := w.Create(name)
		require.NoError(t, err)
		_, err = io.WriteString(f, body)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return b.Bytes()
}

const wordTypes = `<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`

func word(extra map[string]string) map[string]string {
	parts := map[string]string{"[Content_Types].xml": wordTypes, "word/document.xml": "<w:document/>", "_rels/.rels": "<Relationships/>"}
	for k, v := range extra {
		parts[k] = v
	}
	return parts
}

func picture(t *testing.T, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h))))
	return b.Bytes()
}

func book(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	var b bytes.Buffer
	require.NoError(t, f.Write(&b))
	return b.Bytes()
}

func TestASVS_5_2_2_ContentDecidesWhatAFileIs(t *testing.T) {
	t.Parallel()
	lim := DefaultLimits
	lim.Unpacked, lim.Pixels = 1<<20, 1_000_000
	bomb := word(map[string]string{"word/media/a.xml": strings.Repeat("0", 4<<20)})
	many := word(nil)
	for i := range lim.Entries {
		many[fmt.Sprintf("word/x%d.xml", i)] = ""
	}
	zipped := pack(t, map[string]string{"a.txt": "x"})
	for name, c := range map[string]struct {
		content []byte
		want    Kind
		code    string
	}{
		"a PDF":                           {[]byte("%PDF-1.7\n%%EOF"), PDF, ""},
		"a picture":                       {picture(t, 10, 10), PNG, ""},
		"a Word file":                     {pack(t, word(nil)), Word, ""},
		"an Excel file":                   {book(t), Book, ""},
		"nothing":                         {nil, Kind{}, CodeEmpty},
		"a program under another name":    {[]byte("MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff"), Kind{}, CodeType},
		"a script":                        {[]byte("#!/bin/sh\nrm -rf x"), Kind{}, CodeType},
		"a page":                          {[]byte("<!doctype html><script>alert(1)</script>"), Kind{}, CodeType},
		"a drawing that runs":             {[]byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>`), Kind{}, CodeType},
		"a PDF that is an archive too":    {append([]byte("%PDF-1.7\n"), zipped...), PDF, CodeTwoInOne},
		"a picture that is an archive":    {append(picture(t, 4, 4), zipped...), PNG, CodeTwoInOne},
		"a PDF behind something else":     {[]byte("GIF89a %PDF-1.7"), Kind{}, CodeType},
		"a plain archive":                 {zipped, Kind{}, CodeType},
		"a Word file with macros":         {pack(t, word(map[string]string{"word/vbaProject.bin": "x"})), Kind{}, CodeMacros},
		"macros by the types":             {pack(t, word(map[string]string{"[Content_Types].xml": wordTypes + "application/vnd.ms-word.document.macroEnabled.main+xml"})), Kind{}, CodeMacros},
		"macros under another name":       {pack(t, word(map[string]string{"word/x.bin": "x", "word/_rels/document.xml.rels": `<Relationship Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="x.bin"/>`})), Kind{}, CodeMacros},
		"an embedded program":             {pack(t, word(map[string]string{"word/embeddings/oleObject1.bin": "x"})), Kind{}, CodeMacros},
		"a control":                       {pack(t, word(map[string]string{"word/activeX/activeX1.xml": "x"})), Kind{}, CodeMacros},
		"a template from elsewhere":       {pack(t, word(map[string]string{"word/_rels/settings.xml.rels": `<Relationship Type="x/attachedTemplate" Target="http://x" TargetMode="External"/>`})), Kind{}, CodeMacros},
		"what unpacks to too much":        {pack(t, bomb), Kind{}, CodeUnpacked},
		"too many parts":                  {pack(t, many), Kind{}, CodeUnpacked},
		"a part outside the package":      {pack(t, word(map[string]string{"../evil": "x"})), Kind{}, CodeType},
		"half a package":                  {pack(t, word(nil))[:60], Kind{}, CodeDamaged},
		"a picture of a billion points":   {picture(t, 2000, 2000), PNG, CodePicture},
		"an old Word file":                {[]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old"), Kind{}, CodeOld},
		"the test file of virus scanners": {append([]byte("%PDF-1.7\n"), eicar...), Kind{}, CodeVirus},
	} {
		got, err := Check(c.content, lim)
		var r *Refusal
		if c.code == "" {
			require.NoError(t, err, name)
			assert.Equal(t, c.want, got, name)
			continue
		}
		require.ErrorAs(t, err, &r, name)
		assert.Equal(t, c.code, r.Code, name)
		assert.NotEmpty(t, r.Vi, name)
		assert.NotEmpty(t, r.En, name)
	}
}

func TestASVS_5_4_1_and_5_4_2_NamesAreHarmless(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"báo cáo.pdf":                 "báo cáo.pdf",
		"../../etc/passwd":            "passwd.pdf",
		`C:\Users\x\bien ban.PDF`:     "bien ban.pdf",
		"bao-cao\u202Efdp.exe":        "bao-caofdp.exe.pdf",
		"a\r\nSet-Cookie: x.pdf":      "aSet-Cookie_ x.pdf",
		"CON.pdf":                     "tai-lieu.pdf",
		"":                            "tai-lieu.pdf",
		"...":                         "tai-lieu.pdf",
		"x.pdf.exe":                   "x.pdf.exe.pdf",
		"ba\u0301o ca\u0301o.pdf":     "báo cáo.pdf",
		strings.Repeat("ă", 400):      strings.Repeat("ă", longest-4) + ".pdf",
		`"><script>alert(1)</script>`: "script_.pdf",
	} {
		assert.Equal(t, want, Clean(in, PDF), "%q", in)
	}
	assert.Equal(t, "anh.jpg", Clean("anh.jpeg", JPEG))
}

// daemon answers one scan like ClamAV's.
func daemon(t *testing.T, answer string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			buf := make([]byte, 4096)
			_, _ = c.Read(buf)
			_, _ = io.WriteString(c, answer)
			c.Close()
		}
	}()
	return l.Addr().String()
}

func TestASVS_5_4_3_and_16_5_3_AScannerThatDoesNotAnswerFailsClosed(t *testing.T) {
	t.Parallel()
	scan := func(setting string) error {
		s, err := NewScanner(setting)
		require.NoError(t, err)
		return s.Scan(context.Background(), []byte("%PDF-1.7"))
	}
	var r *Refusal
	assert.NoError(t, scan("clamd:tcp:"+daemon(t, "stream: OK\x00")))
	assert.ErrorAs(t, scan("clamd:tcp:"+daemon(t, "stream: Eicar FOUND\x00")), &r)
	for _, away := range []string{
		"clamd:tcp:127.0.0.1:1", "clamd:tcp:" + daemon(t, "stream: ERROR\x00"), "command:/nonexistent", "command:ls --no-such-option",
	} {
		err := scan(away)
		require.Error(t, err, away)
		assert.False(t, errors.As(err, new(*Refusal)), "%s: it did not look", away)
	}
	assert.NoError(t, scan("command:true"))
	assert.ErrorAs(t, scan("command:false"), &r, "ends with 1")
	none, err := NewScanner("")
	require.NoError(t, err)
	assert.Nil(t, none)
	_, err = NewScanner("clamav")
	assert.Error(t, err)
}
