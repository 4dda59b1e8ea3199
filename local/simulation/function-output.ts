/** Runs a task and keeps what it writes to stdout and stderr meanwhile: Lambda sends both to the log group. */
export async function functionOutput<T>(
  task: () => Promise<T>,
): Promise<{ readonly result: T; readonly lines: readonly string[] }> {
  const chunks: string[] = [];
  const streams = [process.stdout, process.stderr].map((stream) => ({ stream, write: stream.write }));
  const keep = (chunk: string | Uint8Array) => {
    chunks.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    return true;
  };
  for (const { stream } of streams) stream.write = keep;
  try {
    const result = await task();
    return { result, lines: chunks.join('').split('\n').filter(Boolean) };
  } finally {
    for (const { stream, write } of streams) stream.write = write;
  }
}
