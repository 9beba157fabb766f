import type { Compared } from './compare.js';
import type { Grown } from './growth.js';
import type { LoopbackFigure } from './loopback/measure.js';
import type { Taken } from './memory-of.js';
import { DOUBLE_AT_MOST } from './plan.js';
import type { Profiled } from './profile-of.js';
import { verdict } from './verdict.js';

const row = (names: readonly string[], figures: readonly string[]): string =>
  [...names.map((name) => name.padEnd(11)), ...figures.map((figure) => figure.padStart(11))].join(' ').trimEnd();

/** Prints figures as they come, each kind under a heading of its own. */
export const printer = () => {
  let above = '';
  const print = (heading: string, line: string): void => {
    if (heading !== above) console.log(`${above === '' ? '' : '\n'}${heading}`);
    above = heading;
    console.log(line);
  };
  return {
    compared: ({ scenario, candidate, best, nsPerEvent, ratio, atMost }: Compared): void => {
      const figures =
        best === undefined
          ? ['not installed']
          : [best.toFixed(1), nsPerEvent.toFixed(0), ratio.toFixed(2), verdict(ratio, atMost)];
      print(
        row(['scenario', 'candidate'], ['best ms', 'ns/event', '× floor', 'at most']),
        row([scenario, candidate], figures),
      );
    },
    grown: ({ what, scenario, candidate, ratio, events }: Grown): void => {
      print(
        row(['grows with', 'scenario', 'candidate'], ['events', '× half', 'at most']),
        row([what, scenario, candidate], [String(events), ratio.toFixed(2), verdict(ratio, DOUBLE_AT_MOST)]),
      );
    },
    taken: ({ scenario, candidate, perEvent, peak }: Taken): void => {
      print(
        row(['memory in', 'candidate'], ['bytes/event', 'peak MB']),
        row([scenario, candidate], [perEvent.toFixed(0), (peak / 1e6).toFixed(1)]),
      );
    },
    profiled: ({ scenario, candidate, place, share }: Profiled): void => {
      print(row(['time in', 'candidate'], ['%']), `${row([scenario, candidate], [(100 * share).toFixed(1)])} ${place}`);
    },
    loopback: ({ route, reader, best, ratios }: LoopbackFigure): void => {
      const shown = Object.entries(best ?? {}).map(
        ([name, value]) => `${name} ${value.toFixed(value < 100 ? 2 : 0)} µs (${(ratios[name] ?? NaN).toFixed(2)} ×)`,
      );
      print('over loopback', row([route, reader], best ? shown : ['not installed']));
    },
  };
};
