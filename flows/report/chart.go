package report

import (
	"fmt"
	"slices"

	"github.com/go-analyze/charts"

	"secadvisor/flows/score"
)

// Charts are made by a library as SVG and drawn into the page as lines and
// letters (svg.go): crisp at any size, and a screen reader finds the numbers.
// One dark and one light tone, so that they read the same in grey.

// dots is how many of a chart's units are a millimetre.
const dots = 10

var (
	ink    = charts.ColorRGB(25, 25, 25)
	dark   = charts.ColorRGB(38, 60, 92)
	middle = charts.ColorRGB(128, 142, 162)
	light  = charts.ColorRGB(198, 205, 214)
	faint  = charts.ColorRGB(222, 222, 222)
)

func painter(width, height float64) (*charts.Painter, charts.ColorPalette) {
	theme := charts.MakeTheme(charts.ThemeOption{
		AxisStrokeColor: ink, AxisSplitLineColor: faint, BackgroundColor: charts.ColorTransparent,
		TextColor: ink, SeriesColors: []charts.Color{dark, light},
	})
	return charts.NewPainter(charts.PainterOptions{
		OutputFormat: charts.ChartOutputSVG, Width: int(width * dots), Height: int(height * dots),
		Font: charts.GetFont(charts.FontFamilyNotoSans), Theme: theme,
	}), theme
}

// letters is a size in points on the page.
func letters(points float64) charts.FontStyle {
	const perMillimetre = 72 / 25.4 * 92 / 72 // the library counts 92 dots to 72 points
	return charts.FontStyle{FontSize: points * dots / perMillimetre, FontColor: ink}
}

func percents(size float64) []charts.ValueAxisOption {
	return []charts.ValueAxisOption{{
		Min: charts.Ptr(0.0), Max: charts.Ptr(100.0), LabelCount: 6, LabelFontStyle: letters(size),
		ValueFormatter: func(v float64) string { return fmt.Sprintf("%.0f", v) },
	}}
}

// domainBars are the domains, the first on top: dark what is, light what
// could be.
func domainBars(domains []Domain, width, height float64) ([]byte, error) {
	p, theme := painter(width, height)
	var is, could []float64
	var labels []string
	for i := len(domains) - 1; i >= 0; i-- {
		d := domains[i]
		is, could = append(is, float64(d.Shown)), append(could, float64(d.Possible-d.Shown))
		labels = append(labels, fmt.Sprintf("%s: %d, %s  ", d.Title, d.Shown, score.BandOf(d.Shown)))
	}
	opt := charts.NewBarChartOptionWithData([][]float64{is, could})
	opt.Theme, opt.Horizontal, opt.StackSeries, opt.BarSize = theme, true, charts.Ptr(true), 0.62
	opt.Padding = charts.NewBox(0, 10, 30, 0)
	opt.CategoryAxis.Labels, opt.CategoryAxis.LabelFontStyle = labels, letters(9.5)
	opt.ValueAxis = percents(8)
	if err := p.BarChart(opt); err != nil {
		return nil, fmt.Errorf("draw the domains: %w", err)
	}
	return p.Bytes()
}

// trendBars are the scores of earlier runs on what they share with this one,
// and this one's, dark, at the right. A run that shares too little has none.
func trendBars(t Trend, now string, width, height float64) ([]byte, error) {
	p, theme := painter(width, height)
	n := len(t.Points)
	none := charts.GetNullValue()
	earlier, today := slices.Repeat([]float64{none}, n+1), slices.Repeat([]float64{none}, n+1)
	var labels []string
	for i, point := range t.Points {
		if point.Comparable {
			earlier[i] = float64(point.Before)
		}
		labels = append(labels, point.Day.Format("Jan 06"))
	}
	today[n], labels = float64(t.Raw), append(labels, now)
	opt := charts.NewBarChartOptionWithData([][]float64{earlier, today})
	opt.Theme, opt.StackSeries = theme.WithSeriesColors([]charts.Color{middle, dark}), charts.Ptr(true)
	opt.BarSize = min(0.6, 0.1*float64(n+1))
	opt.Padding = charts.NewBox(0, 60, 30, 0)
	opt.CategoryAxis.Labels, opt.CategoryAxis.LabelFontStyle, opt.CategoryAxis.LabelCount = labels, letters(8), n+1
	opt.ValueAxis = percents(8)
	for series := range opt.SeriesList {
		label := &opt.SeriesList[series].Label
		label.Show, label.FontStyle = charts.Ptr(true), letters(9)
		label.ValueFormatter = opt.ValueAxis[0].ValueFormatter
	}
	if err := p.BarChart(opt); err != nil {
		return nil, fmt.Errorf("draw the trend: %w", err)
	}
	return p.Bytes()
}
