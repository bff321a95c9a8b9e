//! A database of a test's own on the PostgreSQL server that is named.

use partake_store::Store;
use sea_orm::ConnectionTrait as _;

use crate::runtime;

pub(crate) struct Database {
    server: String,
    name: String,
}

impl Database {
    /// `None` where tests without PostgreSQL were asked for.
    pub(crate) fn create(purpose: &str) -> Option<Self> {
        let Ok(server) = std::env::var("PARTAKE_TEST_POSTGRES") else {
            assert_eq!(
                std::env::var("PARTAKE_TEST_SKIP_POSTGRES").as_deref(),
                Ok("1"),
                "PARTAKE_TEST_POSTGRES must name a server"
            );
            return None;
        };
        let name = format!("partake_{purpose}_{}", std::process::id());
        let database = Self { server, name };
        database.run(&format!("CREATE DATABASE {}", database.name));
        Some(database)
    }

    pub(crate) fn url(&self) -> String {
        let (base, _) = self
            .server
            .rsplit_once('/')
            .expect("an address with a database");
        format!("{base}/{}", self.name)
    }

    fn run(&self, statement: &str) {
        runtime().block_on(async {
            let store = Store::connect(&self.server).await.expect("it opens");
            let done = store.connection().execute_unprepared(statement).await;
            done.expect("it may create databases");
        });
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.run(&format!("DROP DATABASE {} WITH (FORCE)", self.name));
    }
}
