/** Lets a person choose a file of the kinds that `accept` names. */
export function chooseFile(accept: string, take: (file: File) => void): void {
  const chooser = document.createElement('input');
  chooser.type = 'file';
  chooser.accept = accept;
  chooser.hidden = true;
  chooser.addEventListener('change', () => {
    const file = chooser.files?.[0];
    if (file !== undefined) take(file);
    chooser.remove();
  });
  chooser.addEventListener('cancel', () => chooser.remove());
  // One that stands nowhere in the page may be gone before a file is chosen.
  document.body.append(chooser);
  chooser.click();
}
