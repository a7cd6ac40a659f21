//! Charts: bars in SVG, without scripts, links or foreign resources; from right to left in Arabic
//! and Kurdish. Each has a title and a description that says its numbers, so that it can be heard,
//! and each bar its number, so that it can be read without colours.

use std::fmt::Write as _;

use barid_proto::picture::{cut, escape};

use crate::wording::Lang;

/// Room for names.
const NAMES: usize = 260;
/// Room for bars.
const BARS: usize = 380;
/// Room for numbers.
const NUMBERS: usize = 130;
/// The whole width.
const WIDTH: usize = NAMES + BARS + NUMBERS;
/// Height of a bar, and of what is between two.
const BAR: usize = 22;
const GAP: usize = 10;
/// Height of the heading.
const HEAD: usize = 52;
/// Height of the legend.
const LEGEND: usize = 30;
/// Most characters of a name, and of a heading.
const NAME_MAX: usize = 34;
const TITLE_MAX: usize = 90;

/// A chart.
pub(crate) struct Chart<'a> {
    /// Language and direction.
    pub(crate) lang: Lang,
    /// A word that no other chart of the page has: identifiers are made from it.
    pub(crate) key: &'a str,
    /// What it shows.
    pub(crate) title: String,
    /// Names of the series: one, or two that stand side by side. Their fillings differ.
    pub(crate) series: Vec<String>,
    /// Rows: name, and for each series a length and how it is said.
    pub(crate) rows: Vec<(String, Vec<(u64, String)>)>,
}

impl Chart<'_> {
    /// The picture.
    pub(crate) fn svg(&self) -> String {
        let most = self.rows.iter().flat_map(|(_, bars)| bars).map(|(length, _)| *length).max();
        let most = most.unwrap_or(0).max(1);
        let per_row = self.series.len().max(1);
        let row = per_row * BAR + GAP;
        let legend = if per_row > 1 { LEGEND } else { 0 };
        let height = HEAD + self.rows.len() * row + legend + GAP;
        let mut svg = self.frame(height);
        for (at, (name, bars)) in self.rows.iter().enumerate() {
            let top = HEAD + at * row;
            let middle = top + per_row * BAR / 2 + 5;
            svg += &self.text(NAMES - 10, middle, "end", &cut(name, NAME_MAX));
            for (number, (length, said)) in bars.iter().enumerate() {
                let top = top + number * BAR;
                svg += &self.bar(top, scaled(*length, most), number);
                svg += &self.text(NAMES + scaled(*length, most) + 8, top + 16, "start", said);
            }
        }
        if per_row > 1 {
            let top = height - LEGEND;
            for (number, name) in self.series.iter().enumerate() {
                let from = 16 + number * (WIDTH / 2);
                svg += &self.rectangle(from, top, 24, number);
                svg += &self.text(from + 32, top + 16, "start", name);
            }
        }
        svg + "</svg>\n"
    }

    fn frame(&self, height: usize) -> String {
        let (key, direction) = (self.key, if self.lang.is_rtl() { "rtl" } else { "ltr" });
        let told: Vec<String> = self
            .rows
            .iter()
            .map(|(name, bars)| {
                let bars: Vec<&str> = bars.iter().map(|(_, said)| said.as_str()).collect();
                format!("{name}: {}", self.lang.list(&bars))
            })
            .collect();
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xml:lang=\"{}\" direction=\"{direction}\" \
             role=\"img\" aria-labelledby=\"t-{key} d-{key}\" width=\"{WIDTH}\" \
             height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" \
             font-family=\"Noto Sans Arabic, DejaVu Sans, sans-serif\" font-size=\"13\">\n",
            self.lang.tag()
        );
        let _infallible = write!(
            svg,
            "<title id=\"t-{key}\">{}</title>\n<desc id=\"d-{key}\">{}</desc>\n\
             <defs><pattern id=\"p-{key}\" width=\"6\" height=\"6\" \
             patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
             <rect width=\"6\" height=\"6\" fill=\"#fff\"/>\
             <rect width=\"3\" height=\"6\" fill=\"#222\"/></pattern></defs>\n\
             <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#fff\"/>\n",
            escape(&self.title),
            escape(&told.join("; ")),
        );
        let title = escape(&cut(&self.title, TITLE_MAX));
        let _infallible = writeln!(
            svg,
            "<text x=\"{}\" y=\"28\" text-anchor=\"start\" font-size=\"16\" \
             font-weight=\"bold\">{title}</text>",
            self.x(16)
        );
        svg
    }

    /// A distance from the side on which reading begins, as a coordinate.
    fn x(&self, from_start: usize) -> usize {
        if self.lang.is_rtl() { WIDTH.saturating_sub(from_start) } else { from_start }
    }

    fn bar(&self, top: usize, length: usize, series: usize) -> String {
        self.rectangle(NAMES, top, length.max(1), series)
    }

    fn rectangle(&self, from: usize, top: usize, length: usize, series: usize) -> String {
        let x = if self.lang.is_rtl() { self.x(from + length) } else { from };
        let fill = match series {
            0 => "#245a8c".to_owned(),
            _ => format!("url(#p-{})", self.key),
        };
        format!(
            "<rect x=\"{x}\" y=\"{}\" width=\"{length}\" height=\"{}\" fill=\"{fill}\" \
             stroke=\"#111\"/>\n",
            top + 2,
            BAR - 4
        )
    }

    fn text(&self, from: usize, y: usize, anchor: &str, text: &str) -> String {
        let (x, text) = (self.x(from), escape(text));
        format!("<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{text}</text>\n")
    }
}

fn scaled(length: u64, most: u64) -> usize {
    let part = u128::from(length) * BARS as u128 / u128::from(most.max(1));
    usize::try_from(part).unwrap_or(BARS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(lang: Lang) -> String {
        Chart {
            lang,
            key: "k",
            title: "<script>&\u{202e}".to_owned(),
            series: vec!["a".to_owned(), "b".to_owned()],
            rows: vec![("one".to_owned(), vec![(5, "5".to_owned()), (10, "10".to_owned())])],
        }
        .svg()
    }

    #[test]
    fn a_chart_is_heard_and_read_without_colours() {
        let svg = chart(Lang::En);
        for part in ["<title id=\"t-k\">", "one: 5, 10", "role=\"img\"", "url(#p-k)", "&lt;script"]
        {
            assert!(svg.contains(part), "{part}: {svg}");
        }
        assert!(!svg.contains("<script") && !svg.contains('\u{202e}') && !svg.contains("href"));
        assert!(svg.contains("width=\"190\"") && svg.contains("width=\"380\""), "{svg}");
    }

    #[test]
    fn arabic_bars_grow_from_the_right() {
        let svg = chart(Lang::Ckb);
        assert!(svg.contains("direction=\"rtl\""));
        assert!(svg.contains(&format!("x=\"{}\"", WIDTH - NAMES - BARS)), "{svg}");
    }
}
