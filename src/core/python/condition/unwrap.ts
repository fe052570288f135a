import type { Span } from './syntax.ts';

/** Why a text is no condition: a sentence, and the characters that it speaks of. */
export interface ConditionProblem extends Span {
  readonly message: string;
}

/** The text with everything but its condition blanked, character for character; or what is wrong. */
export type Unwrapped =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: ConditionProblem };

/** Strings, comments, continued lines, brackets, and what may end a condition. */
const TOKEN =
  /"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|#[^\n]*|\\[^\S\n]*(?:\n|$)|:=|\blambda\b|[()[\]{}:,\n]/g;

const CLOSES: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/**
 * Takes a condition out of the line that it stands in: `if`, `elif`, `while`, `assert` or `return`
 * before it; a colon, an assertion's message or a comment behind it; a line continued by a
 * backslash; the + or - that a patch has before each line. What is taken away becomes blanks, so that
 * every character stays at its place.
 */
export function unwrap(pasted: string): Unwrapped {
  const text = withoutPatch(pasted);
  const opening = /^\s*(if|elif|while|assert|return)\b/.exec(text);
  const start = opening?.[0].length ?? 0;
  const open: { readonly bracket: string; readonly at: number }[] = [];
  let kept = blank(text, 0, start);
  let lambdas = 0;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (index < start) continue;
    if (token.startsWith('#') || token.startsWith('\\')) {
      kept = blank(kept, index, index + token.length);
    } else if ('([{'.includes(token)) {
      open.push({ bracket: token, at: index });
    } else if (token in CLOSES) {
      const last = open.pop();
      if (last === undefined) return refused(index, index + 1, `this "${token}" closes nothing`);
      if (last.bracket !== CLOSES[token]) {
        return refused(index, index + 1, `this "${token}" does not close "${last.bracket}"`);
      }
    } else if (token === 'lambda') {
      lambdas += 1;
    } else if (open.length === 0 && token === ':' && lambdas > 0) {
      lambdas -= 1;
    } else if (open.length === 0 && endsHere(token, text, kept, index, opening?.[1])) {
      const behind = token === ',' ? endOfMessage(text, index) : index;
      return ended(text, blank(kept, index, text.length), behind, token);
    }
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined) {
    return refused(unclosed.at, unclosed.at + 1, `this "${unclosed.bracket}" is never closed`);
  }
  return { ok: true, text: plainBlanks(kept) };
}

/** A patch's sign is one before a word that begins a statement: no condition begins so. */
function withoutPatch(text: string): string {
  const sign = /^([+-])\s*(?:if|elif|while|assert|return)\b/.exec(text)?.[1];
  return sign === undefined ? text : text.replaceAll(new RegExp(`^[${sign}]`, 'gm'), ' ');
}

/** Whether a token outside of brackets ends the condition. */
function endsHere(
  token: string,
  text: string,
  kept: string,
  index: number,
  keyword: string | undefined,
): boolean {
  switch (token) {
    case ':':
      return true;
    case '\n':
      return kept.slice(0, index).trim() !== '';
    case ',':
      // An assertion's message, also of a line that was copied without its first word.
      return keyword === 'assert' || /^[\s(]*[fFrRbBuU]{0,2}["']/.test(text.slice(index + 1));
    default:
      return false;
  }
}

/** Where the line ends in which an assertion's message begins at `comma`. */
function endOfMessage(text: string, comma: number): number {
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (index <= comma) continue;
    if ('([{'.includes(token)) depth += 1;
    else if (token in CLOSES) depth -= 1;
    else if (token === '\n' && depth <= 0) return index;
  }
  return text.length;
}

/** Nothing but blanks and comments may stand behind a condition's end. */
function ended(text: string, kept: string, end: number, token: string): Unwrapped {
  const rest = text.slice(end + 1).replace(/#[^\n]*/g, (comment) => ' '.repeat(comment.length));
  const more = rest.search(/\S/);
  if (more < 0) return { ok: true, text: plainBlanks(kept) };
  const from = end + 1 + more;
  return refused(
    from,
    from + rest.slice(more).trimEnd().length,
    token === ':'
      ? 'only the condition is read; remove what follows the colon'
      : 'a second line begins here; a condition of several lines stands in parentheses',
  );
}

function refused(from: number, to: number, message: string): Unwrapped {
  return { ok: false, problem: { from, to, message } };
}

function blank(text: string, from: number, to: number): string {
  return text.slice(0, from) + ' '.repeat(to - from) + text.slice(to);
}

/** Blanks of every kind, such as web pages have, as Python's own. */
function plainBlanks(text: string): string {
  return text.replace(/\s/g, ' ');
}
