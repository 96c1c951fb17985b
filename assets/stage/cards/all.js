import { Clicks } from "./clicks.js";
import { Coefficient } from "./coefficient.js";
import { Complex } from "./complex.js";
import { Current } from "./current.js";
import { Curves } from "./curves.js";
import { Energy } from "./energy.js";
import { Measurement } from "./measurement.js";
import { Momentum } from "./momentum.js";
import { PhaseSpace } from "./phase_space.js";
import { Regions } from "./regions.js";
import { SpaceTime } from "./spacetime.js";
import { Stationary } from "./stationary.js";
import { Statistics } from "./statistics.js";
import { Times } from "./times.js";
import { Wave } from "./wave.js";

/**
 * The browser's side of every card that app/stage/cards.py registers, by the card's name.
 *
 * A card is made with the element that it stands in and what Python tells about it. `mount(items)`
 * embeds its figures, once for each theme; `load(scene)` takes one run or two with their names,
 * common axes and the card's own `block`; `draw(at)` shows an instant: `at.time`, `at.frames` (of
 * each run), `at.show` (the toggles), `at.withheld`, `at.stacked` (phase space below the wave), `at.classical` (a cloud of particles), `at.free` (the free packet beside it), or
 * in place of all a block `at.still`. What has `columns()`, [name, values] of what is drawn, is saved
 * as a table, too.
 */
export const CARDS = {
  energy: Energy,
  wave: Wave,
  second: Wave,
  "phase space": PhaseSpace,
  regions: Regions,
  spacetime: SpaceTime,
  complex: Complex,
  momentum: Momentum,
  current: Current,
  times: Times,
  spectrum: Curves,
  coefficient: Coefficient,
  stationary: Stationary,
  scan: Curves,
  clicks: Clicks,
  measurement: Measurement,
  statistics: Statistics,
};
