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

const button = (name, label, extra = "") =>
  `<button type="button" data-do="${name}" aria-label="${label}" title="${label}" ${extra}>${
    icon(name)
  }</button>`;

const toggle = (name, label) =>
  `<button type="button" class="toggle ${name}" data-show="${name}" aria-pressed="false">${label}</button>`;

const row = (name, label, more = "") =>
  `<div class="row"><dt>${label}</dt><dd data-part="${name}">–</dd>${more}</div>`;

const bar = (name, label) =>
  `<div class="region"><span>${label}</span>
  <span class="track"><span class="fill" data-part="${name}-bar"></span></span>
  <span class="value" data-part="${name}">–</span></div>`;

const SPEEDS = [[0.1, "⅒×"], [0.25, "¼×"], [0.5, "½×"], [1, "1×"], [2, "2×"]];

/** Where one run's particle is, and what becomes of it. */
export const fate = (title) =>
  `<div class="fate"><h2 class="name">${title}</h2>
  <div class="group"><h2>Where is the particle?</h2>
  ${bar("left", "left")}${bar("inside", "inside")}${bar("right", "right")}
  <dl>${row("forbidden", "where E₀ &lt; V", '<dd class="note" data-part="none"></dd>')}</dl>
  <dl>${row("view", "unseen")}</dl>
  <details class="what"><summary>What is “inside”?</summary><p data-part="inside-is"></p>
    <p data-part="forbidden-is"></p></details></div>
  <div class="group"><h2>Transmitted</h2>
  <dl>${row("transmitted", "this run, now")}${row("exact", "exact theory")}${
    row("difference", "difference", '<dd class="note" data-part="worth"></dd>')
  }
  ${row("tunneled", "theory: tunneled")}${row("over", "theory: over the top")}</dl></div></div>`;

const card = (name, title) =>
  `<section class="card extra ${name}" data-extra="${name}" aria-label="${title}" hidden>
  <header><h2>${title}</h2></header>`;

const curveCard = (name, title) =>
  `${card(name, title)}
  <div class="legend"></div><div class="slot curve"></div></section>`;

/** Rows of label and one value or two. */
export const tableHtml = ({ names, rows }) =>
  `<table><thead><tr><td></td>${names.map((n) => `<th scope="col">${n}</th>`).join("")}</tr></thead>
  <tbody>${
    rows.map(([label, ...values]) =>
      `<tr><th scope="row">${label}</th>${
        values.map((v) => `<td colspan="${3 - values.length}">${v}</td>`).join("")
      }</tr>`
    ).join("")
  }</tbody></table>`;

export const CURVES = {
  spectrum: "Energies in the packet, and what gets through",
  coefficient: "T(E) of stationary states",
  scan: "The transmitted part, on a logarithmic scale",
};

export const LAYOUT = `
<div class="notice" role="alert" data-part="notice" hidden></div>
<div class="waiting" role="status" hidden><span></span> <button type="button" data-cancel>Cancel</button></div>
<section class="card wave" aria-label="Wave function" tabindex="-1">
  <header><h2>Wave packet and barrier</h2>
    <div class="toggles" role="group" aria-label="Show">
      ${toggle("re", "Re ψ")}${toggle("im", "Im ψ")}${toggle("phase", "Phase color")}</div></header>
  <div class="legend" aria-hidden="true"><span class="density">|ψ|²</span>
    <span class="barrier">barrier V(x)</span><span class="energy">packet energy E₀</span>
    <span class="inside">inside</span><span class="forbidden">E₀ &lt; V</span></div>
  <h3 class="name" data-part="name-0"></h3>
  <div class="slot" data-slot="wave"></div>
  <h3 class="name" data-part="name-1"></h3>
  <div class="slot" data-slot="second"></div>
  <p class="average" data-part="average" hidden></p>
  <p class="gate" data-part="gate" hidden></p>
  <p class="explained" hidden><button type="button" class="main">Read the explanation</button></p>
  <div class="player" role="group" aria-label="Player">
    ${button("restart", "Restart")}${button("back", "Step back")}${
  button("play", "Play", 'class="main"')
}
    ${button("forward", "Step forward")}${button("loop", "Loop", 'aria-pressed="false"')}
    <input type="range" class="scrub" min="0" max="1" step="1" value="0" aria-label="Time">
    <output class="clock" data-part="time">0.00 fs</output>
    <label class="speed"><span>Speed</span><select aria-label="Speed">
      ${
  SPEEDS.map(([v, t]) => `<option value="${v}" ${v === 1 ? "selected" : ""}>${t}</option>`).join("")
}
    </select></label>
  </div>
</section>
<section class="card readouts" aria-label="Probabilities">
  <div class="fates">${fate("")}</div>
  <p class="between" data-part="between" hidden></p>
  <p class="status spoken" role="status" data-part="status"></p>
</section>
${Object.entries(CURVES).map(([name, title]) => curveCard(name, title)).join("")}
${card("clicks", "One particle, one click")}
  <p>Each particle is sent alone and is found once, whole, on one side.</p>
  <div class="toggles" role="group" aria-label="Send particles">
    ${
  [1, 10, 100, 1000].map((n) => `<button type="button" data-send="${n}">Send ${n}</button>`).join(
    "",
  )
}
    <button type="button" data-clear>Clear</button></div>
  ${bar("click-before", "before")}${bar("click-behind", "behind")}
  <p class="sum" aria-live="polite" data-part="click-sum"></p></section>
${card("statistics", "The density values of both runs, compared")}
  <div class="table"></div><p class="worth"></p></section>
<section class="card phase-space extra" data-extra="phase space" aria-label="Phase space">
  <header><h2>Phase space: Wigner function W(x, k)</h2>
    <p class="negativity">negative part <output data-part="negativity">0.00</output><span class="largest">, largest <output data-part="negativity-most">0.00</output></span></p>
    <div class="scale" aria-hidden="true"><span>−</span><span class="map"></span><span>+</span></div></header>
  <div class="grid"><div class="slot mx" data-slot="marginal_x"></div>
    <div class="slot w" data-slot="wigner"></div><div class="slot mk" data-slot="marginal_k"></div></div>
</section>`;
