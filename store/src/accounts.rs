//! Accounts of the discussion.

use partake_core::forum::{Role, handle::shape};
use std::collections::HashSet;

use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, UpdateMany,
    sea_query::Expr,
};

use crate::{
    Store, StoreError,
    entity::{account, session},
    error::is_duplicate,
    forum::{ForumError, forget, sql},
};

const ACTIVE: &str = "active";
const SUSPENDED: &str = "suspended";
const DELETED: &str = "deleted";

/// An account to be made. The caller draws the id and hashes the password.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Random id.
    pub id: String,
    /// Handle as typed.
    pub handle: String,
    /// Handle in the form in which two handles are compared.
    pub handle_folded: String,
    /// Password hash as a PHC string.
    pub password_hash: String,
    /// What it is trusted with.
    pub role: Role,
    /// UTC milliseconds.
    pub created_ms: i64,
}

/// An account that is not deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Random id.
    pub id: String,
    /// Handle as typed.
    pub handle: String,
    /// Password hash as a PHC string.
    pub password_hash: String,
    /// What it is trusted with.
    pub role: Role,
    /// May read, sign in, export and delete the account, and nothing else.
    pub suspended: bool,
    /// UTC milliseconds.
    pub created_ms: i64,
}

impl Store {
    /// Makes an account. No other account may have its handle, or one that looks the same.
    ///
    /// # Errors
    /// [`StoreError::HandleTaken`].
    pub async fn create_account(&self, new: NewAccount) -> Result<(), StoreError> {
        let (id, shape) = (new.id.clone(), shape(&new.handle));
        let tx = self.begin().await?;
        let row = account::ActiveModel {
            id: Set(new.id),
            handle: Set(Some(new.handle)),
            handle_folded: Set(Some(new.handle_folded)),
            password_hash: Set(Some(new.password_hash)),
            role: Set(new.role.as_str().to_owned()),
            state: Set(ACTIVE.to_owned()),
            created_ms: Set(new.created_ms),
        };
        match account::Entity::insert(row)
            .exec_without_returning(&tx)
            .await
        {
            Ok(_) => {}
            Err(error) if is_duplicate(&error) => return Err(StoreError::HandleTaken),
            Err(error) => return Err(error.into()),
        }
        let sql = "INSERT INTO handle_shape (shape, account_id) VALUES ($1, $2)
            ON CONFLICT (shape) DO NOTHING";
        if sql::run(&tx, sql, [shape.into(), id.into()]).await? == 0 {
            return Err(StoreError::HandleTaken);
        }
        tx.commit().await?;
        Ok(())
    }

    /// Gives accounts made before shapes were kept their shape; where two look the same, the
    /// older keeps it and nobody loses a handle.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn shape_earlier_handles(&self) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        let found = sql::all(
            &tx,
            "SELECT a.id, a.handle FROM account a
            LEFT JOIN handle_shape s ON s.account_id = a.id
            WHERE a.handle IS NOT NULL AND s.shape IS NULL ORDER BY a.created_ms, a.id",
            [],
        )
        .await?;
        for row in found {
            let (id, handle): (String, String) =
                (row.try_get("", "id")?, row.try_get("", "handle")?);
            sql::run(
                &tx,
                "INSERT INTO handle_shape (shape, account_id) VALUES ($1, $2)
                ON CONFLICT DO NOTHING",
                [shape(&handle).into(), id.into()],
            )
            .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Every account that is not deleted, by handle, with whether it has a second step.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn accounts(&self) -> Result<Vec<(Account, bool)>, StoreError> {
        let stepped: HashSet<String> =
            sql::all(self.db.read(), "SELECT account_id FROM second_step", [])
                .await?
                .iter()
                .map(|row| row.try_get("", "account_id"))
                .collect::<Result<_, _>>()?;
        account::Entity::find()
            .filter(account::Column::State.ne(DELETED))
            .order_by_asc(account::Column::HandleFolded)
            .all(self.db.read())
            .await?
            .into_iter()
            .filter_map(|row| {
                let account = read(row).transpose()?;
                Some(account.map(|account| {
                    let stepped = stepped.contains(&account.id);
                    (account, stepped)
                }))
            })
            .collect()
    }

    /// The account of a handle, in its compared form.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn account_by_handle(&self, folded: &str) -> Result<Option<Account>, StoreError> {
        account::Entity::find()
            .filter(account::Column::HandleFolded.eq(folded))
            .one(self.db.read())
            .await?
            .and_then(|row| read(row).transpose())
            .transpose()
    }

    /// The account of an id; none when it is deleted.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn account_by_id(&self, id: &str) -> Result<Option<Account>, StoreError> {
        account::Entity::find_by_id(id)
            .one(self.db.read())
            .await?
            .and_then(|row| read(row).transpose())
            .transpose()
    }

    /// Changes the password hash.
    ///
    /// # Errors
    /// [`StoreError::UnknownAccount`].
    pub async fn set_password(&self, id: &str, password_hash: &str) -> Result<(), StoreError> {
        let update = account::Entity::update_many()
            .col_expr(account::Column::PasswordHash, Expr::value(password_hash));
        self.change_account(id, update).await
    }

    /// Changes what the account is trusted with.
    ///
    /// # Errors
    /// [`StoreError::UnknownAccount`].
    pub async fn set_role(&self, id: &str, role: Role) -> Result<(), StoreError> {
        let update = account::Entity::update_many()
            .col_expr(account::Column::Role, Expr::value(role.as_str()));
        self.change_account(id, update).await
    }

    /// Changes what the account is trusted with, and ends its sessions: none that began with
    /// other rights goes on.
    ///
    /// # Errors
    /// [`StoreError::UnknownAccount`]; [`StoreError::LastOwner`] when the site would be left
    /// without one.
    pub async fn change_role(&self, id: &str, role: Role) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        // Two owners who step down at once wait for each other here.
        sql::run(
            &tx,
            "UPDATE account SET role = role WHERE role = 'owner'",
            [],
        )
        .await?;
        let left = "SELECT 1 AS one FROM account WHERE id <> $1 AND role = 'owner'
            AND state = 'active' LIMIT 1";
        let owner = "SELECT 1 AS one FROM account WHERE id = $1 AND role = 'owner'";
        if role != Role::Owner
            && sql::one(&tx, owner, [id.into()]).await?.is_some()
            && sql::one(&tx, left, [id.into()]).await?.is_none()
        {
            return Err(StoreError::LastOwner);
        }
        let changed = sql::run(
            &tx,
            "UPDATE account SET role = $1 WHERE id = $2 AND state <> 'deleted'",
            [role.as_str().into(), id.into()],
        )
        .await?;
        if changed == 0 {
            return Err(StoreError::UnknownAccount);
        }
        session::Entity::delete_many()
            .filter(session::Column::AccountId.eq(id))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Suspends the account.
    ///
    /// # Errors
    /// [`StoreError::UnknownAccount`].
    pub async fn suspend_account(&self, id: &str) -> Result<(), StoreError> {
        let update =
            account::Entity::update_many().col_expr(account::Column::State, Expr::value(SUSPENDED));
        self.change_account(id, update).await
    }

    /// Ends a suspension.
    ///
    /// # Errors
    /// [`StoreError::UnknownAccount`].
    pub async fn reinstate_account(&self, id: &str) -> Result<(), StoreError> {
        let update =
            account::Entity::update_many().col_expr(account::Column::State, Expr::value(ACTIVE));
        self.change_account(id, update).await
    }

    /// Deletes the account: handle and password hash are erased, its sessions end, and its name is
    /// taken from everything it wrote, reported or decided. The row stays without a name.
    ///
    /// # Errors
    /// [`StoreError::UnknownAccount`].
    pub async fn delete_account(&self, id: &str) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        forget(&tx, id).await.map_err(|error| match error {
            ForumError::Store(error) => error,
            other => StoreError::inconsistent(other.to_string()),
        })?;
        let none = || Expr::value(None::<String>);
        let done = account::Entity::update_many()
            .col_expr(account::Column::Handle, none())
            .col_expr(account::Column::HandleFolded, none())
            .col_expr(account::Column::PasswordHash, none())
            .col_expr(account::Column::Role, Expr::value(Role::Member.as_str()))
            .col_expr(account::Column::State, Expr::value(DELETED))
            .filter(account::Column::Id.eq(id))
            .filter(account::Column::State.ne(DELETED))
            .exec(&tx)
            .await?;
        if done.rows_affected == 0 {
            return Err(StoreError::UnknownAccount);
        }
        session::Entity::delete_many()
            .filter(session::Column::AccountId.eq(id))
            .exec(&tx)
            .await?;
        for sql in [
            "DELETE FROM handle_shape WHERE account_id = $1",
            "DELETE FROM recovery_code WHERE account_id = $1",
            "DELETE FROM second_step WHERE account_id = $1",
            "DELETE FROM account_mail WHERE account_id = $1",
            "DELETE FROM password_due WHERE account_id = $1",
        ] {
            sql::run(&tx, sql, [id.into()]).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// True when somebody runs this site.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn any_owner_exists(&self) -> Result<bool, StoreError> {
        let owner: Option<String> = account::Entity::find()
            .select_only()
            .column(account::Column::Id)
            .filter(account::Column::Role.eq(Role::Owner.as_str()))
            .filter(account::Column::State.ne(DELETED))
            .limit(1)
            .into_tuple()
            .one(self.db.read())
            .await?;
        Ok(owner.is_some())
    }

    async fn change_account(
        &self,
        id: &str,
        update: UpdateMany<account::Entity>,
    ) -> Result<(), StoreError> {
        let done = update
            .filter(account::Column::Id.eq(id))
            .filter(account::Column::State.ne(DELETED))
            .exec(self.db.write())
            .await?;
        match done.rows_affected {
            0 => Err(StoreError::UnknownAccount),
            _ => Ok(()),
        }
    }
}

fn read(row: account::Model) -> Result<Option<Account>, StoreError> {
    let suspended = match row.state.as_str() {
        ACTIVE => false,
        SUSPENDED => true,
        DELETED => return Ok(None),
        other => return Err(StoreError::inconsistent(format!("account state {other}"))),
    };
    let role = row
        .role
        .parse()
        .map_err(|_| StoreError::inconsistent(format!("account role {}", row.role)))?;
    let (Some(handle), Some(password_hash)) = (row.handle, row.password_hash) else {
        return Err(StoreError::inconsistent(
            "account without handle or password",
        ));
    };
    Ok(Some(Account {
        id: row.id,
        handle,
        password_hash,
        role,
        suspended,
        created_ms: row.created_ms,
    }))
}
