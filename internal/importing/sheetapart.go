package importing

import (
	"bytes"
	"context"
	"io"
	"runtime"
	"slices"
	"sync"
)

// apartFrom is the size from which a sheet is read in pieces, side by side.
const apartFrom = 512 << 10

// piecesFor says into how many pieces a sheet of that many bytes is cut: at most
// one for each processor.
func piecesFor(size int) int {
	if size < apartFrom {
		return 1
	}
	return min(runtime.GOMAXPROCS(0), 8)
}

var (
	rowOpens  = []byte(`<row r="`)
	rowCloses = []byte("</row>")
)

// cutRows cuts a sheet into n documents with the same head and tail and each its share
// of the rows, in order. It gives none where it cannot be sure that a row begins where
// one seems to: beside comments, CDATA and processing instructions.
func cutRows(data []byte, n int) []io.Reader {
	from, to := bytes.Index(data, rowOpens), bytes.LastIndex(data, rowCloses)
	if n < 2 || from < 0 || to < from || bytes.Contains(data, []byte("<!")) || bytes.LastIndex(data, []byte("<?")) > len("\ufeff") {
		return nil
	}
	to += len(rowCloses)
	var out []io.Reader
	for begin, i := from, 1; begin < to; i++ {
		end := to
		if next := max(begin+1, from+i*(to-from)/n); i < n && next < to {
			if at := bytes.Index(data[next:to], rowOpens); at >= 0 {
				end = next + at
			}
		}
		out = append(out, io.MultiReader(bytes.NewReader(data[:from]), bytes.NewReader(data[begin:end]), bytes.NewReader(data[to:])))
		begin = end
	}
	return out
}

// readApart reads the pieces of a sheet side by side. It gives nil where anything is not
// as it should be: reading the sheet from its beginning then says what.
func (b *book) readApart(ctx context.Context, pieces []io.Reader) *grid {
	if len(pieces) == 0 {
		return nil
	}
	readers, faults := make([]*sheetReader, len(pieces)), make([]error, len(pieces))
	var wg sync.WaitGroup
	for i, p := range pieces {
		readers[i] = b.reader(ctx, p)
		wg.Go(func() { faults[i] = readers[i].read() })
	}
	wg.Wait()
	out, rows, text, line := &grid{}, b.rows, b.textSum, 0
	for i, r := range readers {
		rows, text = rows+r.rows-b.rows, text+r.textSum-b.textSum
		if faults[i] != nil || r.first <= line || rows > b.lim.Rows || text > b.lim.Text {
			return nil
		}
		line = r.line
		out.rows, out.width = append(out.rows, r.out.rows...), max(out.width, r.out.width)
		out.merges = r.out.merges // each piece has the whole tail, in which they stand
	}
	out.rows, b.rows, b.textSum = slices.Clip(out.rows), rows, text
	return out
}
