//! The pages about the site itself, and the small files that every site has.

mod about;
mod accessibility;
mod entrance;
mod landing;
mod language;
mod privacy;
mod robots;
mod rules;
mod security_txt;

use axum::{Router, middleware::from_fn_with_state, routing::get};
use partake_app::pages::site::Operator;

use crate::{config::Config, state::AppState};

/// `state` is needed by the layer that remembers a chosen language.
pub fn router(state: &AppState) -> Router<AppState> {
    let pages = Router::new()
        .route("/{lang}", get(landing::show))
        .route("/{lang}/s/{survey}", get(landing::survey))
        .route("/{lang}/about", get(about::show))
        .route("/{lang}/accessibility", get(accessibility::show))
        .route("/{lang}/privacy", get(privacy::show))
        .route("/{lang}/rules", get(rules::show))
        .route_layer(from_fn_with_state(state.clone(), language::remember));
    Router::new()
        .route("/", get(entrance::choose))
        .route("/robots.txt", get(robots::show))
        .route("/.well-known/security.txt", get(security_txt::show))
        .merge(pages)
}

fn operator(config: &Config) -> Operator {
    let site = &config.site;
    Operator {
        name: site.operator_name.clone(),
        contact: site.operator_contact.clone(),
        hosting_place: site.hosting_place.clone(),
        log_days: site.log_days,
        freeze_date: site.freeze_date.clone(),
    }
}
