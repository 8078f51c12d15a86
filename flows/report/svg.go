package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// pen is what a drawing needs of a page.
type pen interface {
	path(points []point, closed bool, s style)
	circle(x, y, r float64, s style)
	letters(x, y, size float64, text string, s style)
}

type point struct{ x, y float64 }

// style is how something is drawn; an empty colour is none.
type style struct {
	fill, stroke string
	width        float64
}

// element is a path, a circle or a text of an SVG.
type element struct {
	XMLName xml.Name
	D       string  `xml:"d,attr"`
	CX      float64 `xml:"cx,attr"`
	CY      float64 `xml:"cy,attr"`
	R       float64 `xml:"r,attr"`
	X       float64 `xml:"x,attr"`
	Y       float64 `xml:"y,attr"`
	Style   string  `xml:"style,attr"`
	Text    string  `xml:",chardata"`
}

// drawSVG draws what the chart library writes: straight paths, circles and
// texts. What it does not know it refuses, rather than leave it out.
func drawSVG(p pen, svg []byte) error {
	in := xml.NewDecoder(bytes.NewReader(svg))
	for {
		token, err := in.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read a chart: %w", err)
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local == "svg" {
			continue
		}
		var e element
		if err := in.DecodeElement(&e, &start); err != nil {
			return fmt.Errorf("read a chart: %w", err)
		}
		if err := e.draw(p); err != nil {
			return fmt.Errorf("read a chart: %w", err)
		}
	}
}

func (e element) draw(p pen) error {
	s, size := e.style()
	switch e.XMLName.Local {
	case "path":
		return e.path(p, s)
	case "circle":
		p.circle(e.CX, e.CY, e.R, s)
	case "text":
		p.letters(e.X, e.Y, size, e.Text, s)
	default:
		return fmt.Errorf("%s is not known", e.XMLName.Local)
	}
	return nil
}

func (e element) path(p pen, s style) error {
	var points []point
	words := strings.Fields(e.D)
	closed := false
	flush := func() {
		if len(points) > 1 {
			p.path(points, closed, s)
		}
		points, closed = nil, false
	}
	for i := 0; i < len(words); i++ {
		switch words[i] {
		case "Z":
			closed = true
			continue
		case "M":
			flush()
		case "L":
		default:
			return fmt.Errorf("path %q is not known", words[i])
		}
		if i+2 >= len(words) {
			return fmt.Errorf("path %q ends too early", e.D)
		}
		x, errX := strconv.ParseFloat(words[i+1], 64)
		y, errY := strconv.ParseFloat(words[i+2], 64)
		if err := errors.Join(errX, errY); err != nil {
			return err
		}
		points = append(points, point{x, y})
		i += 2
	}
	flush()
	return nil
}

// style reads "stroke-width:1;stroke:rgb(1,2,3);fill:none;font-size:16px".
func (e element) style() (s style, size float64) {
	for part := range strings.SplitSeq(e.Style, ";") {
		name, value, _ := strings.Cut(part, ":")
		switch name {
		case "fill":
			s.fill = strings.TrimPrefix(value, "none")
		case "stroke":
			s.stroke = strings.TrimPrefix(value, "none")
		case "stroke-width":
			s.width, _ = strconv.ParseFloat(value, 64)
		case "font-size":
			size, _ = strconv.ParseFloat(strings.TrimSuffix(value, "px"), 64)
		}
	}
	return s, size
}
