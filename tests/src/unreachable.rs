//! Addresses of the loopback interface at which no connection can be made, for as long as the value lives.

#![allow(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a test that cannot go on says so by failing"
)]

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};

use socket2::{Domain, Socket, Type};

/// Refuses every connection: its port is taken, and nothing listens there.
pub struct Refusing(Socket);

impl Refusing {
    /// Takes a port.
    pub fn start() -> Self {
        Self(bound().expect("a free port"))
    }

    /// `http://127.0.0.1:PORT`
    pub fn url(&self) -> String {
        let address = self.0.local_addr().expect("an address");
        format!("http://{}", address.as_socket().expect("an IP address"))
    }
}

/// Listens, but has as many connections waiting as it holds: to those who come it does not answer at all.
pub struct Full {
    listener: TcpListener,
    address: SocketAddr,
    waiting: TcpStream,
}

impl Full {
    /// Fills the queue of a listener.
    pub fn start() -> Self {
        let socket = bound().expect("a free port");
        socket.listen(0).expect("a listener");
        let listener = TcpListener::from(socket);
        let address = listener.local_addr().expect("an address");
        let waiting = TcpStream::connect(address).expect("the one connection that fits");
        Self {
            listener,
            address,
            waiting,
        }
    }

    /// `http://127.0.0.1:PORT`
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Its address.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Lets those in who wait for it: who comes first after the connection that filled the queue.
    pub fn open(self) -> io::Result<SocketAddr> {
        let (_, first) = self.listener.accept()?;
        assert_eq!(first, self.waiting.local_addr()?, "it came before all others");
        let (_, next) = self.listener.accept()?;
        Ok(next)
    }
}

fn bound() -> io::Result<Socket> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into())?;
    Ok(socket)
}
