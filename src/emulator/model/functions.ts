import type { FunctionTool } from '../../protocol/index.js';
import type { Turn } from '../turn.js';

/** The functions that may be called, and whether one has to be. */
export interface Functions {
  readonly tools: readonly FunctionTool[];
  readonly mustCall: boolean;
}

/** What `tools` and `tool_choice` amount to. */
export const functionsOf = ({ request: { tools = [], generation_config } }: Turn): Functions => {
  const declared = tools.flatMap((tool) => (tool.type === 'function' ? tool : []));
  const choice = generation_config?.tool_choice ?? 'auto';
  const { mode = 'auto', tools: names } = typeof choice === 'string' ? { mode: choice } : (choice.allowed_tools ?? {});
  const allowed = names === undefined ? declared : declared.filter(({ name }) => names.includes(name));
  return mode === 'none'
    ? { tools: [], mustCall: false }
    : { tools: allowed, mustCall: mode === 'any' && allowed.length > 0 };
};
