//! Starts a session that ends with its task.
//!
//! `BROWSER_USE_API_KEY=… cargo run --example v2_session`

use browser_use_client::v2::Client;
use browser_use_client::v2::types::ProxyCountryCode;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let session = client
        .sessions()
        .create()
        .start_url("https://example.com")
        .proxy_country_code(ProxyCountryCode::De)
        .keep_alive(false)
        .await?;
    println!("{} is {}: watch it at {:?}", session.id, session.status, session.live_url);
    Ok(())
}
