//! The calls through the generated client, as its users write them.

use browserbase_client::Client;
use browserbase_client::types::{BrowserbaseProxyConfig, ProxyConfig, Region};

use super::contender::{Call, Caller, Running};
use super::{KEY, SESSION};
use crate::Failure;

pub(super) struct Calls {
    client: Client,
    call: Call,
}

impl Calls {
    pub(super) fn new(base_url: &str, call: Call) -> Result<Self, Failure> {
        let client = Client::builder().api_key(KEY).base_url(base_url).build()?;
        Ok(Self { client, call })
    }
}

impl Caller for Calls {
    fn repeat(&mut self, calls: u32) -> Running<'_> {
        Box::pin(async move {
            for _ in 0..calls {
                match self.call {
                    Call::Get => check(&get(&self.client).await?)?,
                    Call::Create => check(&create(&self.client).await?)?,
                }
            }
            Ok(())
        })
    }
}

async fn get(client: &Client) -> Result<String, browserbase_client::Error> {
    Ok(client.sessions().get(SESSION).await?.id)
}

async fn create(client: &Client) -> Result<String, browserbase_client::Error> {
    let call = client.sessions().create().region(Region::EuCentral1).keep_alive(true);
    let proxy = ProxyConfig::from(BrowserbaseProxyConfig::new().domain_pattern("*.shop"));
    let call = call.proxies([proxy]).user_metadata([("team", "growth")]);
    Ok(call.await?.id)
}

/// The answer is the one that was sent.
fn check(id: &str) -> Result<(), Failure> {
    if id == SESSION {
        Ok(())
    } else {
        Err(format!("the session is {id}").into())
    }
}
