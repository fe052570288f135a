import type { Advice } from './advice.ts';

/** One line of advice: "Fix", "upgrade to ≥ 0.16.2 (#6797)". */
export interface AdviceLine {
  readonly part: 'fix' | 'without' | 'not-enough';
  readonly label: string;
  readonly text: string;
}

/** What to do, in the order in which it is read. Empty where nothing was tried. */
export function adviceLines({ fixes, noFix, without, notEnough, scope }: Advice): AdviceLine[] {
  if (scope === null) return [];
  const [fix] = fixes;
  const lines: AdviceLine[] = [
    { part: 'fix', label: 'Fix', text: fix?.does ?? noFix ?? 'none known' },
  ];
  if (without.length > 0) {
    const text = listed(without.map(({ does }) => does));
    // Where the fix is no upgrade, there is nothing to do without.
    const label = fix === undefined || fix.kind === 'release' ? 'Without upgrading' : 'Or';
    lines.push({ part: 'without', label, text });
  }
  if (notEnough.length > 0) {
    const text = notEnough.map(({ what, why }) => `${what} (${why})`).join(', ');
    lines.push({ part: 'not-enough', label: 'Not enough', text });
  }
  return lines;
}

/** "Fix: upgrade to ≥ 0.16.2 (#6797). Without upgrading: SP 2. Not enough: SP 4 (raises in backward)." */
export function adviceText(advice: Advice): string {
  const lines = adviceLines(advice);
  if (lines.length === 0) return advice.tried;
  return lines.map(({ label, text }) => `${label}: ${text}.`).join(' ');
}

/** The same as Markdown. */
export function adviceMarkdown(advice: Advice): string {
  const lines = adviceLines(advice);
  if (lines.length === 0) return advice.tried;
  return lines.map(({ label, text }) => `**${label}:** ${text}.`).join(' ');
}

/** "SP 7, SP 4 or SP 2" */
function listed(names: readonly string[]): string {
  const short = names.map((name, index) =>
    index > 0 && name.startsWith('SP ') && names[index - 1]?.startsWith('SP ')
      ? name.slice(3)
      : name,
  );
  const last = short.at(-1) ?? '';
  return short.length < 2 ? last : `${short.slice(0, -1).join(', ')} or ${last}`;
}
