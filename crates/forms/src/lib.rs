//! The committee's forms.
