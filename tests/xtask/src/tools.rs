//! Programs a suite needs beyond Rust: how each is found, and how it is fetched when missing.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::{Context, bail};

use crate::workspace::Workspace;

/// The version of buf that the rules were written against.
const BUF: &str = "@bufbuild/buf@1.75.0";

/// How a tool is fetched.
enum Source {
    /// A package of the system.
    Apt(&'static str),
    /// An npm package, into `target/tools`. Its installation script is not run.
    Npm(&'static str),
}

/// The tools.
const TOOLS: [(&str, Source); 6] = [
    ("cc", Source::Apt("gcc")),
    ("xmllint", Source::Apt("libxml2-utils")),
    ("openssl", Source::Apt("openssl")),
    ("unshare", Source::Apt("util-linux")),
    ("softhsm2-util", Source::Apt("softhsm2")),
    ("buf", Source::Npm(BUF)),
];

/// The path of a tool, fetched first when it is missing.
pub(crate) fn provide(workspace: &Workspace, name: &str) -> anyhow::Result<OsString> {
    let (_, source) = TOOLS
        .iter()
        .find(|(known, _)| *known == name)
        .with_context(|| format!("no tool {name}"))?;
    match source {
        Source::Apt(package) => system_tool(workspace, name, package),
        Source::Npm(package) => npm_tool(workspace, name, package),
    }
}

fn system_tool(workspace: &Workspace, name: &str, package: &str) -> anyhow::Result<OsString> {
    if on_path(name).is_none() {
        println!("{name} is missing: installing the package {package}");
        let installed = workspace.command("apt-get").args(["install", "--yes", package]).status();
        if !installed.is_ok_and(|ended| ended.success()) {
            bail!("{name} is missing and cannot be installed: install {package} and try again");
        }
    }
    Ok(name.into())
}

fn npm_tool(workspace: &Workspace, name: &str, package: &str) -> anyhow::Result<OsString> {
    let folder = workspace.target("tools");
    let program = folder.join("node_modules/.bin").join(name);
    if !program.exists() {
        println!("{name} is missing: fetching {package} into {}", folder.display());
        std::fs::create_dir_all(&folder)?;
        let mut npm = workspace.command("npm");
        npm.args(["install", "--no-audit", "--no-fund", "--ignore-scripts", package, "--prefix"]);
        if !npm.arg(&folder).status().is_ok_and(|ended| ended.success()) {
            bail!(
                "{name} is missing and npm cannot fetch {package}: install Node.js and try again"
            );
        }
    }
    Ok(program.into())
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|program| program.exists())
}
