/**
 * gzip by the platform's own streams: off the page's thread, and a file that is cut off or altered
 * fails by its length and checksum.
 */
export async function zipped(text: string): Promise<Blob> {
  return read(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip')));
}

export type Unzipped =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: 'damaged' | 'too large' };

/** The text that `zipped` was given; of nothing that would unfold to more than `most` bytes. */
export async function unzipped(file: Blob, most: number): Promise<Unzipped> {
  let bytes = 0;
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes <= most) controller.enqueue(chunk);
      else controller.error(new Error('too large'));
    },
  });
  try {
    const unfolding = file.stream().pipeThrough(new DecompressionStream('gzip'));
    const blob = await read(unfolding.pipeThrough(counted));
    return { ok: true, text: await blob.text() };
  } catch {
    return { ok: false, reason: bytes > most ? 'too large' : 'damaged' };
  }
}

function read(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Blob> {
  return new Response(stream).blob();
}
