//! Reader of the road and rail sources: Python files with two literals, one a line.
//!
//! ```text
//! graph=[{1: 1.233, 2: 0.852}, {0: 1.233}, ...]     neighbour: kilometres
//! nodes=[[31.234, 121.473], ...]                    latitude, longitude
//! ```

use crate::error::{DataError, Result};
use atlas_core::geo::LonLat;

/// The source's graph: every edge is listed at both its ends.
#[derive(Debug, Default, PartialEq)]
pub struct Source {
    /// Node positions.
    pub nodes: Vec<LonLat>,
    /// For each node its neighbours with the length in kilometres.
    pub links: Vec<Vec<(u32, f64)>>,
}

/// Reads the text of the source.
pub fn parse(text: &str) -> Result<Source> {
    let mut graph = Literal::of(text, "graph=")?;
    let mut links = Vec::new();
    graph.list(b'[', b']', |p| {
        let mut of_node = Vec::new();
        p.list(b'{', b'}', |p| {
            let neighbour = p.number()? as u32;
            p.expect(b':')?;
            of_node.push((neighbour, p.number()?));
            Ok(())
        })?;
        links.push(of_node);
        Ok(())
    })?;
    let mut list = Literal::of(text, "nodes=")?;
    let mut nodes = Vec::with_capacity(links.len());
    list.list(b'[', b']', |p| {
        let mut pair = [0.0; 2];
        let mut n = 0;
        p.list(b'[', b']', |p| {
            let v = p.number()?;
            if n < 2 {
                pair[n] = v;
            }
            n += 1;
            Ok(())
        })?;
        if n != 2 {
            return Err(p.bad("a node of two numbers"));
        }
        nodes.push(LonLat::new(pair[1], pair[0]));
        Ok(())
    })?;
    if nodes.len() != links.len() {
        return Err(bad(format!("{} nodes, but links of {}", nodes.len(), links.len())));
    }
    if let Some(stray) = links.iter().flatten().find(|(n, _)| *n as usize >= nodes.len()) {
        return Err(bad(format!("a link to node {}, of {}", stray.0, nodes.len())));
    }
    Ok(Source { nodes, links })
}

/// A cursor over one literal.
struct Literal<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Literal<'a> {
    fn of(text: &'a str, name: &str) -> Result<Self> {
        let start = text.find(name).ok_or_else(|| bad(format!("no `{name}`")))?;
        Ok(Self { bytes: text.as_bytes(), at: start + name.len() })
    }

    fn peek(&mut self) -> Option<u8> {
        while self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        self.bytes.get(self.at).copied()
    }

    fn expect(&mut self, byte: u8) -> Result<()> {
        if self.peek() != Some(byte) {
            return Err(self.bad(&format!("`{}`", byte as char)));
        }
        self.at += 1;
        Ok(())
    }

    fn list(&mut self, open: u8, close: u8, mut item: impl FnMut(&mut Self) -> Result<()>) -> Result<()> {
        self.expect(open)?;
        while self.peek() != Some(close) {
            item(self)?;
            if self.peek() == Some(b',') {
                self.at += 1;
            } else if self.peek() != Some(close) {
                return Err(self.bad("a comma"));
            }
        }
        self.at += 1;
        Ok(())
    }

    fn number(&mut self) -> Result<f64> {
        self.peek();
        let rest = &self.bytes[self.at..];
        let len = rest.iter().take_while(|b| b"+-.0123456789eE".contains(b)).count();
        let text = std::str::from_utf8(&rest[..len]).expect("ASCII");
        let value = text.parse().map_err(|_| self.bad("a number"))?;
        self.at += len;
        Ok(value)
    }

    fn bad(&self, wanted: &str) -> DataError {
        bad(format!("byte {} is not {wanted}", self.at))
    }
}

fn bad(cause: String) -> DataError {
    DataError::new(
        "cannot read a network of scgraph_data",
        cause,
        "Its layout differs from the pinned version; look at the file.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_literals() {
        let text = "import x\ngraph=[{1: 1.5, 2: 0.25}, {0: 1.5}, {0: 0.25}]\nnodes=[[31.2, 121.4], [30.0, -120], [1e1, 2]]\nend";
        let read = parse(text).unwrap();
        assert_eq!(read.nodes, [LonLat::new(121.4, 31.2), LonLat::new(-120.0, 30.0), LonLat::new(2.0, 10.0)]);
        assert_eq!(read.links, [vec![(1, 1.5), (2, 0.25)], vec![(0, 1.5)], vec![(0, 0.25)]]);
    }

    #[test]
    fn each_fault_is_told() {
        for (text, fault) in [
            ("nodes=[]", "no `graph=`"),
            ("graph=[{1 2}]\nnodes=[]", "is not `:`"),
            ("graph=[{}]\nnodes=[]", "0 nodes, but links of 1"),
            ("graph=[{7: 1.0}]\nnodes=[[1, 2]]", "a link to node 7"),
            ("graph=[]\nnodes=[[1, 2, 3]]", "a node of two numbers"),
            ("graph=[", "is not"),
        ] {
            let told = parse(text).unwrap_err().to_string();
            assert!(told.contains(fault), "{told}");
        }
    }
}
