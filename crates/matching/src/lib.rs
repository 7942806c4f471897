//! The mentors' directory, requests and answers.
