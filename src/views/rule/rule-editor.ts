import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { python } from '@codemirror/lang-python';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, hoverTooltip, keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { ConditionName } from '../../engine/condition/names.ts';
import type { ConditionProblem } from '../../engine/condition/unwrap.ts';

/** A condition that is being written. It is only ever parsed, never executed. */
export interface RuleEditor {
  /** Puts another text in the place of what is there, unless it is the same. */
  show(text: string): void;
  /** Marks what is wrong, or nothing. */
  mark(problem: ConditionProblem | null): void;
  destroy(): void;
}

/**
 * An editor in a shadow root of `host`: there CodeMirror adopts its style sheets instead of writing
 * them into the page, which the page's policy forbids.
 */
export function createRuleEditor(
  host: HTMLElement,
  text: string,
  namesInScope: () => readonly ConditionName[],
  onType: (text: string) => void,
): RuleEditor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const view = new EditorView({
    root,
    parent: root as unknown as HTMLElement,
    state: EditorState.create({
      doc: text,
      extensions: [
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
        hoverTooltip((editor, position) => meaningAt(editor, position, namesInScope())),
        LOOK,
      ],
    }),
  });
  return {
    show(next) {
      const length = view.state.doc.length;
      if (view.state.doc.toString() === next) return;
      view.dispatch({ changes: { from: 0, to: length, insert: next } });
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
    },
    destroy: () => view.destroy(),
  };
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
    borderRadius: '9px',
    backgroundColor: 'var(--panel)',
    color: 'var(--ink)',
    font: '13px var(--mono)',
  },
  '&.cm-focused': { outline: 'none', boxShadow: 'var(--focus)' },
  '.cm-scroller': { fontFamily: 'inherit', lineHeight: '1.7' },
  '.cm-content': { padding: '8px 6px', caretColor: 'var(--ink)', fontVariantLigatures: 'none' },
  '.cm-tooltip': {
    padding: '6px 10px',
    border: '1px solid var(--line)',
    borderRadius: '8px',
    backgroundColor: 'var(--raised)',
    color: 'var(--ink)',
    font: '12px/1.45 var(--sans)',
    maxWidth: '340px',
  },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--bad) 1.5px',
    textUnderlineOffset: '3px',
  },
});
