//! Every letter the program sends.
