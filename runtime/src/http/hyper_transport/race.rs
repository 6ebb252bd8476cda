//! [`race`]: connects to the first of several addresses that responds, as RFC 8305 ("Happy Eyeballs") specifies.

use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// The delay before the next address is tried as well: RFC 8305, section 8.
const DELAY: Duration = Duration::from_millis(250);

/// Returns the addresses in the order in which they are tried: the address families alternate, beginning with that of
/// the first address.
pub(super) fn in_turn(addresses: impl Iterator<Item = SocketAddr>) -> VecDeque<SocketAddr> {
    let addresses: Vec<SocketAddr> = addresses.collect();
    let is_v6 = addresses.first().is_some_and(SocketAddr::is_ipv6);
    let (first, second): (Vec<_>, Vec<_>) = addresses
        .into_iter()
        .partition(|address| address.is_ipv6() == is_v6);
    let mut second = second.into_iter();
    let mut turns = VecDeque::new();
    for address in first {
        turns.push_back(address);
        turns.extend(second.next());
    }
    turns.extend(second);
    turns
}

/// Tries the addresses until one connects. Each attempt starts after a delay, or when the previous one fails. Returns
/// the errors if all attempts fail, the first one first.
pub(super) async fn race<T, E, F>(
    mut addresses: VecDeque<SocketAddr>,
    connect: impl Fn(SocketAddr) -> F,
) -> Result<T, Vec<E>>
where
    F: Future<Output = Result<T, E>>,
{
    let mut running = Vec::new();
    let mut delay = pin!(sleep(DELAY));
    let mut errors = Vec::new();
    let mut is_due = true;
    poll_fn(|context| {
        loop {
            if is_due && let Some(address) = addresses.pop_front() {
                running.push(Box::pin(connect(address)));
                delay.as_mut().reset(Instant::now() + DELAY);
            }
            is_due = match first_ready(&mut running, context) {
                Some(Ok(connected)) => return Poll::Ready(Ok(connected)),
                Some(Err(error)) => {
                    errors.push(error);
                    true
                }
                None if running.is_empty() && addresses.is_empty() => {
                    return Poll::Ready(Err(std::mem::take(&mut errors)));
                }
                None if addresses.is_empty() => return Poll::Pending,
                None => delay.as_mut().poll(context).is_ready(),
            };
            if !is_due {
                return Poll::Pending;
            }
        }
    })
    .await
}

/// Polls the attempts until one is finished, and returns its output.
fn first_ready<F: Future>(
    running: &mut Vec<Pin<Box<F>>>,
    context: &mut Context<'_>,
) -> Option<F::Output> {
    for index in 0..running.len() {
        if let Some(Poll::Ready(output)) = running
            .get_mut(index)
            .map(|attempt| attempt.as_mut().poll(context))
        {
            drop(running.remove(index));
            return Some(output);
        }
    }
    None
}

#[cfg(test)]
mod tests;
