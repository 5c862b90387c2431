#!/usr/bin/env bash
# Installs the programs that a make target needs, or says in one sentence how to
# get them. Nothing happens when they are there.
#
#   deploy/deps.sh demo    Go, the PostgreSQL server's binaries
#   deploy/deps.sh test    the same, the PDF tools and the token that tests and .ci/run look with, a browser
set -euo pipefail

go_version=$(sed -n 's/^go //p' go.mod)
packages=()

have() { command -v "$1" >/dev/null 2>&1; }

# The server's binaries need not be in PATH; internal/embedded/pg looks in the same places.
have_postgres() {
	[[ -n ${DATABASE_URL:-} && ${1:-} == demo ]] && return 0
	[[ -n ${PG_BIN:-} ]] && { [[ -x $PG_BIN/initdb && -x $PG_BIN/postgres ]]; return; }
	local dir
	have initdb && return 0
	for dir in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql@*/bin \
		/usr/local/opt/postgresql@*/bin /usr/libexec/postgresql* /usr/local/pgsql/bin; do
		[[ -x $dir/initdb && -x $dir/postgres ]] && return 0
	done
	return 1
}

if ! have go; then
	echo "Go is missing: install Go $go_version (https://go.dev/doc/install) and run this again." >&2
	exit 1
fi
case ${1:-} in demo | test) have_postgres "$1" || packages+=(postgresql) ;; esac
if [[ ${1:-} == test ]]; then
	have pdftotext && have pdfsig || packages+=(poppler-utils)
	have qpdf || packages+=(qpdf)
	have softhsm2-util || packages+=(softhsm2)
	have jq || packages+=(jq)
	# A browser for the tests of the pages; CHROMIUM may name its program.
	[[ -n ${CHROMIUM:-} ]] || have chromium || have chromium-browser || have google-chrome || have google-chrome-stable || packages+=(chromium)
fi
((${#packages[@]})) || exit 0

sudo=()
if [[ $(id -u) != 0 ]]; then sudo=(sudo); fi
if ! have apt-get || { ((${#sudo[@]})) && ! have sudo; }; then
	echo "Missing: ${packages[*]}. Install these with your system's package manager (as root: apt-get install ${packages[*]}) and run this again." >&2
	exit 1
fi

echo "installing: ${packages[*]}"
# Debian's postgresql would make a cluster of its own and start it; vinhdanh runs one in
# its data directory, so that one is not wanted. A cluster that exists is left alone.
if [[ " ${packages[*]} " == *" postgresql "* && ! -e /etc/postgresql-common/createcluster.d/vinhdanh.conf ]]; then
	"${sudo[@]}" mkdir -p /etc/postgresql-common/createcluster.d
	echo "create_main_cluster = false" | "${sudo[@]}" tee /etc/postgresql-common/createcluster.d/vinhdanh.conf >/dev/null
fi
"${sudo[@]}" apt-get update -qq
"${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
