//! People, the roster, standing.
