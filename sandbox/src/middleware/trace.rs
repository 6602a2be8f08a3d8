//! Which request is being answered, for whoever needs to name it while answering.

use std::future::Future;

tokio::task_local! {
    static CURRENT: Trace;
}

#[derive(Debug, Clone)]
struct Trace {
    number: u64,
    path: String,
}

/// Runs `work` as part of the request `number`.
pub(crate) async fn scope<T>(number: u64, path: String, work: impl Future<Output = T>) -> T {
    CURRENT.scope(Trace { number, path }, work).await
}

/// The number of the current request; 0 outside of any.
pub(crate) fn number() -> u64 {
    CURRENT.try_with(|trace| trace.number).unwrap_or_default()
}

/// The id that problem documents carry.
pub(crate) fn id() -> String {
    format!("sandbox-{:06}", number())
}

/// The path of the current request.
pub(crate) fn path() -> String {
    CURRENT.try_with(|trace| trace.path.clone()).unwrap_or_default()
}
