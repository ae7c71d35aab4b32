//! Arguments in, exit code out; nothing else.

/// Reading a history is many small allocations on several threads, which the C library's own allocator is slow at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    rollbook::cli::main()
}
