import type { ResponseFormatEntry } from '../../protocol/index.js';
import { formatsIn } from '../request-rules.js';
import type { Turn } from '../turn.js';

type FormatOf<Type extends ResponseFormatEntry['type']> = Extract<ResponseFormatEntry, { readonly type: Type }>;

/** The entry of `response_format` for a modality, if there is one. */
export const formatFor = <Type extends ResponseFormatEntry['type']>(
  { request }: Turn,
  type: Type,
): FormatOf<Type> | undefined => formatsIn(request).find((entry): entry is FormatOf<Type> => entry.type === type);

/** Whether a modality is asked for, by `response_format` or by the older `response_modalities` (wire-format 2.1). */
export const asksFor = ({ request }: Turn, modality: 'text' | 'image' | 'audio' | 'video' | 'document'): boolean =>
  formatsIn(request).some(({ type }) => type === modality) || (request.response_modalities ?? []).includes(modality);
