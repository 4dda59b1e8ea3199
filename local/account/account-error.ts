/**
 * Something that could not be done in an account. The message says what, where, and what to do about it.
 *
 * - `usage`: what was asked for cannot be done as it was asked; nothing was called.
 * - `failed`: it was done in part.
 * - `nothing-listed`: no region could be listed.
 */
export class AccountError extends Error {
  override readonly name = 'AccountError';
  constructor(
    readonly kind: 'usage' | 'failed' | 'nothing-listed',
    message: string,
  ) {
    super(message);
  }
}
