package teams

import (
	"bytes"
	"image"
	_ "image/png"
	"testing"
)

func TestIconsAreAsTeamsWantsThem(t *testing.T) {
	for name, c := range map[string]struct {
		file []byte
		size int
	}{"color.png": {colour, 192}, "outline.png": {outline, 32}} {
		picture, format, err := image.Decode(bytes.NewReader(c.file))
		if err != nil || format != "png" || picture.Bounds() != image.Rect(0, 0, c.size, c.size) {
			t.Fatalf("%s: %s of %v, %v", name, format, picture.Bounds(), err)
		}
		for y := range c.size {
			for x := range c.size {
				r, g, b, a := picture.At(x, y).RGBA()
				if name == "outline.png" && (r != a || g != a || b != a) {
					t.Fatalf("outline.png is not white or transparent at %d,%d", x, y)
				}
				if name == "color.png" && a != 0xFFFF {
					t.Fatalf("color.png is transparent at %d,%d", x, y)
				}
			}
		}
	}
}
