/** What was not taken, and why, in a sentence: the other half of what reading something gives. */
export interface Refused {
  readonly ok: false;
  readonly message: string;
}

export function refused(message: string): Refused {
  return { ok: false, message };
}
