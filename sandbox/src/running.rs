//! Starting and stopping all hosts together.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::listener::{Cut, Lines};
use crate::options::{Addresses, Options};
use crate::pay::payment_page;
use crate::sandbox::{Sandbox, Setup};
use crate::{app, hosts};

/// Why a sandbox could not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// Somebody else listens there.
    #[error("port {port}, wanted for the {what}, is taken; choose another with `PORT=… make demo` or `--port`, or stop what listens there")]
    PortTaken {
        /// The port.
        port: u16,
        /// What was to listen there.
        what: &'static str,
    },
    /// Listening failed for another reason.
    #[error("cannot listen on port {port} for the {what}")]
    Listen {
        /// The port.
        port: u16,
        /// What was to listen there.
        what: &'static str,
        /// What the system says.
        #[source]
        source: io::Error,
    },
}

/// A running sandbox. Dropping it leaves it running until the program ends; [`Running::stop`] ends it.
#[derive(Debug)]
pub struct Running {
    /// Where to find it.
    pub addresses: Addresses,
    state: Sandbox,
    stop: watch::Sender<bool>,
    hosts: Vec<JoinHandle<io::Result<()>>>,
}

impl Running {
    /// The state behind the API, for tests in the same process.
    #[must_use]
    pub fn state(&self) -> Sandbox {
        self.state.clone()
    }

    /// Stops all hosts. Answers under way have half a second to leave.
    pub async fn stop(self) {
        // Nobody listening any more is what is wanted.
        let _ = self.stop.send(true);
        for mut host in self.hosts {
            if tokio::time::timeout(Duration::from_millis(500), &mut host).await.is_err() {
                host.abort();
            }
        }
    }
}

/// Starts all hosts on loopback.
///
/// # Errors
/// [`StartError::PortTaken`] and [`StartError::Listen`], naming the port; then nothing is left running.
pub async fn start(options: Options) -> Result<Running, StartError> {
    let ports = options.ports;
    let site = match &options.site {
        Some(_) => Some(listen(ports.site, "demo site").await?),
        None => None,
    };
    let cdn = match &options.cdn {
        Some(_) => Some(listen(ports.cdn, "CDN").await?),
        None => None,
    };
    let api = listen(ports.api, "API").await?;
    let pay = listen(ports.pay, "payment page").await?;
    let addresses = Addresses {
        site: origin(site.as_ref().map_or(ports.site, |host| host.port)),
        cdn: origin(cdn.as_ref().map_or(ports.cdn, |host| host.port)),
        api: origin(api.port),
        pay: origin(pay.port),
    };
    let state = Sandbox::new(Setup {
        addresses: addresses.clone(),
        wire: options.wire,
        seed: options.seed,
        allowed_origins: options.allowed_origins,
        pace: options.pace,
        panel: options.panel,
    });
    let (stop, stopped) = watch::channel(false);
    let mut running = Running { addresses: addresses.clone(), state: state.clone(), stop, hosts: Vec::new() };
    let mut serve = |host: Host, app: Router| {
        for listener in host.listeners {
            running.hosts.push(tokio::spawn(run(listener, app.clone(), stopped.clone())));
        }
    };
    serve(api, app(state.clone()));
    serve(pay, payment_page(state));
    if let (Some(host), Some(folder)) = (site, options.site) {
        serve(host, hosts::site::app(folder, addresses.clone()));
    }
    if let (Some(host), Some(folder)) = (cdn, options.cdn) {
        serve(host, hosts::cdn::app(folder, addresses));
    }
    Ok(running)
}

async fn run(listener: TcpListener, app: Router, mut stopped: watch::Receiver<bool>) -> io::Result<()> {
    let until = async move {
        // The sender is gone only when the sandbox is: that is not a reason to stop a server somebody may still be using.
        if stopped.wait_for(|stopped| *stopped).await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    axum::serve(Lines(listener), app.into_make_service_with_connect_info::<Cut>()).with_graceful_shutdown(until).await
}

/// One port, on both loopback addresses where there are two: browsers try `::1` first for `localhost`.
struct Host {
    port: u16,
    listeners: Vec<TcpListener>,
}

async fn listen(port: u16, what: &'static str) -> Result<Host, StartError> {
    let refused = |port: u16, source: io::Error| match source.kind() {
        io::ErrorKind::AddrInUse => StartError::PortTaken { port, what },
        _ => StartError::Listen { port, what, source },
    };
    // A free port of one address may be taken on the other, so some tries are needed when any port will do.
    for _ in 0..16 {
        let four = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|source| refused(port, source))?;
        let chosen = four.local_addr().map(|address: SocketAddr| address.port()).map_err(|source| refused(port, source))?;
        match TcpListener::bind((Ipv6Addr::LOCALHOST, chosen)).await {
            Ok(six) => return Ok(Host { port: chosen, listeners: vec![four, six] }),
            Err(source) if source.kind() == io::ErrorKind::AddrInUse && port == 0 => {}
            Err(source) if source.kind() == io::ErrorKind::AddrInUse => return Err(refused(chosen, source)),
            // No IPv6 on this machine.
            Err(_) => return Ok(Host { port: chosen, listeners: vec![four] }),
        }
    }
    Err(StartError::PortTaken { port, what })
}

fn origin(port: u16) -> String {
    if port == 0 { String::new() } else { format!("http://localhost:{port}") }
}
