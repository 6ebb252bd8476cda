//! [`Source`]: the stream of a response, which yields events and errors.

use crate::client::error::{Answer, Cause, Error};
use crate::client::failure::failure_kind;
use crate::http::{Body, BodyError, BoxError};
use crate::protocol::event_stream::{
    Decoder, INITIAL_RESPONSE, Kind, error_text, read_event, read_initial,
};
use crate::protocol::{ErrorDocument, Protocol, ReadError};
use crate::value::schema::{ErrorMeaning, EventStreamSchema, OperationSchema};
use crate::value::shape::{Structure, Union};
use aws_smithy_types::event_stream::Message;
use bytes::Bytes;
use http::StatusCode;
use http::response::Parts;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The status of errors in event streams that the model does not define.
const UNMODELED: StatusCode = StatusCode::BAD_REQUEST;

/// The stream of a response.
#[doc(hidden)]
pub struct Source {
    operation: &'static OperationSchema,
    schema: EventStreamSchema,
    protocol: &'static dyn Protocol,
    head: Parts,
    attempts: (u32, u32),
    /// The body; `None` after its end or an error.
    body: Option<Body>,
    /// The number of bytes of the body so far.
    received: usize,
    decoder: Decoder,
    /// The first message, if it was read before the first event was requested.
    waiting: Option<Message>,
}

impl Source {
    /// Creates the source of a response. `attempts` are those that were made and their maximum.
    pub(crate) fn new(
        operation: &'static OperationSchema,
        schema: EventStreamSchema,
        protocol: &'static dyn Protocol,
        (head, body): (Parts, Option<Body>),
        attempts: (u32, u32),
    ) -> Self {
        Self {
            operation,
            schema,
            protocol,
            head,
            attempts,
            body,
            received: 0,
            decoder: Decoder::default(),
            waiting: None,
        }
    }

    /// Reads the members of the output from the first message. Any other first message remains for the first event.
    pub(crate) async fn read_initial(&mut self, output: &mut dyn Structure) -> Result<(), Error> {
        let Some(message) = poll_fn(|context| self.poll_message(context)).await? else {
            return Ok(());
        };
        match Kind::of(&message) {
            Ok(Kind::Event(INITIAL_RESPONSE)) => read_initial(self.protocol, &message, output)
                .map_err(|error| self.error(Cause::Response(error))),
            _ => {
                self.waiting = Some(message);
                Ok(())
            }
        }
    }

    /// Reads the next event. Returns `false` at the end of the stream.
    pub(super) fn poll_event(
        &mut self,
        event: &mut dyn Union,
        context: &mut Context<'_>,
    ) -> Poll<Result<bool, Error>> {
        loop {
            let Some(message) = ready!(self.poll_message(context))? else {
                return Poll::Ready(Ok(false));
            };
            let read = match Kind::of(&message) {
                Ok(Kind::Event(INITIAL_RESPONSE)) => continue,
                Ok(Kind::Event(name)) => read_event(self.protocol, name, &message, event),
                Ok(Kind::Exception(name)) => {
                    return Poll::Ready(Err(self.exception(name, &message)));
                }
                Ok(Kind::Error(code, text)) => {
                    let error = self.service_error(UNMODELED, code, text, &message);
                    return Poll::Ready(Err(error));
                }
                Err(error) => Err(error),
            };
            return Poll::Ready(match read {
                Ok(()) => Ok(true),
                Err(error) => Err(self.error(Cause::Response(self.of_message(error)))),
            });
        }
    }

    /// Reads the next message, or `None` at the end.
    fn poll_message(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Message>, Error>> {
        if let Some(message) = self.waiting.take() {
            return Poll::Ready(Ok(Some(message)));
        }
        while let Some(body) = &mut self.body {
            match self.decoder.next() {
                Ok(Some(message)) => return Poll::Ready(Ok(Some(message))),
                Ok(None) => {}
                Err(error) => {
                    let position = self.decoder.messages() + 1;
                    let fault = ReadError::Document {
                        path: self.schema.member.to_owned(),
                        reason: format!("message {position}: {error}"),
                    };
                    return Poll::Ready(Err(self.end(Cause::Response(fault))));
                }
            }
            match ready!(http_body::Body::poll_frame(Pin::new(body), context)) {
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        self.received += data.len();
                        self.decoder.push(&data);
                    }
                }
                Some(Err(error)) => return Poll::Ready(Err(self.broken(error))),
                None if self.decoder.is_empty() => self.body = None,
                None => {
                    let error = format!(
                        "{}: message {} is incomplete: the stream ended after {} bytes of it",
                        self.schema.member,
                        self.decoder.messages() + 1,
                        self.decoder.left()
                    );
                    return Poll::Ready(Err(self.broken(error.into())));
                }
            }
        }
        Poll::Ready(Ok(None))
    }

    /// Puts the stream and the number of the current message before the path of an error.
    fn of_message(&self, error: ReadError) -> ReadError {
        match error {
            ReadError::Document { path, reason } => {
                let position = self.decoder.messages();
                let path = match path.is_empty() {
                    true => format!("{}: message {position}", self.schema.member),
                    false => format!("{}: message {position}: {path}", self.schema.member),
                };
                ReadError::Document { path, reason }
            }
            error => error,
        }
    }

    fn broken(&mut self, source: BoxError) -> Error {
        self.end(Cause::Body(BodyError::Broken {
            received: self.received,
            source,
        }))
    }

    /// Ends the stream with an error.
    fn end(&mut self, cause: Cause) -> Error {
        let error = self.error(cause);
        self.close();
        error
    }

    /// Closes the connection.
    fn close(&mut self) {
        self.body = None;
        self.decoder = Decoder::default();
    }

    /// Returns an error of this side.
    fn error(&self, cause: Cause) -> Error {
        let kind = cause.failure_kind();
        let answer = Answer {
            head: self.head.clone(),
            body: Bytes::new(),
            document: ErrorDocument::default(),
            protocol: self.protocol,
            meaning: None,
            event: None,
        };
        Error::new(self.operation.name, cause)
            .with_kind(kind)
            .with_answer(answer)
            .with_attempts(self.attempts.0, self.attempts.1)
    }

    /// Ends the stream with an error of the model.
    fn exception(&mut self, name: &str, message: &Message) -> Error {
        let code = self.schema.code(name).unwrap_or(name);
        let modeled = self.operation.error(code);
        let status = modeled.and_then(|error| StatusCode::from_u16(error.status).ok());
        let text = error_text(self.protocol, message).unwrap_or_default();
        self.service_error(status.unwrap_or(UNMODELED), code, &text, message)
    }

    /// Ends the stream with an error of the service. Its status is that of the model: the status of the response is that
    /// of success.
    fn service_error(
        &mut self,
        status: StatusCode,
        code: &str,
        text: &str,
        message: &Message,
    ) -> Error {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let mut head = self.head.clone();
        head.status = status;
        let modeled = self.operation.error(code);
        let meaning = modeled.and_then(|error| error.meaning);
        let answer = Answer {
            head,
            body: message.payload().clone(),
            document: ErrorDocument {
                code: some(code),
                message: some(text),
                ..ErrorDocument::default()
            },
            protocol: self.protocol,
            meaning: meaning.or_else(|| ErrorMeaning::of_status(status.as_u16())),
            event: Some(message.clone()),
        };
        self.close();
        let kind = failure_kind(self.operation, &answer, false);
        Error::new(self.operation.name, Cause::Service)
            .with_kind(kind)
            .with_answer(answer)
            .with_attempts(self.attempts.0, self.attempts.1)
    }
}
