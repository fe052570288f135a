/**
 * The line of an implementation that runs now, so that every event can say which line made it. The
 * calls are put into `implementations/` by `tools/source-lines.ts` when the page is built or
 * tested; where nobody builds (the golden command), nothing is ever known and events say nothing.
 *
 * Ranks take turns in one thread, so "now" is one place for all: every operation marks its line
 * just before it happens, and whoever takes a turn up again says where it was.
 */

/**
 * How the program came to a line: the callers' lines, then its own, "deepspeed-6392:17
 * uneven-layer:23 even-heads:47". Files are those of `implementations/` and its `steps/`, lines count
 * from 1.
 */
export type SourcePath = string;

/** One function of an implementation while it runs. */
export interface SourceFrame {
  readonly file: string;
  /** Who called it, or drives it. */
  readonly caller: SourceFrame | null;
  line: number;
  /** The path that was last made, and of what: most lines make several events. */
  path: SourcePath;
  callersPath: SourcePath;
  pathLine: number;
}

let here: SourceFrame | null = null;

/** A function of `file` begins, called from the line that runs now. */
export function enterSource(file: string): SourceFrame {
  return { file, caller: here, line: 0, path: '', callersPath: '', pathLine: -1 };
}

/** `value`, and from now on its line runs. */
export function markLine<T>(value: T, frame: SourceFrame, line: number): T {
  frame.line = line;
  here = frame;
  return value;
}

/** What runs now; null where it is no line of an implementation. */
export function sourceFrame(): SourceFrame | null {
  return here;
}

/** A turn is taken up where it was left, or (null) outside of any implementation. */
export function resumeSource(frame: SourceFrame | null): void {
  here = frame;
}

/** How the program came to the line that runs now. */
export function sourcePath(): SourcePath | null {
  return here === null ? null : pathOf(here);
}

function pathOf(frame: SourceFrame): SourcePath {
  const { file, caller, line } = frame;
  const callersPath = caller === null ? '' : pathOf(caller);
  if (frame.pathLine !== line || frame.callersPath !== callersPath) {
    frame.path = callersPath === '' ? `${file}:${line}` : `${callersPath} ${file}:${line}`;
    frame.callersPath = callersPath;
    frame.pathLine = line;
  }
  return frame.path;
}

/** One line of an implementation. */
export interface SourceLine {
  /** The file's name without its ending. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/** The lines of a path, from the outermost caller to the line itself. */
export function sourceLines(path: SourcePath): readonly SourceLine[] {
  return path.split(' ').map((text) => {
    const colon = text.lastIndexOf(':');
    return { file: text.slice(0, colon), line: Number(text.slice(colon + 1)) };
  });
}
