//! What a mapping makes of each column, to compare proposals with mappings written by hand.

use crate::ledger::Mapping;
use crate::ledger::column::{ColumnRef, Headings, Strictness};
use crate::ledger::mapping::{AmountKind, NameSource, PeriodSpec, TableSpec, YearColumns};
use crate::spreadsheet::{Worksheet, column_name};
use std::collections::{BTreeMap, BTreeSet};

/// Roles of columns by file and letters. A column can have several.
pub type Roles = BTreeMap<(String, String), BTreeSet<String>>;

/// Columns of a table with their roles.
struct Table<'a> {
    spec: &'a TableSpec,
    headings: Headings,
    roles: &'a mut Roles,
}

/// Roles of all columns. `sheet` returns the worksheet of a file.
pub fn roles<'a>(mapping: &Mapping, sheet: impl Fn(&str) -> &'a Worksheet) -> Roles {
    let mut roles = Roles::new();
    for spec in &mapping.tables {
        let headings = Headings::new(sheet(&spec.file), spec.header);
        let mut table = Table { spec, headings, roles: &mut roles };
        table.nodes();
        table.figures();
        table.texts();
    }
    roles
}

impl Table<'_> {
    fn column(&self, reference: &ColumnRef) -> u32 {
        self.headings.resolve(reference, Strictness::LetterIsEnough).unwrap_or_else(|error| panic!("{error:?}"))
    }

    /// Adds a role to a column and to those of later blocks that it stands for.
    fn add_at(&mut self, column: u32, role: &str) {
        let block = self.spec.blocks.iter().find_map(|block| {
            let first = self.column(&block.first);
            (first..first + block.every).contains(&column).then_some((block.every, block.years.len()))
        });
        let (every, repeats) = block.unwrap_or((0, 1));
        for repeat in 0..u32::try_from(repeats).unwrap() {
            let key = (self.spec.file.clone(), column_name(column + repeat * every));
            self.roles.entry(key).or_default().insert(role.to_owned());
        }
    }

    fn add(&mut self, reference: &ColumnRef, role: &str) {
        self.add_at(self.column(reference), role);
    }

    fn add_all<'r>(&mut self, references: impl IntoIterator<Item = &'r ColumnRef>, role: &str) {
        references.into_iter().for_each(|reference| self.add(reference, role));
    }

    fn add_years(&mut self, columns: &YearColumns, role: &str) {
        match columns {
            YearColumns::One(column) => self.add(column, role),
            YearColumns::ByYear(years) => {
                for (year, column) in years {
                    self.add(column, &format!("{role} {}", year.short()));
                }
            }
        }
    }

    fn nodes(&mut self) {
        let spec = self.spec;
        for node in &spec.nodes {
            let level = format!("{:?} {}", node.level.kind, node.level.depth);
            self.add_all(&node.id, &format!("id of {level}"));
            self.add(&node.name, &format!("name of {level}"));
            self.add_all(&node.department, "department");
            self.add_all(&node.account, "account");
            match &node.period {
                Some(PeriodSpec::Two(from, to)) => {
                    self.add(from, "period from");
                    self.add(to, "period to");
                }
                Some(PeriodSpec::One(column)) => self.add(column, "period"),
                None => {}
            }
        }
        self.add_all(&spec.key, "key");
        self.add_all(&spec.year, "year");
        self.add_all(spec.conditions.iter().map(|(column, _)| column), "where");
    }

    fn figures(&mut self) {
        let spec = self.spec;
        for amount in &spec.amounts {
            let role = match (amount.kind, &amount.id) {
                (AmountKind::Staff, _) => "staff",
                (AmountKind::Money, None) => "money",
                (AmountKind::Money, Some(_)) => "kind of money",
            };
            self.add_years(&amount.column, role);
            self.add_all(amount.funding.iter().map(|(_, column)| column), "funding");
        }
        for indicator in &spec.indicators {
            let NameSource::Column(name) = &indicator.name else { continue };
            let letters = column_name(self.column(name));
            self.add(name, "name of indicator");
            self.add_all(&indicator.unit, &format!("unit of {letters}"));
            for (series, columns) in
                [("actual", &indicator.actual), ("target", &indicator.target), ("rate", &indicator.rate)]
            {
                columns.iter().for_each(|columns| self.add_years(columns, &format!("{series} of {letters}")));
            }
        }
        for long in &spec.long {
            self.add_all(&long.row, "kind of row");
            self.add_all(&long.group, "group");
            self.add_all(&long.name, "name of indicator");
            self.add_all(&long.unit, "unit");
            self.add_all(&long.role, "role");
            self.add_all(long.better.as_ref().map(|(column, _)| column), "direction");
            let years: Vec<u32> = self.headings.columns().collect();
            let is_year = |column: &u32| crate::ledger::year::stated_year(self.headings.get(*column)).is_some();
            let years: Vec<u32> = years.into_iter().filter(is_year).collect();
            years.into_iter().for_each(|column| self.add_at(column, "values"));
        }
    }

    fn texts(&mut self) {
        let spec = self.spec;
        self.add_all(spec.fields.iter().map(|field| &field.column), "field");
        self.add_all(spec.words.iter().map(|words| &words.column), "words");
        for judgement in &spec.judgements {
            self.add(&judgement.mark, "mark");
            let letters = column_name(self.column(&judgement.mark));
            self.add_all(&judgement.note, &format!("note on {letters}"));
        }
        for (first, last) in spec.ignored.iter().flat_map(|ignored| &ignored.columns) {
            let from = self.column(first);
            let to = last.as_ref().map_or(from, |last| self.column(last));
            (from..=to).for_each(|column| self.add_at(column, "ignored"));
        }
    }
}
