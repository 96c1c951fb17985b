import { language } from "../words.js";

/** Whether the address named the language when the page was loaded; then every address of it does. */
const named = new URLSearchParams(globalThis.location?.search).has("lang");

/** A query without the language, which is that of the whole page: what the server is told. */
export function queryOf(search) {
  const query = new URLSearchParams(search);
  if (!query.has("lang")) return search || "?";
  query.delete("lang");
  return `?${query}`;
}

/** The query of the page. */
export const here = () => queryOf(location.search);

/** The address of a query, in the language of the page. */
export function urlOf(query) {
  if (!named) return query === "?" ? location.pathname : query;
  return `${query}${query === "?" ? "" : "&"}lang=${language}`;
}

/** An address of before the language was changed is in this one, too. */
export function putRight() {
  const found = new URLSearchParams(location.search).get("lang");
  if (found !== (named ? language : null)) history.replaceState(history.state, "", urlOf(here()));
}

/** Let the links of an element lead to pages in this language, in another tab, too. */
export function speakIn(element) {
  if (!named) return;
  for (const link of element.querySelectorAll("a[href^='?']")) {
    link.setAttribute("href", urlOf(queryOf(link.getAttribute("href"))));
  }
}
