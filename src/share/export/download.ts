/** Has the browser save a file under a name. */
export function download(name: string, file: Blob): void {
  // The browser may read the file long after the click: it is let go when the next one is saved.
  if (offered !== null) URL.revokeObjectURL(offered);
  offered = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = offered;
  link.download = name;
  link.click();
}

/** The address of the file that was last offered for download. */
let offered: string | null = null;
