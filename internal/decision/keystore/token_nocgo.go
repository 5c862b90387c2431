//go:build !cgo

package keystore

// open cannot reach a token: its library is C.
func (Token) open(string) (Key, error) {
	return Key{}, refuse("this program was built without support for tokens (CGO_ENABLED=0)%s; use a build with cgo, or a .p12 file",
		"chương trình này được dựng không hỗ trợ token (CGO_ENABLED=0)%s; hãy dùng bản có cgo hoặc tệp .p12", "")
}
