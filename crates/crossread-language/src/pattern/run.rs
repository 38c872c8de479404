//! Patterns as little programs, and the machine that runs them.

use super::Node;
use crate::letters::CharSet;

/// Which way a program reads the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Onwards,
    Back,
}

/// A step of a program.
#[derive(Debug)]
enum Step {
    /// One character of a set.
    Read(CharSet),
    /// Go on at the first; if that fails, at the second.
    Try(u32, u32),
    Jump(u32),
    /// Go on where the program does, or does not, match from here.
    Look {
        program: Program,
        wanted: bool,
    },
    AtStart,
    AtEnd,
    Found,
}

#[derive(Debug)]
pub(super) struct Program {
    steps: Vec<Step>,
    direction: Direction,
    /// The repeats of varying length in it. With two or more a place can be reached in very many ways, so that
    /// failures need to be remembered.
    repeats: u32,
}

impl Program {
    pub(super) fn new(node: &Node, direction: Direction) -> Self {
        let mut program = Self { steps: Vec::new(), direction, repeats: 0 };
        program.add(node);
        program.steps.push(Step::Found);
        program
    }

    fn next(&self) -> u32 {
        self.steps.len() as u32
    }

    fn add(&mut self, node: &Node) {
        match node {
            Node::Empty => {}
            Node::Class(set) => self.steps.push(Step::Read(set.clone())),
            Node::Concat(nodes) => match self.direction {
                Direction::Onwards => nodes.iter().for_each(|node| self.add(node)),
                Direction::Back => nodes.iter().rev().for_each(|node| self.add(node)),
            },
            Node::Either(nodes) => {
                let mut ends = Vec::new();
                for (index, node) in nodes.iter().enumerate() {
                    if index + 1 == nodes.len() {
                        self.add(node);
                        break;
                    }
                    let branch = self.steps.len();
                    self.steps.push(Step::Try(0, 0));
                    self.add(node);
                    ends.push(self.steps.len());
                    self.steps.push(Step::Jump(0));
                    self.steps[branch] = Step::Try(branch as u32 + 1, self.next());
                }
                let end = self.next();
                ends.into_iter().for_each(|jump| self.steps[jump] = Step::Jump(end));
            }
            Node::Repeat { node, min, max } => {
                self.repeats += u32::from(*max != Some(*min));
                (0..*min).for_each(|_| self.add(node));
                match max {
                    Some(max) => {
                        let mut branches = Vec::new();
                        for _ in *min..*max {
                            branches.push(self.steps.len());
                            self.steps.push(Step::Try(0, 0));
                            self.add(node);
                        }
                        let end = self.next();
                        for branch in branches {
                            self.steps[branch] = Step::Try(branch as u32 + 1, end);
                        }
                    }
                    None => {
                        let branch = self.steps.len();
                        self.steps.push(Step::Try(0, 0));
                        self.add(node);
                        self.steps.push(Step::Jump(branch as u32));
                        self.steps[branch] = Step::Try(branch as u32 + 1, self.next());
                    }
                }
            }
            Node::Look { ahead, wanted, node } => {
                let direction = if *ahead { Direction::Onwards } else { Direction::Back };
                let program = Program::new(node, direction);
                self.steps.push(Step::Look { program, wanted: *wanted });
            }
            Node::Start => self.steps.push(Step::AtStart),
            Node::End => self.steps.push(Step::AtEnd),
        }
    }

    /// Where the match from `at` ends that Python would find.
    pub(super) fn first_match(&self, text: &str, at: usize) -> Option<usize> {
        self.run(text, at, |_| true)
    }

    /// Of all matches from `at`, the end that lies furthest in the program's direction.
    pub(super) fn furthest_match(&self, text: &str, at: usize) -> Option<usize> {
        let mut furthest: Option<usize> = None;
        self.run(text, at, |end| {
            furthest = Some(match (furthest, self.direction) {
                (None, _) => end,
                (Some(other), Direction::Onwards) => other.max(end),
                (Some(other), Direction::Back) => other.min(end),
            });
            false
        });
        furthest
    }

    /// Runs from `at`, offering each match to `accept` in order, until it accepts one.
    fn run(&self, text: &str, at: usize, mut accept: impl FnMut(usize) -> bool) -> Option<usize> {
        // What is left to try, last first.
        let mut ways = vec![(0u32, at)];
        // Places where a branch was already tried, made when first needed.
        let mut tried: Vec<u64> = Vec::new();
        let span = match self.direction {
            Direction::Onwards => text.len() - at,
            Direction::Back => at,
        } + 1;
        while let Some((mut step, mut place)) = ways.pop() {
            loop {
                match &self.steps[step as usize] {
                    Step::Read(set) => {
                        let read = match self.direction {
                            Direction::Onwards => text[place..].chars().next(),
                            Direction::Back => text[..place].chars().next_back(),
                        };
                        match read {
                            Some(c) if set.has(c) => match self.direction {
                                Direction::Onwards => place += c.len_utf8(),
                                Direction::Back => place -= c.len_utf8(),
                            },
                            _ => break,
                        }
                        step += 1;
                    }
                    &Step::Try(first, second) => {
                        if self.repeats > 1 {
                            if tried.is_empty() {
                                tried = vec![0; (self.steps.len() * span).div_ceil(64)];
                            }
                            let bit = step as usize * span + place.abs_diff(at);
                            if tried[bit / 64] >> (bit % 64) & 1 == 1 {
                                break;
                            }
                            tried[bit / 64] |= 1 << (bit % 64);
                        }
                        ways.push((second, place));
                        step = first;
                    }
                    &Step::Jump(to) => step = to,
                    Step::Look { program, wanted } => {
                        if program.first_match(text, place).is_some() != *wanted {
                            break;
                        }
                        step += 1;
                    }
                    Step::AtStart if place == 0 => step += 1,
                    Step::AtEnd if place == text.len() || &text[place..] == "\n" => step += 1,
                    Step::AtStart | Step::AtEnd => break,
                    Step::Found => {
                        if accept(place) {
                            return Some(place);
                        }
                        break;
                    }
                }
            }
        }
        None
    }
}
