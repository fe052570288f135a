/**
 * Something that Rankscope needs is not to be had, as when the network is away: no fault of its own.
 * The message is a sentence for a person: what is missing, and what to do.
 */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}
