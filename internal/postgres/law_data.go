package postgres

import (
	"context"
	"encoding/json"
)

// KeepLaw stores the law data's files under their hash, once.
func (s *Store) KeepLaw(ctx context.Context, hash string, files map[string]string) error {
	data, err := json.Marshal(files)
	if err != nil {
		return err
	}
	_, err = s.pool.Exec(ctx, `insert into law_data (hash, files) values ($1, $2) on conflict (hash) do nothing`, hash, data)
	return err
}

// LawFiles reads law data by its hash.
func (s *Store) LawFiles(ctx context.Context, hash string) (map[string]string, error) {
	var data []byte
	if err := s.pool.QueryRow(ctx, `select files from law_data where hash = $1`, hash).Scan(&data); err != nil {
		return nil, notFound(err)
	}
	files := map[string]string{}
	return files, json.Unmarshal(data, &files)
}
