package decision

import (
	"bytes"
	"compress/zlib"
	"image"
	"image/color"
	"image/png"
)

// maxImage bounds the pixels of an image, so that a small file cannot unfold into
// a great one.
const maxImage = 4 << 20

// image adds a PNG with its transparency and gives its width by its height.
func (u *update) image(data []byte) (pdfRef, float64, error) {
	bad := refuse(CodeIncomplete, "the image of a signature must be a PNG of at most 4 million pixels", "ảnh chữ ký, con dấu phải là tệp PNG không quá 4 triệu điểm ảnh")
	size, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil || size.Width < 1 || size.Height < 1 || size.Width > maxImage/size.Height {
		return pdfRef{}, 0, bad
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return pdfRef{}, 0, bad
	}
	colours, alpha := pixels(img)
	raw := func(space string, body []byte) (pdfStream, error) {
		var b bytes.Buffer
		w := zlib.NewWriter(&b)
		if _, err := w.Write(body); err != nil {
			return pdfStream{}, err
		}
		if err := w.Close(); err != nil {
			return pdfStream{}, err
		}
		return pdfStream{pdfDict{"Type": pdfName("XObject"), "Subtype": pdfName("Image"), "Width": size.Width, "Height": size.Height,
			"BitsPerComponent": 8, "ColorSpace": pdfName(space), "Filter": pdfName("FlateDecode")}, b.Bytes()}, nil
	}
	mask, err := raw("DeviceGray", alpha)
	if err != nil {
		return pdfRef{}, 0, bad
	}
	main, err := raw("DeviceRGB", colours)
	if err != nil {
		return pdfRef{}, 0, bad
	}
	main.dict["SMask"] = u.add(mask)
	return u.add(main), float64(size.Width) / float64(size.Height), nil
}

// pixels splits an image into colours and transparency, row by row.
func pixels(img image.Image) (colours, alpha []byte) {
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			c, _ := color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA)
			colours, alpha = append(colours, c.R, c.G, c.B), append(alpha, c.A)
		}
	}
	return colours, alpha
}
