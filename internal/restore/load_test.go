package restore

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const cluster = `--
-- PostgreSQL database cluster dump
--
CREATE ROLE vinhdanh_owner;
\connect template1
CREATE TABLE elsewhere (a text);
--
-- PostgreSQL database dump complete
--
\connect vinhdanh
CREATE TABLE trail (a text);
ALTER TABLE public.trail OWNER TO vinhdanh_owner;
\! touch /tmp/never
COPY public.trail (a) FROM stdin;
\\connect temporal
GRANT of a person's words
\.
GRANT SELECT ON TABLE public.trail TO vinhdanh_app;
CREATE INDEX i ON trail(a);
--
-- PostgreSQL database dump complete
--
\connect temporal
CREATE TABLE history (a text);
--
-- PostgreSQL database dump complete
--
`

// TestOneDatabaseOfADumpOfAServer: nothing of the others, no owner, no right, no command
// of psql's own, and every row as it is.
func TestOneDatabaseOfADumpOfAServer(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	complete, err := section(strings.NewReader(cluster), &out, "vinhdanh")
	require.NoError(t, err)
	require.True(t, complete)
	for _, in := range []string{"CREATE TABLE trail", "\\\\connect temporal\nGRANT of a person's words\n\\.\n", "CREATE INDEX"} {
		require.Contains(t, out.String(), in)
	}
	for _, no := range []string{"elsewhere", "history", "OWNER TO", "GRANT SELECT", "ROLE", `\!`, `\connect vinhdanh`} {
		require.NotContains(t, out.String(), no)
	}
	cut := cluster[:strings.Index(cluster, "CREATE INDEX")]
	complete, err = section(strings.NewReader(cut), &bytes.Buffer{}, "vinhdanh")
	require.NoError(t, err)
	require.False(t, complete, "a dump that is cut off does not pass for a whole one")
	complete, err = section(strings.NewReader(cluster), &bytes.Buffer{}, "other")
	require.NoError(t, err)
	require.False(t, complete)
}
