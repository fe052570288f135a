import type { Span } from './syntax.ts';

export type TokenKind = 'number' | 'string' | 'word' | 'sign';

/** A piece of a condition’s text. */
export interface Token extends Span {
  readonly kind: TokenKind;
  readonly text: string;
}

const PIECES: readonly (readonly [TokenKind, RegExp])[] = [
  [
    'string',
    /(?:[rbuft]{1,2})?(?:"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*')/iy,
  ],
  [
    'number',
    /0x[\da-f_]+|0b[01_]+|0o[0-7_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:e[+-]?\d[\d_]*)?j?/iy,
  ],
  ['word', /[\p{L}_][\p{L}\p{N}\p{M}_]*/uy],
  ['sign', /\.\.\.|\*\*|\/\/|<<|>>|<=|>=|==|!=|:=|->|[\s\S]/uy],
];

/** The pieces of a text in order, without the blanks between them. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let from = 0;
  while (from < text.length) {
    if (/\s/.test(text.charAt(from))) {
      from += 1;
      continue;
    }
    const token = tokenAt(text, from);
    tokens.push(token);
    from = token.to;
  }
  return tokens;
}

function tokenAt(text: string, from: number): Token {
  for (const [kind, piece] of PIECES) {
    piece.lastIndex = from;
    const [found] = piece.exec(text) ?? [];
    if (found !== undefined) return { kind, text: found, from, to: from + found.length };
  }
  return { kind: 'sign', text: text.charAt(from), from, to: from + 1 };
}
