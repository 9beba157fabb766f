import type * as t from 'io-ts';

import { camelCased } from '../../client/generate-content/rules.js';
import { isRecord } from '../../internal/is-record.js';
import { Shape } from '../../protocol/index.js';

const isShape = (codec: t.Mixed): codec is Shape<Record<string, t.Mixed>, Record<string, t.Mixed>> =>
  codec instanceof Shape;
const isList = (codec: t.Mixed): codec is t.Mixed & { readonly item: t.Mixed } => 'item' in codec;

/**
 * A value with the members that a codec lists as it spells them: REST takes `generation_config`, too, and one item where a list
 * stands. Whatever the codec leaves open (arguments, schemas, results) is not looked at.
 */
export const spellAs = (codec: t.Mixed, value: unknown): unknown => {
  if (value === undefined || value === null) return value;
  if (isList(codec)) return [value].flat().map((item) => spellAs(codec.item, item));
  if (!isShape(codec) || !isRecord(value)) return value;
  const members = { ...codec.required, ...codec.optional };
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      const name = Object.hasOwn(members, key) ? key : camelCased(key);
      const known = Object.hasOwn(members, name) ? members[name] : undefined;
      return known ? [name, spellAs(known, member)] : [key, member];
    }),
  );
};
