/** Something that a deployed reaper should have and has not; the message says what. */
export class NotFound extends Error {
  override readonly name = 'NotFound';
}
