//! The corpus as a content folder of Shirube.

use super::{City, EDITION, GRADES, Indicator, POLICY_SECTIONS, PROGRAM_SECTIONS, Section, YEAR};
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

/// Writes a content folder with `cities` cities to `root`.
pub fn write(root: &Path, cities: usize) -> io::Result<()> {
    fs::create_dir_all(root)?;
    write_site(root, None)?;
    (1..=cities).try_for_each(|number| write_city(root, &super::city(number)))
}

/// Writes `site.toml`, with the optional path of a theme.
///
/// Permalink pages and print documents are disabled because the competitors have none; with a theme, search and data
/// packages are disabled too for the same reason.
pub fn write_site(root: &Path, theme: Option<&str>) -> io::Result<()> {
    let theme = theme.map(|theme| format!("search = false\ndata = false\ntheme = \"{theme}\"\n")).unwrap_or_default();
    let site = format!(
        "title = \"見本の国の総合戦略\"\ndescription = \"測るために作った市町村の総合戦略。\"\nlang = \"ja\"\npermanent = false\nprint = false\n\
         license = {{ name = \"CC BY 4.0\", url = \"https://creativecommons.org/licenses/by/4.0/deed.ja\" }}\n{theme}"
    );
    fs::write(root.join("site.toml"), site)
}

fn write_city(root: &Path, city: &City) -> io::Result<()> {
    let folder = root.join(&city.id);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("strategy.toml"), strategy(city))?;
    for goal in &city.goals {
        let head = format!("number = \"{}\"\nname = \"{}\"\n", goal.id, goal.name);
        node(&folder.join("goals").join(&goal.id), "goal", &head, None)?;
    }
    for policy in &city.policies {
        let links = policy.links.map(|link| format!("\"policy:{}\"", city.policies[link].id)).join(", ");
        let mut head = format!("number = \"{}\"\nname = \"{}\"\n", policy.id, policy.name);
        let _ = writeln!(head, "goal = \"{}\"\nlinks = [{links}]", city.goals[policy.goal].id);
        policy.indicators.iter().for_each(|indicator| head.push_str(&indicator_declaration(indicator)));
        for row in &policy.rows {
            let repeat = if row.repeat { "repeat = true\n" } else { "" };
            let _ = write!(head, "\n[[program]]\nid = \"{}\"\n{repeat}", city.programs[row.program].id);
        }
        let figures: String = policy.indicators.iter().map(figures).collect();
        let sheet = (figures, markdown(city, &policy.words));
        node(&folder.join("policies").join(&policy.id), "policy", &head, Some(&sheet))?;
    }
    for program in &city.programs {
        let head = format!("name = \"{}\"\n{}", program.name, indicator_declaration(&program.indicator));
        let mut values = figures(&program.indicator);
        values.push_str("[money]\n");
        for money in &program.money {
            let year = money.year.short();
            let _ = writeln!(values, "budget.{year} = {}\nsettlement.{year} = {}", money.budget, money.settlement);
        }
        let sheet = (values, markdown(city, &program.words));
        node(&folder.join("programs").join(&program.id), "program", &head, Some(&sheet))?;
    }
    Ok(())
}

/// Writes a node file such as `goal.md`, and the sheet of the only edition.
fn node(folder: &Path, kind: &str, head: &str, sheet: Option<&(String, String)>) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join(format!("{kind}.md")), format!("+++\n{head}+++\n"))?;
    match sheet {
        Some((figures, text)) => {
            fs::write(folder.join(format!("{}.md", EDITION.0)), format!("+++\n{figures}+++\n{text}"))
        }
        None => Ok(()),
    }
}

fn strategy(city: &City) -> String {
    let City { name, .. } = city;
    let region_code = region_code(city);
    let (id, label) = EDITION;
    let marks = GRADES.map(|(mark, tone)| format!("{{ mark = \"{mark}\", tone = \"{tone}\" }}")).join(", ");
    let mut out = format!(
        "title = \"{name}総合戦略\"\n\
         publisher = \"{name}\"\n\
         region_code = \"{region_code}\"\n\
         period = \"R1/R7\"\n\
         description = \"{name}の四つの基本目標と、その下の施策と事務事業。\"\n\
         missing = [\"-\"]\n\
         money_unit = \"千円\"\n\n\
         [[edition]]\nid = \"{id}\"\nyear = \"{}\"\nlabel = \"{label}\"\n\n\
         [[scale]]\nid = \"grade\"\ntitle = \"達成状況\"\nof = [\"indicator\"]\nmarks = [{marks}]\n",
        YEAR.short(),
    );
    for (of, titles) in [("policy", POLICY_SECTIONS), ("program", PROGRAM_SECTIONS)] {
        for title in titles {
            let _ = write!(out, "\n[[section]]\nof = [\"{of}\"]\ntitle = \"{title}\"\nrequired = \"always\"\n");
        }
    }
    out
}

/// Invented code of a local government, with its check digit.
fn region_code(city: &City) -> String {
    let digits = format!("{:02}{:03}", 1 + city.number / 1000, city.number % 1000);
    let sum: usize =
        digits.bytes().zip([6, 5, 4, 3, 2]).map(|(digit, weight)| usize::from(digit - b'0') * weight).sum();
    format!("{digits}{}", (11 - sum % 11) % 10)
}

fn indicator_declaration(indicator: &Indicator) -> String {
    let Indicator { id, name, definition, unit, .. } = indicator;
    format!(
        "\n[[indicator]]\nid = \"{id}\"\nname = \"{name}\"\ndefinition = \"{definition}\"\nunit = \"{unit}\"\nbetter = \"higher\"\n"
    )
}

fn figures(indicator: &Indicator) -> String {
    let mut out = format!("[indicator.{}]\n", indicator.id);
    for (year, printed) in &indicator.actual {
        let _ = writeln!(out, "actual.{} = \"{printed}\"", year.short());
    }
    let (year, printed) = &indicator.target;
    let _ = writeln!(out, "target.{} = \"{printed}\"", year.short());
    if let Some(grade) = indicator.grade {
        let _ = writeln!(out, "grade = \"{grade}\"");
    }
    out.push('\n');
    out
}

fn markdown(city: &City, sections: &[Section]) -> String {
    super::words(city, sections, |program| format!("program:{}", program.id))
}
