import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { python } from '@codemirror/lang-python';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, hoverTooltip, keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { ConditionName } from '../../core/python/condition/names.ts';
import type { ConditionProblem } from '../../core/python/condition/unwrap.ts';

/** A condition that is being written. It is only ever parsed, never executed. */
export interface RuleEditor {
  /**
   * Puts another text in the place of what is there, and begins its history with it: what was typed
   * before belongs to another case, and is taken back with that one.
   */
  show(text: string): void;
  /** Writes a name where the cursor is, apart from what stands before it. */
  insert(name: string): void;
  /** Marks what is wrong, or nothing. */
  mark(problem: ConditionProblem | null): void;
  destroy(): void;
}

/** What an editor tells. */
export interface RuleEditorEvents {
  /** Another text stands there, because a person wrote it. */
  onType(text: string): void;
  /** The editor is left. */
  onLeave(): void;
}

/**
 * An editor in a shadow root of `host`: there CodeMirror adopts its style sheets instead of writing
 * them into the page, which the page's policy forbids.
 */
export function createRuleEditor(
  host: HTMLElement,
  text: string,
  names: readonly ConditionName[],
  { onType, onLeave }: RuleEditorEvents,
): RuleEditor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const extensions = [
    history(),
    keymap.of([...defaultKeymap, ...historyKeymap]),
    python(),
    syntaxHighlighting(COLOURS),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({
      'aria-label': 'The condition, in Python',
      'data-testid': 'rule-editor',
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) onType(update.state.doc.toString());
    }),
    EditorView.domEventHandlers({ beforeinput, compositionstart, blur: onLeave }),
    hoverTooltip((editor, position) => meaningAt(editor, position, names)),
    LOOK,
  ];
  const stateOf = (doc: string) =>
    EditorState.create({ doc, selection: { anchor: doc.length }, extensions });
  const view = new EditorView({
    root,
    parent: root as unknown as HTMLElement,
    state: stateOf(text),
  });
  return {
    show(next) {
      if (view.state.doc.toString() !== next) view.setState(stateOf(next));
    },
    insert(name) {
      const { from } = view.state.selection.main;
      const clings = /[\w)]$/.test(view.state.sliceDoc(0, from));
      view.dispatch(view.state.replaceSelection(clings ? ` ${name}` : name));
      view.focus();
    },
    mark(problem) {
      const length = view.state.doc.length;
      const marks: Diagnostic[] =
        problem === null
          ? []
          : [
              {
                from: Math.min(problem.from, length),
                to: Math.min(Math.max(problem.to, problem.from + 1), length),
                severity: 'error',
                message: problem.message,
              },
            ];
      view.dispatch(setDiagnostics(view.state, marks));
      holdCursor(view);
    },
    destroy: () => view.destroy(),
  };
}

/**
 * What is typed over a selection is put there by the editor. A browser that does so itself keeps the
 * colour of what was selected in a style attribute, which the page's policy forbids.
 */
function beforeinput(event: InputEvent, view: EditorView): boolean {
  if (event.inputType !== 'insertText' || event.data === null || !isSelecting(view)) return false;
  view.dispatch(view.state.replaceSelection(event.data), { userEvent: 'input.type' });
  return true;
}

/**
 * Puts the browser's cursor back where the editor has it. A mark moves letters into an element of its
 * own: the browser's cursor falls to the start of the line, CodeMirror takes it to be where it was, and
 * the next letter is written there.
 */
function holdCursor(view: EditorView): void {
  const { main } = view.state.selection;
  if (!view.hasFocus || !main.empty) return;
  const { node, offset } = view.domAtPos(main.head);
  // Where a shadow root has no selection of its own, the document's reaches into it.
  const root: DocumentOrShadowRoot & Partial<Pick<Document, 'getSelection'>> = view.root;
  (root.getSelection?.() ?? document.getSelection())?.collapse(node, offset);
}

/** What is composed, as with an input method, begins where the selection was. */
function compositionstart(_: CompositionEvent, view: EditorView): void {
  if (isSelecting(view)) view.dispatch(view.state.replaceSelection(''));
}

function isSelecting({ state }: EditorView): boolean {
  return state.selection.ranges.some(({ empty }) => !empty);
}

/** What the name under the pointer stands for. */
function meaningAt(editor: EditorView, position: number, names: readonly ConditionName[]) {
  const word = editor.state.wordAt(position);
  if (word === null) return null;
  const text = editor.state.sliceDoc(word.from, word.to);
  const found = names.find(({ name }) => name.replace('()', '') === text);
  if (found === undefined) return null;
  return {
    pos: word.from,
    end: word.to,
    above: true,
    create() {
      const dom = document.createElement('div');
      dom.textContent = found.meaning;
      dom.className = 'meaning';
      return { dom };
    },
  };
}

const COLOURS = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword], color: 'var(--accent)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--warn)' },
  { tag: tags.comment, color: 'var(--faint)' },
]);

const LOOK = EditorView.theme({
  '&': {
    border: '1px solid var(--line)',
    borderRadius: 'var(--radius)',
    backgroundColor: 'var(--panel)',
    color: 'var(--ink)',
    font: 'var(--text) var(--mono)',
  },
  '&.cm-focused': { outline: 'none', boxShadow: 'var(--focus)' },
  '.cm-scroller': { fontFamily: 'inherit', lineHeight: '1.7' },
  '.cm-content': { padding: '8px 6px', caretColor: 'var(--ink)', fontVariantLigatures: 'none' },
  '.cm-tooltip': {
    padding: '6px 10px',
    border: '1px solid var(--line)',
    borderRadius: 'var(--radius)',
    backgroundColor: 'var(--raised)',
    color: 'var(--ink)',
    font: 'var(--text-small)/1.45 var(--sans)',
    maxWidth: '340px',
  },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--bad) 1.5px',
    textUnderlineOffset: '3px',
  },
});
