import { reply, type ServerToolPart } from '../reply.js';
import { type Behaviour, think } from './behaviour.js';
import { type Computation, computationFor } from './compute.js';
import { inPieces } from './in-pieces.js';

const execution = ({ code, output, isError }: Computation): ServerToolPart =>
  reply.serverTool(
    'code_execution',
    { arguments: { code, language: 'python' } },
    { result: output, ...(isError && { is_error: true }) },
  );

const counted = (prompt: string): Computation => {
  const words = prompt.split(/\s+/).filter((word) => word !== '').length;
  return {
    code: `prompt = ${JSON.stringify(prompt)}\nprint(len(prompt.split()))\n`,
    output: `${words}\n`,
    isError: false,
    says: `I ran a program in the sandbox: your prompt has ${words} ${words === 1 ? 'word' : 'words'}.`,
  };
};

/** Computes by running Python, where the tool is there and there is something to compute. */
export const runCode: Behaviour = (turn) => {
  const hasTool = turn.request.tools?.some(({ type }) => type === 'code_execution') ?? false;
  const computation = hasTool ? computationFor(turn.prompt) : undefined;
  if (!computation) return undefined;
  return [
    think(turn, 'Running code', 'A program gives the exact answer.'),
    execution(computation),
    reply.text(...inPieces(computation.says)),
  ];
};

/** A managed agent: runs code in its sandbox, whatever it is asked. */
export const workInSandbox: Behaviour = (turn) => {
  if (turn.request.agent?.startsWith('antigravity') !== true) return undefined;
  const computation = computationFor(turn.prompt) ?? counted(turn.prompt);
  return [
    think(turn, 'Working in the sandbox', 'I write a script, run it, and read what it printed.'),
    execution(computation),
    reply.text(...inPieces(computation.says)),
  ];
};
