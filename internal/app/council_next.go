package app

import (
	"context"

	"vinhdanh/internal/act"
	"vinhdanh/internal/council"
	"vinhdanh/internal/law"
)

// Next is what a session's closing led to: its end, or something that comes before it.
type Next struct {
	Code  string   `json:"code"` // closed, second-ballot or set-priority
	Phase string   `json:"phase"`
	Round int      `json:"round"`
	Text  law.Text `json:"text"` // what is to be done now
}

// What a closing leads to.
const (
	NextClosed   = "closed"
	NextSecond   = "second-ballot"
	NextPriority = "set-priority"
	nextSealed   = "second-sealed" // the words of a second ballot with sealed ballots
)

var nextWords = map[string]law.Text{
	NextClosed: {VI: "Phiên họp đã kết thúc; kết quả được khóa và đang gửi tới từng hồ sơ.", EN: "The session is closed; its result is frozen and on its way to each case."},
	NextSecond: {
		VI: "Phiên họp chưa kết thúc: có trường hợp chuyển sang biểu quyết lần hai. Thành viên bỏ phiếu lần hai, rồi Chủ trì kết thúc lần nữa.",
		EN: "The session is not over: items go to a second ballot. Members vote again, then the chair closes again.",
	},
	nextSealed: {
		VI: "Phiên họp chưa kết thúc: có trường hợp bỏ phiếu kín chuyển sang lần hai. Chủ trì và Thư ký tạo hai mảnh khóa mới, thành viên bỏ phiếu kín lần hai, rồi mở phiếu và kết thúc lần nữa.",
		EN: "The session is not over: items with a sealed ballot go to a second one. Chair and secretary make two new shares, members cast again, then the box is opened and the chair closes again.",
	},
	NextPriority: {
		VI: "Phiên họp chưa kết thúc: có trường hợp ngang phiếu ở mức số lượng. Thư ký nhập thứ tự ưu tiên mà Hội đồng thống nhất, rồi Chủ trì kết thúc lần nữa.",
		EN: "The session is not over: equal votes straddle a quota. The secretary enters the order that the Council settled, then the chair closes again.",
	},
}

// Is is the code; empty where nothing is known yet.
func (n *Next) Is() string {
	if n == nil {
		return ""
	}
	return n.Code
}

// afterClosing tells what a recorded closing led to; nil while it is being recorded.
func (a *App) afterClosing(ctx context.Context, id string, done Done) (*Next, error) {
	if done.Status != act.Accepted || !done.Recorded {
		return nil, nil
	}
	row, err := a.Store.SessionByID(ctx, id)
	if err != nil {
		return nil, internal("read the session", err)
	}
	n := Next{Code: NextClosed, Phase: row.Phase, Round: row.Round}
	if row.Phase == string(council.PhaseOpen) {
		in, err := inputOf(row)
		if err != nil {
			return nil, err
		}
		if n.Code = NextSecond; in.Settling() {
			n.Code = NextPriority
		}
	}
	n.Text = nextWords[n.Code]
	if n.Code == NextSecond && row.BoxRound == 2 {
		n.Text = nextWords[nextSealed]
	}
	return &n, nil
}
