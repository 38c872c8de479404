//! Ours and its peers on the same data in one run. The peers are programs behind the adapters of `score/peers`, run by an
//! environment outside the tree (`CROSSREAD_PEERS`, or `~/.cache/crossread-peers`; made by `score/peers/install`).

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use crate::score::{Score, ScoreError};
use crate::system::System;
use crate::tasks::{Asked, Task};

/// A peer, as `peers.toml` has it.
#[derive(Debug, Clone, Deserialize)]
pub struct Peer {
    /// As it is called in the table.
    pub name: String,
    /// Its packages; the version shown is the first one's.
    pub packages: Vec<String>,
    /// The adapter with its arguments.
    #[serde(default)]
    pub command: Option<String>,
    /// The tasks it is scored on.
    #[serde(default)]
    pub tasks: Vec<String>,
    /// Why it is not run.
    #[serde(default)]
    pub cannot: Option<String>,
}

#[derive(Deserialize)]
struct PeerList {
    peer: Vec<Peer>,
}

/// What one system gave.
#[derive(Debug)]
pub struct Row {
    /// Its name.
    pub system: String,
    /// Its version, where known.
    pub version: Option<String>,
    /// Its scores, by task; or why there are none.
    pub scores: Result<Vec<Score>, String>,
}

/// Scores ours on every task that `asked` has data for, then each peer on its tasks; `said` hears what is being run.
pub fn run(
    folder: &Path,
    asked: &Asked,
    tasks: &[&Task],
    said: &dyn Fn(&str),
) -> Result<Vec<Row>, ScoreError> {
    let list = std::fs::read_to_string(folder.join("peers.toml"))
        .map_err(|source| ScoreError::Read { path: folder.join("peers.toml"), source })?;
    let list: PeerList = toml::from_str(&list)
        .map_err(|error| ScoreError::form(&folder.join("peers.toml"), error.to_string()))?;
    let mut ours = Vec::new();
    for task in tasks {
        said(&format!("crossread: {}", task.name));
        ours.extend(task.score(&System::Crossread, asked)?);
    }
    let mut rows = vec![Row {
        system: "crossread".to_owned(),
        version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        scores: Ok(ours),
    }];
    for peer in list.peer {
        let tasks: Vec<&Task> = tasks
            .iter()
            .copied()
            .filter(|task| peer.tasks.iter().any(|t| t == task.name))
            .collect();
        if tasks.is_empty() && peer.cannot.is_none() {
            continue;
        }
        let version = version(&peer);
        let scores = peer_scores(folder, &peer, version.is_some(), &tasks, asked, said);
        rows.push(Row { system: peer.name, version, scores });
    }
    Ok(rows)
}

fn peer_scores(
    folder: &Path,
    peer: &Peer,
    installed: bool,
    tasks: &[&Task],
    asked: &Asked,
    said: &dyn Fn(&str),
) -> Result<Vec<Score>, String> {
    if let Some(reason) = &peer.cannot {
        return Err(reason.clone());
    }
    if !installed {
        let package = peer.packages.first().map_or("", String::as_str);
        let reason = std::fs::read_to_string(home().join(format!("{package}.reason")));
        let reason = reason.ok().filter(|reason| !reason.trim().is_empty());
        return Err(reason.map_or("is not installed".to_owned(), |r| r.trim().to_owned()));
    }
    let command = peer.command.as_deref().unwrap_or_default();
    let call = format!("{} {}", python().display(), folder.join(command).display());
    let mut scores = Vec::new();
    for task in tasks {
        said(&format!("{}: {}", peer.name, task.name));
        let scored = task.score(&System::Program(call.clone()), asked);
        // The command itself is of this machine only and stays out of the page.
        scores.extend(scored.map_err(|error| match error {
            ScoreError::Program { what, .. } => what,
            other => other.to_string(),
        })?);
    }
    Ok(scores)
}

fn home() -> PathBuf {
    let given = std::env::var_os("CROSSREAD_PEERS").map(PathBuf::from);
    let default = || {
        let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
        home.join(".cache/crossread-peers")
    };
    given.unwrap_or_else(default)
}

fn python() -> PathBuf {
    home().join("bin/python")
}

/// The version of the peer's first package; `None` where it is not installed.
fn version(peer: &Peer) -> Option<String> {
    let package = peer.packages.first()?;
    let code = "import sys, importlib.metadata as m; print(m.version(sys.argv[1]))";
    let out = Command::new(python()).args(["-c", code, package]).output().ok()?;
    let version = String::from_utf8(out.stdout).ok()?.trim().to_owned();
    (out.status.success() && !version.is_empty()).then_some(version)
}
