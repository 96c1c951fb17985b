const ICONS = {
  play: "M8 5v14l11-7z",
  pause: "M6 5h4v14H6zM14 5h4v14h-4z",
  back: "M15 5v14L6 12zM4 5h2v14H4z",
  forward: "M9 5v14l9-7zM18 5h2v14h-2z",
  restart: "M12 5V1L7 6l5 5V7a5 5 0 1 1-5 5H5a7 7 0 1 0 7-7z",
  loop: "M7 7h10v3l4-4-4-4v3H5v6h2zM17 17H7v-3l-4 4 4 4v-3h12v-6h-2z",
};

export const icon = (name) =>
  `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${ICONS[name]}"/></svg>`;

export const button = (name, label, extra = "") =>
  `<button type="button" data-do="${name}" aria-label="${label}" title="${label}" ${extra}>` +
  `${icon(name)}</button>`;

export const row = (name, label, more = "") =>
  `<div class="row"><dt>${label}</dt><dd data-part="${name}">–</dd>${more}</div>`;

export const bar = (name, label) =>
  `<div class="region"><span>${label}</span>
  <span class="track"><span class="fill" data-part="${name}-bar"></span></span>
  <span class="value" data-part="${name}">–</span></div>`;
