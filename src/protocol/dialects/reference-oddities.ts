import { isRecord } from '../../internal/is-record.js';
import type { Dialect, Received } from './dialect.js';
import { renamed, withMember } from './members.js';

const isPlace = (value: unknown): boolean =>
  isRecord(value) &&
  value['places'] === undefined &&
  (typeof value['place_id'] === 'string' || typeof value['name'] === 'string');

const read = (object: Received): Received => {
  switch (object['type']) {
    case 'google_search_call':
      return withMember(object, 'arguments', (args) =>
        isRecord(args) && typeof args['query'] === 'string'
          ? renamed(args, 'query', 'queries', (query) => [query])
          : args,
      );
    case 'google_maps_result':
      return withMember(object, 'result', (result) =>
        Array.isArray(result) && result.length > 0 && result.every(isPlace) ? [{ places: result }] : result,
      );
    default:
      return object;
  }
};

/** What the reference pages show, and no server was seen to send (wire-format 13.G). */
export const referenceOddities: Dialect = { step: read, delta: read };
