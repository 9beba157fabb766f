import { invalid } from './refusal.js';

const tooLarge = (limit: number) => invalid(`Request payload size exceeds the limit: ${limit} bytes.`);

/** The text of a request's body, as long as it is not larger than that. */
export const readBody = async (request: Request, limit: number): Promise<string> => {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge(limit);
  if (request.body === null) return '';
  const reader = request.body.getReader();
  const decoder = new TextDecoder();
  let size = 0;
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > limit) {
      await reader.cancel();
      throw tooLarge(limit);
    }
    text += decoder.decode(value, { stream: true });
  }
};

/** The value that a body is the JSON of. */
export const parseBody = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('The body is not valid JSON.');
  }
};
