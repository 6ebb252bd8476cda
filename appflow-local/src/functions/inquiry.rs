//! [`Inquiry`]: what a call learns from functions.
//!
//! A call works on the state alone, and a function may take minutes to answer. So a call that needs an answer ends without
//! one, the function is asked meanwhile, and the call begins anew with the answer at hand.

use super::{Failure, Question};
use serde_json::Value;
use smithy_reqwest::server::ServiceError;
use std::cell::RefCell;

/// The most questions of a call. More are a fault of ours: a question that differs each time that the call begins.
const MOST: usize = 16;

/// The answers that a call has got, and the question that is open.
#[derive(Debug, Default)]
pub(crate) struct Inquiry {
    answers: RefCell<Vec<(Question, Result<Value, Failure>)>>,
    open: RefCell<Option<Question>>,
}

impl Inquiry {
    /// Returns the successful answer to a question.
    ///
    /// # Errors
    ///
    /// The function could not be asked or refused, or the question is open now: then whatever the call returns is of no
    /// account.
    pub(crate) fn answer(&self, question: Question) -> Result<Value, ServiceError> {
        let answers = self.answers.borrow();
        let Some((_, answer)) = answers.iter().find(|(known, _)| *known == question) else {
            let error = crate::generated::error::internal_server_exception(
                "the function was not asked yet",
            );
            if answers.len() < MOST {
                self.open.replace(Some(question));
            }
            return Err(error);
        };
        let answer = answer.clone().map_err(Failure::into_error)?;
        match Failure::told(&answer) {
            Some(failure) => Err(failure.into_error()),
            None => Ok(answer),
        }
    }

    /// Takes the question that is open.
    pub(crate) fn take_open(&self) -> Option<Question> {
        self.open.take()
    }

    /// Adds an answer.
    pub(crate) fn add(&self, question: Question, answer: Result<Value, Failure>) {
        self.answers.borrow_mut().push((question, answer));
    }
}
