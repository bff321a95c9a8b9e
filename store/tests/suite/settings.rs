use crate::engines::on_both_engines;

on_both_engines! {
    async fn a_setting_keeps_its_first_value(store: Store) {
        assert_eq!(store.setting("key").await.unwrap(), None);
        assert_eq!(store.setting_or_insert("key", b"first").await.unwrap(), b"first");
        assert_eq!(store.setting_or_insert("key", b"second").await.unwrap(), b"first");
        assert_eq!(store.setting("key").await.unwrap(), Some(b"first".to_vec()));
        assert_eq!(store.setting_or_insert("other", b"x").await.unwrap(), b"x");
    }

    async fn instances_that_start_together_agree_on_a_setting(store: Store) {
        let starts: Vec<_> = (0..16u8)
            .map(|n| {
                let store = store.clone();
                tokio::spawn(async move { store.setting_or_insert("key", &[n]).await.unwrap() })
            })
            .collect();
        let mut values = Vec::new();
        for start in starts {
            values.push(start.await.unwrap());
        }
        values.dedup();
        assert_eq!(values.len(), 1, "{values:?}");
    }
}
