//! Listening. HTTP/1.1 by hand rather than `axum::serve`, which never drops a client
//! that dribbles its headers.

use std::{net::SocketAddr, time::Duration};

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::net::TcpListener;

use crate::{app::App, audit, network::Peer, post};

/// Answers requests until `stop` is done; requests under way are finished first.
pub async fn listen(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => return,
        };
        match accepted {
            Ok((stream, peer)) => {
                let _ = stream.set_nodelay(true);
                // Each connection knows its other end; limits count by it.
                let router = router.clone().layer(axum::Extension(Peer(peer.ip())));
                let service = TowerToHyperService::new(router);
                tokio::spawn(async move {
                    let connection = http1::Builder::new()
                        .timer(TokioTimer::new())
                        .header_read_timeout(Duration::from_secs(10))
                        .max_buf_size(64 * 1024)
                        .serve_connection(TokioIo::new(stream), service);
                    if let Err(error) = connection.await {
                        tracing::debug!(%error, "a connection ended early");
                    }
                });
            }
            Err(error) => {
                tracing::warn!(%error, "no connection could be taken");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

/// Does the house's own work: jobs and letters, after every change and twice a minute.
pub async fn work(app: App) {
    loop {
        let working = app.clone();
        let done = tokio::task::spawn_blocking(move || {
            let run = working.run_jobs();
            if run.done > 0 {
                tracing::info!(done = run.done, failed = run.failed.len(), "jobs");
            }
            audit::check_daily(&working.db);
            post::send_due(&working)
        })
        .await;
        match done {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::error!(%error, "letters could not be sent"),
            Err(error) => tracing::error!(%error, "jobs stopped halfway"),
        }
        let _ = tokio::time::timeout(Duration::from_secs(30), app.bell.notified()).await;
        // Several changes in a row are worked on together.
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// Binds an address, with words that help when it is taken.
pub async fn bind(address: SocketAddr) -> Result<TcpListener, String> {
    TcpListener::bind(address)
        .await
        .map_err(|error| format!("{address} cannot be used: {error}. Choose another with --listen."))
}
