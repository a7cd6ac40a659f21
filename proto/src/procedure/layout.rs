//! Where the boxes of a picture stand, and by which ways lines lead from one to another.
//!
//! Each owner has a lane, each step a row below everything that leads to it. Lines run only
//! between rows and between columns, where no box is, each on a track of its own.

use std::collections::BTreeMap;

use crate::rules::{Owner, Procedure, Step};

/// Width of a box.
pub(super) const BOX_WIDTH: usize = 196;
/// Height of a box.
pub(super) const BOX_HEIGHT: usize = 94;
/// Distance of two tracks.
const TRACK: usize = 8;
/// Distance of the first track from the boxes beside it.
const CLEAR: usize = 16;
/// Where rows begin.
const TOP: usize = 92;
/// Margin at both sides.
const MARGIN: usize = 12;

/// A point: from the side on which reading begins, and from the top.
pub(super) type Point = (usize, usize);

/// Where everything stands.
#[derive(Debug)]
pub(super) struct Layout<'a> {
    pub(super) steps: Vec<(&'a Step, Point)>,
    /// Lanes: whose, from where to where.
    pub(super) lanes: Vec<(Owner, usize, usize)>,
    /// Lines that lead on.
    pub(super) ways: Vec<Vec<Point>>,
    /// Lines that lead back.
    pub(super) returns: Vec<Vec<Point>>,
    pub(super) width: usize,
    pub(super) height: usize,
}

/// A step's cell: column and row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Cell {
    column: usize,
    row: usize,
}

pub(super) fn layout(procedure: &Procedure) -> Layout<'_> {
    let rows = rows(procedure);
    let lanes = lanes(procedure);
    let (cells, spans) = cells(procedure, &rows, &lanes);
    let mut tracks = Tracks::default();
    // Once to find how many tracks there are, once to use them.
    let routes: Vec<Route> = routes(procedure, &cells);
    for route in &routes {
        tracks.take(route);
    }
    let columns = cells.values().map(|cell| cell.column + 1).max().unwrap_or(1);
    let depth = cells.values().map(|cell| cell.row + 1).max().unwrap_or(1);
    let grid = Grid::new(&tracks, columns, depth);
    let of = |step: &Step| cells.get(step.key.as_str()).map(|cell| grid.corner(*cell));
    let steps = procedure.steps.iter().filter_map(|step| Some((step, of(step)?))).collect();
    let drawn = |back: bool| {
        let some = routes.iter().filter(move |route| route.back == back);
        some.map(|route| grid.points(route, &tracks)).collect()
    };
    let lanes = lanes
        .iter()
        .zip(spans)
        .map(|(owner, (from, until))| (*owner, grid.left(from), grid.left(until) + BOX_WIDTH));
    Layout {
        steps,
        lanes: lanes.collect(),
        ways: drawn(false),
        returns: drawn(true),
        width: grid.width,
        height: grid.height,
    }
}

/// The row of each step: below everything that leads to it. Steps of any time come below all.
fn rows(procedure: &Procedure) -> BTreeMap<&str, usize> {
    let ordinary = || procedure.steps.iter().filter(|step| !step.any_time);
    let mut rows: BTreeMap<&str, usize> = ordinary().map(|step| (step.key.as_str(), 0)).collect();
    // The longest way has no more steps than there are.
    for _ in 0..rows.len() {
        for step in ordinary() {
            let below = rows.get(step.key.as_str()).map_or(0, |row| row + 1);
            for next in &step.next {
                if let Some(row) = rows.get_mut(next.as_str()) {
                    *row = below.max(*row);
                }
            }
        }
    }
    rows
}

fn lanes(procedure: &Procedure) -> Vec<Owner> {
    let mut lanes = Vec::new();
    for step in &procedure.steps {
        if !lanes.contains(&step.owner) {
            lanes.push(step.owner);
        }
    }
    lanes
}

/// The cell of each step, and the first and last column of each lane.
fn cells<'a>(
    procedure: &'a Procedure,
    rows: &BTreeMap<&str, usize>,
    lanes: &[Owner],
) -> (BTreeMap<&'a str, Cell>, Vec<(usize, usize)>) {
    let mut cells: BTreeMap<&str, Cell> = BTreeMap::new();
    let mut spans = Vec::new();
    let base = rows.values().map(|row| row + 1).max().unwrap_or_default();
    let mut column = 0;
    for lane in lanes {
        let first = column;
        let mut last = column;
        let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
        let mut below = base;
        for step in procedure.steps.iter().filter(|step| step.owner == *lane) {
            let row = match rows.get(step.key.as_str()) {
                Some(row) => *row,
                None => {
                    below += 1;
                    below - 1
                }
            };
            let beside = taken.entry(row).or_default();
            let cell = Cell { column: first + *beside, row };
            *beside += 1;
            last = last.max(cell.column);
            cells.insert(&step.key, cell);
        }
        spans.push((first, last));
        column = last + 1;
    }
    (cells, spans)
}

/// A line from one step to another.
#[derive(Debug)]
struct Route {
    from: Cell,
    to: Cell,
    back: bool,
    /// Nothing stands between the two, one below the other.
    straight: bool,
}

fn routes(procedure: &Procedure, cells: &BTreeMap<&str, Cell>) -> Vec<Route> {
    let mut routes = Vec::new();
    for step in &procedure.steps {
        let Some(from) = cells.get(step.key.as_str()).copied() else { continue };
        for (keys, back) in [(&step.next, false), (&step.returns_to, true)] {
            for to in keys.iter().filter_map(|key| cells.get(key.as_str()).copied()) {
                let between = |cell: &&Cell| {
                    cell.column == to.column && (from.row + 1..to.row).contains(&cell.row)
                };
                let free = cells.values().find(between).is_none();
                let straight = !back && from.column == to.column && free;
                routes.push(Route { from, to, back, straight });
            }
        }
    }
    routes
}

/// Whose track it is: lines that leave or reach the same box share one.
type Share = (bool, Cell);

/// Tracks in use: above each row, and before each column.
#[derive(Debug, Default)]
struct Tracks {
    above: BTreeMap<usize, Vec<Share>>,
    before: BTreeMap<usize, Vec<Share>>,
}

/// The parts of a line that need a track: the gap in which it leaves, the gutter in which it passes
/// rows, the gap in which it arrives.
struct Parts {
    leaves: Option<(usize, Share)>,
    passes: Option<(usize, Share)>,
    arrives: Option<(usize, Share)>,
}

impl Route {
    fn parts(&self) -> Parts {
        let (from, to, back) = (self.from, self.to, self.back);
        let none = Parts { leaves: None, passes: None, arrives: None };
        if self.straight {
            return none;
        }
        if back {
            let passes = Some((to.column + 1, (true, to)));
            let leaves = (from != to).then_some((from.row, (true, from)));
            return Parts { leaves, passes, arrives: None };
        }
        let leaves = Some((from.row + 1, (false, from)));
        if to.row == from.row + 1 {
            return Parts { leaves, ..none };
        }
        let arrives = Some((to.row, (false, to)));
        Parts { leaves, passes: Some((to.column, (false, to))), arrives }
    }
}

impl Tracks {
    fn take(&mut self, route: &Route) {
        let parts = route.parts();
        for (gap, share) in [parts.leaves, parts.arrives].into_iter().flatten() {
            put(&mut self.above, gap, share);
        }
        if let Some((gutter, share)) = parts.passes {
            put(&mut self.before, gutter, share);
        }
    }
}

fn put(tracks: &mut BTreeMap<usize, Vec<Share>>, at: usize, share: Share) {
    let shares = tracks.entry(at).or_default();
    if !shares.contains(&share) {
        shares.push(share);
    }
}

/// Where columns and rows begin.
#[derive(Debug)]
struct Grid {
    lefts: Vec<usize>,
    tops: Vec<usize>,
    width: usize,
    height: usize,
}

impl Grid {
    fn new(tracks: &Tracks, columns: usize, depth: usize) -> Self {
        let room = |tracks: &BTreeMap<usize, Vec<Share>>, at: usize| {
            2 * CLEAR + TRACK * tracks.get(&at).map_or(0, Vec::len)
        };
        let (mut lefts, mut tops) = (Vec::new(), Vec::new());
        let mut x = MARGIN;
        for column in 0..columns {
            x += room(&tracks.before, column);
            lefts.push(x);
            x += BOX_WIDTH;
        }
        let width = x + room(&tracks.before, columns) + MARGIN;
        let mut y = TOP;
        for row in 0..depth {
            y += room(&tracks.above, row);
            tops.push(y);
            y += BOX_HEIGHT;
        }
        Self { lefts, tops, width, height: y + CLEAR }
    }

    fn left(&self, column: usize) -> usize {
        self.lefts.get(column).copied().unwrap_or_default()
    }

    fn corner(&self, cell: Cell) -> Point {
        (self.left(cell.column), self.tops.get(cell.row).copied().unwrap_or_default())
    }

    /// Height of a track in the gap above a row.
    fn gap(&self, tracks: &Tracks, part: Option<(usize, Share)>) -> usize {
        let Some((row, share)) = part else { return 0 };
        let bottom = row.checked_sub(1).and_then(|above| self.tops.get(above));
        let begins = bottom.map_or(TOP, |top| top + BOX_HEIGHT);
        begins + CLEAR + TRACK * number(&tracks.above, row, share)
    }

    /// Distance of a track in the gutter before a column.
    fn gutter(&self, tracks: &Tracks, part: Option<(usize, Share)>) -> usize {
        let Some((column, share)) = part else { return 0 };
        let before = column.checked_sub(1).and_then(|before| self.lefts.get(before));
        let begins = before.map_or(MARGIN, |left| left + BOX_WIDTH);
        begins + CLEAR + TRACK * number(&tracks.before, column, share)
    }

    fn points(&self, route: &Route, tracks: &Tracks) -> Vec<Point> {
        let ((from_x, from_y), (to_x, to_y)) = (self.corner(route.from), self.corner(route.to));
        let (from, to) = (from_x + BOX_WIDTH / 2, to_x + BOX_WIDTH / 2);
        let bottom = from_y + BOX_HEIGHT;
        let parts = route.parts();
        if route.straight {
            return vec![(from, bottom), (to, to_y)];
        }
        let passes = self.gutter(tracks, parts.passes);
        if route.back {
            let side = (to_x + BOX_WIDTH, to_y + BOX_HEIGHT / 3);
            let leaves = match parts.leaves {
                None => vec![(side.0, side.1 + BOX_HEIGHT / 3), (passes, side.1 + BOX_HEIGHT / 3)],
                Some(_) => {
                    let y = self.gap(tracks, parts.leaves);
                    let x = from_x + BOX_WIDTH * 3 / 4;
                    vec![(x, from_y), (x, y), (passes, y)]
                }
            };
            return leaves.into_iter().chain([(passes, side.1), side]).collect();
        }
        let leaves = self.gap(tracks, parts.leaves);
        let mut points = vec![(from, bottom), (from, leaves)];
        if parts.passes.is_some() {
            let arrives = self.gap(tracks, parts.arrives);
            points.extend([(passes, leaves), (passes, arrives), (to, arrives)]);
        } else {
            points.push((to, leaves));
        }
        points.push((to, to_y));
        points
    }
}

fn number(tracks: &BTreeMap<usize, Vec<Share>>, at: usize, share: Share) -> usize {
    let shares = tracks.get(&at);
    shares.and_then(|shares| shares.iter().position(|one| *one == share)).unwrap_or_default()
}
