//! Starts a browser in Frankfurt, prints where to connect to it, and asks it to end.
//!
//! `BROWSERBASE_API_KEY=… cargo run --example session`

use browserbase_client::Client;
use browserbase_client::types::{BrowserbaseProxyConfig, Geolocation, ProxyConfig, Region, SessionStatusUpdate};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let berlin = BrowserbaseProxyConfig::new().geolocation(Geolocation::new("DE").city("Berlin"));
    let created = client
        .sessions()
        .create()
        .region(Region::EuCentral1)
        .timeout(300)
        .proxies([ProxyConfig::from(berlin)])
        .user_metadata([("team", "growth")])
        .await;
    let session = match created {
        Ok(session) => session,
        Err(error) if error.is_rate_limited() => {
            eprintln!("the project runs as many sessions as it may; wait {:?}", error.retry_after());
            return Err(error.into());
        }
        Err(error) => return Err(error.into()),
    };
    println!("{} is {}: connect to {}", session.id, session.status, session.connect_url);

    let ended = client.sessions().update(&session.id, SessionStatusUpdate::RequestRelease).await?;
    println!("{} is {}", ended.id, ended.status);
    Ok(())
}
