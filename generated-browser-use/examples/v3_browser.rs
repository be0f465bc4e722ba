//! Starts a browser without a proxy, and tells a full house from other failures.
//!
//! `BROWSER_USE_API_KEY=… cargo run --example v3_browser`

use browser_use_client::v3::Client;
use browser_use_client::v3::resources::browsers::CreateError;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    // `None` sends `null`: no proxy. Not calling it would leave the choice to the API, which takes one in the US.
    match client.browsers().create().proxy_country_code(None).timeout(60).await {
        Ok(browser) => println!("{} is {} until {}", browser.id, browser.status, browser.timeout_at),
        Err(error) => match error.declared::<CreateError>() {
            Some(CreateError::TooManyRequests(body)) => println!("too many browsers: {:?}", body.detail),
            _ => return Err(error.into()),
        },
    }
    Ok(())
}
