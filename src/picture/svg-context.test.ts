import { describe, expect, it } from 'vitest';
import { CROSSED, type Tile } from './hatch.ts';
import { SvgContext } from './svg-context.ts';
import { svgEasel } from './svg-easel.ts';

const made = () => new SvgContext((text) => 7 * text.length);
const printed = (context: SvgContext) => context.print(100, 50, 'a <title>');

const tile = (hatch: number): Tile => ({
  ...{ fill: '#112233', ink: '#ffffff75', hatch, side: 0, words: new Uint32Array(0) },
});

describe('a context that writes SVG', () => {
  it('escapes words and keeps their extent', () => {
    const context = made();
    context.font = '550 11.5px "JetBrains Mono Variable", ui-monospace';
    context.textAlign = 'right';
    context.fillText('a < b & "c"', 10, 20);
    const text = printed(context);
    expect(text).toContain('<title>a &lt;title&gt;</title>');
    expect(text).toContain('>a &lt; b &amp; &quot;c&quot;</text>');
    expect(text).toContain('text-anchor="end" textLength="77"');
    expect(text).toContain('font-size="11.5" font-weight="550"');
    expect(text).toContain('monospace');
    expect(text).not.toContain('Variable');
  });

  it('closes the groups of a state with it, and no others', () => {
    const context = made();
    context.save();
    context.translate(5, 5);
    context.save();
    context.beginPath();
    context.rect(0, 0, 10, 10);
    context.clip();
    context.fillRect(1, 1, 2, 2);
    context.restore();
    context.fillRect(3, 3, 2, 2);
    context.restore();
    const text = printed(context);
    expect(text).toContain(
      [
        '<g transform="translate(5 5)">',
        '<g clip-path="url(#rankscope-0)">',
        '<rect x="1" y="1" width="2" height="2" fill="#000000"/>',
        '</g>',
        '<rect x="3" y="3" width="2" height="2" fill="#000000"/>',
        '</g>',
      ].join('\n'),
    );
  });

  it('takes the opacity out of colours, for programs that know none with it', () => {
    const context = made();
    context.globalAlpha = 0.5;
    context.fillStyle = 'rgba(255, 0, 0, 0.5)';
    context.fillRect(0, 0, 1, 1);
    expect(printed(context)).toContain('fill="#ff0000" fill-opacity="0.25"');
  });

  it('puts state back as it was', () => {
    const context = made();
    context.save();
    context.lineWidth = 9;
    context.setLineDash([4, 3]);
    context.restore();
    context.beginPath();
    context.moveTo(0, 0);
    context.lineTo(5, 5);
    context.stroke();
    expect(printed(context)).toContain('stroke-width="1"');
    expect(printed(context)).not.toContain('dasharray');
  });

  it('defines a hatch once, and anchors it to the corner of each cell', () => {
    const context = made();
    const surface = svgEasel(context).surfaceOf(100, 50);
    surface.fillRounded(10, 10, 20, 20, tile(CROSSED), 1, [1, 0.5]);
    surface.fill(30, 10, 40, 20, tile(CROSSED), 0.2);
    surface.fill(50, 10, 60, 20, tile(0), 1);
    surface.fill(100, 10, 120, 20, tile(0), 1);
    const text = printed(context);
    expect(text.match(/<pattern/g)).toHaveLength(1);
    expect(text).toContain('<rect transform="translate(10 10)" width="10" height="10" rx="2"');
    expect(text).toContain('fill="url(#rankscope-0)" fill-opacity="0.2"');
    expect(text).toContain('<rect x="50" y="10" width="10" height="10" fill="#112233"/>');
    // What is beside the picture is not written.
    expect(text).not.toContain('x="100"');
  });
});
