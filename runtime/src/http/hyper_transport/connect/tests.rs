use super::*;
use io::ErrorKind::{AddrNotAvailable, ConnectionRefused, NetworkUnreachable, TimedOut};

fn failed(kinds: &[io::ErrorKind]) -> Vec<ConnectError> {
    let failures = kinds.iter().zip(1..);
    let errors = failures.map(|(kind, port)| ConnectError::Tcp {
        address: ([127, 0, 0, 1], port).into(),
        error: (*kind).into(),
    });
    errors.collect()
}

#[test]
fn the_error_of_an_address_that_was_reached_is_reported_before_that_of_an_unreachable_one() {
    for (kinds, expected) in [
        (&[ConnectionRefused, NetworkUnreachable][..], "127.0.0.1:1"),
        (&[NetworkUnreachable, ConnectionRefused], "127.0.0.1:2"),
        (
            &[
                AddrNotAvailable,
                TimedOut,
                ConnectionRefused,
                NetworkUnreachable,
            ],
            "127.0.0.1:2",
        ),
        (&[NetworkUnreachable, AddrNotAvailable], "127.0.0.1:1"),
        (&[], "the host has no addresses"),
    ] {
        let error = most_telling(failed(kinds));
        assert_eq!(error.to_string(), expected, "{kinds:?}");
    }
}

/// A stream that has no options of TCP.
#[cfg(unix)]
#[tokio::test]
async fn a_connection_whose_options_cannot_be_set_is_used_without_them() {
    use std::os::fd::OwnedFd;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let (ours, mut theirs) = std::os::unix::net::UnixStream::pair().unwrap();
    ours.set_nonblocking(true).unwrap();
    let ours = std::net::TcpStream::from(OwnedFd::from(ours));
    let ours = TcpStream::from_std(ours).unwrap();
    assert!(ours.set_nodelay(true).is_err());
    let mut ours = tuned(ours);
    std::io::Write::write_all(&mut theirs, b"ping").unwrap();
    let mut read = [0; 4];
    ours.read_exact(&mut read).await.unwrap();
    ours.write_all(b"pong").await.unwrap();
    assert_eq!(&read, b"ping");
    std::io::Read::read_exact(&mut theirs, &mut read).unwrap();
    assert_eq!(&read, b"pong");
}
