//! The networks of a pipeline: thinc's lists of nodes, made into the layers of a model file.

use super::LoadError;
use super::msgpack::Value;
use super::source::Source;
use crate::format::{self, Attribute, Blobs};
use crate::kernel::Packed;
use crate::weights::to_file;

/// A thinc model as it is stored.
pub(super) struct Model {
    part: &'static str,
    nodes: Vec<Node>,
}

struct Node {
    name: String,
    attributes: Value,
    parameters: Value,
}

/// The static word vectors of a pipeline.
pub(super) struct Vectors {
    /// String ids with their rows, sorted.
    keys: Vec<(u64, u32)>,
    rows: Vec<Vec<f32>>,
}

impl Vectors {
    /// Those of the pipeline, if it has any.
    pub(super) fn read(source: &mut Source) -> Result<Option<Self>, LoadError> {
        const PART: &str = "vocab/vectors";
        let wrong = |what: &str| LoadError::part(PART, what);
        let file = source.read(PART)?;
        // The form of NumPy's files: magic, version, length of a header in Python's syntax, then the numbers.
        let header = file.get(10..).and_then(|rest| {
            let len = u16::from_le_bytes([*file.get(8)?, *file.get(9)?]);
            rest.get(..usize::from(len))
        });
        let header = header
            .and_then(|header| std::str::from_utf8(header).ok())
            .ok_or_else(|| wrong("no NumPy file"))?;
        let shape = header.split_once("'shape': (").and_then(|(_, rest)| rest.split_once(')'));
        let shape = shape.ok_or_else(|| wrong("no shape"))?.0;
        let mut sides = shape.split(',').map(|side| side.trim().parse::<usize>());
        let (Some(Ok(count)), Some(Ok(width))) = (sides.next(), sides.next()) else {
            return Err(wrong("not two-dimensional"));
        };
        if count == 0 || width == 0 {
            return Ok(None);
        }
        if !header.contains("'<f4'") || header.contains("'fortran_order': True") {
            return Err(wrong("numbers in another form"));
        }
        let values = file[10 + header.len()..].as_chunks::<4>().0;
        if values.len() != count * width {
            return Err(wrong("another size than stated"));
        }
        let rows = values
            .chunks_exact(width)
            .map(|row| row.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect())
            .collect();
        let mut keys = Vec::new();
        for (key, row) in source.msgpack("vocab/key2row")?.entries() {
            let entry = key.int().and_then(|key| u64::try_from(key).ok());
            let row = row
                .int()
                .and_then(|row| u32::try_from(row).ok())
                .filter(|&row| (row as usize) < count);
            keys.push(entry.zip(row).ok_or_else(|| wrong("a key of another form"))?);
        }
        keys.sort_unstable();
        Ok(Some(Self { keys, rows }))
    }
}

impl Model {
    pub(super) fn read(source: &mut Source, part: &'static str) -> Result<Self, LoadError> {
        let Value::Map(entries) = source.msgpack(part)? else {
            return Err(LoadError::part(part, "no map"));
        };
        let mut lists = [Vec::new(), Vec::new(), Vec::new()];
        for (key, value) in entries {
            let place = match key.text() {
                Some("nodes") => 0,
                Some("attrs") => 1,
                Some("params") => 2,
                _ => continue,
            };
            if let Value::List(items) = value {
                lists[place] = items;
            }
        }
        let [nodes, attributes, parameters] = lists;
        if nodes.len() != attributes.len() || nodes.len() != parameters.len() {
            return Err(LoadError::part(part, "lists of different lengths"));
        }
        let nodes = nodes
            .into_iter()
            .zip(attributes.into_iter().zip(parameters))
            .map(|(node, (attributes, parameters))| Node {
                name: node.get("name").and_then(Value::text).unwrap_or_default().to_owned(),
                attributes,
                parameters,
            })
            .collect();
        Ok(Self { part, nodes })
    }

    fn wrong(&self, what: impl Into<String>) -> LoadError {
        LoadError::part(self.part, what)
    }

    fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.nodes.iter().filter(move |node| node.name == name)
    }

    /// A parameter with the number of dimensions it must have.
    fn parameter(
        &self,
        node: &Node,
        name: &str,
        sides: usize,
    ) -> Result<(Vec<usize>, Vec<f32>), LoadError> {
        let array = node.parameters.get(name).and_then(Value::array);
        array.filter(|(shape, _)| shape.len() == sides).ok_or_else(|| {
            self.wrong(format!("{} has no parameter {name} of {sides} dimensions", node.name))
        })
    }

    /// The encoder of words in context.
    pub(super) fn encoder(
        &self,
        vectors: Option<&Vectors>,
        blobs: &mut Blobs,
    ) -> Result<format::Encoder, LoadError> {
        let columns =
            self.named("extract_features").next().and_then(|node| attribute(node, "columns"));
        let columns = columns.ok_or_else(|| self.wrong("no features to extract"))?;
        let mut tables = Vec::new();
        for node in self.named("hashembed") {
            let number = |name: &str| {
                attribute(node, name)?.int().and_then(|number| u32::try_from(number).ok())
            };
            let column =
                number("column").and_then(|column| columns.items().get(column as usize)?.text());
            let attribute = match column {
                Some("ORTH") => Attribute::Orth,
                Some("LOWER") => Attribute::Lower,
                Some("NORM") => Attribute::Norm,
                Some("PREFIX") => Attribute::Prefix,
                Some("SUFFIX") => Attribute::Suffix,
                Some("SHAPE") => Attribute::Shape,
                Some("SPACY") => Attribute::Space,
                Some("IS_SPACE") => Attribute::IsSpace,
                _ => return Err(self.wrong(format!("the feature {column:?} is not supported"))),
            };
            let seed = number("seed").ok_or_else(|| self.wrong("a table without a seed"))?;
            let (shape, values) = self.parameter(node, "E", 2)?;
            let rows: Vec<&[f32]> = values.chunks_exact(shape[1].max(1)).collect();
            tables.push(table(format::Key::Hashed { seed }, attribute, &rows, blobs));
        }
        if let Some(node) = self.named("static_vectors").next() {
            let vectors =
                vectors.ok_or_else(|| self.wrong("static vectors, but the pipeline has none"))?;
            tables.push(self.static_table(node, vectors, blobs)?);
        }
        let width = tables.first().map_or(0, |table| table.width);
        if width == 0
            || !width.is_multiple_of(16)
            || tables.iter().any(|table| table.width != width)
        {
            return Err(self.wrong("tables of different or odd widths"));
        }
        let mut layers = Vec::new();
        for (maxout, norm) in self.named("maxout").zip(self.named("layernorm")) {
            let blocks = if layers.is_empty() { tables.len() } else { 3 };
            layers.push(self.maxout(maxout, norm, width, blocks, layers.is_empty(), blobs)?);
        }
        if layers.len() < 2 {
            return Err(self.wrong("no layers"));
        }
        let windows = self
            .named("expand_window")
            .all(|node| attribute(node, "window_size").and_then(|size| size.int()) == Some(1));
        if !windows {
            return Err(self.wrong("only windows of one word are supported"));
        }
        Ok(format::Encoder { tables, mix: layers.remove(0), layers, width })
    }

    /// Static vectors brought to the encoder's width once, instead of for every word.
    fn static_table(
        &self,
        node: &Node,
        vectors: &Vectors,
        blobs: &mut Blobs,
    ) -> Result<format::Table, LoadError> {
        let attribute = match attribute(node, "key_attr").as_ref().and_then(Value::text) {
            Some("ORTH") | None => Attribute::Orth,
            Some("LOWER") => Attribute::Lower,
            Some("NORM") => Attribute::Norm,
            Some(other) => {
                return Err(self.wrong(format!("static vectors by {other} are not supported")));
            }
        };
        let (shape, weights) = self.parameter(node, "W", 2)?;
        if vectors.rows.iter().any(|row| row.len() != shape[1]) {
            return Err(self.wrong("static vectors of another width"));
        }
        let rows: Vec<Vec<f32>> = vectors
            .rows
            .iter()
            .map(|vector| {
                let dot = |weights: &[f32]| {
                    weights
                        .iter()
                        .zip(vector)
                        .map(|(w, v)| f64::from(*w) * f64::from(*v))
                        .sum::<f64>() as f32
                };
                weights.chunks_exact(shape[1]).map(dot).collect()
            })
            .collect();
        let rows: Vec<&[f32]> = rows.iter().map(Vec::as_slice).collect();
        let keys = blobs.add(vectors.keys.iter().flat_map(|(key, _)| key.to_le_bytes()));
        let numbers = blobs.add(vectors.keys.iter().flat_map(|(_, row)| row.to_le_bytes()));
        Ok(table(format::Key::Listed { keys, rows: numbers }, attribute, &rows, blobs))
    }

    /// A layer of maxout and layer norm over `blocks` rows of `width`: a matrix for each, or one that has the outputs of
    /// all blocks behind each other.
    fn maxout(
        &self,
        maxout: &Node,
        norm: &Node,
        width: usize,
        blocks: usize,
        apart: bool,
        blobs: &mut Blobs,
    ) -> Result<format::Maxout, LoadError> {
        let (shape, weights) = self.parameter(maxout, "W", 3)?;
        let (outputs, pieces, inputs) = (shape[0], shape[1], shape[2]);
        if inputs != width * blocks || outputs != width {
            return Err(self.wrong("a layer of another size than its input"));
        }
        let row = |block: usize, piece: usize, output: usize| {
            let at = (output * pieces + piece) * inputs + block * width;
            weights[at..at + width].to_vec()
        };
        let block = |block: usize| {
            let places =
                (0..pieces).flat_map(|piece| (0..outputs).map(move |output| (piece, output)));
            places.map(|(piece, output)| row(block, piece, output)).collect::<Vec<_>>()
        };
        let weights = if apart {
            (0..blocks).map(|index| to_file(&Packed::pack(&block(index)), blobs)).collect()
        } else {
            let all: Vec<Vec<f32>> = (0..blocks).flat_map(block).collect();
            vec![to_file(&Packed::pack(&all), blobs)]
        };
        let (shape, bias) = self.parameter(maxout, "b", 2)?;
        let (gain_shape, gain) = self.parameter(norm, "G", 1)?;
        let (_, shift) = self.parameter(norm, "b", 1)?;
        if shape != [outputs, pieces] || gain_shape != [outputs] || shift.len() != outputs {
            return Err(self.wrong("a layer whose bias or norm has another size"));
        }
        Ok(format::Maxout { weights, bias: pieces_first(&bias, pieces), gain, shift })
    }

    /// The `index`-th linear layer of a name.
    pub(super) fn linear(
        &self,
        name: &str,
        index: usize,
        blobs: &mut Blobs,
    ) -> Result<format::Linear, LoadError> {
        let node =
            self.named(name).nth(index).ok_or_else(|| self.wrong(format!("no {name} layer")))?;
        let (shape, weights) = self.parameter(node, "W", 2)?;
        let (_, mut bias) = self.parameter(node, "b", 1)?;
        let rows: Vec<Vec<f32>> =
            weights.chunks_exact(shape[1].max(1)).map(<[f32]>::to_vec).collect();
        if bias.len() != rows.len() || !shape[1].is_multiple_of(16) {
            return Err(self.wrong("a linear layer of an odd size"));
        }
        let packed = Packed::pack(&rows);
        bias.resize(packed.outputs, 0.0);
        Ok(format::Linear { weights: to_file(&packed, blobs), bias })
    }

    /// The network of a transition system.
    pub(super) fn transitions(
        &self,
        moves: Vec<(u8, String)>,
        blobs: &mut Blobs,
    ) -> Result<format::Transitions, LoadError> {
        // The layer that scores moves comes before the one that brings the encoder's width down.
        let output = self.linear("linear", 0, blobs)?;
        let reduce = self.linear("linear", 1, blobs)?;
        let node = self
            .named("precomputable_affine")
            .next()
            .ok_or_else(|| self.wrong("no state layer"))?;
        let (shape, weights) = self.parameter(node, "W", 4)?;
        let (places, hidden, pieces, inputs) = (shape[0], shape[1], shape[2], shape[3]);
        let (_, bias) = self.parameter(node, "b", 2)?;
        let (_, pad) = self.parameter(node, "pad", 4)?;
        let size = hidden * pieces;
        if !hidden.is_multiple_of(16)
            || !inputs.is_multiple_of(16)
            || bias.len() != size
            || pad.len() != places * size
            || output.bias.len() < moves.len()
        {
            return Err(self.wrong("a state layer of an odd size"));
        }
        let mut rows = Vec::with_capacity(places * size);
        for place in 0..places {
            for piece in 0..pieces {
                for unit in 0..hidden {
                    let at = ((place * hidden + unit) * pieces + piece) * inputs;
                    rows.push(weights[at..at + inputs].to_vec());
                }
            }
        }
        Ok(format::Transitions {
            moves,
            reduce,
            places: to_file(&Packed::pack(&rows), blobs),
            absent: pad.chunks_exact(size).flat_map(|place| pieces_first(place, pieces)).collect(),
            hidden_bias: pieces_first(&bias, pieces),
            hidden,
            pieces,
            output,
        })
    }
}

/// An attribute of a node, which is packed once more.
fn attribute(node: &Node, name: &str) -> Option<Value> {
    match node.attributes.get(name)? {
        Value::Bytes(bytes) => Value::read(bytes).ok(),
        value => Some(value.clone()),
    }
}

/// From unit by unit to piece by piece.
fn pieces_first(values: &[f32], pieces: usize) -> Vec<f32> {
    let units = values.len() / pieces.max(1);
    (0..pieces)
        .flat_map(|piece| (0..units).map(move |unit| values[unit * pieces + piece]))
        .collect()
}

/// A table with its rows rounded to integers of 16 bits.
fn table(
    key: format::Key,
    attribute: Attribute,
    rows: &[&[f32]],
    blobs: &mut Blobs,
) -> format::Table {
    let scale = |row: &[f32]| {
        row.iter().fold(0f32, |max, value| max.max(value.abs())) / f32::from(i16::MAX)
    };
    let values = blobs.add(rows.iter().flat_map(|row| {
        let scale = scale(row);
        row.iter().flat_map(move |value| {
            let rounded = if scale == 0.0 { 0.0 } else { (value / scale).round_ties_even() };
            (rounded as i16).to_le_bytes()
        })
    }));
    let scales = blobs.add(rows.iter().flat_map(|row| scale(row).to_le_bytes()));
    let width = rows.first().map_or(0, |row| row.len());
    format::Table { key, attribute, rows: rows.len(), width, values, scales }
}
