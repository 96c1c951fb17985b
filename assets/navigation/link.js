/** The version of links, as app/lab/address.py reads it. */
const VERSION = "1";

/** What of an address is of this window only, or is said anew. */
const LEFT = ["v", "t", "look", "embed", "teach"];

/** So many digits of a femtosecond: far below the time between two frames. */
const FINEST = 1000;

/** The link of what is on the page, at a time (fs) that is above 0, never before it, and as it looks there. */
export function linkOf({ origin, pathname, search }, { time, look }) {
  const given = new URLSearchParams(search);
  for (const name of LEFT) given.delete(name);
  const query = new URLSearchParams([["v", VERSION], ...given]);
  if (time > 0) query.set("t", String(Math.ceil(time * FINEST) / FINEST));
  if (look) query.set("look", look);
  return `${origin}${pathname}?${query}`;
}

/** What a page of another site needs to show a link. */
export const snippetOf = (link) =>
  `<iframe src="${
    link.replaceAll("&", "&amp;")
  }&amp;embed=1" title="Tunnelscope" width="100%" height="720" style="border: 0" loading="lazy" allow="fullscreen; clipboard-write"></iframe>`;
