//! What a page says about itself beside its text: JSON-LD, `meta`, `title`, microdata.
//!
//! The vocabularies: schema.org NewsArticle, the Open Graph protocol, Dublin Core, and the tags of Parse.ly, Sailthru
//! and Highwire.

use serde_json::Value;

use super::tree::Tree;

/// The page's own statements, as printed.
#[derive(Debug, Default)]
pub(crate) struct Head {
    /// In order of trust.
    pub(crate) titles: Vec<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) published: Option<String>,
    pub(crate) updated: Option<String>,
    pub(crate) site: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) language: Option<String>,
    /// schema.org's articleBody, white space as one blank.
    pub(crate) body: Option<String>,
}

/// The most JSON-LD read of a page, in bytes.
const JSON_BYTES: usize = 2 << 20;

/// Reads the statements of a page.
pub(crate) fn read(tree: &Tree) -> Head {
    let mut linked = Linked::default();
    let mut meta: Vec<(String, String)> = Vec::new();
    let (mut title, mut canonical, mut language) = (None, None, None);
    let mut budget = JSON_BYTES;
    for (index, node) in tree.nodes.iter().enumerate() {
        match &*node.tag {
            "script"
                if node
                    .attribute("type")
                    .is_some_and(|t| t.to_ascii_lowercase().contains("ld+json")) =>
            {
                for inner in tree.within(index) {
                    let json = &tree.nodes[inner].text;
                    if json.len() <= budget {
                        budget -= json.len();
                        linked.read(json);
                    }
                }
            }
            "meta" => {
                let name = ["property", "name", "itemprop"].iter().find_map(|a| node.attribute(a));
                if let (Some(name), Some(content)) = (name, node.attribute("content")) {
                    let content = one_line(content);
                    if !content.is_empty() {
                        meta.push((name.to_ascii_lowercase(), content));
                    }
                }
            }
            "title" if title.is_none() => {
                // A drawing has titles of its own.
                let drawn = tree.upwards(index).any(|i| &*tree.nodes[i].tag == "svg");
                title = (!drawn)
                    .then(|| one_line(&tree.text_of(index, 1_000)))
                    .filter(|t| !t.is_empty());
            }
            "link" if node.attribute("rel") == Some("canonical") && canonical.is_none() => {
                canonical =
                    node.attribute("href").filter(|h| h.starts_with("http")).map(str::to_owned);
            }
            "html" => language = node.attribute("lang").map(str::to_owned),
            _ => {}
        }
    }
    let first = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| meta.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone()))
    };
    let dated = |names: &[&str]| {
        names.iter().find_map(|name| {
            meta.iter()
                .find(|(n, v)| n == name && !crate::dates::find(v).is_empty())
                .map(|(_, v)| v.clone())
        })
    };
    let mut titles = Vec::new();
    titles.extend(first(&["og:title"]));
    titles.extend(linked.headline);
    titles.extend(first(&[
        "twitter:title",
        "parsely-title",
        "sailthru.title",
        "dc.title",
        "citation_title",
        "headline",
    ]));
    titles.extend(title);
    let mut authors = linked.authors;
    if authors.is_empty() {
        let named = [
            "author",
            "article:author",
            "parsely-author",
            "sailthru.author",
            "dc.creator",
            "dcterms.creator",
            "citation_author",
            "byl",
            "creator",
            "og:article:author",
            "twitter:creator",
        ];
        authors = named
            .iter()
            .map(|name| {
                meta.iter().filter(|(n, _)| n == name).map(|(_, v)| v.clone()).collect::<Vec<_>>()
            })
            .find(|found| found.iter().any(|v| !v.contains("://") && !v.starts_with('@')))
            .unwrap_or_default();
    }
    let address = first(&["og:url", "twitter:url"]).filter(|u| u.starts_with("http"));
    Head {
        titles,
        authors,
        published: linked.published.or_else(|| {
            dated(&[
                "article:published_time",
                "og:article:published_time",
                "article:published",
                "datepublished",
                "parsely-pub-date",
                "sailthru.date",
                "citation_publication_date",
                "citation_date",
                "dc.date.issued",
                "dcterms.issued",
                "dcterms.created",
                "dc.date",
                "dcterms.date",
                "dc.date.created",
                "date",
                "pubdate",
                "publishdate",
                "publish-date",
                "publish_date",
                "published_time",
                "published-date",
                "originalpublicationdate",
                "article_date_original",
                "article.published",
                "article.created",
                "displaydate",
                "cxenseparse:recs:publishtime",
                "datecreated",
                "og:published_time",
                "bt:pubdate",
                "vr:published_time",
                "rnews:datepublished",
                "last-modified-date",
            ])
        }),
        updated: linked.modified.or_else(|| {
            dated(&[
                "article:modified_time",
                "og:updated_time",
                "article:modified",
                "datemodified",
                "lastmod",
                "last-modified",
                "dcterms.modified",
                "dc.date.modified",
                "article:updated_time",
                "revised",
            ])
        }),
        site: linked.publisher.or_else(|| {
            first(&[
                "og:site_name",
                "application-name",
                "dc.publisher",
                "dcterms.publisher",
                "copyright",
            ])
            .filter(|s| s.split_whitespace().count() <= 8)
        }),
        url: canonical.or(address),
        language,
        body: linked.body,
    }
}

/// What the JSON-LD of a page says of its article.
#[derive(Default)]
struct Linked {
    headline: Option<String>,
    authors: Vec<String>,
    published: Option<String>,
    modified: Option<String>,
    publisher: Option<String>,
    body: Option<String>,
}

impl Linked {
    fn read(&mut self, json: &str) {
        // Line breaks inside strings, comments around the whole and a full stop behind are common.
        let clean: String = json
            .trim()
            .trim_start_matches("<!--")
            .trim_start_matches("//<![CDATA[")
            .trim_start_matches("<![CDATA[")
            .trim_end_matches("//]]>")
            .trim_end_matches("]]>")
            .trim_end_matches("-->")
            .trim()
            .trim_end_matches(';')
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        let Ok(value) = serde_json::from_str::<Value>(&clean) else { return };
        let mut stack = vec![&value];
        // Objects in order; what an article says goes before what a page says.
        let mut pages = Vec::new();
        let mut seen = 0;
        while let Some(value) = stack.pop() {
            seen += 1;
            if seen > 20_000 {
                break;
            }
            match value {
                Value::Array(items) => stack.extend(items.iter().rev()),
                Value::Object(fields) => {
                    let kinds: Vec<&str> = match fields.get("@type") {
                        Some(Value::String(kind)) => vec![kind],
                        Some(Value::Array(kinds)) => {
                            kinds.iter().filter_map(Value::as_str).collect()
                        }
                        _ => Vec::new(),
                    };
                    let is_article = kinds.iter().any(|k| {
                        k.ends_with("Article")
                            || k.ends_with("Posting")
                            || matches!(*k, "Report" | "Review" | "OpinionPiece")
                    });
                    if is_article {
                        self.take(fields);
                    } else if kinds.iter().any(|k| k.ends_with("WebPage") || *k == "VideoObject") {
                        pages.push(fields);
                    }
                    for key in
                        ["@graph", "mainEntity", "mainEntityOfPage", "hasPart", "liveBlogUpdate"]
                    {
                        // A live blog's entries are parts of it, not it.
                        if key != "liveBlogUpdate" && !is_article {
                            stack.extend(fields.get(key));
                        }
                    }
                }
                _ => {}
            }
        }
        for page in pages {
            if self.published.is_none() {
                self.published = text_of(page.get("datePublished"))
                    .filter(|d| !crate::dates::find(d).is_empty());
            }
            if self.modified.is_none() {
                self.modified =
                    text_of(page.get("dateModified")).filter(|d| !crate::dates::find(d).is_empty());
            }
        }
    }

    fn take(&mut self, fields: &serde_json::Map<String, Value>) {
        let dated =
            |key: &str| text_of(fields.get(key)).filter(|d| !crate::dates::find(d).is_empty());
        let or = |slot: &mut Option<String>, value: Option<String>| {
            if slot.is_none() {
                *slot = value;
            }
        };
        or(
            &mut self.headline,
            text_of(fields.get("headline")).or_else(|| text_of(fields.get("name"))),
        );
        or(&mut self.published, dated("datePublished").or_else(|| dated("dateCreated")));
        or(&mut self.modified, dated("dateModified"));
        or(
            &mut self.publisher,
            fields.get("publisher").and_then(|p| names_of(p).into_iter().next()),
        );
        or(&mut self.body, text_of(fields.get("articleBody")).filter(|b| b.len() > 200));
        if self.authors.is_empty() {
            self.authors = fields
                .get("author")
                .or_else(|| fields.get("creator"))
                .map(names_of)
                .unwrap_or_default();
        }
    }
}

fn names_of(value: &Value) -> Vec<String> {
    match value {
        Value::String(name) => vec![decoded(name)],
        Value::Array(items) => items
            .iter()
            .take(20)
            .flat_map(|v| match v {
                Value::Array(_) => Vec::new(),
                v => names_of(v),
            })
            .collect(),
        Value::Object(fields) => match fields.get("name") {
            Some(Value::String(name)) => vec![decoded(name)],
            Some(Value::Array(names)) => {
                names.iter().filter_map(Value::as_str).map(decoded).collect()
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn text_of(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::String(text) => decoded(text),
        Value::Array(items) => decoded(items.first()?.as_str()?),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// JSON-LD often holds HTML's entities and tags.
fn decoded(text: &str) -> String {
    if !text.contains(['&', '<'])
        || super::shape::refusal(text, &crate::Limits::default()).is_some()
    {
        return one_line(text);
    }
    let tree = Tree::parse(text, &crate::Limits::default());
    one_line(&tree.text_of(0, usize::MAX))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
