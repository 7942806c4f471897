//! Pages for paper: tagged PDF with headings, tables and charts.
