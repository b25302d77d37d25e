//! The rules for machine-readable data of the government (行政データにおける機械可読性に関するルール, 2026-03-31) that apply to
//! CSV files, each tested on all tables. `docs/open-data.ja.md` lists all 30 rules.

use super::{DATA, Data, Row, file_names};
use crate::support::root;
use serde_json::Value;
use shirube::internals::TableId;
use std::collections::{BTreeMap, BTreeSet};

/// Calls `visit` with each table.
fn for_each_table(mut visit: impl FnMut(&Data, TableId, &[u8], &[Row])) {
    for data in DATA.iter() {
        for id in TableId::ALL {
            visit(data, id, &data.files[&id], data.rows(id));
        }
    }
}

/// Types of the columns, by table and column.
fn types(data: &Data) -> BTreeMap<(String, String), String> {
    let columns = data.rows(TableId::Columns).iter();
    columns.map(|row| ((row["table_name"].clone(), row["column_name"].clone()), row["type"].clone())).collect()
}

/// Calls `visit` with each cell and the name and type of its column.
fn for_each_cell(mut visit: impl FnMut(&str, &str, &str, &str)) {
    for data in DATA.iter() {
        let types = types(data);
        for id in TableId::ALL {
            for (name, cell) in data.rows(id).iter().flatten() {
                visit(id.name(), name, &types[&(id.name().to_owned(), name.clone())], cell);
            }
        }
    }
}

#[test]
fn l1_01_data_is_in_formats_for_programs() {
    let extensions: BTreeSet<_> = file_names().iter().filter_map(|name| name.rsplit_once('.')).map(|it| it.1).collect();
    assert_eq!(extensions, BTreeSet::from(["csv", "json"]));
}

#[test]
fn l1_02_l1_03_l1_04_l1_14_a_file_is_one_table_with_one_record_per_line() {
    for_each_table(|data, id, bytes, rows| {
        let text = std::str::from_utf8(bytes).unwrap();
        assert!(text.ends_with("\r\n") && !text.contains("\r\n\r\n"), "{} {}", data.name, id.name());
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{} {}", data.name, id.name());
        assert_eq!(text.lines().count(), rows.len() + 1, "{} {}", data.name, id.name());
        let width = text.lines().next().unwrap().split(',').count();
        assert!(rows.iter().all(|row| row.len() == width), "{} {}", data.name, id.name());
    });
}

#[test]
fn l1_05_l2_03_l3_08_names_of_columns_are_unique_ascii_words() {
    for_each_table(|data, id, bytes, _| {
        let text = std::str::from_utf8(bytes).unwrap().trim_start_matches('\u{feff}');
        let names: Vec<&str> = text.lines().next().unwrap().split(',').collect();
        let is_name = |name: &&str| {
            name.starts_with(|c: char| c.is_ascii_lowercase())
                && name.bytes().all(|c| c.is_ascii_lowercase() || c == b'_')
        };
        assert!(names.iter().all(is_name), "{} {} {names:?}", data.name, id.name());
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{}", id.name());
    });
}

#[test]
fn l1_06_cells_are_not_laid_out_with_spaces() {
    for_each_cell(|table, column, _, cell| assert_eq!(cell, cell.trim_matches([' ', '\t']), "{table} {column}"));
}

#[test]
fn l1_07_l2_01_cells_of_numbers_hold_a_number_only() {
    for_each_cell(|table, column, kind, cell| {
        let digits = cell.strip_prefix('-').unwrap_or(cell);
        let is_integer = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let fits = match kind {
            "number" => is_integer(whole) && is_integer(fraction),
            "integer" => is_integer(digits),
            "year" => is_integer(cell) && cell.len() == 4,
            "boolean" => ["0", "1"].contains(&cell),
            _ => true,
        };
        assert!(cell.is_empty() || fits, "{table} {column} {cell}");
    });
}

#[test]
fn l1_08_texts_are_unicode() {
    for_each_table(|data, id, bytes, _| {
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        assert!(!text.contains('\u{fffd}'), "{} {}", data.name, id.name());
    });
}

#[test]
fn l1_09_a_missing_number_is_empty_and_never_zero() {
    let mut missing = 0;
    for_each_table(|data, id, _, rows| {
        for row in rows.iter().filter(|row| row.contains_key("status") && row.contains_key("number")) {
            if ["missing", "lost", "words"].contains(&row["status"].as_str()) {
                assert_eq!(
                    (row["number"].as_str(), row["number_to"].as_str()),
                    ("", ""),
                    "{} {}",
                    data.name,
                    id.name()
                );
                missing += usize::from(row["status"] == "missing");
            } else if id != TableId::Judgements {
                assert_ne!(row["number"], "", "{} {}", data.name, id.name());
            }
        }
    });
    assert!(missing > 100, "only {missing} missing values");
}

#[test]
fn l1_15_cells_with_commas_are_quoted() {
    let mut with_comma = 0;
    for_each_table(|_, _, bytes, rows| {
        let commas = rows.iter().flat_map(|row| row.values()).filter(|cell| cell.contains(',')).count();
        let text = std::str::from_utf8(bytes).unwrap();
        assert!(commas == 0 || text.matches('"').count() >= 2 * commas);
        with_comma += commas;
    });
    assert!(with_comma > 10, "only {with_comma} cells with commas");
}

#[test]
fn l2_02_required_cells_are_never_left_out() {
    for data in DATA.iter() {
        for column in data.rows(TableId::Columns).iter().filter(|row| row["is_required"] == "1") {
            let table = TableId::ALL.into_iter().find(|id| id.name() == column["table_name"]).unwrap();
            let name = &column["column_name"];
            assert!(data.rows(table).iter().all(|row| !row[name].is_empty()), "{} {} {name}", data.name, table.name());
        }
    }
}

#[test]
fn l2_04_l2_05_l3_02_codes_are_explained() {
    let mut explained = 0;
    for data in DATA.iter() {
        let codes: BTreeSet<_> = data.rows(TableId::Codes).iter().collect();
        let has = |table: &str, column: &str, code: &str| {
            codes.iter().any(|row| row["table_name"] == table && row["column_name"] == column && row["code"] == code)
        };
        for resource in data.descriptor["resources"].as_array().unwrap() {
            let Some(id) = TableId::ALL.into_iter().find(|id| resource["name"] == id.name()) else { continue };
            let dynamic = ["series", "phase", "money_id", "staff_id", "funding_id", "judge_id"];
            for field in resource["schema"]["fields"].as_array().unwrap() {
                let name = field["name"].as_str().unwrap();
                let allowed = field["constraints"]["enum"].as_array();
                let is_code = allowed.is_some() || dynamic.contains(&name);
                for row in data.rows(id).iter().filter(|row| is_code && !row[name].is_empty()) {
                    let code = row[name].as_str();
                    assert!(allowed.is_none_or(|allowed| allowed.contains(&Value::from(code))), "{name} {code}");
                    assert!(has(id.name(), name, code), "{} {} {name} {code}", data.name, id.name());
                    explained += 1;
                }
            }
        }
        let marks: BTreeSet<_> =
            data.rows(TableId::Scales).iter().map(|row| (&row["scale_id"], &row["mark_order"], &row["mark"])).collect();
        for row in data.rows(TableId::Judgements) {
            assert!(marks.contains(&(&row["scale_id"], &row["mark_order"], &row["mark"])), "{}", data.name);
        }
    }
    assert!(explained > 10_000, "only {explained}");
}

#[test]
fn l3_01_the_first_line_names_the_columns() {
    for_each_table(|data, id, bytes, _| {
        let text = std::str::from_utf8(bytes).unwrap();
        let columns = data.rows(TableId::Columns).iter().filter(|row| row["table_name"] == id.name());
        let names: Vec<&str> = columns.map(|row| row["column_name"].as_str()).collect();
        assert_eq!(text.lines().next(), Some(format!("\u{feff}{}", names.join(",")).as_str()), "{}", id.name());
    });
}

#[test]
fn l3_04_amounts_and_points_have_a_unit_in_their_own_column() {
    for data in DATA.iter() {
        let given = data.rows(TableId::Amounts).iter().filter(|row| row["status"] == "given");
        given.for_each(|row| assert_ne!(row["unit"], "", "{} {}", data.name, row["amount_id"]));
        // The unit of an indicator is printed, or it has none.
        let units: BTreeMap<_, _> =
            data.rows(TableId::Indicators).iter().map(|row| (&row["indicator"], &row["unit"])).collect();
        let own = ["rate", "rank"];
        let values = data.rows(TableId::Observations).iter().filter(|row| !own.contains(&row["series"].as_str()));
        for row in values {
            assert!(!row["unit"].is_empty() || units[&row["indicator"]].is_empty(), "{}", row["observation_id"]);
        }
    }
}

#[test]
fn l3_05_years_and_days_are_of_the_western_calendar() {
    for_each_cell(|table, column, kind, cell| {
        let is_day = |text: &str| {
            let parts: Vec<&str> = text.split('-').collect();
            matches!(parts[..], [year, month, day] if (year.len(), month.len(), day.len()) == (4, 2, 2))
                && parts.concat().bytes().all(|byte| byte.is_ascii_digit())
        };
        let expected = match column {
            name if name.ends_with("_year") => "year",
            name if name.ends_with("_date") => "date",
            _ => return,
        };
        assert_eq!(kind, expected, "{table} {column}");
        assert!(cell.is_empty() || expected == "year" || is_day(cell), "{table} {column} {cell}");
    });
}

#[test]
fn l3_06_regions_have_their_code_and_name() {
    for data in DATA.iter() {
        let code = data.report["region_code"].as_str().unwrap_or_default();
        for id in TableId::ALL {
            for row in data.rows(id).iter().filter(|row| row.contains_key("region_name")) {
                assert_eq!(row["region_code"], code, "{}", data.name);
                assert_eq!(row["region_name"], data.report["publisher"].as_str().unwrap(), "{}", data.name);
            }
        }
    }
    let with_code =
        DATA.iter().filter(|data| data.name.starts_with("content/")).map(|data| &data.report["region_code"]);
    assert!(with_code.clone().count() >= 5 && with_code.into_iter().all(Value::is_string));
}

#[test]
fn l3_07_tables_have_the_same_columns_for_every_strategy_and_year() {
    let mut headers = BTreeMap::new();
    for_each_table(|_, id, bytes, _| {
        let header = std::str::from_utf8(bytes).unwrap().lines().next().unwrap().to_owned();
        assert_eq!(headers.entry(id).or_insert_with(|| header.clone()), &header);
    });
}

#[test]
fn l3_03_l3_08_symbols_columns_and_encoding_are_documented() {
    let site = &*crate::support::sites::REPORTS;
    let page = crate::support::page_text(&site["kitakami/data.html"]);
    for text in ["UTF-8（BOM 付き）", "CRLF", "0 ではありません", "observation_id", "値なし（0 とは異なる）"]
    {
        assert!(page.contains(text), "{text}\n{page}");
    }
    let data = DATA.iter().find(|data| data.name == "content/kitakami").unwrap();
    for row in data.rows(TableId::Columns) {
        assert!(!row["title_ja"].is_empty() && !row["title_en"].is_empty(), "{row:?}");
        assert!(page.contains(&row["title_ja"]), "{row:?}");
    }
}

#[test]
fn l3_09_years_are_rows_and_not_columns() {
    let data = DATA.iter().next().unwrap();
    for row in data.rows(TableId::Columns) {
        assert!(!row["column_name"].bytes().any(|byte| byte.is_ascii_digit()), "{row:?}");
    }
}

#[test]
fn every_rule_is_listed_in_the_documentation() {
    let text = std::fs::read_to_string(root().join("docs/open-data.ja.md")).unwrap();
    let rules = (1..=15).map(|n| format!("L1-{n:02}"));
    let rules = rules.chain((1..=6).map(|n| format!("L2-{n:02}"))).chain((1..=9).map(|n| format!("L3-{n:02}")));
    for rule in rules {
        assert_eq!(text.matches(&format!("| {rule} |")).count(), 1, "{rule}");
    }
}
