//! Starts a sandbox, says where it is, and runs until it is interrupted.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

use insurup_sandbox::{Options, Panel, Ports, SCENARIOS, start};

const USAGE: &str = "\
insurup-sandbox: a local InsurUp with an insurer's payment page

  --port N            demo site on N, CDN on N+1, API on N+2, payment page on N+3; 0 takes free ones (8800)
  --wire FORM         current, guide or both (current)
  --panel WHO         market, the insurers an agency meets, or invented, the fourteen of the demo (market)
  --seed N            decides prices, order of arrival, ids and codes (1)
  --pace F            multiplies how long offers take; 0.1 is ten times as fast (1.0)
  --allow-origin URL  another origin whose pages may call the API; can be given again
  --site DIR          serve the demo site from DIR
  --cdn DIR           serve the assets from DIR
";

#[tokio::main]
async fn main() -> ExitCode {
    let options = match read(lexopt::Parser::from_env()) {
        Ok(Some(options)) => options,
        Ok(None) => return say(&help()),
        Err(error) => return complain(&format!("{error}\n\n{USAGE}")),
    };
    let running = match start(options).await {
        Ok(running) => running,
        Err(error) => return complain(&format!("{error}\n")),
    };
    let addresses = serde_json::to_string(&running.addresses).unwrap_or_default();
    say(&format!("{addresses}\n"));
    interrupted().await;
    running.stop().await;
    ExitCode::SUCCESS
}

/// How to start it, and what can be seen once it runs.
fn help() -> String {
    let mut help = format!("{USAGE}\nScenarios, chosen by the header X-Sandbox-Scenario, by POST /__sandbox/settings, or as given:\n\n");
    for scenario in SCENARIOS {
        // Writing into a String does not fail.
        let _ = writeln!(help, "  {:<22}{:<26}{}", scenario.name, scenario.how.to_string(), scenario.what);
    }
    help
}

/// The options given; nothing when help was asked for.
fn read(mut arguments: lexopt::Parser) -> Result<Option<Options>, lexopt::Error> {
    use lexopt::prelude::*;
    let mut options = Options { ports: Ports::starting_at(8800), panel: Panel::Market, ..Options::default() };
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("port") => options.ports = Ports::starting_at(arguments.value()?.parse()?),
            Long("wire") => options.wire = arguments.value()?.parse()?,
            Long("panel") => options.panel = arguments.value()?.parse()?,
            Long("seed") => options.seed = arguments.value()?.parse()?,
            Long("pace") => options.pace = arguments.value()?.parse()?,
            Long("allow-origin") => options.allowed_origins.push(arguments.value()?.string()?),
            Long("site") => options.site = Some(arguments.value()?.into()),
            Long("cdn") => options.cdn = Some(arguments.value()?.into()),
            Long("help") | Short('h') => return Ok(None),
            _ => return Err(argument.unexpected()),
        }
    }
    Ok(Some(options))
}

/// Waits for Ctrl-C, or for whoever started this to end it politely.
async fn interrupted() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        }
        return;
    }
    // Without a handler there is nothing to wait for but the end.
    let _ = interrupt.await;
}

fn say(text: &str) -> ExitCode {
    let mut out = std::io::stdout();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn complain(text: &str) -> ExitCode {
    // When not even this can be said, the exit code has to do.
    let _ = std::io::stderr().write_all(text.as_bytes());
    ExitCode::from(2)
}
