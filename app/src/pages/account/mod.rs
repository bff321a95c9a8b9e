//! Signing in, and what an account can see and change about itself.

mod delete;
mod enter;
mod home;
mod password;

pub use delete::{DeletePage, DeletePageProps};
pub use enter::{Draft, EnterPage, EnterPageProps};
pub use home::{ContributionView, HomePage, HomePageProps};
pub use password::{PasswordPage, PasswordPageProps};
