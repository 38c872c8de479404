//! The inner loop of each stage, on the example pile and on text made of it.

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use crossread::Reading;
use crossread_language::{Block, Pipeline};
use crossread_record::{Record, Report};

/// The captures of the example pile.
fn captures() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/bridge");
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let capture = |path: std::path::PathBuf| {
        Some((path.file_name()?.to_string_lossy().into_owned(), std::fs::read(&path).ok()?))
    };
    paths.into_iter().filter_map(capture).collect()
}

fn blocks(report: &Report) -> Vec<Block> {
    let block = |(index, region): (u32, &crossread_record::Region)| Block {
        span: region.span,
        region: Some(index),
    };
    (0..).zip(&report.regions).map(block).collect()
}

fn stages(criterion: &mut Criterion) {
    let captures = captures();
    let how = Reading { tokens: true, ..Reading::default() };
    let records: Vec<Record> = captures
        .iter()
        .flat_map(|(name, bytes)| crossread::annotate(bytes, Some(name), how).0)
        .collect();
    let text_bytes = records.iter().map(|record| record.report.text.len() as u64).sum();
    let capture_bytes = captures.iter().map(|(_, bytes)| bytes.len() as u64).sum();
    let mut group = criterion.benchmark_group("stages");

    group.throughput(Throughput::Bytes(capture_bytes));
    group.bench_function("intake", |bencher| {
        bencher.iter(|| {
            for (name, bytes) in &captures {
                black_box(crossread_intake::read_capture(bytes, Some(name)));
            }
        });
    });
    group.throughput(Throughput::Bytes(text_bytes));
    group.bench_function("language", |bencher| {
        bencher.iter(|| {
            for Record { report, .. } in &records {
                black_box(Pipeline::embedded().parse(&report.text, &blocks(report)));
            }
        });
    });
    group.bench_function("grounding", |bencher| {
        bencher.iter(|| {
            for Record { report, parsed, .. } in &records {
                black_box(crossread_grounding::ground(report, parsed));
            }
        });
    });
    group.bench_function("testimony", |bencher| {
        bencher.iter(|| {
            for Record { report, parsed, grounded, .. } in &records {
                black_box(crossread_testimony::read(report, parsed, grounded));
            }
        });
    });
    group.bench_function("lineage", |bencher| {
        bencher.iter(|| black_box(crossread_lineage::trace(&records)));
    });
    let origins = crossread_lineage::trace(&records).origins;
    group.bench_function("ledger", |bencher| {
        bencher.iter(|| black_box(crossread_ledger::draw(&records, &origins)));
    });
    group.finish();

    // A report of some 200 kB: what grows faster than its text shows here.
    let long: String = records
        .iter()
        .map(|record| record.report.text.as_str())
        .cycle()
        .take(8 * records.len())
        .collect::<Vec<_>>()
        .join("\n\n");
    let mut group = criterion.benchmark_group("long report");
    group.sample_size(10);
    group.throughput(Throughput::Bytes(long.len() as u64));
    group.bench_function("annotate", |bencher| {
        bencher.iter(|| black_box(crossread::annotate(long.as_bytes(), None, Reading::default())));
    });
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
