//! Releases by the calendar.

use partake_server::release::calendar;
use time::macros::date;

use crate::support::TestSite;

#[tokio::test]
async fn a_release_is_due_on_mondays_and_for_one_of_two_servers() {
    let site = TestSite::new().await;
    let store = &site.state.store;
    let claim = |day| calendar::claim(store, "partake_core", "1.0", day, 7);
    let monday = date!(2026 - 11 - 30);
    assert_eq!(claim(date!(2026 - 11 - 27)).await.expect("a look"), None);
    let (one, other) = tokio::join!(claim(monday), claim(monday));
    let mut claims: Vec<_> = [one, other]
        .into_iter()
        .filter_map(|claim| claim.expect("a look"))
        .collect();
    assert_eq!(claims.len(), 1, "one of them makes the release");
    assert_eq!(claim(date!(2026 - 12 - 06)).await.expect("a look"), None);

    // An attempt that failed is made again.
    let failed = claims.remove(0);
    failed.give_back(store).await.expect("it is given back");
    assert!(claim(monday).await.expect("a look").is_some());
    assert!(
        claim(date!(2026 - 12 - 07))
            .await
            .expect("a look")
            .is_some()
    );
}
