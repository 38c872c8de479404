//! What is scored: Crossread itself, another program that writes the same records, or records saved before.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crossread_base::Span;
use crossread_record::{Pile, Record, Report};
use rayon::prelude::*;

use crate::score::ScoreError;

/// A text of a gold set, as it is handed to a system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Unlike every other's in the set; part of the file name it is handed in under, so without `/`.
    pub name: String,
    /// The text that gold's offsets count in.
    pub text: String,
    /// How it is handed in.
    pub form: Form,
}

/// How a text is handed to a system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// As plain text, `NAME.txt`.
    Plain,
    /// As a line `{"text": .., "published": ..}` of `NAME.jsonl`, since the day of writing is known.
    Dated(String),
    /// As the bytes of a web page, `NAME.html`; gold has no offsets in its text.
    Page(Vec<u8>),
}

impl Document {
    /// A plain text. A `/` in the name becomes `-`.
    pub fn plain(name: &str, text: impl Into<String>) -> Self {
        Self { name: name.replace('/', "-"), text: text.into(), form: Form::Plain }
    }

    /// The name of the file it is handed in as.
    pub fn file_name(&self) -> String {
        let ending = match self.form {
            Form::Plain => "txt",
            Form::Dated(_) => "jsonl",
            Form::Page(_) => "html",
        };
        format!("{}.{ending}", self.name)
    }

    /// The bytes of that file.
    pub fn bytes(&self) -> Vec<u8> {
        match &self.form {
            Form::Plain => self.text.clone().into_bytes(),
            Form::Page(bytes) => bytes.clone(),
            Form::Dated(date) => {
                let line = serde_json::json!({"text": self.text, "published": date});
                format!("{line}\n").into_bytes()
            }
        }
    }
}

/// What of a record a scorer needs beyond what is always there.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted {
    /// The parser gets the text in one piece, regions ignored: for texts that are no reports.
    pub whole: bool,
    /// The record carries its tokens.
    pub tokens: bool,
}

/// What is scored.
#[derive(Debug)]
pub enum System {
    /// Crossread, in this process.
    Crossread,
    /// A program that answers `CMD annotate [--whole] [--tokens] FILE...` and `CMD read --json FILE...` as
    /// ours does. Its first words may be an interpreter and options.
    Program(String),
    /// Records written before by `annotate`, by the file name in their `path`.
    Records {
        /// Where they were read from.
        from: PathBuf,
        /// By file name.
        by_name: BTreeMap<String, Record>,
    },
}

/// What a system gave for one document.
#[derive(Debug)]
pub struct Answer {
    /// The record, or an empty one where none was given.
    pub record: Record,
    /// Where the document's text starts in the record's.
    pub shift: u32,
    /// Whether a record was given and holds the document's text unchanged.
    pub usable: bool,
}

impl Answer {
    /// A span of the document, as one of the record.
    pub fn in_record(&self, span: Span) -> Span {
        span.shifted(self.shift)
    }

    /// A span of the record, as one of the document; `None` where it lies outside.
    pub fn in_document(&self, span: Span) -> Option<Span> {
        (span.start >= self.shift)
            .then(|| Span::new(span.start - self.shift, span.end - self.shift))
    }
}

/// Files handed to one call of a program; command lines have a greatest length.
const BATCH: usize = 400;

impl System {
    /// Records saved before, one a line.
    pub fn saved(path: &Path) -> Result<Self, ScoreError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| ScoreError::Read { path: path.to_owned(), source })?;
        let mut by_name = BTreeMap::new();
        for (line, number) in text.lines().zip(1..) {
            let record: Record = serde_json::from_str(line)
                .map_err(|error| ScoreError::form(path, format!("line {number}: {error}")))?;
            by_name.entry(file_name(&record)).or_insert(record);
        }
        Ok(Self::Records { from: path.to_owned(), by_name })
    }

    /// The first record of each document, in the order given. A document the system gives nothing for, or whose
    /// text it changed, has an unusable answer with an empty record: it counts as nothing found.
    pub fn annotate(
        &self,
        documents: &[Document],
        wanted: Wanted,
    ) -> Result<Vec<Answer>, ScoreError> {
        match self {
            Self::Crossread => {
                let how = crossread::Reading {
                    whole: wanted.whole,
                    tokens: wanted.tokens,
                    ..Default::default()
                };
                Ok(documents
                    .par_iter()
                    .map(|document| answer(document, annotate(document, how).into_iter().next()))
                    .collect())
            }
            Self::Program(command) => {
                let mut arguments = vec!["annotate"];
                arguments.extend(wanted.whole.then_some("--whole"));
                arguments.extend(wanted.tokens.then_some("--tokens"));
                let mut answers = Vec::with_capacity(documents.len());
                for batch in documents.chunks(BATCH) {
                    let out = run(command, &arguments, &batch.iter().collect::<Vec<_>>())?;
                    let mut by_name = BTreeMap::new();
                    for line in out.lines().filter(|line| !line.is_empty()) {
                        let record: Record = serde_json::from_str(line).map_err(|error| {
                            program_error(command, format!("a line is no record: {error}"))
                        })?;
                        by_name.entry(file_name(&record)).or_insert(record);
                    }
                    answers.extend(
                        batch.iter().map(|doc| answer(doc, by_name.remove(&doc.file_name()))),
                    );
                }
                Ok(answers)
            }
            Self::Records { by_name, .. } => Ok(documents
                .iter()
                .map(|document| answer(document, by_name.get(&document.file_name()).cloned()))
                .collect()),
        }
    }

    /// The reports alone, without what is found in their words, and the seconds that took: by our intake room on one
    /// thread, or by the program with its start.
    pub fn reports(&self, documents: &[Document]) -> Result<(Vec<Answer>, f64), ScoreError> {
        let start = std::time::Instant::now();
        let Self::Crossread = self else {
            let answers = self.annotate(documents, Wanted::default())?;
            return Ok((answers, start.elapsed().as_secs_f64()));
        };
        let answers = documents
            .iter()
            .map(|document| {
                let name = document.file_name();
                let reading = crossread_intake::read_capture(&document.bytes(), Some(&name));
                let report = reading.reports.into_iter().next();
                answer(document, report.map(|report| Record { report, ..empty() }))
            })
            .collect();
        Ok((answers, start.elapsed().as_secs_f64()))
    }

    /// The pile that the documents make together.
    pub fn read(&self, documents: &[Document]) -> Result<Pile, ScoreError> {
        let all: Vec<usize> = (0..documents.len()).collect();
        self.read_each(documents, &[all], |_, pile| pile).map(|mut piles| piles.remove(0))
    }

    /// Lays several piles, each given as indices of documents, and gives what `see` makes of each: the number of the
    /// pile and the pile itself, which is let go afterwards.
    pub fn read_each<T: Send>(
        &self,
        documents: &[Document],
        piles: &[Vec<usize>],
        see: impl Fn(usize, Pile) -> T + Sync,
    ) -> Result<Vec<T>, ScoreError> {
        if let Self::Program(command) = self {
            let read = |(number, pile): (usize, &Vec<usize>)| {
                let files: Vec<&Document> = pile.iter().map(|&index| &documents[index]).collect();
                let out = run(command, &["read", "--json"], &files)?;
                let pile = serde_json::from_str(&out)
                    .map_err(|error| program_error(command, format!("no pile: {error}")))?;
                Ok(see(number, pile))
            };
            return piles.iter().enumerate().map(read).collect();
        }
        // Reading a report does not depend on its pile, so each is read once.
        let records: Vec<Vec<Record>> = documents
            .par_iter()
            .map(|document| match self {
                Self::Records { by_name, .. } => {
                    by_name.get(&document.file_name()).cloned().into_iter().collect()
                }
                _ => annotate(document, crossread::Reading::default()),
            })
            .collect();
        let lay = |(number, pile): (usize, &Vec<usize>)| {
            let records = pile.iter().flat_map(|&index| records[index].iter().cloned()).collect();
            see(number, crossread::lay_side_by_side(records))
        };
        Ok(piles.par_iter().enumerate().map(lay).collect())
    }
}

/// Our records of a document. One that makes a stage panic has none: that is a fault to mend, told on stderr by the
/// panic itself, but no reason to lose the figures of all the others.
fn annotate(document: &Document, how: crossread::Reading<'_>) -> Vec<Record> {
    let read = || crossread::annotate(&document.bytes(), Some(&document.file_name()), how).0;
    std::panic::catch_unwind(read).unwrap_or_default()
}

/// How many answers cannot be used, as a remark; `None` where all can.
pub fn unusable(answers: &[Answer]) -> Option<String> {
    let missing = answers.iter().filter(|answer| !answer.usable).count();
    (missing > 0).then(|| {
        format!(
            "{missing} of {} texts came back changed or not at all; nothing found in them",
            answers.len()
        )
    })
}

fn answer(document: &Document, record: Option<Record>) -> Answer {
    let Some(record) = record else {
        return Answer { record: empty(), shift: 0, usable: false };
    };
    // What text a page holds is for the reader to say; there is no gold offset to keep.
    if matches!(document.form, Form::Page(_)) {
        return Answer { record, shift: 0, usable: true };
    }
    match record.report.text.find(&document.text) {
        Some(at) => Answer { shift: Span::of(at..at).start, record, usable: true },
        None => Answer { record: empty(), shift: 0, usable: false },
    }
}

/// A record in which nothing was found.
fn empty() -> Record {
    Record::unread(Report::plain(crossread_base::ReportId::new(&[0; 32], None), ""))
}

/// The file a record was read from. A JSONL record's path ends in `:LINE`.
pub fn file_name(record: &Record) -> String {
    let path = record.report.path.as_deref().unwrap_or("");
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once([':', '#']) {
        Some((file, part)) if part.chars().all(|c| c.is_ascii_digit()) => file.to_owned(),
        _ => name.to_owned(),
    }
}

fn program_error(program: &str, what: impl Into<String>) -> ScoreError {
    ScoreError::Program { program: program.to_owned(), what: what.into() }
}

/// Runs the program over the documents as files of a folder of its own, and gives what it prints.
fn run(command: &str, arguments: &[&str], documents: &[&Document]) -> Result<String, ScoreError> {
    let fail = |error: std::io::Error| program_error(command, error.to_string());
    let folder = tempfile::tempdir().map_err(fail)?;
    let mut words = command.split_whitespace();
    let program = words.next().ok_or_else(|| program_error(command, "no command"))?;
    let mut call = Command::new(program);
    call.args(words).args(arguments);
    for document in documents {
        let path = folder.path().join(document.file_name());
        std::fs::write(&path, document.bytes()).map_err(fail)?;
        call.arg(path);
    }
    let out = call.output().map_err(fail)?;
    if !out.status.success() {
        let said = String::from_utf8_lossy(&out.stderr);
        let last = said.lines().last().unwrap_or("no reason given");
        return Err(program_error(command, format!("{}: {last}", out.status)));
    }
    String::from_utf8(out.stdout).map_err(|error| program_error(command, error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(path: &str, text: &str) -> Record {
        let mut record = empty();
        record.report.path = Some(path.to_owned());
        record.report.text = text.to_owned();
        record
    }

    #[test]
    fn a_text_put_after_its_title_is_found_again() {
        let document = Document {
            name: "a".into(),
            text: "The bridge fell.".into(),
            form: Form::Dated("2031-05-04".into()),
        };
        let found = answer(&document, Some(record("x/a.jsonl:1", "Bridge\n\nThe bridge fell.")));
        assert!(found.usable);
        assert_eq!(found.in_record(Span::new(4, 10)).text(&found.record.report.text), "bridge");
        assert_eq!(found.in_document(Span::new(0, 6)), None, "the title is not of the document");
        assert!(!answer(&document, Some(record("a", "The  bridge fell."))).usable);
    }

    #[test]
    fn saved_records_are_known_by_their_file_name() {
        assert_eq!(file_name(&record("/tmp/x/a.b.jsonl:12", "")), "a.b.jsonl");
        assert_eq!(file_name(&record("a.txt", "")), "a.txt");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("records.jsonl");
        let line = serde_json::to_string(&record("pile/a.txt", "Text.")).unwrap();
        std::fs::write(&path, format!("{line}\n")).unwrap();
        let system = System::saved(&path).unwrap();
        let documents = [Document::plain("a", "Text."), Document::plain("b", "Text.")];
        let answers = system.annotate(&documents, Wanted::default()).unwrap();
        assert!(answers[0].usable && !answers[1].usable);
        assert_eq!(unusable(&answers).unwrap().split(' ').next(), Some("1"));
    }

    #[test]
    fn a_program_is_run_over_files() {
        let folder = tempfile::tempdir().unwrap();
        let script = folder.path().join("peer.sh");
        let line = serde_json::to_string(&record("PATH", "Text.")).unwrap();
        std::fs::write(
            &script,
            format!("for f in \"$@\"; do echo '{line}' | sed \"s#PATH#$f#\"; done"),
        )
        .unwrap();
        let system = System::Program(format!("sh {}", script.display()));
        let answers = system.annotate(&[Document::plain("a", "Text.")], Wanted::default()).unwrap();
        assert!(answers[0].usable);
        let broken = System::Program("false".into());
        let error = broken.annotate(&[Document::plain("a", "")], Wanted::default()).unwrap_err();
        assert!(error.to_string().starts_with("false: "), "{error}");
    }
}
