//! SVG elements, placed from the side on which reading begins.

use std::fmt::Write as _;

use super::super::language::Language;
use super::cell::Look;
use crate::picture::{cut, escape};

/// The most characters of a line of text.
const LINE_MAX: usize = 90;
/// The most of one that stands beside the days.
const LABEL_MAX: usize = 44;

/// Patterns that overlay colours, and the text's fonts.
const DEFS: &str = "<defs>\n\
    <pattern id=\"rest\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">\
    <path d=\"M0 6 6 0\" stroke=\"#9a9a9a\"/></pattern>\n\
    <pattern id=\"closed\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">\
    <path d=\"M0 0 8 8M0 8 8 0\" stroke=\"#b07a3c\"/></pattern>\n\
    <pattern id=\"still\" width=\"6\" height=\"5\" patternUnits=\"userSpaceOnUse\">\
    <path d=\"M0 2H6\" stroke=\"#8a7bb0\"/></pattern>\n\
    <pattern id=\"moves\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\">\
    <circle cx=\"3\" cy=\"3\" r=\"1\" fill=\"#888\"/></pattern>\n\
    <pattern id=\"cut\" width=\"5\" height=\"6\" patternUnits=\"userSpaceOnUse\">\
    <path d=\"M2 0V6\" stroke=\"#b39b1e\"/></pattern>\n\
    </defs>\n";

/// What is drawn on.
pub(super) struct Paint {
    pub(super) language: Language,
    pub(super) width: usize,
    pub(super) height: usize,
}

impl Paint {
    /// A distance from the side on which reading begins, as a coordinate.
    fn x(&self, from_start: usize) -> usize {
        if self.language.right_to_left() {
            self.width.saturating_sub(from_start)
        } else {
            from_start
        }
    }

    /// The left edge of something so wide.
    fn left(&self, from_start: usize, wide: usize) -> usize {
        if self.language.right_to_left() { self.x(from_start + wide) } else { from_start }
    }

    /// The picture's beginning, up to its background.
    pub(super) fn frame(&self) -> String {
        let (width, height, tag) = (self.width, self.height, self.language.tag());
        let direction = if self.language.right_to_left() { "rtl" } else { "ltr" };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xml:lang=\"{tag}\" direction=\"{direction}\" \
             width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             font-family=\"Noto Sans Arabic, DejaVu Sans, sans-serif\" font-size=\"12\">\n\
             {DEFS}<rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n"
        )
    }

    /// A line of text; `size` may go on with further attributes of ours.
    pub(super) fn text(
        &self,
        from: usize,
        y: usize,
        anchor: &str,
        size: &str,
        text: &str,
    ) -> String {
        let x = self.x(from);
        let text = escape(&cut(text, LINE_MAX));
        format!(
            "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" font-size=\"{size}\">{text}</text>\n"
        )
    }

    /// A line of text beside the days.
    pub(super) fn label(&self, y: usize, size: &str, text: &str) -> String {
        self.text(16, y, "start", size, &cut(text, LABEL_MAX))
    }

    /// A time of day, on a light ground of its own.
    pub(super) fn time(&self, from: usize, y: usize, text: &str) -> String {
        let size = "11\" font-weight=\"bold\" stroke=\"#fff\" stroke-width=\"4\" \
                    paint-order=\"stroke";
        self.text(from, y, "middle", size, text)
    }

    /// A line from side to side.
    pub(super) fn line(&self, y: usize) -> String {
        let width = self.width;
        format!("<line x1=\"0\" y1=\"{y}\" x2=\"{width}\" y2=\"{y}\" stroke=\"#ddd\"/>\n")
    }

    /// A day, or its sample in the legend.
    pub(super) fn cell(
        &self,
        (from, y): (usize, usize),
        (wide, high): (usize, usize),
        look: Look,
        mark: &str,
        title: Option<&str>,
    ) -> String {
        let (x, inner) = (self.left(from, wide) + 2, wide.saturating_sub(4));
        let (fill, edge) = (look.fill(), look.edge());
        let place = format!("x=\"{x}\" y=\"{y}\" width=\"{inner}\" height=\"{high}\"");
        let mut svg = match title {
            Some(title) => format!("<g class=\"day\"><title>{}</title>", escape(title)),
            None => "<g>".to_owned(),
        };
        let _infallible = write!(svg, "<rect {place} fill=\"{fill}\" stroke=\"#444\" {edge}/>");
        if let Some(pattern) = look.pattern() {
            let _infallible = write!(svg, "<rect {place} fill=\"url(#{pattern})\"/>");
        }
        // In the morning of its day, so that flags in the afternoon leave it readable.
        let third = if self.language.right_to_left() { inner - inner / 3 } else { inner / 3 };
        let (middle, size) = if high < 20 { (x + inner / 2, 11) } else { (x + third, 18) };
        let base = y + high / 2 + size / 3;
        // A light ground keeps the mark readable on its pattern.
        let _infallible = writeln!(
            svg,
            "<text x=\"{middle}\" y=\"{base}\" text-anchor=\"middle\" font-size=\"{size}\" \
             font-weight=\"bold\" stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\">\
             {}</text></g>",
            escape(mark)
        );
        svg
    }

    /// A flag on a pole: where a period ends.
    pub(super) fn flag(&self, from: usize, y: usize, high: usize, title: &str) -> String {
        let (x, foot) = (self.x(from), y + high);
        // The flag blows back, over the time that was in time.
        let tip = if self.language.right_to_left() { x + 12 } else { x.saturating_sub(12) };
        format!(
            "<g><title>{}</title><path d=\"M{x} {y}V{foot}\" stroke=\"#b3261e\" \
             stroke-width=\"3\"/><path d=\"M{x} {y}L{tip} {} {x} {}z\" fill=\"#b3261e\"/></g>\n",
            escape(title),
            y + 5,
            y + 10,
        )
    }

    /// A dashed line with a diamond on top: when something was done.
    pub(super) fn marker(&self, from: usize, y: usize, foot: usize, title: &str) -> String {
        let x = self.x(from);
        let (left, right) = (x.saturating_sub(5), x + 5);
        let (top, middle, bottom) = (y.saturating_sub(5), y, y + 5);
        format!(
            "<g><title>{}</title><path d=\"M{x} {y}V{foot}\" stroke=\"#111\" stroke-width=\"2\" \
             stroke-dasharray=\"5 3\"/><path d=\"M{x} {top}L{right} {middle} {x} {bottom} {left} \
             {middle}z\" fill=\"#111\"/></g>\n",
            escape(title),
        )
    }
}
