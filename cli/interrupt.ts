/** What a terminal, its end, or another process asks a command with to stop. */
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Milliseconds in which a further signal is the same one: the terminal tells every process of the command line, and npx
 * and `timeout` pass on what they were told.
 */
const sameMs = 1_000;

/**
 * Runs work that ends by itself when it is asked to stop: the first SIGINT, SIGTERM or SIGHUP aborts `interrupted`. Asked
 * once more after a second, the process ends at once.
 */
export async function interruptible<T>(work: (interrupted: AbortSignal) => Promise<T>): Promise<T> {
  const interrupt = new AbortController();
  let askedAt: number | undefined;
  const onSignal = (signal: NodeJS.Signals) => {
    askedAt ??= Date.now();
    interrupt.abort();
    if (Date.now() - askedAt < sameMs) return;
    release();
    process.kill(process.pid, signal);
  };
  const release = () => signals.forEach((signal) => process.removeListener(signal, onSignal));
  signals.forEach((signal) => process.on(signal, onSignal));
  try {
    return await work(interrupt.signal);
  } finally {
    release();
  }
}
