/** The map's window on the world, in tenths of a degree: without most of Antarctica. */
const WINDOW = { left: 0, top: 60, width: 3600, height: 1440 };

/** Fill the pane with a map of the selected events: countries by their balance, and the places of events. */
function showMap(box, app, world) {
  const { model } = app;
  const tally = tallyCountries(app);
  const most = Math.max(1, ...[...tally.values()].map(({ count }) => count));
  const shapes = world.map(([code, path]) => countryShape(app, code, path, tally.get(code), most));
  const label = say("map-label", { n: tally.size });
  const svg = drawn("svg", { class: "world", viewBox: `${WINDOW.left} ${WINDOW.top} ${WINDOW.width} ${WINDOW.height}`, role: "img", "aria-label": label }, ...shapes, ...placeDots(app));
  box.replaceChildren(svg, element("p", { class: "soft" }, say("map-note")));
}

/** Return state code -> how many selected events it takes part in, and how many of them cooperate. */
function tallyCountries(app) {
  const { model } = app;
  const tally = new Map();
  for (const event of selectedEvents(app)) {
    for (const node of new Set([...model.sources[event], ...model.targets[event]])) {
      if (model.nodes[node].kind !== "state") continue;
      const entry = tally.get(model.nodes[node].code) ?? { node, count: 0, cooperation: 0 };
      entry.count++;
      entry.cooperation += model.cooperation[event];
      tally.set(model.nodes[node].code, entry);
    }
  }
  return tally;
}

function countryShape(app, code, path, entry, most) {
  const shape = drawn("path", { d: path, class: "country" });
  if (!entry) return shape;
  const { node, count, cooperation } = entry;
  const balance = (2 * cooperation - count) / count;
  const strength = 1 + Math.min(3, Math.floor((Math.log(count) / Math.log(most + 1)) * 4));
  shape.setAttribute("class", `country ${balance > 0.25 ? "coop" : balance < -0.25 ? "conflict" : "mixed"} s${strength}`);
  shape.append(drawn("title", {}, `${flagged(app.model.nodes[node])}: ${countEvents(count)}`));
  shape.addEventListener("click", () => app.choose(node));
  return shape;
}

/** A dot for each place with coordinates, its area by its events. */
function placeDots(app) {
  const { model } = app;
  const counts = new Map();
  for (const event of selectedEvents(app)) {
    const place = model.place[event];
    if (place >= 0 && model.places[place][1] !== null) counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return [...counts].map(([place, count]) => {
    const [name, latitude, longitude] = model.places[place];
    const dot = drawn("circle", { class: "spot", cx: (longitude + 180) * 10, cy: (90 - latitude) * 10, r: 10 + 6 * Math.sqrt(count) });
    dot.append(drawn("title", {}, `${name}: ${countEvents(count)}`));
    return dot;
  });
}
