use partake_core::instrument::{Instrument, canonical_json};
use partake_store::{Published, StoreError};

use crate::{
    engines::on_both_engines,
    samples::{NOW, SURVEY},
};

on_both_engines! {
    async fn publishing_is_idempotent_and_a_version_never_changes(store: Store) {
        let publish = |json| store.publish_instrument(SURVEY, "1.0.0", json, NOW);
        assert_eq!(publish("{\"a\":1}").await.unwrap(), Published::New);
        assert_eq!(publish("{\"a\":1}").await.unwrap(), Published::Already);
        let other = publish("{\"a\":2}").await;
        assert!(matches!(other, Err(StoreError::VersionChanged(ref v)) if v == "1.0.0"));
        let wave = store.wave(SURVEY, "1.0.0").await.unwrap().unwrap();
        assert_eq!(wave.instrument, "{\"a\":1}");
        assert_eq!((wave.number, wave.open), (1, true));
        assert_eq!(wave.created, "2026-11-24");
    }

    async fn a_published_version_takes_how_a_hypothesis_is_computed_and_nothing_else(store: Store) {
        let source = include_str!("../../../instruments/partake_core/instrument.yaml");
        let measured = partake_core::instrument::load(source).unwrap();
        let mut described = measured.clone();
        for hypothesis in &mut described.hypotheses {
            hypothesis.measure = None;
        }
        let publish = async |instrument: &Instrument| {
            let json = canonical_json(instrument);
            store.publish_instrument(SURVEY, "1.0.0", &json, NOW).await
        };
        assert_eq!(publish(&described).await.unwrap(), Published::New);
        assert_eq!(publish(&measured).await.unwrap(), Published::Completed);
        let stored = store.wave(SURVEY, "1.0.0").await.unwrap().unwrap().instrument;
        assert_eq!(stored, canonical_json(&measured));
        assert_eq!(publish(&measured).await.unwrap(), Published::Already);

        let mut otherwise = measured.clone();
        otherwise.hypotheses[0].measure = measured.hypotheses[1].measure.clone();
        let mut reworded = measured.clone();
        reworded.hypotheses[0].test.push('!');
        for changed in [otherwise, reworded, described] {
            let refused = publish(&changed).await;
            assert!(matches!(refused, Err(StoreError::VersionChanged(_))), "{refused:?}");
        }
    }

    async fn instances_that_publish_at_once_agree(store: Store) {
        let starts: Vec<_> = (0..8)
            .map(|_| {
                let store = store.clone();
                tokio::spawn(async move {
                    store.publish_instrument(SURVEY, "1.0.0", "{}", NOW).await.unwrap()
                })
            })
            .collect();
        let mut new = 0;
        for start in starts {
            new += usize::from(start.await.unwrap() == Published::New);
        }
        assert_eq!(new, 1);
        assert_eq!(store.waves(SURVEY).await.unwrap().len(), 1);
    }

    async fn people_start_on_the_newest_open_version_and_can_finish_on_an_older(store: Store) {
        for version in ["1.0.0", "1.10.0", "1.9.0"] {
            store.publish_instrument(SURVEY, version, "{}", NOW).await.unwrap();
        }
        let current = || async { store.current_wave(SURVEY).await.unwrap().map(|w| w.version) };
        assert_eq!(current().await.as_deref(), Some("1.9.0"));
        store.close_wave(SURVEY, "1.9.0").await.unwrap();
        assert_eq!(current().await.as_deref(), Some("1.10.0"));
        assert!(!store.wave(SURVEY, "1.9.0").await.unwrap().unwrap().open);
        for version in ["1.0.0", "1.10.0"] {
            store.close_wave(SURVEY, version).await.unwrap();
        }
        assert_eq!(current().await.as_deref(), Some("1.9.0"), "its pages stay");
        let versions: Vec<_> =
            store.waves(SURVEY).await.unwrap().into_iter().map(|w| w.version).collect();
        assert_eq!(versions, ["1.0.0", "1.10.0", "1.9.0"]);
        let missing = store.close_wave(SURVEY, "7").await;
        assert!(matches!(missing, Err(StoreError::UnknownWave)));
    }

    async fn a_closed_survey_takes_nothing_on_any_version(store: Store) {
        for (survey, version) in [(SURVEY, "1"), (SURVEY, "2"), ("another", "1")] {
            store.publish_instrument(survey, version, "{}", NOW).await.unwrap();
        }
        assert_eq!(store.close_survey(SURVEY).await.unwrap(), 2);
        assert_eq!(store.close_survey(SURVEY).await.unwrap(), 0, "closed already");
        let open: Vec<_> = store.standings().await.unwrap().into_iter().filter(|s| s.open).collect();
        assert_eq!(open.len(), 1);
        assert_eq!(open[0].survey, "another");
        let missing = store.close_survey("missing").await;
        assert!(matches!(missing, Err(StoreError::UnknownSurvey)));
    }

    async fn standings_say_what_pages_are_about_and_where_people_may_finish(store: Store) {
        for (survey, version) in [(SURVEY, "1"), ("another", "1"), (SURVEY, "2")] {
            store.publish_instrument(survey, version, "{}", NOW).await.unwrap();
        }
        store.close_wave("another", "1").await.unwrap();
        let said: Vec<_> = store
            .standings()
            .await
            .unwrap()
            .into_iter()
            .map(|s| (s.survey, s.version, s.featured, s.current, s.open))
            .collect();
        let row = |survey: &str, version: &str, featured, current, open| {
            (survey.to_owned(), version.to_owned(), featured, current, open)
        };
        assert_eq!(
            said,
            [
                row(SURVEY, "2", true, true, true),
                row(SURVEY, "1", true, false, true),
                row("another", "1", false, true, false),
            ]
        );
    }

    async fn the_first_survey_is_featured_until_another_is(store: Store) {
        for survey in ["roles", "another"] {
            store.publish_instrument(survey, "1", "{}", NOW).await.unwrap();
        }
        let slugs = || async {
            let surveys = store.surveys().await.unwrap();
            assert_eq!(surveys.iter().filter(|s| s.featured).count(), 1);
            surveys.into_iter().map(|s| s.slug).collect::<Vec<_>>()
        };
        assert_eq!(slugs().await, ["roles", "another"]);
        store.feature_survey("another").await.unwrap();
        assert_eq!(slugs().await, ["another", "roles"]);
        let missing = store.feature_survey("missing").await;
        assert!(matches!(missing, Err(StoreError::UnknownSurvey)));
        assert_eq!(slugs().await, ["another", "roles"]);
        assert!(store.current_wave("missing").await.unwrap().is_none());
    }
}
