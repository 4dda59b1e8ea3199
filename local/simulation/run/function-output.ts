/**
 * Runs a task and keeps the JSON lines that it writes to stdout and stderr meanwhile: Lambda sends both to the
 * log group. What is no JSON line goes through: a progress bar draws itself whenever it likes.
 */
export async function functionOutput<T>(
  task: () => Promise<T>,
): Promise<{ readonly result: T; readonly lines: readonly string[] }> {
  const lines: string[] = [];
  const restore = [process.stdout, process.stderr].map((stream) => keepJson(stream, lines));
  try {
    return { result: await task(), lines };
  } finally {
    for (const back of restore) back();
  }
}

function keepJson(stream: NodeJS.WriteStream, lines: string[]): () => void {
  const { write } = stream;
  stream.write = (chunk: string | Uint8Array, ...rest: never[]) => {
    const text = String(chunk);
    if (!text.startsWith('{')) return write.call(stream, chunk, ...rest);
    lines.push(...text.trimEnd().split('\n'));
    return true;
  };
  return () => {
    stream.write = write;
  };
}
