package importing

// What a mark can say of a cell or row while it is read.
var (
	msgComposed   = message{Note, "text.composed", "Chữ được gõ bằng Unicode tổ hợp; đã chuyển sang Unicode dựng sẵn, nội dung không đổi.", "Typed in decomposed Unicode; composed, content unchanged."}
	msgStripped   = message{Note, "text.blanks", "Đã bỏ khoảng trắng hoặc ký tự ẩn thừa.", "Stray blanks or invisible characters were removed."}
	msgApostrophe = message{Note, "text.apostrophe", "Đã bỏ dấu nháy đơn đứng trước công thức.", "The apostrophe before a formula was removed."}
	msgFormulaNo  = message{Note, "formula.ignored", "Công thức ở cột STT hoặc dòng tổng cộng được bỏ qua.", "A formula in the order column or a totals row is ignored."}
	msgFormula    = message{Warning, "formula.value_taken", "Ô chứa công thức; đã lấy giá trị đang lưu, hãy kiểm tra.", "The cell holds a formula; its stored value was taken, please check."}
	msgFormulaNil = message{Fault, "formula.no_value", "Ô chứa công thức nhưng tệp không lưu kết quả. Hãy mở bằng Excel, lưu lại, hoặc gõ giá trị vào ô.", "The cell holds a formula but the file stores no result. Open and save it in Excel, or type the value."}
	msgCellError  = message{Fault, "cell.error", "Ô báo lỗi %s của Excel. Hãy gõ giá trị đúng.", "The cell shows Excel's error %s. Type the right value."}
	msgMerged     = message{Note, "cell.merged", "Giá trị lấy từ ô gộp bắt đầu ở dòng %d.", "The value comes from the merged cell that starts in row %d."}
	msgCorrected  = message{Note, "cell.corrected", "Giá trị do người nhập sửa.", "The value was corrected by the clerk."}
	msgHiddenRow  = message{Warning, "row.hidden", "Dòng này đang bị ẩn hoặc bị lọc trong Excel; hãy xem có thuộc danh sách không.", "This row is hidden or filtered out in Excel; see whether it belongs to the list."}

	msgNameMissing = message{Fault, "name.missing", "Thiếu tên. Hãy ghi họ tên, tên tập thể hoặc tên hộ.", "The name is missing. Give the name of the person, collective or household."}
	msgNameCaps    = message{Warning, "name.capitals", "Tên viết hoa toàn bộ và sẽ được in đúng như vậy. Nếu không muốn, hãy sửa theo căn cước.", "The name is in capitals and will be printed so. If not wanted, correct it as on the identity card."}
	msgNameLines   = message{Warning, "name.lines", "Tên nằm trên nhiều dòng; đã nối thành một dòng, hãy kiểm tra.", "The name stands on several lines; they were joined, please check."}
	msgNameJoined  = message{Note, "name.joined", "Họ và tên ở hai cột được ghép lại.", "Family and given name from two columns were joined."}
	msgNameChars   = message{Warning, "name.characters", "Tên có chữ số hoặc ký tự lạ; hãy kiểm tra.", "The name holds digits or unusual characters; please check."}
	msgForm        = message{Note, "name.form_of_address", "Đọc \"%s\" là danh xưng, đứng trước tên khi in; hãy xác nhận.", "Read \"%s\" as a form of address, printed before the name; please confirm."}

	msgKindGuess    = message{Warning, "kind.guessed", "Danh sách không ghi loại đối tượng; đoán theo tên là %[1]s.", "The list does not give the kind of subject; guessed from the name: %[2]s."}
	msgKindUnknown  = message{Fault, "kind.unknown", "Không hiểu loại đối tượng \"%s\". Hãy ghi Cá nhân, Tập thể hoặc Hộ gia đình.", "Unknown kind of subject \"%s\". Write Cá nhân, Tập thể or Hộ gia đình."}
	msgKindConflict = message{Warning, "kind.conflict", "Tên giống tên %[1]s nhưng nằm ở mục %[2]s; hãy kiểm tra.", "The name looks like that of a %[3]s, but stands under %[4]s; please check."}

	msgSexUnknown  = message{Warning, "sex.unknown", "Không hiểu giới tính \"%s\". Hãy ghi Nam hoặc Nữ.", "Unknown sex \"%s\". Write Nam or Nữ."}
	msgBirthBoth   = message{Fault, "birth.both", "Cả cột Nam và cột Nữ đều có năm sinh. Hãy giữ một cột.", "Both the Nam and the Nữ column hold a year. Keep one."}
	msgBirthNone   = message{Warning, "birth.missing", "Thiếu năm sinh.", "The year of birth is missing."}
	msgBirthSerial = message{Fault, "birth.serial", "Giá trị %s là số ngày của Excel (%s), không phải năm sinh. Hãy gõ lại năm hoặc ngày sinh.", "The value %s is an Excel date serial (%s), not a year of birth. Type the year or the date."}
	msgBirthBad    = message{Fault, "birth.unreadable", "Không đọc được \"%s\" là năm hoặc ngày sinh. Hãy gõ dạng 1984 hoặc 05/8/1984.", "Cannot read \"%s\" as a year or date of birth. Type 1984 or 05/8/1984."}
	msgBirthFar    = message{Fault, "birth.implausible", "Năm sinh %d không hợp lý. Hãy kiểm tra.", "The year of birth %d is not plausible. Please check."}
	msgBirthYoung  = message{Warning, "birth.unusual", "Năm sinh %d cho tuổi %d; hãy kiểm tra.", "The year of birth %d gives an age of %d; please check."}
	msgBirthDate   = message{Note, "birth.date", "Ô ghi cả ngày sinh; năm sinh lấy từ ngày đó.", "The cell holds a full date; the year was taken from it."}
	msgBirthShort  = message{Warning, "birth.two_digits", "Năm sinh ghi hai chữ số, đọc là %d.", "The year is written with two digits, read as %d."}
	msgBirthFormat = message{Warning, "birth.year_as_date", "Ô định dạng ngày nhưng giá trị là %d; đọc là năm.", "The cell is formatted as a date but holds %d; read as a year."}

	msgSplit     = message{Note, "position.split", "Tách thành chức vụ \"%s\" và nơi công tác \"%s\"; hãy sửa nếu chưa đúng.", "Split into position \"%s\" and workplace \"%s\"; correct it if wrong."}
	msgUnsplit   = message{Warning, "position.not_split", "Không tách được chức vụ và đơn vị; hãy ghi rõ.", "Position and unit could not be told apart; please state them."}
	msgUnitGroup = message{Note, "unit.from_group", "Đơn vị lấy từ tên mục \"%s\".", "The unit was taken from the heading \"%s\"."}

	msgAwardNone      = message{Fault, "award.missing", "Chưa ghi danh hiệu hoặc hình thức đề nghị.", "No award is asked for."}
	msgAwardUnknown   = message{Fault, "award.unknown", "Không có danh hiệu, hình thức nào tên là \"%s\". Hãy chọn trong danh mục.", "No award is called \"%s\". Choose one from the catalogue."}
	msgAwardAmbiguous = message{Fault, "award.ambiguous", "\"%s\" có thể là %s. Hãy chọn một.", "\"%s\" may mean %s. Choose one."}
	msgAwardSeveral   = message{Note, "award.several", "Ô ghi %d danh hiệu, hình thức; mỗi cái là một trường hợp đề nghị.", "The cell asks for %d awards; each becomes an item of its own."}
	msgAwardGroup     = message{Note, "award.from_group", "Danh hiệu, hình thức lấy từ tên mục hoặc tiêu đề.", "The award was taken from the heading or title."}
	msgAwardKind      = message{Fault, "award.wrong_kind", "%[1]s không dành cho %[2]s. Hãy sửa danh hiệu hoặc loại đối tượng.", "%[1]s is not open to a %[3]s. Correct the award or the kind of subject."}

	msgFacts      = message{Note, "facts.from_text", "Số liệu đọc từ văn bản, cần xác nhận.", "Facts were read from the text; please confirm."}
	msgPastLinked = message{Warning, "past.inferred", "Danh hiệu của các quyết định này suy từ phần thành tích (%s); cần xác nhận.", "The award of these decisions was inferred from the achievement text (%s); please confirm."}
	msgIDNumber   = message{Warning, "id.length", "Số định danh không đủ 12 chữ số (CMND: 9), không được lưu; hãy gõ lại đủ số.", "The personal number has not 12 digits (old card: 9) and is not kept; type it again in full."}
	msgIDCut      = message{Warning, "id.zero", "Excel đã làm mất số 0 ở đầu số định danh; đã thêm lại, hãy đối chiếu ba số cuối.", "Excel had dropped the leading zeros of the personal number; they were put back, compare the last three digits."}
	msgCount      = message{Fault, "count.unreadable", "Không đọc được số \"%s\". Hãy gõ một số nguyên, ví dụ 24.", "Cannot read the number \"%s\". Type a whole number, such as 24."}
	msgAmount     = message{Fault, "amount.unreadable", "Không đọc được số tiền \"%s\". Hãy gõ số đồng, ví dụ 1.500.000.", "Cannot read the amount \"%s\". Type đồng, such as 1.500.000."}
)

// What a note can say of a sheet.
var (
	msgSheetHidden   = message{Note, "sheet.hidden", "Trang tính \"%s\" đang ẩn nên không được đọc.", "Sheet \"%s\" is hidden and was not read."}
	msgSheetEmpty    = message{Note, "sheet.empty", "Trang tính \"%s\" trống.", "Sheet \"%s\" is empty."}
	msgSheetNoHeader = message{Warning, "sheet.no_header", "Trang tính \"%s\" không có dòng tiêu đề cột nên không được đọc. Nếu đây là danh sách, hãy chỉ ra dòng tiêu đề.", "Sheet \"%s\" has no header row and was not read. If it is a list, say which row is the header."}
	msgTotals        = message{Note, "row.totals", "Dòng %d là dòng tổng cộng, được bỏ qua.", "Row %d is a totals row and is left out."}
	msgFoot          = message{Note, "row.signature", "Từ dòng %d là phần ký tên, được bỏ qua.", "The signature block from row %d on is left out."}
	msgNumbering     = message{Note, "row.column_numbers", "Dòng %d chỉ đánh số cột, được bỏ qua.", "Row %d only numbers the columns and is left out."}
	msgRepeated      = message{Note, "row.repeated_header", "Dòng %d lặp lại tiêu đề cột, được bỏ qua.", "Row %d repeats the header and is left out."}
	msgTable         = message{Note, "row.new_table", "Dòng %d mở đầu một bảng khác với cột riêng.", "Row %d begins another table with columns of its own."}
	msgRemoved       = message{Note, "row.removed", "Dòng %d do người nhập bỏ ra.", "Row %d was left out by the clerk."}
	msgSkipped       = message{Note, "row.skipped", "Dòng %d được bỏ qua theo lựa chọn của người nhập.", "Row %d is skipped as the clerk chose."}
	msgRestart       = message{Note, "order.restarts", "STT bắt đầu lại ở dòng %d; thứ tự giữ theo danh sách.", "The order number starts again in row %d; the order of the list is kept."}
)

var kindVi = map[Kind]string{Individual: "cá nhân", Collective: "tập thể", Household: "hộ gia đình"}
