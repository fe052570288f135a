/** The layers as a table of `src/README.md`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.mjs';
import { LAYERS, nameOf } from './layers.mjs';

const README = join(root, 'src/README.md');
const TABLE = /(<!-- layers: [^\n]* -->\n)([\s\S]*?)(<!-- \/layers -->)/;

/** Whether the table says what the layers say. */
export function isTableTrue() {
  return TABLE.exec(readFileSync(README, 'utf8'))?.[2] === table();
}

export function writeTable() {
  const text = readFileSync(README, 'utf8');
  writeFileSync(
    README,
    text.replace(TABLE, (_, begin, __, end) => `${begin}${table()}${end}`),
  );
}

function table() {
  const rows = LAYERS.flatMap((layer) => {
    const { folder, holds, imports, parts = [] } = layer;
    const name = folder.startsWith('src/') ? nameOf(layer) : folder;
    return [
      row(`**\`${name}/\`**`, holds, imports.length === 0 ? 'nothing' : imports.join(', ')),
      ...parts.map((part) =>
        row(`\`${name}/${nameOf(part)}/\``, part.holds, part.imports.join(', ')),
      ),
    ];
  });
  return [row('folder', '', 'may import'), row('---', '---', '---'), ...rows].join('');
}

function row(...cells) {
  return `| ${cells.join(' | ')} |\n`;
}
