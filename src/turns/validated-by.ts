import type { StandardIssue, StandardResult, StandardSchema } from '../internal/decode-with.js';
import { isErrorLike } from '../internal/error-like.js';

/** Something that a `validate` does not like: an error of ajv's, or an issue as zod and other Standard Schemas have them. */
export interface ValidationIssue {
  /** What is wrong. @defaultValue `'does not fit'` */
  readonly message?: string | undefined;
  /** Where, as member names and array places. */
  readonly path?: StandardIssue['path'];
  /** Where, as a JSON Pointer, like `/rows/3`. */
  readonly instancePath?: string | undefined;
}

/** `true`, nothing and an empty list say that a value fits. */
export type Verdict = boolean | readonly ValidationIssue[] | undefined;

type JsonArguments = Readonly<Record<string, unknown>>;

/**
 * Says whether arguments fit: what `ajv.compile(schema)` gives, or a function of your own.
 *
 * They fit where it returns `true`, nothing, or an empty list. They do not where it returns `false`, with the reasons in
 * its `errors`, as ajv does; returns a list of issues; or throws. A promise of one of these is waited for. It gets a copy:
 * one that fills in defaults may write to it, and the copy is what `execute` is given.
 */
export interface Validate {
  (args: JsonArguments): Verdict | PromiseLike<Verdict>;
  /** Why it last returned `false`. */
  readonly errors?: readonly ValidationIssue[] | null | undefined;
}

/** A type guard that is used to anything, as `ajv.compile<T>(schema)`. */
type Guard<Arguments> = (args: unknown) => args is Arguments;

/** A type guard that is used to JSON objects. */
type JsonGuard<Arguments extends JsonArguments> = (args: JsonArguments) => args is Arguments;

/** What a check lets pass: what a type guard says it is, or else some JSON object. */
export type ArgumentsOf<Check> =
  Check extends Guard<infer Arguments>
    ? unknown extends Arguments
      ? JsonArguments
      : Arguments
    : Check extends JsonGuard<infer Arguments>
      ? Arguments
      : JsonArguments;

const segmentsOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));

const standardIssueOf = ({ message = 'does not fit', path, instancePath = '' }: ValidationIssue): StandardIssue => ({
  message,
  path: path ?? segmentsOf(instancePath),
});

const refusal = (issues: readonly ValidationIssue[]): StandardResult<never> => ({
  issues: issues.map(standardIssueOf),
});

/** Why something was thrown: ajv's asynchronous schemas throw an error that has `errors`. */
const thrownIssues = (error: unknown): readonly ValidationIssue[] => {
  if (!isErrorLike(error)) return [{ message: String(error) }];
  // Safe: only their `message` and their paths are read, and either may be missing.
  return Array.isArray(error.errors) ? (error.errors as readonly ValidationIssue[]) : [{ message: error.message }];
};

const resultOf = (verdict: Verdict, value: unknown, { errors }: Validate): StandardResult<unknown> => {
  if (verdict === false) return refusal(errors ?? [{}]);
  return Array.isArray(verdict) && verdict.length > 0 ? refusal(verdict as readonly ValidationIssue[]) : { value };
};

const isPromise = (verdict: Verdict | PromiseLike<Verdict>): verdict is PromiseLike<Verdict> =>
  typeof verdict === 'object' && 'then' in verdict;

/** A Standard Schema that a `validate` stands behind. */
export const validatedBy = (validate: Validate): StandardSchema<unknown> => ({
  '~standard': {
    version: 1,
    validate: (received) => {
      const value = structuredClone(received);
      try {
        // Safe: the arguments of a call are a JSON object.
        const verdict = validate(value as JsonArguments);
        return isPromise(verdict)
          ? Promise.resolve(verdict).then(
              (settled) => resultOf(settled, value, validate),
              (error: unknown) => refusal(thrownIssues(error)),
            )
          : resultOf(verdict, value, validate);
      } catch (error) {
        return refusal(thrownIssues(error));
      }
    },
  },
});
