/** Runs a task and keeps what it writes to stdout meanwhile, instead of letting it through. */
export async function captureStdout<T>(
  task: () => Promise<T>,
): Promise<{ readonly result: T; readonly output: string }> {
  const { write } = process.stdout;
  const chunks: string[] = [];
  process.stdout.write = (chunk: string | Uint8Array) => {
    chunks.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    return true;
  };
  try {
    return { result: await task(), output: chunks.join('') };
  } finally {
    process.stdout.write = write;
  }
}
