import type { ExitCode } from './usage.ts';

/** What a command prints, and how it ends. */
export interface Answer {
  readonly text: string;
  readonly code: ExitCode;
  /** Whether the text is for programs, so that nothing else may stand beside it. */
  readonly isData: boolean;
  /** What is to be marked in a pull request. */
  readonly annotations: readonly Annotation[];
}

/** A mark that GitHub sets beside a file, or beside the job where there is none. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
  readonly file?: string | null;
}

/** The line by which a job tells GitHub of an annotation. */
export function workflowCommand({ level, title, message, file = null }: Annotation): string {
  const properties = Object.entries({ file, title }).flatMap(([name, value]) =>
    value === null ? [] : [`${name}=${escapedProperty(value)}`],
  );
  return `::${level} ${properties.join(',')}::${escapedData(message)}`;
}

/** GitHub's own escapes: a message is one line, and properties end at a colon or a comma. */
function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
