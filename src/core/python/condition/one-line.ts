/** A condition in one line: it may have been pasted over several, with comments. */
export function oneLine(condition: string): string {
  return condition.replace(/#.*$/gm, '').replace(/\s+/g, ' ').trim();
}
