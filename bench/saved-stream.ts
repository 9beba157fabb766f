/**
 * Streams in files, chunk by chunk: who measures memory reads one, and has nothing else of the scenario in it.
 */
import { closeSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { type ScenarioName, scenarios } from './scenarios.js';

const filesOf = (folder: string, scenario: ScenarioName) => ({
  bytes: resolve(folder, `${scenario}.bin`),
  lengths: resolve(folder, `${scenario}.json`),
});

/** Makes a scenario and writes its bytes into the folder. */
export const saveStream = (folder: string, scenario: ScenarioName, scale: number): void => {
  const { bytes, lengths } = filesOf(folder, scenario);
  const { chunks } = scenarios[scenario](scale);
  writeFileSync(bytes, Buffer.concat(chunks));
  writeFileSync(lengths, JSON.stringify(chunks.map(({ length }) => length)));
};

/** The chunks that were written, each with memory of its own. */
export const loadChunks = (folder: string, scenario: ScenarioName): readonly Uint8Array[] => {
  const { bytes, lengths } = filesOf(folder, scenario);
  const file = openSync(bytes, 'r');
  const chunks = (JSON.parse(readFileSync(lengths, 'utf8')) as readonly number[]).map((length) => {
    const chunk = new Uint8Array(length);
    readSync(file, chunk);
    return chunk;
  });
  closeSync(file);
  return chunks;
};
