package roster

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// TestAnOlderFileKeepsStandingMembers: a workbook from before the column for standing
// members says nothing of them; one with the column says it of everybody.
func TestAnOlderFileKeepsStandingMembers(t *testing.T) {
	t.Parallel()
	seat := Seat{Unit: "hd-mau", Role: "member", From: "2023-01-01", Standing: true}
	was := Person{Login: "mau", FullName: "Người Giả Định", Locale: "vi", Seats: []Seat{seat}}
	plain := was
	plain.Seats = []Seat{{Unit: seat.Unit, Role: seat.Role, From: seat.From}}
	now := Present{Tree: Tree{seat.Unit: {ID: seat.Unit, Kind: "council"}}, People: map[string]Person{"mau": was}}
	for _, x := range []struct {
		person Person
		older  bool
		want   bool
	}{{plain, true, true}, {plain, false, false}, {was, false, true}} {
		var out bytes.Buffer
		require.NoError(t, Write(&out, nil, []Person{x.person}))
		f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
		require.NoError(t, err)
		if x.older {
			at, err := f.SearchSheet(peopleSheet, "Thường trực Hội đồng (x)")
			require.NoError(t, err)
			require.Len(t, at, 1)
			require.NoError(t, f.SetCellValue(peopleSheet, at[0], ""))
		}
		out.Reset()
		require.NoError(t, f.Write(&out))
		require.NoError(t, f.Close())
		b, err := Read(out.Bytes())
		require.NoError(t, err)
		p := b.Preview(now, Bounds{})
		require.Len(t, p.People, 1)
		require.Equal(t, x.want, p.People[0].person.Seats[0].Standing, "%+v", x)
	}
}
