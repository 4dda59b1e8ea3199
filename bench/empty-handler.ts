/** Does nothing: what a process with a handler in it costs before the handler is ours. */
export const handler = async () => ({});
