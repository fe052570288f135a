/** A word of the field, as this page uses it. */
export interface Word {
  readonly id: string;
  readonly term: string;
  /** Told in a sentence or two, to someone who has never heard of Ulysses. */
  readonly meaning: string;
  /** Other forms of it in texts, besides itself. */
  readonly forms: readonly string[];
}
