/** The timeline of one pair: a dot for each event, cooperation above the line and conflict below. */
const LANES = { width: 320, height: 76, middle: 34, edge: 10 };

function pairLanes(model, events, names, choose) {
  const dated = events.filter((event) => middleDay(model, event) !== UNKNOWN);
  if (dated.length < 2) return null;
  const days = dated.map((event) => middleDay(model, event));
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const room = LANES.width - 2 * LANES.edge;
  const place = (day) => LANES.edge + (last === first ? room / 2 : ((day - first) / (last - first)) * room);
  const heights = new Map();
  const dots = dated.map((event, index) => {
    const up = model.cooperation[event] === 1;
    const column = Math.round(place(days[index]) / 7) + (up ? "+" : "-");
    const level = heights.get(column) ?? 0;
    heights.set(column, level + 1);
    const y = LANES.middle + (up ? -1 : 1) * (8 + Math.min(level, 3) * 7);
    const dot = drawn("circle", { class: (up ? "coop" : "conflict") + (model.support[event] === 0 ? "" : " unsure"), cx: place(days[index]), cy: y, r: model.material[event] ? 4 : 3 });
    dot.append(drawn("title", {}, tellDate(model.first[event], model.last[event]) + ": " + actionName(model.actions[model.action[event]])));
    dot.addEventListener("click", () => choose(event));
    return dot;
  });
  return drawn("svg", { class: "lanes", viewBox: `0 0 ${LANES.width} ${LANES.height}`, role: "img", "aria-label": say("lanes", names) },
    drawn("line", { class: "base", x1: 0, x2: LANES.width, y1: LANES.middle, y2: LANES.middle }), ...dots,
    drawn("text", { x: 2, y: LANES.height - 3 }, toIso(first)), drawn("text", { x: LANES.width - 2, y: LANES.height - 3, "text-anchor": "end" }, toIso(last)));
}
