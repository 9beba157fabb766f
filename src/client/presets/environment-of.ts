import type { Interaction } from '../../protocol/index.js';
import type { AgentEnvironment } from './agent-request.js';

/** An id with `env_` before it is one that the server does not know: it makes a new sandbox, and says nothing (quirk Q27). */
const bareId = (id: string): string => id.replace(/^env_/, '');

/** The same environment, by the bare id of the sandbox where it names one. */
export const bareEnvironment = (environment: AgentEnvironment): AgentEnvironment => {
  if (typeof environment === 'string') return bareId(environment);
  const { environment_id: id } = environment;
  return typeof id === 'string' ? { ...environment, environment_id: bareId(id) } : environment;
};

/**
 * The id of the sandbox that an interaction ran in, for the `environment` of the next one: a turn gets a new one, without the
 * files of the last, unless it says this. `undefined` where there was none. The server keeps one for 7 days (wire-format 9.5).
 *
 * @example The next turn in the same sandbox
 * ```ts
 * client
 *   .create(managedAgent({ input: 'Save the first 20 Fibonacci numbers to fibonacci.txt.', environment: 'remote' }))
 *   .pipe(
 *     switchMap((first) =>
 *       client.create(
 *         managedAgent({
 *           input: 'Print the file.',
 *           environment: environmentOf(first) ?? 'remote',
 *           previous_interaction_id: first.id,
 *         }),
 *       ),
 *     ),
 *   )
 *   .subscribe();
 * ```
 */
export const environmentOf = ({ environment_id: id }: Pick<Interaction, 'environment_id'>): string | undefined =>
  id === undefined || id === '' ? undefined : bareId(id);
