package report

import (
	"fmt"

	"codeberg.org/go-pdf/fpdf"
)

// chart draws an SVG of the chart library below what stands already.
func (d *doc) chart(svg []byte, height float64) error {
	d.room(height)
	if err := drawSVG(canvas{d, margin, d.y}, svg); err != nil {
		return err
	}
	d.y += height
	return nil
}

// canvas is a place on a page that a chart is drawn on.
type canvas struct {
	d        *doc
	left, up float64
}

func (c canvas) at(p point) (x, y float64) { return c.left + p.x/dots, c.up + p.y/dots }

func (c canvas) path(points []point, closed bool, s style) {
	if s.fill != "" {
		var all []fpdf.PointType
		for _, p := range points {
			x, y := c.at(p)
			all = append(all, fpdf.PointType{X: x, Y: y})
		}
		c.colour(s)
		c.d.pdf.Polygon(all, "F")
	}
	if s.stroke != "" {
		c.colour(s)
		c.d.pdf.MoveTo(c.at(points[0]))
		for _, p := range points[1:] {
			c.d.pdf.LineTo(c.at(p))
		}
		if closed {
			c.d.pdf.ClosePath()
		}
		c.d.pdf.DrawPath("D")
	}
}

func (c canvas) circle(x, y, r float64, s style) {
	how := ""
	if s.fill != "" {
		how += "F"
	}
	if s.stroke != "" {
		how += "D"
	}
	if how != "" {
		c.colour(s)
		x, y = c.at(point{x, y})
		c.d.pdf.Circle(x, y, r/dots, how)
	}
}

func (c canvas) letters(x, y, size float64, text string, s style) {
	r, g, b := rgb(s.fill)
	c.d.pdf.SetFont("sans", "", c.d.pdf.UnitToPointConvert(size/dots))
	c.d.pdf.SetTextColor(r, g, b)
	x, y = c.at(point{x, y})
	c.d.pdf.Text(x, y, c.d.legible(text))
}

func (c canvas) colour(s style) {
	c.d.pdf.SetFillColor(rgb(s.fill))
	c.d.pdf.SetDrawColor(rgb(s.stroke))
	c.d.pdf.SetLineWidth(s.width / dots)
}

// rgb reads a colour as the chart library writes it; what it cannot read is
// black.
func rgb(colour string) (r, g, b int) {
	if colour == "white" {
		return 255, 255, 255
	}
	_, _ = fmt.Sscanf(colour, "rgb(%d,%d,%d)", &r, &g, &b)
	return r, g, b
}

// box fills a rectangle, and draws a border round it where width is not 0.
func (d *doc) box(x, y, w, h float64, shade int, border float64) {
	d.pdf.SetFillColor(shade, shade, shade)
	how := "F"
	if border > 0 {
		d.pdf.SetDrawColor(25, 25, 25)
		d.pdf.SetLineWidth(border)
		how = "FD"
	}
	d.pdf.Rect(x, y, w, h, how)
}
