//! Reports to the Board.
