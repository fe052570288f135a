import type { Plugin } from 'vite';

/** What the page cannot begin without, each kind in a file of its own: who changes one keeps the others. */
const FIRST: readonly (readonly [RegExp, string])[] = [
  [/\/node_modules\/(react|react-dom|scheduler|use-sync-external-store|zustand)\//, 'react'],
  [/\/node_modules\/d3/, 'd3'],
  [/\/node_modules\//, 'libraries'],
  [/\/src\/(core|base)\//, 'core'],
  [/\/src\/(?!main)|vite\/|commonjs/, 'page'],
];

/** What is fetched later and shared by many: everything that opens over the page. */
const LATER: readonly (readonly [RegExp, string])[] = [
  [/\/node_modules\/(@base-ui|@floating-ui|reselect|tabbable)\//, 'popups'],
  [/\/node_modules\/(@codemirror|@lezer|@marijn|crelt|style-mod|w3c-keyname)\//, 'code'],
];

/**
 * Names the built files by what they hold: what the first picture needs, kind by kind, and what many
 * parts need later. All else the bundler names by the part that is fetched.
 */
export function chunks(): Plugin {
  const first = new Set<string>();
  const nameOf = (id: string) =>
    (first.has(id) ? FIRST : LATER).find(([test]) => test.test(id))?.[1] ?? null;
  return {
    name: 'chunks',
    apply: 'build',
    config: () => ({
      build: {
        rolldownOptions: {
          output: {
            codeSplitting: {
              includeDependenciesRecursively: false,
              groups: [{ name: nameOf, debugName: 'what they hold' }],
            },
          },
        },
      },
    }),
    buildEnd() {
      const follow = (id: string) => {
        if (first.has(id)) return;
        first.add(id);
        for (const imported of this.getModuleInfo(id)?.importedIds ?? []) follow(imported);
      };
      first.clear();
      for (const id of this.getModuleIds()) if (this.getModuleInfo(id)?.isEntry) follow(id);
    },
  };
}
