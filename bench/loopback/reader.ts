/**
 * One reader, in a process of its own, that reads what it is asked for, whenever it is asked.
 *
 * Arguments: its name, the server's URL, the sizes of the streams as JSON.
 */
import { type ReaderName, readers } from './readers.js';
import { rounds } from './rounds.js';
import type { Route, Sizes } from './streams.js';

const [name, url = '', sizes = ''] = process.argv.slice(2);
const read = readers[name as ReaderName]; // safe: the parent takes the name from the same table

process.on('message', (route: Route) => {
  void rounds[route](read, `${url}/${route}`, JSON.parse(sizes) as Sizes).then((round) => process.send?.(round));
});
