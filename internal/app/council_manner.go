package app

import (
	"fmt"
	"strings"

	"vinhdanh/internal/council"
	"vinhdanh/internal/postgres"
)

// manner says in words how each award was voted on.
func (a *App) manner(v SessionView) []string {
	var out []string
	for _, r := range v.Rules {
		var awards []string
		for _, it := range v.Agenda {
			if it.Rule != nil && *it.Rule == r {
				awards = addOnce(awards, a.awardName(it.Award).VI)
			}
		}
		out = append(out, strings.Join(awards, "; ")+": "+ruleVi(r, len(v.Roster), v.CouncilSession))
	}
	return out
}

// ofWhom says that a session's total is that of the standing members.
func ofWhom(row postgres.CouncilSession) string {
	if ofStanding(row) {
		return "Thường trực "
	}
	return ""
}

func ruleVi(r council.Rule, members int, row postgres.CouncilSession) string {
	asked := inWriting(row)
	text := "biểu quyết công khai theo danh sách"
	if r.Ballot == council.BallotSecret && row.Electronic {
		text = "bỏ phiếu kín điện tử, phiếu mã hóa bằng hai mảnh khóa do Chủ trì và Thư ký giữ"
	} else if r.Ballot == council.BallotSecret {
		text = "bỏ phiếu kín bằng phiếu giấy, hai người kiểm phiếu độc lập"
	}
	how := "ít nhất"
	if r.MoreThan {
		how = "trên"
	}
	base := fmt.Sprintf("tổng số thành viên %sHội đồng (%d/%d)", ofWhom(row), r.Required(members), members)
	if r.Base == council.BasePresent {
		base = "số thành viên dự họp"
	}
	text += fmt.Sprintf("; đạt khi có %s %d/%d %s tán thành", how, r.Threshold.Num, r.Threshold.Den, base)
	if r.ChairMustAgree {
		text += ", trong đó có Chủ tịch Hội đồng"
	}
	if r.SecondRound() {
		text += fmt.Sprintf("; trường hợp không đạt nhưng có ít nhất %d/%d tán thành thì biểu quyết lần hai", r.Second.Num, r.Second.Den)
	}
	if r.Tie == council.TieChair {
		text += "; số phiếu ngang nhau thì theo phía có phiếu của Chủ trì"
	}
	if r.Recusal == council.RecusalLeaves {
		text += "; thành viên không tham gia do xung đột lợi ích không tính vào cơ số"
	}
	if asked {
		return text + silenceVi(r.Silence)
	}
	if r.Absent == council.AbsentWritten {
		return text + "; thành viên vắng mặt gửi ý kiến bằng văn bản."
	}
	return text + "; thành viên vắng mặt không biểu quyết."
}

// silenceVi says what it means not to answer a written consultation.
func silenceVi(s council.Silence) string {
	if s == council.SilenceAgrees {
		return "; lấy ý kiến bằng văn bản, thành viên không trả lời trong thời hạn được coi là tán thành."
	}
	return "; lấy ý kiến bằng văn bản, thành viên không trả lời trong thời hạn không được tính là tán thành."
}
