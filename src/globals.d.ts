/** The version of package.json, written in by the build. */
declare const __RANKSCOPE_VERSION__: string;

/** The player of page files as text: see tools/player.ts. */
declare module 'virtual:player' {
  export const script: string;
  export const style: string;
}
