/** What is wrong with a recording that came from outside: thrown where it is found, caught at the door. */
export class Damage {
  constructor(readonly message: string) {}
}

/** @throws Damage "ranks[2].events[7].inputs lies in storage 9; this rank has 4" */
export function damaged(place: string, reason: string): never {
  throw new Damage(`${place} ${reason}`);
}
