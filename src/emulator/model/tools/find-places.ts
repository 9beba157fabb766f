import type { GoogleMapsTool } from '../../../protocol/index.js';
import { reply, type Reply } from '../../reply.js';
import type { Turn } from '../../turn.js';
import { think } from '../behaviour.js';
import { citeText } from '../cite-text.js';

/** The one place on the map. */
const PLACE = {
  name: 'Café Müller',
  place_id: 'places/ChIJCafeMueller',
  url: 'https://maps.google.com/?cid=1',
  review_snippets: [
    { review_id: 'ChZDSUhNMG9nS0VJQ0FnSUQ', title: 'Worth a visit', url: 'https://maps.google.com/?review=1' },
  ],
};

/** Finds a place on the map; with a token for the widget where that is enabled. */
export const findPlaces = ({ enable_widget, latitude, longitude }: GoogleMapsTool, turn: Turn): Reply => {
  const widget = enable_widget === true ? { widget_context_token: 'widgetcontent/emulated' } : {};
  const around = latitude === undefined || longitude === undefined ? '' : ` around ${latitude}, ${longitude}`;
  return [
    think(turn, 'Looking at the map', 'I look for places that fit.'),
    reply.serverTool(
      'google_maps',
      { arguments: { queries: [turn.prompt] } },
      { result: [{ places: [PLACE], ...widget }] },
    ),
    citeText(
      `I found a place${around}: ☕ `,
      { text: `${PLACE.name}, where people like the cakes.`, sources: [{ type: 'place_citation', ...PLACE }] },
      ' Enjoy!',
    ),
  ];
};
