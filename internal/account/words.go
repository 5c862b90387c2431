package account

import (
	"vinhdanh/internal/law"
	"vinhdanh/internal/proposal"
)

// roles are the roles in words (design.md section 2).
var roles = map[string]law.Text{
	"clerk":         {VI: "người làm công tác thi đua, khen thưởng", EN: "clerk"},
	"unit_head":     {VI: "thủ trưởng đơn vị", EN: "unit head"},
	"reviewer":      {VI: "người xét duyệt", EN: "reviewer"},
	"appraiser":     {VI: "chuyên viên thẩm định", EN: "appraiser"},
	"standing_head": {VI: "lãnh đạo cơ quan thường trực", EN: "head of the standing body"},
	"secretary":     {VI: "Thư ký Hội đồng", EN: "council secretary"},
	"member":        {VI: "ủy viên Hội đồng", EN: "council member"},
	"chair":         {VI: "Chủ tịch Hội đồng", EN: "chair of the Council"},
	"signer":        {VI: "người ký", EN: "signer"},
	"registrar":     {VI: "văn thư", EN: "registrar"},
	"auditor":       {VI: "người kiểm tra", EN: "auditor"},
	"admin":         {VI: "quản trị", EN: "administrator"},
}

// verbs are what acts did.
var verbs = map[string]law.Text{
	"send":                   {VI: "gửi tờ trình", EN: "sent the submission"},
	"decide:forward":         {VI: "xét và chuyển lên cấp trên", EN: "reviewed and forwarded"},
	"decide:return":          {VI: "yêu cầu bổ sung, hoàn thiện", EN: "returned for completion"},
	"decide:reconsidered":    {VI: "xem xét lại", EN: "looked again"},
	"accept":                 {VI: "tiếp nhận hồ sơ đầy đủ", EN: "accepted the complete dossier"},
	"appraise":               {VI: "thẩm định", EN: "appraised"},
	"council-result":         {VI: "có kết quả biểu quyết", EN: "gave the result of the vote"},
	"issued":                 {VI: "được ban hành", EN: "was issued"},
	"resubmit":               {VI: "gửi lại sau khi hoàn thiện", EN: "resubmitted after completion"},
	"recall":                 {VI: "rút về để sửa", EN: "recalled for correction"},
	"withdraw":               {VI: "xin rút hồ sơ", EN: "withdrew the case"},
	"hold":                   {VI: "tạm dừng xét", EN: "put on hold"},
	"release":                {VI: "tiếp tục xét", EN: "released from hold"},
	"reconsider":             {VI: "đề nghị xem xét lại", EN: "asked to look again"},
	"lower":                  {VI: "đồng ý hạ mức khen thưởng", EN: "agreed to a lower award"},
	"reassign":               {VI: "chuyển cho đơn vị kế thừa", EN: "handed over to the successor unit"},
	"consult":                {VI: "hiệp y", EN: "consulted agencies"},
	"publish":                {VI: "lấy ý kiến Nhân dân", EN: "heard the public"},
	"submit-up":              {VI: "trình cấp trên", EN: "submitted upward"},
	"consult:asked":          {VI: "lấy ý kiến hiệp y", EN: "asked agencies for their opinion"},
	"consult:answered":       {VI: "ghi nhận ý kiến hiệp y", EN: "entered an agency's answer"},
	"consult:forward":        {VI: "kết thúc hiệp y", EN: "closed the consultation"},
	"publish:opened":         {VI: "mở lấy ý kiến Nhân dân", EN: "opened the public comment"},
	"publish:received":       {VI: "ghi nhận một ý kiến của Nhân dân", EN: "entered a public comment"},
	"publish:forward":        {VI: "kết thúc lấy ý kiến Nhân dân", EN: "closed the public comment"},
	"submit-up:prepared":     {VI: "trình ký tờ trình cấp trên", EN: "put the letter upward before the signer"},
	"submit-up:signed":       {VI: "ký tờ trình cấp trên", EN: "signed the letter upward"},
	"submit-up:sent_back":    {VI: "trả lại tờ trình cấp trên", EN: "sent the letter upward back"},
	"submit-up:numbered":     {VI: "cấp số, gửi tờ trình cấp trên", EN: "numbered and sent the letter upward"},
	"upper-outcome":          {VI: "nhập kết quả của cấp trên", EN: "entered the outcome from above"},
	"council:convene":        {VI: "triệu tập phiên họp", EN: "convened the session"},
	"council:open":           {VI: "khai mạc phiên họp", EN: "opened the session"},
	"council:cast":           {VI: "bỏ phiếu", EN: "cast a ballot"},
	"council:count-paper":    {VI: "nhập kết quả kiểm phiếu kín", EN: "entered the count of the secret ballot"},
	"council:ballot-key":     {VI: "tạo mảnh khóa phiếu kín điện tử", EN: "made a share of the sealed ballots' key"},
	"council:cast-sealed":    {VI: "bỏ phiếu kín điện tử", EN: "cast a sealed ballot"},
	"council:freeze-ballots": {VI: "khóa hòm phiếu kín điện tử", EN: "closed the box of sealed ballots"},
	"council:count-sealed":   {VI: "mở và công bố phiếu kín điện tử", EN: "opened the sealed ballots and published their rows"},
	"council:attest-count":   {VI: "xác nhận kết quả mở phiếu kín điện tử", EN: "attested the opening of the sealed ballots"},
	"council:admit-late":     {VI: "đồng ý bổ sung vào chương trình họp", EN: "consented to late items on the agenda"},
	"council:counting-team":  {VI: "cử Tổ kiểm phiếu", EN: "named the counting team"},
	"council:sign-count":     {VI: "xác nhận kết quả kiểm phiếu với tư cách Tổ trưởng Tổ kiểm phiếu", EN: "signed for the count as head of the counting team"},
	"council:set-priority":   {VI: "nhập thứ tự ưu tiên mà Hội đồng thống nhất", EN: "entered the order of priority that the Council settled"},
	"council:recuse":         {VI: "khai báo xung đột lợi ích sau khi triệu tập, không tham gia biểu quyết", EN: "declared an interest after convening and has no vote"},
	"council:close":          {VI: "kết thúc biểu quyết", EN: "closed the vote"},
	"council:cancel":         {VI: "hủy phiên họp", EN: "cancelled the session"},
	"issuance:submit":        {VI: "trình ký dự thảo quyết định", EN: "submitted the draft decision for signature"},
	"issuance:sign":          {VI: "ký quyết định", EN: "signed the decision"},
	"issuance:send-back":     {VI: "trả lại dự thảo quyết định", EN: "sent the draft decision back"},
	"issuance:number":        {VI: "cấp số", EN: "entered the number"},

	"revocation:revoke":          {VI: "đề nghị hủy bỏ quyết định khen thưởng", EN: "opened the revocation of an award"},
	"revocation:answer:agree":    {VI: "có ý kiến nhất trí với việc hủy bỏ", EN: "answered that the award should be revoked"},
	"revocation:answer:disagree": {VI: "có ý kiến không nhất trí với việc hủy bỏ", EN: "answered that the award should stay"},
	"revocation:appraise:revoke": {VI: "thẩm định: đề nghị hủy bỏ", EN: "appraised: to be revoked"},
	"revocation:appraise:keep":   {VI: "thẩm định: không hủy bỏ", EN: "appraised: the award stays"},
	"revocation:submit":          {VI: "trình ký dự thảo quyết định hủy bỏ", EN: "submitted the draft of the revoking decision for signature"},
	"revocation:sign":            {VI: "ký quyết định hủy bỏ", EN: "signed the revoking decision"},
	"revocation:send-back":       {VI: "trả lại dự thảo quyết định hủy bỏ", EN: "sent the draft of the revoking decision back"},
	"revocation:refuse":          {VI: "không đồng ý hủy bỏ", EN: "refused to revoke"},
	"revocation:number":          {VI: "cấp số quyết định hủy bỏ", EN: "entered the number of the revoking decision"},
	"revocation:withdraw":        {VI: "rút đề nghị hủy bỏ", EN: "withdrew the revocation"},
}

// outcomes are the outcomes in words, told in this order.
var outcomes = map[proposal.Outcome]law.Text{
	proposal.OutcomePassed:      {VI: "đạt", EN: "passed"},
	proposal.OutcomeRecognised:  {VI: "được khen thưởng", EN: "recognised"},
	proposal.OutcomeNotProposed: {VI: "không đề nghị", EN: "not proposed"},
	proposal.OutcomeNotPassed:   {VI: "không đạt", EN: "not passed"},
	proposal.OutcomeDeferred:    {VI: "chưa xét", EN: "deferred"},
	proposal.OutcomeLower:       {VI: "hạ mức", EN: "lower award"},
	proposal.OutcomeWithdrawn:   {VI: "rút", EN: "withdrawn"},
	proposal.OutcomeNotAwarded:  {VI: "cấp trên không khen thưởng", EN: "not awarded above"},
}

var order = []proposal.Outcome{
	proposal.OutcomePassed, proposal.OutcomeRecognised, proposal.OutcomeNotProposed, proposal.OutcomeNotPassed,
	proposal.OutcomeDeferred, proposal.OutcomeLower, proposal.OutcomeWithdrawn, proposal.OutcomeNotAwarded,
}

// Role is a role in words; empty for a code of no role.
func Role(code string) law.Text { return roles[code] }

// Outcome is an item's outcome in words; empty for a code of none.
func Outcome(code string) law.Text { return outcomes[proposal.Outcome(code)] }
