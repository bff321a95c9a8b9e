//! Plausible respondents.
