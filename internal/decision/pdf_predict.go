package decision

// unpredict undoes the PNG predictors of one byte a pixel (ISO 32000-1, 7.4.4.4),
// which writers use for cross-reference streams.
func unpredict(body []byte, columns int) ([]byte, error) {
	if columns < 1 || columns > 1<<16 || len(body)%(columns+1) != 0 {
		return nil, notPDF("predictor")
	}
	var out []byte
	above := make([]byte, columns)
	for ; len(body) > 0; body = body[columns+1:] {
		row := make([]byte, columns)
		for i, c := range body[1 : columns+1] {
			var left, corner byte
			if i > 0 {
				left, corner = row[i-1], above[i-1]
			}
			switch body[0] {
			case 0:
			case 1:
				c += left
			case 2:
				c += above[i]
			case 3:
				c += byte((int(left) + int(above[i])) / 2)
			case 4:
				c += paeth(left, above[i], corner)
			default:
				return nil, notPDF("predictor")
			}
			row[i] = c
		}
		out = append(out, row...)
		above = row
	}
	return out, nil
}

func paeth(a, b, c byte) byte {
	distance := func(x byte) int { return max(int(a)+int(b)-int(c)-int(x), int(x)-int(a)-int(b)+int(c)) }
	switch pa, pb, pc := distance(a), distance(b), distance(c); {
	case pa <= pb && pa <= pc:
		return a
	case pb <= pc:
		return b
	}
	return c
}
