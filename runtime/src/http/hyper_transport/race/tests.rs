use super::*;
use std::cell::RefCell;
use std::future::pending;

fn addresses(texts: &[&str]) -> VecDeque<SocketAddr> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

#[test]
fn families_take_turns_beginning_with_that_of_the_first_address() {
    let (a6, b6, a4, b4, c4) = ("[::1]:1", "[::2]:1", "1.1.1.1:1", "1.1.1.2:1", "1.1.1.3:1");
    for (given, expected) in [
        (&[][..], &[][..]),
        (&[a4], &[a4]),
        (&[a6, b6, a4, b4, c4], &[a6, a4, b6, b4, c4]),
        (&[a4, b4, c4, a6], &[a4, a6, b4, c4]),
        (&[a6, b6], &[a6, b6]),
    ] {
        assert_eq!(in_turn(addresses(given).into_iter()), addresses(expected));
    }
}

/// The behavior of an address, after a number of milliseconds.
#[derive(Clone, Copy)]
enum Does {
    Connect(u64),
    Fail(u64),
    Nothing,
}
use Does::{Connect, Fail, Nothing};

#[tokio::test(start_paused = true)]
async fn the_next_address_is_tried_after_the_delay_or_when_one_fails() {
    // The behavior of each address; the one that connects and the time that takes; the start of each attempt, in
    // milliseconds.
    type Row = (&'static [Does], Option<(usize, u64)>, &'static [u64]);
    let table: [Row; 8] = [
        (&[], None, &[]),
        (&[Connect(10)], Some((0, 10)), &[0]),
        (&[Connect(200), Connect(0)], Some((0, 200)), &[0]),
        (&[Nothing, Connect(10)], Some((1, 260)), &[0, 250]),
        (&[Fail(20), Connect(10)], Some((1, 30)), &[0, 20]),
        (&[Connect(300), Connect(100)], Some((0, 300)), &[0, 250]),
        (
            &[Nothing, Fail(10), Connect(5)],
            Some((2, 265)),
            &[0, 250, 260],
        ),
        (&[Fail(5), Fail(5)], None, &[0, 5]),
    ];
    for (does, expected, tried) in table {
        let texts: Vec<String> = (0..does.len()).map(|n| format!("127.0.0.{n}:1")).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let (start, seen) = (Instant::now(), RefCell::new(Vec::new()));
        let connect = |address: SocketAddr| {
            let index = addresses(&texts)
                .iter()
                .position(|a| *a == address)
                .unwrap();
            seen.borrow_mut().push(start.elapsed().as_millis() as u64);
            async move {
                match does[index] {
                    Connect(after) => sleep(Duration::from_millis(after)).await,
                    Fail(after) => {
                        sleep(Duration::from_millis(after)).await;
                        return Err(index);
                    }
                    Nothing => pending().await,
                }
                Ok(index)
            }
        };
        let outcome = race(addresses(&texts), connect).await;
        let took = start.elapsed().as_millis() as u64;
        match expected {
            Some((index, time)) => assert_eq!((outcome, took), (Ok(index), time)),
            None => assert_eq!(outcome, Err((0..does.len()).collect())),
        }
        assert_eq!(*seen.borrow(), tried);
    }
}
