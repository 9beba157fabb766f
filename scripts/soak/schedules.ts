import { isDeepStrictEqual } from 'node:util';

import fc from 'fast-check';

import { runSchedule, schedules } from '../../test/support/resume-schedules.js';

/** What was generated has no prototype, and members that are `undefined`: neither makes a difference. */
const asJson = (value: object): unknown => JSON.parse(JSON.stringify(value));

/** How many run under one seed: the progress is told between them. */
const BATCH = 1_000;

/**
 * Lets the connection drop in so many random ways, in virtual time, and compares what is told in the end with what the
 * unbroken stream would have told. Says which way went wrong, as short as it can be made.
 */
export const soakSchedules = (count: number): readonly string[] => {
  console.log(`${count.toLocaleString('en')} random schedules of drops and resumes\n`);
  const started = Date.now();
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0; // each drop is an error, and nobody reads where it came from
  try {
    for (let done = 0; done < count; done += BATCH) {
      const details = fc.check(
        fc.property(schedules, (schedule) => {
          const { result, expected } = runSchedule(schedule);
          return isDeepStrictEqual(asJson(result), asJson(expected));
        }),
        { numRuns: Math.min(BATCH, count - done), seed: started + done },
      );
      if (process.stderr.isTTY) process.stderr.write(`\r${Math.min(done + BATCH, count).toLocaleString('en')} `);
      if (details.failed) return [fc.defaultReportMessage(details) ?? 'a schedule went wrong'];
    }
    return [];
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
};
