import { InteractionError, outputText } from 'rx-interactions';
import { fault } from 'rx-interactions/emulator';

import { CALLS } from './support/fault-calls.js';
import { type CallName, FAULT_TABLE } from './support/fault-table.js';
import { runFaulted } from './support/run-faulted.js';

const calls = Object.keys(CALLS) as readonly CallName[];

it('every fault has a row', () => {
  const rows = FAULT_TABLE.flatMap(({ faults }) =>
    faults(1).map((entry) => (typeof entry.fault === 'function' ? entry.fault(fault) : entry.fault).kind),
  );
  const made = [
    fault.refuse(1),
    fault.reset(),
    fault.status(500),
    fault.page(),
    fault.redirect(),
    fault.slowHeaders(1),
    fault.cut(),
    fault.stall(),
    fault.drip(),
    fault.split(),
    fault.duplicate(),
    fault.drop(),
    fault.eventIds(),
    fault.malformed(),
    fault.oversized(64),
    fault.errorEvent(1),
    fault.emptyErrorEvent(1),
    fault.rawError(1),
    fault.noDone(),
    fault.noBlankLine(),
    fault.contentType(),
    fault.json(),
  ];
  expect(made).toHaveLength(Object.keys(fault).length);
  expect(made.map(({ kind }) => kind).filter((kind) => !rows.includes(kind))).toEqual([]);
});

describe.each(FAULT_TABLE.map((row) => [row.name, row] as const))(
  '%s',
  (_name, { faults, client, emulator, stories }) => {
    it.each(calls)('%s', async (name) => {
      const call = CALLS[name];
      const { story, output, error, stillOpen, unheard } = await runFaulted(call, faults, { client, emulator });
      expect(story).toBe(stories[name]);
      // Delivered once: all of it, or the beginning of it.
      expect(output).toBe(error === undefined ? call.whole : call.whole.slice(0, output.length));
      expect(error === undefined || InteractionError.is(error)).toBe(true);
      if (name === 'stream' && InteractionError.is(error) && error.partial)
        expect(outputText(error.partial) ?? '').toBe(output);
      expect(stillOpen).toBe(0);
      expect(unheard).toEqual([]);
    });
  },
);
