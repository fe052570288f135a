import { escaped } from '../../picture/svg-text.ts';
import { base64Of } from '../../trace/saved/saved-text.ts';

/** What a page file is made of. */
export interface PageParts {
  /** What it shows, in a sentence, and what came of it: for whoever opens it without scripts, too. */
  readonly title: string;
  readonly story: string;
  /** "Rankscope 0.1.0" */
  readonly maker: string;
  readonly address: string;
  /** What it plays, as `page-content.ts` writes it. */
  readonly content: Blob;
  /** The player, as it was built. */
  readonly script: string;
  readonly style: string;
}

/**
 * One page that holds a recording and its player, to be opened from a disk. Its policy lets it run
 * and be styled by what it was written with, word for word, and ask nothing of any network.
 */
export async function pageFile(parts: PageParts): Promise<Blob> {
  const script = safeScript(parts.script);
  const style = safeStyle(parts.style);
  const policy = [
    "default-src 'none'",
    `script-src '${await hashOf(script)}'`,
    `style-src '${await hashOf(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const text = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(parts.title)}</title>
<style>${style}</style>
</head>
<body>
<div id="player" data-maker="${escaped(parts.maker)}" data-address="${escaped(parts.address)}">
<h1>${escaped(parts.title)}</h1>
<p>${escaped(parts.story)}</p>
<p>${escaped(parts.maker)}: ${escaped(parts.address)}</p>
</div>
<template id="recording">${await base64(parts.content)}</template>
<script>${script}</script>
</body>
</html>
`;
  return new Blob([text], { type: 'text/html' });
}

/**
 * A script that no sign within it ends early, or opens a comment in: in the texts and patterns of a
 * script, which alone can hold these signs, the slash and the mark mean the same escaped.
 */
export function safeScript(script: string): string {
  const lines = script.replaceAll('\r\n', '\n');
  return lines.replace(/<\/(?=script)/gi, '<\\/').replaceAll('<!--', '\\x3c!--');
}

function safeStyle(style: string): string {
  return style.replaceAll('\r\n', '\n').replace(/<\/(?=style)/gi, '<\\/');
}

/** "sha256-…", as a policy names what may run. */
async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `sha256-${base64Of(new Uint8Array(digest))}`;
}

async function base64(file: Blob): Promise<string> {
  return base64Of(new Uint8Array(await file.arrayBuffer()));
}
