//! Nodes that several texts have in common.

use super::Node;
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// A node whose copies are one. One that stands elsewhere is moved there once somebody looks at it.
#[derive(Clone)]
pub(crate) struct Shared {
    node: Arc<Node>,
    /// How many more bytes are before it.
    moved_by: u32,
    moved: OnceLock<Arc<Node>>,
}

impl Shared {
    /// The same in a text with so many more bytes before it.
    pub fn moved_by(&self, bytes: u32) -> Shared {
        Shared { node: self.node.clone(), moved_by: self.moved_by.wrapping_add(bytes), moved: OnceLock::new() }
    }
}

impl From<Node> for Shared {
    fn from(node: Node) -> Self {
        Shared { node: Arc::new(node), moved_by: 0, moved: OnceLock::new() }
    }
}

impl Deref for Shared {
    type Target = Node;

    fn deref(&self) -> &Node {
        if self.moved_by == 0 {
            return &self.node;
        }
        self.moved.get_or_init(|| {
            let mut node = Node::clone(&self.node);
            node.move_by(self.moved_by);
            Arc::new(node)
        })
    }
}

impl PartialEq for Shared {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
