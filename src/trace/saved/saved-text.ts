/** A value as JSON, with arrays of numbers as base64 of their bytes (little-endian). */
export function savedText(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (inner instanceof Int32Array) return { int32: base64(inner) };
    if (inner instanceof Float64Array) return { float64: base64(inner) };
    return inner;
  });
}

/** What `savedText` was given. Throws where the text is no JSON, or its base64 is none. */
export function savedValue(text: string): unknown {
  return JSON.parse(text, (_, inner: unknown) => revived(inner));
}

function revived(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('int32' in value && typeof value.int32 === 'string') {
    return new Int32Array(bytesOf(value.int32).buffer);
  }
  if ('float64' in value && typeof value.float64 === 'string') {
    return new Float64Array(bytesOf(value.float64).buffer);
  }
  return value;
}

function base64(numbers: Int32Array | Float64Array): string {
  return base64Of(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
}

/** Bytes in letters that any text can hold. */
export function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
