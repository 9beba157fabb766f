import type { LoggedRequest } from '../emulator/index.js';
import { DEFAULT_HOST, DEFAULT_PORT } from './parse-arguments.js';

/** Gives a text a colour, where there are colours. */
export type Paint = (style: 'bold' | 'dim' | 'green' | 'yellow' | 'red', text: string) => string;

/** What `--help` prints. */
export const HELP = `Usage: rx-interactions emulator [options]

Serves an emulator of the Gemini Interactions API over HTTP: no key, no bill.

Options:
  -p, --port <number>           where to listen; 0 takes a free port (default: ${DEFAULT_PORT})
      --host <address>          the address to listen on (default: ${DEFAULT_HOST}, this machine only)
      --pace <ms>               the time between two events; 0 answers at once (default: 1)
      --queued <ms>             how long background runs are queued before they begin (default: 0)
      --retention <ms>          how long interactions are kept (default: for ever)
      --tokens-per-hop <count>  ends longer answers with requires_continuation (default: off)
      --event-ids <which>       which events carry an event_id: all, none, or every n-th
                                (default: all of background runs and of resumed streams)
      --on-leave <what>         stop or continue what runs in the foreground when its client leaves
                                (default: stop)
  -h, --help                    prints this
  -v, --version                 prints the version
`;

/** What is said at the start: where it listens, and how to get there. */
export const renderWelcome = (url: string, paint: Paint): string => `
The Gemini Interactions API, emulated at ${paint('bold', url)}

${paint('dim', '// rx-interactions')}
createClient({ apiKey: 'any', baseUrl: '${url}' })

${paint('dim', '// @google/genai')}
new GoogleGenAI({ apiKey: 'any', httpOptions: { baseUrl: '${url}' } })

${paint('dim', '# any program that reads the environment')}
export GEMINI_API_KEY=any GOOGLE_GEMINI_BASE_URL=${url}

${paint('dim', '# curl')}
curl ${url}/v1beta/interactions -H 'x-goog-api-key: any' -H 'content-type: application/json' \\
  --no-buffer -d '{"model":"gemini-3-flash-preview","input":"Tell me a joke.","stream":true}'

Press Ctrl+C to stop.

`;

const renderBytes = (bytes: number): string => {
  if (bytes < 1000) return `${bytes} B`;
  const [size, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kB'] : [bytes / 1_000_000, 'MB'];
  return `${size.toFixed(1)} ${unit}`;
};

const styleOf = (status: number): 'green' | 'yellow' | 'red' =>
  status < 400 ? 'green' : status < 500 ? 'yellow' : 'red';

/**
 * A request that has ended, in one line: `POST /v1beta/interactions 200 34 ms 5.1 kB`. Nothing of its query, its headers or
 * its body is in it, where keys are.
 *
 * @param ms - How long it took.
 */
export const renderRequest = (
  { method, path, status, bytes, aborted }: LoggedRequest,
  ms: number,
  paint: Paint,
): string =>
  [
    method,
    path,
    status === undefined ? '-' : paint(styleOf(status), String(status)),
    `${ms.toFixed(0)} ms`,
    renderBytes(bytes),
    ...(aborted ? [paint('yellow', 'aborted')] : []),
  ].join(' ');
