//! From a page to a report.

use std::sync::LazyLock;

use crossread_base::{ReportId, Span};
use crossread_record::{Flag, MapRun, Region, RegionKind, Report};
use regex::Regex;

use super::blocks::{self, Block, Seen};
use super::head::{self, Head};
use super::story::{self, Zone};
use super::tree::Tree;
use super::writer::{Finder, Writer, compose};
use crate::capture::Capture;
use crate::decode::decode;
use crate::furnish::{Known, Sheet, furnish};
use crate::phrases::{self, Sign};
use crate::{Limits, Reading, byline, dates, headline, lead_in, plain, stamps};

/// A page ready to be read.
pub(crate) struct Page<'p> {
    pub(crate) id: ReportId,
    pub(crate) path: Option<String>,
    pub(crate) media_type: &'static str,
    pub(crate) html: &'p str,
    /// From `html` to the capture's bytes; empty where they are the same.
    pub(crate) map: &'p [MapRun],
    pub(crate) flags: Vec<Flag>,
    /// What the capture says beside the page.
    pub(crate) known: Known,
    /// The title that the capture states beside the page.
    pub(crate) title: Option<String>,
}

/// Reads an HTML capture as one report.
pub(crate) fn read(capture: &Capture<'_>) -> Reading {
    let decoded = decode(capture.bytes, declared_charset(capture.bytes).as_deref());
    let mut reading = Reading::default();
    if let Some(why) = super::shape::refusal(&decoded.text, capture.limits) {
        reading.problems.push(capture.problem(why));
        return reading;
    }
    let flags = plain::undecoded(capture, &decoded, &mut reading.problems);
    let (report, cut) = read_page(
        Page {
            id: ReportId::new(&capture.sha256, None),
            path: capture.path.map(str::to_owned),
            media_type: "text/html",
            html: &decoded.text,
            map: &decoded.map,
            flags,
            known: Known::default(),
            title: None,
        },
        capture.limits,
    );
    if cut {
        reading.problems.push(capture.problem(format!(
            "more than {} elements and texts: the rest of the page is not read",
            capture.limits.html_nodes
        )));
    }
    if report.regions.is_empty() {
        reading.problems.push(capture.problem("a page without text"));
    } else {
        reading.reports.push(report);
    }
    reading
}

/// The charset a page declares of itself within its first bytes.
pub(crate) fn declared_charset(bytes: &[u8]) -> Option<String> {
    static DECLARED: LazyLock<regex::bytes::Regex> = LazyLock::new(|| {
        regex::bytes::Regex::new(r#"(?i-u)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-z0-9_:.-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([a-z0-9_:.-]{2,40})"#)
            .expect("the pattern is fixed")
    });
    let head = &bytes[..bytes.len().min(8_192)];
    let caught = DECLARED.captures(head)?;
    let label = caught.get(1).or_else(|| caught.get(2))?;
    let label = String::from_utf8_lossy(label.as_bytes()).to_lowercase();
    // A page that could be read this far is not in UTF-16, whatever it says (HTML standard, 13.2.3.2).
    Some(if label.starts_with("utf-16") { "utf-8".to_owned() } else { label })
}

/// A block that goes into the text.
struct Line<'b> {
    kind: RegionKind,
    block: Option<&'b Block>,
    /// For a line that stands nowhere on the page but in its head.
    words: String,
}

/// Reads a page; the flag tells that nodes were left out.
pub(crate) fn read_page(page: Page<'_>, limits: &Limits) -> (Report, bool) {
    let tree = Tree::parse(page.html, limits);
    let mut head = head::read(&tree);
    if let Some(title) = page.title {
        head.titles.insert(0, title);
    }
    let seen = blocks::look(&tree);
    let all = blocks::blocks(&tree, &seen);
    let zones = story::zones(&tree, &seen, &all);
    let roots = story::find(&tree, &seen, &all, &zones);
    let title = title(&tree, &seen, &all, &head);
    let lines = lines(&tree, &seen, &all, &zones, &roots, &title);

    let lines = if told_by_head(&lines, &head) { stated_lines(lines, &head) } else { lines };

    let mut finder = Finder::new(page.html);
    let mut writer = Writer::default();
    let mut regions: Vec<Region> = Vec::new();
    let mut bodies = 0;
    for line in &lines {
        let start = writer.paragraph();
        match line.block {
            None => writer.push(&line.words, "", None),
            Some(block) => {
                for index in block.nodes.clone() {
                    let node = &tree.nodes[index as usize];
                    if node.is_text() && !seen[index as usize].hidden {
                        let at = finder.find(&node.text);
                        writer.push(&node.text, page.html, at);
                    }
                }
            }
        }
        let span = Span::of(start..writer.text.len()).trimmed(&writer.text);
        push_region(&mut regions, &writer.text, span, line.kind, &mut bodies);
    }
    let Writer { text, map, .. } = writer;
    let map = compose(map, page.map);
    let report = furnish(Sheet {
        id: page.id,
        path: page.path,
        media_type: page.media_type,
        known: known(page.known, &head, &tree, &seen),
        text,
        map,
        regions,
        flags: page.flags,
    });
    (report, tree.cut)
}

fn push_region(
    regions: &mut Vec<Region>,
    text: &str,
    span: Span,
    kind: RegionKind,
    bodies: &mut u32,
) {
    if span.is_empty() {
        return;
    }
    if kind == RegionKind::Body {
        *bodies += 1;
        if *bodies <= 2
            && let Some(lead) = lead_in::find(span.text(text))
        {
            let cut = span.start + lead.len;
            regions.push(Region {
                kind: RegionKind::Dateline,
                span: Span::new(span.start, cut).trimmed(text),
            });
            regions.push(Region { kind, span: Span::new(cut, span.end).trimmed(text) });
            return;
        }
    }
    regions.push(Region { kind, span });
}

/// The page's title: the words, and the block that prints them.
struct Title {
    words: String,
    block: Option<usize>,
}

fn words_of(tree: &Tree, seen: &[Seen], block: &Block) -> String {
    let mut words = String::new();
    for index in block.nodes.clone() {
        let node = &tree.nodes[index as usize];
        if node.is_text() && !seen[index as usize].hidden {
            words.push_str(&node.text);
        }
        if words.len() > 4_000 {
            break;
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The heading that the head's titles name, else the first great heading, else the head's title itself.
fn title(tree: &Tree, seen: &[Seen], all: &[Block], head: &Head) -> Title {
    let stated: Vec<String> =
        head.titles.iter().map(|t| without_site(t, head.site.as_deref())).collect();
    let level = |block: &Block| {
        let inside =
            tree.upwards(block.owner as usize).take(4).find_map(|i| match &*tree.nodes[i].tag {
                "h1" => Some(1),
                "h2" => Some(2),
                "h3" => Some(3),
                _ => None,
            });
        let named = tree.upwards(block.owner as usize).take(3).any(|i| {
            let node = &tree.nodes[i];
            node.attribute("itemprop") == Some("headline") || {
                let names = node.names.to_lowercase();
                names.contains("headline")
                    || names.contains("entry-title")
                    || names.contains("post-title")
                    || names.contains("article-title")
            }
        });
        match (inside, named) {
            (Some(1), _) => Some(1),
            (Some(level), true) => Some(level),
            (None, true) => Some(2),
            (level, false) => level,
        }
    };
    let mut best: Option<(u32, usize, String)> = None;
    for (index, block) in all.iter().enumerate().filter(|(_, b)| b.words <= 40) {
        let Some(level) = level(block) else { continue };
        let words = words_of(tree, seen, block);
        if words.chars().filter(|c| c.is_alphanumeric()).count() < 3 {
            continue;
        }
        let stated_so = stated.iter().any(|t| {
            headline::same(t, &words) || !t.is_empty() && t.to_lowercase() == words.to_lowercase()
        });
        let rank = match (stated_so, level) {
            (true, level) => level,
            (false, 1) => 10,
            _ => continue,
        };
        let better = best.as_ref().is_none_or(|(r, _, w)| {
            rank < *r
                || rank == 10
                    && *r == 10
                    && w.split(' ').count() < 3
                    && words.split(' ').count() >= 3
        });
        if better {
            best = Some((rank, index, words));
        }
    }
    match best {
        // A great heading that no statement backs may be the site's name.
        Some((10, index, words))
            if words.split(' ').count() >= 3 || stated.iter().all(|t| t.is_empty()) =>
        {
            Title { words, block: Some(index) }
        }
        Some((rank, index, words)) if rank < 10 => Title { words, block: Some(index) },
        _ => Title {
            words: stated.into_iter().find(|t| !t.is_empty()).unwrap_or_default(),
            block: None,
        },
    }
}

/// A stated title less the site's name at its end.
fn without_site(title: &str, site: Option<&str>) -> String {
    static TAIL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\s+(?:\||»|›|-|–|—|::|·|•|/|<|«)\s+").expect("the pattern is fixed")
    });
    let marks: Vec<_> = TAIL.find_iter(title).collect();
    let Some(last) = marks.last() else { return title.trim().to_owned() };
    let site_like = |part: &str| {
        let same = site.is_some_and(|s| {
            let (a, b) = (s.to_lowercase(), part.to_lowercase());
            a == b || a.contains(&b) || b.contains(&a)
        });
        same || crate::outlet::domain_in(part).is_some() || crate::outlet::sounds_like_one(part)
    };
    let tail = &title[last.end()..];
    let first = &marks[0];
    let front = &title[..first.start()];
    if last.as_str().contains(['|', '»', '›', ':', '«', '·', '•'])
        && tail.split_whitespace().count() <= 6
        || site_like(tail)
    {
        // "Title | Section | Site"
        let cut = marks
            .iter()
            .find(|m| m.as_str().trim() == last.as_str().trim())
            .map_or(last.start(), |m| m.start());
        let kept = &title[..cut];
        return if kept.split_whitespace().count() >= 2 { kept } else { &title[..last.start()] }
            .trim()
            .to_owned();
    }
    if site_like(front) && front.split_whitespace().count() <= 4 {
        return title[first.end()..].trim().to_owned();
    }
    title.trim().to_owned()
}

/// The blocks that make the text, in order, each with its kind.
fn lines<'b>(
    tree: &Tree,
    seen: &[Seen],
    all: &'b [Block],
    zones: &[Zone],
    roots: &[usize],
    title: &Title,
) -> Vec<Line<'b>> {
    let in_story = |block: &Block| {
        roots.iter().any(|r| (block.owner as usize) >= *r && block.owner < tree.nodes[*r].end)
    };
    let first_root = roots.first().copied().unwrap_or(0);
    let last_end = roots.iter().map(|r| tree.nodes[*r].end).max().unwrap_or(0);
    let listy = link_lists(tree, all);
    let mut lines: Vec<Line<'b>> = Vec::new();
    if title.block.is_none() && !title.words.is_empty() {
        lines.push(Line { kind: RegionKind::Headline, block: None, words: title.words.clone() });
    }
    let title_at = title.block.unwrap_or(0);
    for (index, block) in all.iter().enumerate() {
        let own = block.owner as usize;
        if title.block == Some(index) {
            lines.push(Line {
                kind: RegionKind::Headline,
                block: Some(block),
                words: String::new(),
            });
            continue;
        }
        let zone = zones[own];
        let inside = in_story(block);
        if zone == Zone::Comment {
            let kind = if block.words >= 3 { RegionKind::Comment } else { continue };
            let words = words_of(tree, seen, block);
            if phrases::sign(&words).is_none() && stamps::read(&words).is_none() {
                lines.push(Line { kind, block: Some(block), words: String::new() });
            }
            continue;
        }
        // Stamps and authors stand beside the title or within the story.
        let near = inside
            || (index > title_at && title.block.is_some() && own < last_end as usize)
            || (own < last_end as usize && own + 400 > first_root);
        if near && block.words <= 25 && zone != Zone::Teaser {
            let words = words_of(tree, seen, block);
            if let Some(kind) = stamp_kind(tree, seen, own, block, &words) {
                lines.push(Line { kind, block: Some(block), words: String::new() });
                continue;
            }
        }
        if !inside {
            continue;
        }
        let kind = match zone {
            Zone::Furniture | Zone::Comment => continue,
            Zone::Teaser => RegionKind::Teaser,
            Zone::Caption => RegionKind::Caption,
            Zone::Open => match open_kind(tree, seen, block, &listy, title) {
                Some(kind) => kind,
                None => continue,
            },
        };
        lines.push(Line { kind, block: Some(block), words: String::new() });
    }
    // A heading with no story below it heads what was left out.
    let last_body = lines.iter().rposition(|l| l.kind == RegionKind::Body);
    let mut at = 0;
    lines.retain(|line| {
        at += 1;
        !(line.kind == RegionKind::Subhead && last_body.is_none_or(|last| at - 1 > last))
    });
    lines
}

/// Whether a short block is a date or an author, by its words or its element's names.
fn stamp_kind(
    tree: &Tree,
    seen: &[Seen],
    own: usize,
    block: &Block,
    words: &str,
) -> Option<RegionKind> {
    let around = || tree.upwards(own).take(3);
    // The names of the elements within count too: <p><span class="author">.
    let within = block.nodes.clone().filter(|i| tree.nodes[*i as usize].is_text());
    let inner_says = |what: fn(super::names::Says) -> bool| {
        within.clone().any(|i| what(seen[tree.nodes[i as usize].parent as usize].says))
    };
    let is_time =
        within.clone().any(|i| &*tree.nodes[tree.nodes[i as usize].parent as usize].tag == "time");
    if let Some(parts) = stamps::read(words) {
        let by = parts.iter().all(|(_, part)| *part == stamps::Part::Byline);
        return Some(if by { RegionKind::Byline } else { RegionKind::Dateline });
    }
    if block.good() {
        return None;
    }
    let author = around().any(|i| seen[i].says.byline()) || inner_says(super::names::Says::byline);
    if author && block.words <= 12 && (byline::is_name(words) || byline::is_byline(words)) {
        return Some(RegionKind::Byline);
    }
    let dated =
        is_time || around().any(|i| seen[i].says.date()) || inner_says(super::names::Says::date);
    (dated && block.words <= 14 && (!dates::find(words).is_empty() || is_time))
        .then_some(RegionKind::Dateline)
}

/// The lists whose entries are mostly links: contents of menus and "related" boxes.
fn link_lists(tree: &Tree, all: &[Block]) -> rustc_hash::FxHashSet<u32> {
    let mut sums: rustc_hash::FxHashMap<u32, (u32, u32, u32)> = rustc_hash::FxHashMap::default();
    for block in all {
        let list = tree
            .upwards(block.owner as usize)
            .take(6)
            .find(|i| matches!(&*tree.nodes[*i].tag, "ul" | "ol" | "dl"));
        if let Some(list) = list {
            let sum = sums.entry(list as u32).or_default();
            sum.0 += block.length;
            sum.1 += block.linked;
            sum.2 += 1;
        }
    }
    sums.into_iter()
        .filter(|(_, (all, linked, _))| linked * 100 > all * 65)
        .map(|(list, _)| list)
        .collect()
}

/// What a block of the story's element is; `None` for what is left out.
fn open_kind(
    tree: &Tree,
    seen: &[Seen],
    block: &Block,
    link_lists: &rustc_hash::FxHashSet<u32>,
    title: &Title,
) -> Option<RegionKind> {
    let heading = tree
        .upwards(block.owner as usize)
        .take(3)
        .any(|i| matches!(&*tree.nodes[i].tag, "h1" | "h2" | "h3" | "h4" | "h5" | "h6"));
    let in_link_list =
        tree.upwards(block.owner as usize).take(6).any(|i| link_lists.contains(&(i as u32)));
    if in_link_list {
        return Some(RegionKind::Teaser);
    }
    if block.words > 25 {
        return Some(RegionKind::Body);
    }
    let words = words_of(tree, seen, block);
    if !words.chars().any(char::is_alphanumeric) {
        return None;
    }
    if !title.words.is_empty() && headline::same(&title.words, &words) {
        return Some(RegionKind::HeadlineRepeat);
    }
    match phrases::sign(&words) {
        Some(Sign::Furniture | Sign::CommentSection | Sign::FormSection | Sign::TeaserSection) => {
            return None;
        }
        Some(Sign::Teaser) => return Some(RegionKind::Teaser),
        Some(Sign::Caption) => return Some(RegionKind::Caption),
        Some(Sign::Credit) => return Some(RegionKind::Credit),
        None => {}
    }
    if block.link_share() > 0.8 && block.words >= 2 && block.stops == 0 {
        return Some(RegionKind::Teaser);
    }
    Some(if heading { RegionKind::Subhead } else { RegionKind::Body })
}

/// Whether the page shows less than half of the story that its head states: the rest comes by script.
fn told_by_head(lines: &[Line<'_>], head: &Head) -> bool {
    let shown: u32 = lines
        .iter()
        .filter(|line| line.kind == RegionKind::Body)
        .filter_map(|line| line.block.map(|block| block.length))
        .sum();
    head.body.as_ref().is_some_and(|body| body.chars().count() > 2 * shown as usize + 400)
}

/// The lines with the story as the head states it.
fn stated_lines<'b>(lines: Vec<Line<'b>>, head: &Head) -> Vec<Line<'b>> {
    let (mut kept, rest): (Vec<_>, Vec<_>) = lines
        .into_iter()
        .filter(|line| line.kind != RegionKind::Body && line.kind != RegionKind::Subhead)
        .partition(|line| line.kind == RegionKind::Headline);
    let words = head.body.clone().unwrap_or_default();
    kept.push(Line { kind: RegionKind::Body, block: None, words });
    kept.extend(rest);
    kept
}

/// What the page's head states, the capture's own statements first.
fn known(known: Known, head: &Head, tree: &Tree, seen: &[Seen]) -> Known {
    let url = known.url.or_else(|| head.url.clone());
    let byline = if known.byline.is_empty() { authors(head, tree, seen) } else { known.byline };
    let microdata = |prop: &str| {
        tree.nodes.iter().enumerate().find(|(_, n)| n.attribute("itemprop") == Some(prop)).and_then(
            |(i, n)| {
                let words =
                    n.attribute("datetime").or_else(|| n.attribute("content")).map(str::to_owned);
                words.or_else(|| Some(tree.text_of(i, 100))).filter(|w| !dates::find(w).is_empty())
            },
        )
    };
    let published = known
        .published
        .or_else(|| head.published.clone().map(|words| (words, "meta")))
        .or_else(|| microdata("datePublished").map(|words| (words, "meta")))
        .or_else(|| first_time(tree).map(|words| (words, "time")))
        .or_else(|| url.as_deref().and_then(dated_path).map(|words| (words, "url")));
    let updated = known
        .updated
        .or_else(|| head.updated.clone().map(|words| (words, "meta")))
        .or_else(|| microdata("dateModified").map(|words| (words, "meta")));
    Known {
        url,
        outlet: known.outlet.or_else(|| head.site.clone()),
        byline,
        published,
        updated,
        language: known.language.or_else(|| head.language.clone()),
    }
}

/// The machine's date of the first `time` element.
fn first_time(tree: &Tree) -> Option<String> {
    let times = || tree.nodes.iter().filter(|n| &*n.tag == "time");
    let dated = |n: &super::tree::Node| {
        n.attribute("datetime").filter(|d| !dates::find(d).is_empty()).map(str::to_owned)
    };
    times()
        .filter(|n| n.attribute("pubdate").is_some())
        .find_map(dated)
        .or_else(|| times().find_map(dated))
}

/// The date in an address: `/2017/08/24/`.
fn dated_path(url: &str) -> Option<String> {
    static DATED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"[/-]((?:19|20)\d{2})[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?:\D|$)")
            .expect("the pattern is fixed")
    });
    let caught = DATED.captures(url)?;
    Some(format!("{}-{}-{}", &caught[1], &caught[2], &caught[3]))
}

/// The authors: of the head, else of the elements named for them.
fn authors(head: &Head, tree: &Tree, seen: &[Seen]) -> Vec<String> {
    let clean = |name: &str| -> Vec<String> {
        let named: Vec<String> = byline::names(name).into_iter().map(|n| n.name).collect();
        if !named.is_empty() {
            return named;
        }
        Vec::new()
    };
    let mut found: Vec<String> = Vec::new();
    let mut add = |names: Vec<String>| {
        for name in names {
            if !found.iter().any(|f| f.eq_ignore_ascii_case(&name)) && found.len() < 20 {
                found.push(name);
            }
        }
    };
    for author in &head.authors {
        add(clean(author));
    }
    if !found.is_empty() {
        return found;
    }
    // By markup: rel="author", microdata, names.
    type Test<'t> = &'t dyn Fn(usize) -> bool;
    let tests: [Test<'_>; 3] = [
        &|i| tree.nodes[i].attribute("rel").is_some_and(|r| r.split(' ').any(|r| r == "author")),
        &|i| tree.nodes[i].attribute("itemprop") == Some("author"),
        &|i| seen[i].says.byline() && !seen[i].says.comment(),
    ];
    for test in tests {
        let mut names: Vec<String> = Vec::new();
        for index in 0..tree.nodes.len() {
            if tree.nodes[index].is_text() || !test(index) {
                continue;
            }
            let words = tree.text_of(index, 200);
            if words.split(' ').count() <= 12 {
                names.extend(byline::names(&words).into_iter().map(|n| n.name));
            }
            if !names.is_empty() {
                break;
            }
        }
        if !names.is_empty() {
            return names;
        }
    }
    Vec::new()
}
