import * as t from 'io-ts';

/** A codec with words for the model. */
export class DescribedType<Codec extends t.Mixed> extends t.Type<t.TypeOf<Codec>, t.OutputOf<Codec>> {
  readonly _tag = 'DescribedType';
  /** The codec that the words are about. */
  readonly type: Codec;
  /** The words. */
  readonly description: string;

  constructor(type: Codec, description: string) {
    super(type.name, type.is, type.validate, type.encode);
    this.type = type;
    this.description = description;
  }
}

/**
 * The same codec with words for the model: they become the `description` of its JSON Schema.
 *
 * @example
 * ```ts
 * t.type({ city: described(t.string, 'City name, e.g. Paris') });
 * ```
 */
export const described = <Codec extends t.Mixed>(codec: Codec, text: string): DescribedType<Codec> =>
  new DescribedType(codec, text);
