//! Surveys and figures.
