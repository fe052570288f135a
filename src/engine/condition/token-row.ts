import { Refusal, stumbled } from './refusal.ts';
import type { Span } from './syntax.ts';
import { type Token, tokensOf } from './tokens.ts';

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** A bracket, what closes it, and all between them. */
export interface Group extends Span {
  readonly closing: string;
}

/** The tokens of a condition, taken from left to right. */
export class TokenRow {
  private readonly tokens: readonly Token[];
  private index = 0;

  constructor(private readonly text: string) {
    this.tokens = tokensOf(text);
  }

  peek(ahead = 0): Token | null {
    return this.tokens[this.index + ahead] ?? null;
  }

  next(): Token | null {
    const token = this.peek();
    if (token !== null) this.index += 1;
    return token;
  }

  /** The next token, where it is this one. */
  take(text: string): Token | null {
    return this.peek()?.text === text ? this.next() : null;
  }

  /** The next operator, where it compares: "<", "not in". */
  takeComparison(): string | null {
    const [first, second] = [this.peek()?.text, this.peek(1)?.text];
    if (first === 'is' && second === 'not') return this.both('is not');
    if (first === 'not' && second === 'in') return this.both('not in');
    if (first === undefined || !COMPARING.includes(first)) return null;
    this.next();
    return first;
  }

  private both(words: string): string {
    this.index += 2;
    return words;
  }

  /** The next token is not what must come. */
  stumble(): Refusal {
    const { length } = this.text;
    return stumbled(this.text, this.peek() ?? { from: length, to: length });
  }

  /** The group that `open`, which was just taken, begins. */
  groupOf(open: Token): Group {
    const closing = CLOSING[open.text] ?? '';
    const last = this.tokens[this.endOfSlot((text) => text === ',')];
    return { from: open.from, to: last?.to ?? this.text.length, closing };
  }

  /** Leaves out all up to the end of the group that was just begun, that too. */
  skipGroup(): void {
    this.index = Math.min(this.tokens.length, this.endOfSlot((text) => text === ',') + 1);
  }

  /** Whether something stands in the group that was just begun, outside of brackets in it. */
  groupHas(wanted: string): boolean {
    const end = this.endOfSlot((text) => text === ',');
    return this.outermost(end).some(({ text }) => text === wanted);
  }

  /** Where the next comma outside of brackets is, or what closes the group; `passed` commas do not count. */
  private endOfSlot(passed: (text: string) => boolean): number {
    let depth = 0;
    for (let index = this.index; index < this.tokens.length; index++) {
      const { text } = this.tokens[index] ?? { text: '' };
      if (text in CLOSING) depth += 1;
      else if (Object.values(CLOSING).includes(text)) {
        if (depth === 0) return index;
        depth -= 1;
      } else if (depth === 0 && text === ',' && !passed(text)) return index;
    }
    return this.tokens.length;
  }

  /** The tokens up to `end` that stand in no brackets of their own. */
  private outermost(end: number): Token[] {
    let depth = 0;
    return this.tokens.slice(this.index, end).filter(({ text }) => {
      if (Object.values(CLOSING).includes(text)) depth -= 1;
      const outside = depth === 0;
      if (text in CLOSING) depth += 1;
      return outside;
    });
  }

  /** @throws Refusal where what comes, up to a comma or the end of `group`, is of a kind that no condition has */
  refuseForeign(group: Span): void {
    const end = this.endOfSlot(() => false);
    const outermost = this.outermost(end);
    const [first] = outermost;
    const last = this.tokens[end - 1];
    if (first === undefined || last === undefined) return;
    const slot = { from: first.from, to: last.to };
    for (const token of outermost) {
      switch (token.text) {
        case 'lambda':
          throw new Refusal({ ...slot, from: token.from }, 'a lambda is not allowed here');
        case 'await':
          throw new Refusal({ ...slot, from: token.from }, 'an await is not allowed here');
        case 'yield':
          throw new Refusal({ ...slot, from: token.from }, 'a yield is not allowed here');
        case ':=':
          throw new Refusal(slot, 'an assignment (:=) is not allowed here');
        case 'for':
          if (token === first) break;
          throw new Refusal(group, 'a comprehension is not allowed here');
        case 'if':
          if (token === first) break;
          throw new Refusal(slot, 'a conditional expression (… if … else …) is not allowed here');
      }
    }
  }
}

const COMPARING: readonly string[] = ['<', '<=', '>', '>=', '==', '!=', 'is', 'in'];
