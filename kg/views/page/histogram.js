/** Events over time: cooperation upwards, conflict downwards; what a period leaves out stays visible, pale. */
const PLOT = { width: 1000, height: 84, middle: 44 };

/** Draw the histogram; the returned object's `refresh` redraws it, and `bins` are its periods (null without dates). */
function openHistogram(box, model, update) {
  const bins = datedBins(model);
  if (bins === null) {
    box.replaceChildren(element("p", { class: "soft" }, say("no-dates")));
    return { bins, refresh: () => {} };
  }
  const svg = drawn("svg", { viewBox: `0 0 ${PLOT.width} ${PLOT.height}`, preserveAspectRatio: "none", role: "img" });
  const shade = element("div", { class: "brush", hidden: true });
  const plot = element("div", { class: "plot" }, svg, shade);
  box.replaceChildren(plot, axis(bins));
  brushable(plot, bins, update);
  const refresh = (state, fails) => {
    refreshHistogram(svg, shade, model, bins, state, fails);
    const count = fails.reduce((sum, mask, event) => sum + (bins.of[event] < 0 && (mask & ~FILTERS.date) === 0), 0);
    byId("undated").textContent = count ? say("undated-count", { n: count }) : "";
  };
  return { bins, refresh };
}

/**
 * Return the periods and, for each event, the number of its own (-1 without date).
 *
 * A few events of long ago would press all others together: they share the first period, and `early` says so.
 */
function datedBins(model) {
  const days = Int32Array.from({ length: model.count }, (_, event) => middleDay(model, event));
  const known = days.filter((day) => day !== UNKNOWN).sort();
  if (!known.length) return null;
  const [first, low, last] = [known[0], known[Math.floor(known.length / 25)], known[known.length - 1]];
  const early = low - first > (last - low) / 2 && low > first;
  const { starts, step } = periods(early ? low : first, last);
  return { starts, step, early, count: starts.length - 1, of: Int16Array.from(days, (day) => (day === UNKNOWN ? -1 : binOf(starts, day))) };
}

/** Return the first day of a period as ISO 8601; null for the one that begins at no day. */
function binBegins(bins, bin) {
  return bins.early && bin === 0 ? null : toIso(bins.starts[bin]);
}

/** Return the day that stands for an event: the middle of its interval. */
function middleDay(model, event) {
  const [first, last] = [model.first[event], model.last[event]];
  if (first === UNKNOWN || last === UNKNOWN) return first === UNKNOWN ? last : first;
  return Math.floor((first + last) / 2);
}

function binOf(starts, day) {
  let [low, high] = [0, starts.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= day) low = middle;
    else high = middle - 1;
  }
  return low;
}

function refreshHistogram(svg, shade, model, bins, state, fails) {
  const all = [new Int32Array(bins.count), new Int32Array(bins.count)];
  const now = [new Int32Array(bins.count), new Int32Array(bins.count)];
  for (let event = 0; event < model.count; event++) {
    if (bins.of[event] < 0 || fails[event] & ~FILTERS.date) continue;
    all[model.cooperation[event]][bins.of[event]]++;
    if (!fails[event]) now[model.cooperation[event]][bins.of[event]]++;
  }
  const most = Math.max(1, ...all[0], ...all[1]);
  const width = PLOT.width / bins.count;
  const bar = (bin, count, up, pale) => {
    const height = (count / most) * (PLOT.middle - 3);
    return drawn("rect", { class: (up ? "coop" : "conflict") + (pale ? " pale" : ""), x: bin * width + width * 0.08, width: width * 0.84, y: up ? PLOT.middle - 1 - height : PLOT.middle + 1, height });
  };
  const bars = [];
  for (let bin = 0; bin < bins.count; bin++) {
    for (const up of [1, 0]) {
      if (all[up][bin] > now[up][bin]) bars.push(bar(bin, all[up][bin], up, true));
      if (now[up][bin]) bars.push(bar(bin, now[up][bin], up, false));
    }
  }
  svg.replaceChildren(drawn("line", { class: "base", x1: 0, x2: PLOT.width, y1: PLOT.middle, y2: PLOT.middle }), ...bars);
  svg.setAttribute("aria-label", say("histogram", { from: toIso(bins.starts[0]), to: toIso(bins.starts[bins.count] - 1) }));
  shadePeriod(shade, bins, state);
}

/** Show the chosen period as a frame over the plot. */
function shadePeriod(shade, bins, state) {
  shade.hidden = !state.from && !state.until;
  if (shade.hidden) return;
  const left = state.from ? share(bins, toDay(state.from)) : 0;
  const right = state.until ? share(bins, toDay(state.until) + 1) : 1;
  shade.style.left = left * 100 + "%";
  shade.style.width = Math.max(0.4, (right - left) * 100) + "%";
}

/** Return how far along the axis a day stands, in [0, 1]. */
function share(bins, day) {
  if (day <= bins.starts[0]) return 0;
  if (day >= bins.starts[bins.count]) return 1;
  const bin = binOf(bins.starts, day);
  return (bin + (day - bins.starts[bin]) / (bins.starts[bin + 1] - bins.starts[bin])) / bins.count;
}

/** Label about eight of the periods, fewer on a phone. */
function axis(bins) {
  const every = Math.max(1, Math.ceil(bins.count / (window.innerWidth > 600 ? 8 : 4)));
  const labels = [];
  for (let bin = 0; bin < bins.count; bin += every) {
    const early = bins.early && bin === 0;
    const iso = toIso(early ? bins.starts[1] - 1 : bins.starts[bin]);
    const label = element("span", {}, early ? "≤ " : "", bins.step === "year" ? iso.slice(0, 4) : bins.step === "day" || bins.step === "week" ? iso : iso.slice(0, 7));
    if (bin / bins.count < 0.9) label.style.left = (bin / bins.count) * 100 + "%";
    else label.style.right = "0";
    labels.push(label);
  }
  return element("div", { class: "axis", "aria-hidden": "true" }, ...labels);
}

/** Let the pointer choose a period: press, drag, let go; a mere click chooses the period under it. */
function brushable(plot, bins, update) {
  let start = null;
  const binAt = (event) => {
    const frame = plot.getBoundingClientRect();
    return Math.max(0, Math.min(bins.count - 1, Math.floor(((event.clientX - frame.left) / frame.width) * bins.count)));
  };
  const choose = (event) => {
    const [low, high] = [start, binAt(event)].sort((one, other) => one - other);
    update((state) => Object.assign(state, { from: binBegins(bins, low), until: toIso(bins.starts[high + 1] - 1) }));
  };
  plot.addEventListener("pointerdown", (event) => {
    start = binAt(event);
    plot.setPointerCapture(event.pointerId);
    choose(event);
  });
  plot.addEventListener("pointermove", (event) => start !== null && choose(event));
  for (const name of ["pointerup", "pointercancel"]) plot.addEventListener(name, () => (start = null));
}
