package cases

import (
	"bytes"
	"io"
	"net/http"
	"path"
	"strings"

	"vinhdanh/internal/web/ui"
)

// paper hands a paper out to be kept: what somebody uploaded is never shown or run
// in our origin.
func paper(c *ui.Context) error {
	row, r, err := c.App.OpenPaper(c, c.Session, c.Path("id"), c.Path("paper"))
	if err != nil {
		return err
	}
	defer r.Close()
	head := make([]byte, 512)
	n, err := io.ReadFull(r, head)
	if err != nil && err != io.ErrUnexpectedEOF && err != io.EOF {
		return err
	}
	kind := http.DetectContentType(head[:n])
	if strings.HasPrefix(kind, "text/") {
		kind = "application/octet-stream"
	}
	return c.Download(path.Base(row.FileName), kind, io.MultiReader(bytes.NewReader(head[:n]), r))
}
