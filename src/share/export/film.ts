import {
  BufferTarget,
  CanvasSource,
  getFirstEncodableVideoCodec,
  Output,
  Quality,
  WebMOutputFormat,
} from 'mediabunny';
import { assert } from '../../base/assert.ts';
import { canvasEasel } from '../../picture/easel.ts';
import { type FilmPlan, FRAMES_A_SECOND } from './film-plan.ts';
import type { Picture } from './picture.ts';

export type MadeFilm =
  | { readonly ok: true; readonly file: Blob }
  | { readonly ok: false; readonly reason: string };

/**
 * Makes a film of a picture, frame by frame, as fast as the browser encodes: each frame is drawn for
 * its moment, whatever the clock says. `onProgress` hears the share that is done. Rejects with the
 * signal's reason when it aborts.
 */
export async function makeFilm(
  picture: Picture,
  { cursors, size, pixelRatio, bitrate }: FilmPlan,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<MadeFilm> {
  if (!('VideoEncoder' in globalThis)) return cannot('it has no video encoder for this page');
  const quality = new Quality({ bitrate });
  const codec = await getFirstEncodableVideoCodec(['vp9', 'vp8'], { ...size, quality });
  if (codec === null) return cannot('it encodes neither VP9 nor VP8 at this size');
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = canvas.getContext('2d');
  assert(context !== null, 'a browser that has canvases draws on them');
  context.scale(pixelRatio, pixelRatio);
  const easel = canvasEasel(context, pixelRatio);
  const target = new BufferTarget();
  const output = new Output({ format: new WebMOutputFormat(), target });
  const source = new CanvasSource(canvas, { codec, quality });
  output.addVideoTrack(source, { frameRate: FRAMES_A_SECOND });
  await output.start();
  for (const [index, cursor] of cursors.entries()) {
    if (signal.aborted) {
      await output.cancel();
      throw signal.reason;
    }
    if (cursor !== cursors[index - 1]) picture.draw(easel, cursor);
    await source.add(index / FRAMES_A_SECOND, 1 / FRAMES_A_SECOND);
    onProgress((index + 1) / cursors.length);
  }
  await output.finalize();
  assert(target.buffer !== null, 'a film that is finished is there');
  return { ok: true, file: new Blob([target.buffer], { type: 'video/webm' }) };
}

function cannot(why: string): MadeFilm {
  return {
    ok: false,
    reason: `This browser cannot make a film: ${why}. An HTML file plays the same.`,
  };
}
