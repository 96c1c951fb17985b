/** The version of links, as app/lab/address.py reads it. */
const VERSION = "1";

/** What of an address is of this window only, or is said anew. */
const LEFT = ["v", "t", "look", "pin", "embed", "teach"];

/** So many digits of a femtosecond: far below the time between two frames. */
const FINEST = 1000;

/** What of an address a link has, without some of it. */
function queryOf(search, left) {
  const given = new URLSearchParams(search);
  for (const name of left) given.delete(name);
  return new URLSearchParams([["v", VERSION], ...given]);
}

/** The link of a run alone, as another link holds it. */
export const runIn = (search) => String(queryOf(search, [...LEFT, "show"]));

/** The link of what is on the page, at a time (fs) that is above 0, never before it, as it looks there, with the link of the run that is pinned. */
export function linkOf({ origin, pathname, search }, { time, look, pin }) {
  const query = queryOf(search, LEFT);
  if (time > 0) query.set("t", String(Math.ceil(time * FINEST) / FINEST));
  if (look) query.set("look", look);
  if (pin) query.set("pin", pin);
  return `${origin}${pathname}?${query}`;
}

/** What a page of another site needs to show a link. */
export const snippetOf = (link) =>
  `<iframe src="${
    link.replaceAll("&", "&amp;")
  }&amp;embed=1" title="Tunnelscope" width="100%" height="720" style="border: 0" loading="lazy" allow="fullscreen; clipboard-write"></iframe>`;
