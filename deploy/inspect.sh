#!/usr/bin/env bash
# Looks at what the demo left, with programs that are not ours: the decisions by
# pdftotext, qpdf and pdfsig, the history by counting its events, the bundle by
# unzip's own check.
#
#   deploy/inspect.sh DIR
set -euo pipefail
dir=${1:?the directory that the demo wrote}

fail() {
	echo "✗ $*" >&2
	exit 1
}

pdfs=("$dir"/*/quyet-dinh-*.pdf)
[[ -e ${pdfs[0]} ]] || fail "no decision in $dir"
for pdf in "${pdfs[@]}"; do
	text=$(pdftotext -layout "$pdf" -)
	for words in "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" "QUYẾT ĐỊNH" "Điều 1."; do
		[[ $text == *"$words"* ]] || fail "$pdf does not say: $words"
	done
	qpdf --check "$pdf" >/dev/null || fail "qpdf finds a fault in $pdf"
	signatures=$(pdfsig "$pdf" || true) # it ends with 1 when it does not know the test certificate's root
	[[ $signatures == *"Signature is Valid"* ]] || fail "pdfsig finds no valid signature on $pdf"
	[[ $signatures != *"Signature is Invalid"* ]] || fail "pdfsig finds an invalid signature on $pdf"
	echo "✓ $pdf: text, structure and signature hold"
done

# Who is named, and who must not be: the district did not propose the last household.
all=$(for pdf in "${pdfs[@]}"; do pdftotext "$pdf" -; done | tr -s '[:space:]' ' ')
for name in "Nguyễn Thị Bích Thủy" "Lê Hoàng Phúc" "Danh Lắm" "H'Hen Niê Kđăm" "Trần Văn Đẫm"; do
	[[ $all == *"$name"* ]] || fail "no decision names $name"
done
[[ $all != *"Ngô Thị Sáu"* ]] || fail "a decision names somebody who was not proposed"
echo "✓ the decisions name who passed, letter by letter, and nobody else"

count() { jq --arg type "EVENT_TYPE_$2" '[.events[] | select(.eventType == $type)] | length' "$1"; }

histories=("$dir"/*/history.json)
[[ -e ${histories[0]} ]] || fail "no history in $dir"
for history in "${histories[@]}"; do
	# n decisions after the sending, each an Update.
	n=$(count "$history" WORKFLOW_EXECUTION_UPDATE_COMPLETED)
	asked=$(($(count "$history" ACTIVITY_TASK_SCHEDULED) + $(count "$history" MARKER_RECORDED)))
	((n > 0 && asked > 0)) || fail "$history holds no decision or no validation"
	events=$(jq '.events | length' "$history")
	actions=$((1 + n + asked + $(count "$history" TIMER_STARTED)))
	((events <= 12 + 5 * n)) || fail "$history: $events events; the budget is $((12 + 5 * n))"
	((actions <= 3 + n)) || fail "$history: $actions billable Actions; the budget is $((3 + n))"
	echo "✓ $history: $events events of at most $((12 + 5 * n)), $actions billable Actions of at most $((3 + n))"
done

bundles=("$dir"/*/*.zip)
[[ -e ${bundles[0]} ]] || fail "no bundle in $dir"
for bundle in "${bundles[@]}"; do
	[[ $(head -c 2 "$bundle") == PK ]] || fail "$bundle is no zip"
	echo "✓ $bundle: $(wc -c <"$bundle") bytes"
done
