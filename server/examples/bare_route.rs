//! A bare axum route that returns one file from memory: what `cargo xtask bench results` holds the
//! results page against. Arguments: address, file.

use axum::{Router, body::Bytes, http::header, routing::get};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(address), Some(file)) = (arguments.next(), arguments.next()) else {
        anyhow::bail!("bare_route ADDRESS FILE");
    };
    let body = Bytes::from(std::fs::read(file)?);
    let route = get(move || {
        let body = body.clone();
        async move { ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], body) }
    });
    let listener = tokio::net::TcpListener::bind(address).await?;
    axum::serve(listener, Router::new().route("/", route)).await?;
    Ok(())
}
