/**
 * Copies a text, be it still in the making; resolves to what is to be said of it: `done`, or why it
 * could not be copied.
 */
export async function copyText(text: string | Promise<string>, done: string): Promise<string> {
  try {
    // Said at once, so that the browser sees that it was asked for by a person.
    const type = 'text/plain';
    const blob = Promise.resolve(text).then((made) => new Blob([made], { type }));
    await navigator.clipboard.write([new ClipboardItem({ [type]: blob })]);
    return done;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `nothing copied: the browser did not allow it (${reason})`;
  }
}
