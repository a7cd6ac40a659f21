//! `cargo xtask`: one door to everything a developer or a build machine does with the repository.
//!
//! Plain Rust instead of shell scripts, so that it runs the same everywhere and its rules are read
//! like the rest of the code. It starts other programs and reports; it holds no logic of Barid.

#![expect(clippy::print_stdout, reason = "a command-line tool speaks on standard output")]

mod bench;
mod demo;
mod errors_page;
mod law;
mod libtest;
mod suites;
mod test;
mod tools;
#[path = "../../tidy/tree.rs"]
#[expect(dead_code, reason = "the repository's rules use more of it than this tool")]
mod tree;
mod workspace;

use std::process::ExitCode;
use std::time::Instant;

use clap::{Parser, Subcommand};

use workspace::Workspace;

/// What can be done with this repository.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

/// The tasks.
#[derive(Subcommand)]
enum Task {
    /// Fast checks before a commit: formatting, lints, the repository's own rules.
    Check,
    /// Everything that must hold, tools fetched where missing. What `.ci/run` calls.
    Test {
        /// Only the suites of this name or group; all when left out. `list` names them.
        name: Option<String>,
    },
    /// Shows the product: carries real cases between the processes of eight offices, kills the hub
    /// in the middle, and checks every receipt off-line.
    Demo(demo::Options),
    /// Measures this machine, then the hub on it, in release builds. docs/performance.md tells
    /// what came out.
    Bench {
        /// Only this: `machine`, `log` or `receipts`; all when left out.
        name: Option<String>,
    },
    /// Compares docs/law.md with what the rule sets and the tests say.
    Law {
        /// Writes it instead.
        #[arg(long)]
        write: bool,
    },
    /// Writes what is generated: docs/errors.md, docs/law.md and the plugin header.
    Gen,
}

fn main() -> anyhow::Result<ExitCode> {
    let workspace = Workspace::find()?;
    let started = Instant::now();
    let good = match Arguments::parse().task {
        Task::Check => test::run(&workspace, Some("rules"))?,
        Task::Test { name } => test::run(&workspace, name.as_deref())?,
        Task::Demo(options) => return Ok(demo::run(&workspace, &options)),
        Task::Bench { name } => bench::run(&workspace, name.as_deref())?,
        Task::Law { write } => law_page(&workspace, write)?,
        Task::Gen => generate(&workspace)?,
    };
    println!("{:.1} s", started.elapsed().as_secs_f64());
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Writes the generated texts. What is written is committed; tests compare it with its source.
fn generate(workspace: &Workspace) -> anyhow::Result<bool> {
    let source = std::fs::read_to_string(workspace.path(errors_page::SOURCE))?;
    std::fs::write(workspace.path(errors_page::PAGE), errors_page::page(&source))?;
    println!("wrote {}", errors_page::PAGE);
    let lawful = law_page(workspace, true)?;
    let mut header = workspace.cargo(&["run", "--package", "barid-plugin", "--example", "header"]);
    let written = header.status()?.success();
    println!("{} plugins/api/include/barid_plugin.h", if written { "wrote" } else { "FAILED" });
    Ok(written && lawful)
}

/// Writes or compares docs/law.md; false when a rule set is wrong or the page another one.
fn law_page(workspace: &Workspace, write: bool) -> anyhow::Result<bool> {
    let tree = tree::Tree::below(&workspace.path(""))?;
    let (known, wrong) = law::read(tree.texts());
    for one in &wrong {
        println!("{}:{}: {}", one.path, one.line, one.what);
    }
    let page = law::page(&known, &law::namings(tree.rust()));
    let same = tree.text(law::PAGE) == Some(page.as_str());
    if write {
        std::fs::write(workspace.path(law::PAGE), page)?;
        println!("wrote {}", law::PAGE);
    } else if !same {
        println!("{} is not what the rule sets say: run `cargo xtask law --write`", law::PAGE);
    }
    Ok(wrong.is_empty() && (write || same))
}
