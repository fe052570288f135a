import { CompareDialog } from '../compare/compare-dialog.tsx';
import { GlossaryDialog } from '../dialogs/glossary-dialog.tsx';
import { KeySheet } from '../dialogs/key-sheet.tsx';
import { Palette } from '../dialogs/palette.tsx';
import { ExportDialog } from '../export/export-dialog.tsx';

/** All that stands over the page while it is open: each by its name in the store. */
export function PageDialogs() {
  return (
    <>
      <Palette />
      <CompareDialog />
      <KeySheet />
      <GlossaryDialog />
      <ExportDialog />
    </>
  );
}
