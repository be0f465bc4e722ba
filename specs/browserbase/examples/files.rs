//! Uploads a file into a running session, and saves what the session has downloaded.
//!
//! `BROWSERBASE_API_KEY=… cargo run --example files -- <session id> <file>`

use browserbase_client::{Client, Upload};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(session), Some(path)) = (arguments.next(), arguments.next()) else {
        return Err("usage: files <session id> <file>".into());
    };
    let client = Client::from_env()?;

    let uploaded = client.sessions().upload_file(&session, Upload::from_path(path).await?).await?;
    println!("{}", uploaded.message);

    client.sessions().get_downloads(&session).await?.save_to("downloads.zip").await?;
    println!("saved downloads.zip");
    Ok(())
}
