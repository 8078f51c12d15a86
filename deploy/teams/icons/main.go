// Command icons draws the icons of the Teams app: a shield with a question
// mark, once in colour and once as a white outline.
package main

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
)

func main() {
	ground, white, none := color.NRGBA{0x1F, 0x4E, 0x5F, 0xFF}, color.NRGBA{0xFF, 0xFF, 0xFF, 0xFF}, color.NRGBA{0xFF, 0xFF, 0xFF, 0}
	// https://learn.microsoft.com/en-us/microsoftteams/platform/concepts/build-and-test/apps-package#app-icons
	err := write("color.png", 192, func(x, y float64) color.NRGBA {
		if shield(x, y, 0.62) && !mark(x, y) {
			return white
		}
		return ground
	})
	if err == nil {
		err = write("outline.png", 32, func(x, y float64) color.NRGBA {
			if shield(x, y, 0.96) && !shield(x, y, 0.80) || mark(x, y) {
				return white
			}
			return none
		})
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// shield reports whether a point of the square from -1 to 1 lies within a
// shield of a size.
func shield(x, y, size float64) bool {
	x, y = math.Abs(x)/size, y/size
	switch {
	case y < -1 || y > 1:
		return false
	case y < 0.1:
		return x <= 0.8
	}
	t := (y - 0.1) / 0.9
	return x <= 0.8*math.Sqrt(math.Max(0, 1-t*t*t))*(1-0.25*t)
}

// mark is the question mark.
func mark(x, y float64) bool {
	const width = 0.075
	bow := math.Hypot(x, y+0.13)
	angle := math.Atan2(y+0.13, x)
	switch {
	case math.Abs(bow-0.19) < width && !(angle > 0.5*math.Pi || angle < -math.Pi): // all but the lower left
		return true
	case math.Abs(x) < width && y > 0.02 && y < 0.18:
		return true
	}
	return math.Hypot(x, y-0.31) < 0.095
}

// write draws a square picture, each point as the mean of 64.
func write(name string, size int, at func(x, y float64) color.NRGBA) error {
	const fine = 8
	picture := image.NewNRGBA(image.Rect(0, 0, size, size))
	for py := range size {
		for px := range size {
			var r, g, b, a int
			for i := range fine * fine {
				x := (float64(px)+(float64(i%fine)+0.5)/fine)/float64(size)*2 - 1
				y := (float64(py)+(float64(i/fine)+0.5)/fine)/float64(size)*2 - 1
				c := at(x, y)
				r, g, b, a = r+int(c.R), g+int(c.G), b+int(c.B), a+int(c.A)
			}
			n := fine * fine
			picture.SetNRGBA(px, py, color.NRGBA{uint8(r / n), uint8(g / n), uint8(b / n), uint8(a / n)})
		}
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := png.Encode(f, picture); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
