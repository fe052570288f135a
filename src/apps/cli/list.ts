import { CATALOGUE, type ImplementationInfo } from '../../core/programs/catalogue.ts';

/** Names every implementation, project by project: its releases, its pull request, its condition. */
export function list(asJson: boolean): string {
  if (asJson) return JSON.stringify(CATALOGUE, null, 2);
  const width = Math.max(...CATALOGUE.map(({ id }) => id.length));
  const projects = [...new Set(CATALOGUE.map(({ project }) => project))];
  const blocks = projects.map((project) =>
    [
      project,
      ...CATALOGUE.filter((one) => one.project === project).flatMap((one) => linesOf(one, width)),
    ].join('\n'),
  );
  return blocks.join('\n\n');
}

function linesOf(one: ImplementationInfo, width: number): string[] {
  const { id, about, releasesText, pullRequest, condition, sourceUrl } = one;
  const thread = pullRequest === null ? '' : ` · #${pullRequest.number}`;
  const indent = ' '.repeat(width + 4);
  return [
    `  ${id.padEnd(width)}  ${releasesText}${thread}`,
    `${indent}${about}`,
    ...(condition === null ? [] : [`${indent}${condition}`]),
    `${indent}${sourceUrl}`,
  ];
}
