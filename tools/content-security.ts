import type { Plugin } from 'vite';

/**
 * What the built page may do: run, style and show what lies beside it, speak to where it came from,
 * and nothing else. No inline script, no inline style sheet, no eval, no form, no plug-in.
 */
const POLICY = {
  'default-src': "'none'",
  'script-src': "'self'",
  'worker-src': "'self'",
  'style-src': "'self'",
  'font-src': "'self'",
  'img-src': "'self'",
  'connect-src': "'self'",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
};

/** Writes the policy into the built page, before all that it holds. The page of `vite dev` reloads parts of itself and has none. */
export function contentSecurity(): Plugin {
  const content = Object.entries(POLICY)
    .map(([what, whence]) => `${what} ${whence}`)
    .join('; ');
  return {
    name: 'content-security',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content },
        injectTo: 'head-prepend',
      },
    ],
  };
}
