import * as v from 'valibot';
import { quoted } from '../../base/quoted.ts';
import { ASKABLE_EXAMPLES, FACT_EXAMPLES, isAskable, readFact } from './fact.ts';
import { PANELS, PARTS } from './lesson.ts';
import { readWhen, WHEN_EXAMPLES } from './when.ts';

/** The fields of a lesson's front matter and of a step's block, as a person writes them. */

/** How much of what a lesson says is quoted. */
const shown = (value: unknown) => quoted(value, 60);

function text(name: string, longest: number) {
  const message = ({ input }: { input: unknown }) =>
    `${name} is ${shown(input)}; it must be a text of 1 to ${longest} letters`;
  return v.pipe(
    v.string(message),
    v.trim(),
    v.minLength(1, message),
    v.maxLength(longest, message),
  );
}

function when(name: string) {
  const message = ({ input }: { input: unknown }) =>
    `${name} is ${shown(input)}, which is no moment; moments are ${WHEN_EXAMPLES}`;
  return v.pipe(
    v.string(message),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const read = readWhen(dataset.value);
      if (read === null) {
        addIssue({ message: message({ input: dataset.value }) });
        return NEVER;
      }
      return read;
    }),
  );
}

function numbers(name: string) {
  const message = ({ input }: { input: unknown }) =>
    `${name} is ${shown(input)}; it must be a list of whole numbers, 0 for the first`;
  return v.pipe(
    v.array(v.pipe(v.number(message), v.integer(message), v.minValue(0, message)), message),
    v.minLength(1, message),
  );
}

function choice<const T extends readonly string[]>(name: string, choices: T) {
  return v.picklist(
    choices,
    ({ input }) => `${name} is ${shown(input)}; allowed are ${choices.join(', ')}`,
  );
}

const ASK = v.strictObject(
  {
    question: text('question', 300),
    answer: v.pipe(
      v.string(),
      v.rawTransform(({ dataset, addIssue, NEVER }) => {
        const fact = readFact(dataset.value);
        if (fact !== null && isAskable(fact.kind)) return fact;
        addIssue({
          message: `answer is ${shown(dataset.value)}; what can be asked for is ${ASKABLE_EXAMPLES}`,
        });
        return NEVER;
      }),
    ),
    because: v.optional(text('because', 600)),
  },
  unknownField('ask', 'question, answer, because'),
);

const VALUE = v.union(
  [v.string(), v.number(), v.array(v.number())],
  ({ input }) => `a claim is ${shown(input)}; it must be a number, a text or a list of numbers`,
);

export const EXPECT = v.record(
  v.pipe(
    v.string(),
    v.check(
      (phrase) => readFact(phrase) !== null,
      ({ input }) => `${shown(input)} is nothing that can be claimed; claims are ${FACT_EXAMPLES}`,
    ),
  ),
  VALUE,
  'expect must be a list of claims, each “what: value”',
);

const STEP_FIELDS = {
  case: v.optional(v.record(v.string(), v.unknown(), 'case must be the fields of a case')),
  from: v.optional(when('from')),
  at: when('at'),
  after: v.optional(when('after')),
  look: v.optional(
    v.strictObject(
      {
        picture: v.optional(choice('picture', ['heads', 'memory'])),
        colourBy: v.optional(choice('colourBy', ['head', 'chunk'])),
        side: v.optional(choice('side', ['why', 'inspector'])),
        under: v.optional(choice('under', ['timeline', 'log'])),
      },
      unknownField('look', 'picture, colourBy, side, under'),
    ),
  ),
  panels: v.optional(v.array(choice('a panel', PANELS))),
  highlight: v.optional(
    v.strictObject(
      {
        ranks: v.optional(numbers('ranks')),
        heads: v.optional(numbers('heads')),
        tokens: v.optional(numbers('tokens')),
        parts: v.optional(v.array(choice('a part', PARTS))),
      },
      unknownField('highlight', 'ranks, heads, tokens, parts'),
    ),
  ),
  ask: v.optional(ASK),
  expect: v.optional(EXPECT),
  elsewhere: v.optional(
    v.array(
      v.strictObject(
        {
          case: v.optional(v.record(v.string(), v.unknown(), 'case must be fields of a case'), {}),
          at: when('at'),
          expect: EXPECT,
        },
        unknownField('elsewhere', 'case, at, expect'),
      ),
      'elsewhere must be a list, each with case, at and expect',
    ),
  ),
  notes: v.optional(text('notes', 2000)),
};

export const STEP = v.strictObject(
  STEP_FIELDS,
  unknownField('a step', Object.keys(STEP_FIELDS).join(', ')),
);

export const FRONT = v.strictObject(
  {
    title: text('title', 120),
    summary: text('summary', 300),
    minutes: v.pipe(
      v.number(({ input }) => `minutes is ${shown(input)}; it must be a number from 1 to 60`),
      v.minValue(1, 'minutes must be from 1 to 60'),
      v.maxValue(60, 'minutes must be from 1 to 60'),
    ),
  },
  unknownField('the front matter', 'title, summary, minutes'),
);

/** The message for a field that is none, or missing. */
function unknownField(where: string, allowed: string) {
  return (issue: v.StrictObjectIssue) => {
    const name = v.getDotPath(issue)?.split('.').at(-1) ?? where;
    if (issue.expected === 'never')
      return `${name} is no field of ${where}; allowed are ${allowed}`;
    if (issue.expected === 'Object')
      return `${where} must be fields, each “name: value”: ${allowed}`;
    return `${name} is missing in ${where}`;
  };
}
