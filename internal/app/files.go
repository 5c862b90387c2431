package app

import (
	"context"
	"errors"
	"io"

	"vinhdanh/internal/blob"
)

// open streams a stored file by its SHA-256.
func (a *App) open(ctx context.Context, sha256 string) (io.ReadCloser, error) {
	key, err := blob.KeyOf(sha256)
	if err != nil {
		return nil, &Error{Code: CodeNotFound}
	}
	r, err := a.Blobs.Get(ctx, key)
	if err != nil {
		var e *blob.Error
		if errors.As(err, &e) && blob.CodeOf(err) == "blob_not_found" {
			return nil, &Error{Code: CodeNotFound}
		}
		return nil, internal("read file", err)
	}
	return r, nil
}
