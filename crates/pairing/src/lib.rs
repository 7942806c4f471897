//! Assignment and stable matching, with explanations. Pure.
