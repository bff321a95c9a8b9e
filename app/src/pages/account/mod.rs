//! Signing in, and what an account can see and change about itself.

mod activity;
mod delete;
mod enter;
mod home;
mod mail;
mod password;
mod recover;
mod recovery_codes;
mod second_step;
mod sessions;
mod two_step;

pub use activity::{
    ReportView, ReportsPage, ReportsPageProps, VoteView, VotesPage, VotesPageProps,
};
pub use delete::{DeletePage, DeletePageProps};
pub use enter::{Draft, EnterPage, EnterPageProps};
pub use home::{ContributionView, HomePage, HomePageProps, Safeguards};
pub use mail::{MailPage, MailPageProps, MailState};
pub use password::{PasswordPage, PasswordPageProps};
pub use recover::{RecoverPage, RecoverPageProps};
pub use recovery_codes::{RecoveryCodesPage, RecoveryCodesPageProps};
pub use second_step::{SecondStepPage, SecondStepPageProps};
pub use sessions::{SessionView, SessionsPage, SessionsPageProps};
pub use two_step::{TwoStepPage, TwoStepPageProps, TwoStepState};
