//! Counts the allocations of this process, with the feature `count`.

use std::sync::atomic::{AtomicU64, Ordering};

static COUNT: AtomicU64 = AtomicU64::new(0);
static BYTES: AtomicU64 = AtomicU64::new(0);

/// Returns the allocations and bytes so far; zeros without the feature.
pub fn so_far() -> (u64, u64) {
    (COUNT.load(Ordering::Relaxed), BYTES.load(Ordering::Relaxed))
}

#[cfg(feature = "count")]
mod counting {
    #![allow(unsafe_code, reason = "an allocator is unsafe to write")]

    use super::{BYTES, COUNT};
    use std::alloc::{GlobalAlloc, Layout, System};
    use std::sync::atomic::Ordering;

    #[global_allocator]
    static ALLOCATOR: Counting = Counting;

    struct Counting;

    impl Counting {
        fn count(size: usize) {
            COUNT.fetch_add(1, Ordering::Relaxed);
            BYTES.fetch_add(size as u64, Ordering::Relaxed);
        }
    }

    // SAFETY: everything is handed to the system's allocator as it came.
    unsafe impl GlobalAlloc for Counting {
        unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
            Self::count(layout.size());
            // SAFETY: as the caller promises.
            unsafe { System.alloc(layout) }
        }

        unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
            Self::count(layout.size());
            // SAFETY: as the caller promises.
            unsafe { System.alloc_zeroed(layout) }
        }

        unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
            Self::count(size);
            // SAFETY: as the caller promises.
            unsafe { System.realloc(pointer, layout, size) }
        }

        unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
            // SAFETY: as the caller promises.
            unsafe { System.dealloc(pointer, layout) }
        }
    }
}
