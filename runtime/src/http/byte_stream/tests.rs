//! Tests what is read from each kind of stream, and how often it can be read.

use super::*;
use http_body_util::{BodyExt, Full, StreamBody};
use std::io::Write;

/// Returns a stream of several pieces, one of which is empty.
fn pieces(texts: &[&'static str]) -> ByteStream {
    let frames: Vec<Result<_, BoxError>> = texts
        .iter()
        .map(|text| Ok(http_body::Frame::data(Bytes::from_static(text.as_bytes()))))
        .collect();
    ByteStream::from_body(StreamBody::new(Frames(frames.into_iter())))
}

struct Frames(std::vec::IntoIter<Result<http_body::Frame<Bytes>, BoxError>>);

impl futures_core::Stream for Frames {
    type Item = Result<http_body::Frame<Bytes>, BoxError>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.next())
    }
}

#[tokio::test]
async fn bytes_and_files_are_read_as_often_as_asked_and_streams_once() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    // More than one piece.
    let long = vec![7; 200_000];
    file.write_all(&long).unwrap();
    let file = ByteStream::from_path(file.path()).await.unwrap();
    for (stream, bytes) in [(ByteStream::from("abc"), b"abc".to_vec()), (file, long)] {
        assert_eq!(stream.len(), Some(bytes.len() as u64));
        assert!(stream.is_repeatable());
        for _ in 0..2 {
            let all = stream.clone().collect().await.unwrap();
            assert!(all.into_bytes() == bytes);
        }
    }

    let once = pieces(&["a", "", "bc"]);
    assert!(!once.is_repeatable());
    let body = once.body().unwrap();
    assert_eq!(body.collect(10).await.unwrap(), "abc");
    let error = once.clone().collect().await.unwrap_err();
    assert!(matches!(error, ByteStreamError::AlreadyRead), "{error}");
}

#[tokio::test]
async fn pieces_come_as_they_are_and_clones_share_what_is_left() {
    let mut stream = pieces(&["a", "", "bc"]);
    let mut other = stream.clone();
    assert_eq!(stream.try_next().await.unwrap().unwrap(), "a");
    assert_eq!(other.try_next().await.unwrap().unwrap(), "bc");
    assert!(stream.next().await.is_none());

    let mut bytes = ByteStream::from("abc");
    assert_eq!(bytes.try_next().await.unwrap().unwrap(), "abc");
    assert!(bytes.next().await.is_none());
}

#[tokio::test]
async fn a_file_that_is_not_there_or_was_cut_is_an_error_that_names_it() {
    let error = ByteStream::from_path("/nowhere/at/all").await.unwrap_err();
    assert!(
        error.to_string().starts_with("/nowhere/at/all: "),
        "{error}"
    );

    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(b"0123456789").unwrap();
    let stream = ByteStream::from_path(file.path()).await.unwrap();
    file.as_file().set_len(4).unwrap();
    let error = stream.collect().await.unwrap_err();
    assert!(error.to_string().contains("became shorter"), "{error}");
}

#[test]
fn streams_are_never_printed() {
    assert_eq!(
        format!("{:?}", ByteStream::from("secret")),
        "ByteStream(6 bytes)"
    );
    let unknown = pieces(&["secret"]);
    assert_eq!(format!("{unknown:?}"), "ByteStream(unknown length)");
}

#[test]
fn streams_are_equal_when_they_have_the_same_source() {
    assert_eq!(ByteStream::from("a"), ByteStream::from(b"a".to_vec()));
    assert_ne!(ByteStream::from("a"), ByteStream::from("b"));
    let stream = ByteStream::from_body(Full::new(Bytes::new()).boxed());
    assert_eq!(stream, stream.clone());
    assert_ne!(stream, ByteStream::new());
}
