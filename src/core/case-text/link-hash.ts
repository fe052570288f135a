/** What of the page another page shows inside of itself. */
export const EMBEDS = ['stage', 'timeline', 'both'] as const;
export type Embed = (typeof EMBEDS)[number];

/** What an address's fragment says: how the page is shown, and the link, which is versioned by itself. */
export interface Hash {
  /** Null where the page stands for itself. */
  readonly embed: Embed | null;
  /** Without `#`; empty where there is none. */
  readonly link: string;
}

/** "#embed=both&v4&…": what is embedded comes before the link, and is no part of it. */
export function readHash(hash: string): Hash {
  const text = hash.replace(/^#/, '');
  const embed = EMBEDS.find((one) => text === `embed=${one}` || text.startsWith(`embed=${one}&`));
  if (embed === undefined) return { embed: null, link: text };
  return { embed, link: text.slice(`embed=${embed}&`.length) };
}

/** What `readHash` reads. */
export function printHash({ embed, link }: Hash): string {
  return embed === null ? link : `embed=${embed}&${link}`;
}
