//! Tables without borders that choose their columns by the room there is.

use std::fmt;

use super::{Cell, Meaning, Screen};

/// When a column is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Always.
    Always,
    /// Where there is room; of several, the lowest first.
    Room(u8),
    /// Only where there is no limit.
    Wide,
    /// Nowhere: it has nothing to say of these rows.
    Never,
}

/// A column's head, and when it is shown.
#[derive(Debug, Clone)]
pub struct Column {
    head: Cell,
    need: Need,
}

impl Column {
    /// A column under a word of the tool's.
    pub fn new(head: &'static str, need: Need) -> Self {
        Self::headed(Cell::new().words(head, Meaning::Heading), need)
    }

    /// A column under a composed head, such as `HASH (1.34)`.
    pub fn headed(head: Cell, need: Need) -> Self {
        Self { head, need }
    }
}

/// Rows of cells under columns. The last column takes what room is left.
///
/// ```
/// use rollbook::output::{Cell, Column, Meaning, Need, Screen, Table};
/// let mut table = Table::new(vec![Column::new("REVISION", Need::Always), Column::new("CHANGE-CAUSE", Need::Always)]);
/// table.push(vec![Cell::new().number(1, Meaning::Plain), Cell::new().text(&"first release".into(), Meaning::Plain)]);
/// let shown = anstream::adapter::strip_str(&table.on(Screen::Pipe(80)).to_string()).to_string();
/// assert_eq!(shown, "REVISION  CHANGE-CAUSE\n1         first release\n");
/// ```
#[derive(Debug, Clone)]
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
    /// Lines below rows, by the place of the row. A page of Markdown has no room for them.
    below: Vec<(usize, Vec<Cell>)>,
}

/// What stands between two columns.
const GAP: usize = 2;
/// The last column keeps this many columns of the screen before another column is shown in its place.
const LAST: usize = 20;

impl Table {
    /// A table without rows.
    pub fn new(columns: Vec<Column>) -> Self {
        Self { columns, rows: Vec::new(), below: Vec::new() }
    }

    /// Adds a row: one cell for every column.
    pub fn push(&mut self, row: Vec<Cell>) {
        debug_assert_eq!(row.len(), self.columns.len(), "a cell for every column");
        self.rows.push(row);
    }

    /// Adds lines below the last row, not in columns.
    pub fn push_below(&mut self, lines: Vec<Cell>) {
        self.below.extend(self.rows.len().checked_sub(1).map(|row| (row, lines)));
    }

    /// The table as it is shown there.
    pub fn on(&self, screen: Screen) -> impl fmt::Display + '_ {
        let shown = self.choose(screen);
        Shown { table: self, screen, shown }
    }

    fn natural(&self, column: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.get(column)).map(Cell::width);
        cells.chain([self.columns[column].head.width()]).max().unwrap_or(0)
    }

    /// The columns to show, with their widths.
    fn choose(&self, screen: Screen) -> Vec<(usize, usize)> {
        let widths: Vec<usize> = (0..self.columns.len()).map(|column| self.natural(column)).collect();
        let mut by_need: Vec<usize> = (0..self.columns.len()).collect();
        by_need.sort_by_key(|&column| self.columns[column].need);
        let mut room = screen.width().unwrap_or(usize::MAX);
        let mut shown = Vec::new();
        for column in by_need {
            let last = column + 1 == self.columns.len();
            let cost = if last { widths[column].min(LAST) } else { widths[column] + GAP };
            let wanted = match self.columns[column].need {
                Need::Always => true,
                Need::Room(_) => cost <= room,
                Need::Wide => screen.width().is_none(),
                Need::Never => false,
            };
            if wanted {
                room = room.saturating_sub(cost);
                shown.push((column, widths[column]));
            }
        }
        shown.sort_unstable();
        shown
    }
}

struct Shown<'a> {
    table: &'a Table,
    screen: Screen,
    shown: Vec<(usize, usize)>,
}

impl Shown<'_> {
    fn line<'c>(&self, f: &mut fmt::Formatter<'_>, cell: impl Fn(usize) -> Option<&'c Cell>) -> fmt::Result {
        let mut at = 0;
        let mut pending = 0;
        for &(column, width) in &self.shown {
            let Some(cell) = cell(column) else { continue };
            // Padding is written only when something follows it: a line has no white space at its end.
            let cell_width = cell.width();
            if cell_width > 0 {
                write!(f, "{:pending$}", "")?;
                self.cell(f, cell, at)?;
                pending = 0;
            }
            pending += (width + GAP).saturating_sub(cell_width);
            at += width + GAP;
        }
        writeln!(f)
    }

    fn cell(&self, f: &mut fmt::Formatter<'_>, cell: &Cell, at: usize) -> fmt::Result {
        match self.screen.cut() {
            // At least the ellipsis stays, where even the columns that are always shown are too wide.
            Some(width) => write!(f, "{}", cell.clone().cut_to(width.saturating_sub(at).max(1))),
            None => write!(f, "{cell}"),
        }
    }
}

impl Shown<'_> {
    /// GitHub Flavored Markdown's table (4.10).
    fn markdown(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let heads = self.shown.iter().map(|&(column, _)| self.table.columns[column].head.markdown());
        f.write_str(&line(heads.collect()))?;
        f.write_str(&line(vec!["---".to_owned(); self.shown.len()]))?;
        let row = |row: &Vec<Cell>| line(self.shown.iter().map(|&(column, _)| row[column].markdown()).collect());
        self.table.rows.iter().try_for_each(|cells| f.write_str(&row(cells)))
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.screen == Screen::Markdown {
            return self.markdown(f);
        }
        self.line(f, |column| self.table.columns.get(column).map(|column| &column.head))?;
        let mut below = self.table.below.iter().peekable();
        for (at, row) in self.table.rows.iter().enumerate() {
            self.line(f, |column| row.get(column))?;
            while let Some((_, lines)) = below.next_if(|(row, _)| *row == at) {
                for line in lines {
                    self.cell(f, line, 0)?;
                    writeln!(f)?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(cause: &str) -> Table {
        let mut table = Table::new(vec![
            Column::new("N", Need::Always),
            Column::new("AUTHOR", Need::Room(2)),
            Column::new("HASH", Need::Room(1)),
            Column::new("PATH", Need::Wide),
            Column::new("CAUSE", Need::Always),
        ]);
        let cell = |text: &str| Cell::new().text(&text.into(), Meaning::Plain);
        table.push(vec![cell("1"), cell("Ada Lovelace"), cell("6c5f67b5f7"), cell("k8s/web.yaml"), cell(cause)]);
        table
    }

    fn shown(table: &Table, screen: Screen) -> String {
        anstream::adapter::strip_str(&table.on(screen).to_string()).to_string()
    }

    #[test]
    fn columns_are_shown_by_need_in_their_own_order() {
        let table = table("a cause of thirty characters..");
        let heads = |screen| shown(&table, screen).lines().next().map(str::to_owned).unwrap();
        assert_eq!(heads(Screen::Pipe(30)), "N  CAUSE");
        assert_eq!(heads(Screen::Pipe(40)), "N  HASH        CAUSE");
        assert_eq!(heads(Screen::Pipe(80)), "N  AUTHOR        HASH        CAUSE");
        assert_eq!(heads(Screen::Unlimited), "N  AUTHOR        HASH        PATH          CAUSE");
    }

    #[test]
    fn only_a_terminal_cuts() {
        let table = table("a cause of thirty characters..");
        assert!(shown(&table, Screen::Terminal(40)).lines().all(|line| line.chars().count() <= 40));
        assert!(shown(&table, Screen::Terminal(40)).contains("a cause of thirty charac…"));
        assert!(shown(&table, Screen::Pipe(40)).contains("a cause of thirty characters.."));
        assert!(shown(&table, Screen::Terminal(2)).lines().all(|line| line.chars().count() <= 4));
    }

    #[test]
    fn no_line_ends_in_white_space() {
        assert!(shown(&table(""), Screen::Pipe(80)).lines().all(|line| line == line.trim_end()));
    }
}
