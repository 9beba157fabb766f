import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const FOLDER = path.resolve(__dirname, '../../../shared/recordings/2026-05-20');

/** One recorded stream, and the answer to the same request without `stream`. */
export interface Recording {
  readonly name: string;
  /** The `data:` payloads, in order. */
  readonly messages: readonly object[];
  readonly unary: object;
}

const read = (file: string): string => readFileSync(path.join(FOLDER, file), 'utf8');

/** What the live service really sent. They are no part of the project: empty where the folder is not beside it. */
export const recordings: readonly Recording[] = existsSync(FOLDER)
  ? readdirSync(FOLDER)
      .filter((file) => file.endsWith('.events.ndjson'))
      .map((file) => path.basename(file, '.events.ndjson'))
      .map((name) => ({
        name,
        messages: read(`${name}.events.ndjson`)
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line) as object),
        unary: JSON.parse(read(`${name}.unary.json`)) as object,
      }))
  : [];

/** Groups tests of the recordings; where there are none, a skipped test and a line on the console say so. */
export const describeRecordings = (title: string, body: (all: readonly Recording[]) => void): void => {
  describe(title, () => {
    if (recordings.length > 0) {
      body(recordings);
      return;
    }
    console.warn(`The recordings are not beside this checkout (${FOLDER}); their tests are skipped.`);
    it.skip('recordings are not beside this checkout', () => undefined);
  });
};
