/** Return the path that the reader asks for: its ends, its nodes (null where there is none) and links; null for no wish. */
function findPath({ model, sums, state }) {
  const [start, end] = (state.path ?? "").split(">").map((id) => model.nodeIndex.get(id));
  if (start === undefined || end === undefined) return null;
  const nodes = shortestPath(model, sums, start, end);
  return { start, end, nodes, links: nodes ? pathLinks(model, sums, nodes) : [] };
}

function renderGraph(app, path) {
  const { model, sums, state, graph } = app;
  const added = [...touchingChoice(app), ...(path?.links ?? [])].filter((link) => !app.chosen.links.includes(link));
  const drawnLinks = [...new Set([...app.chosen.links, ...added])];
  const most = drawnLinks.reduce((count, link) => Math.max(count, sums.count[link]), 1);
  const links = drawnLinks.map((link) => ({ id: linkName(model, link), from: model.linkSource[link], to: model.linkTarget[link], count: sums.count[link], look: lookOf(sums, link, most) }));
  const lit = litParts(app, path, drawnLinks);
  const places = ringPlaces(model, model.nodeIndex.get(state.focus), drawnLinks);
  graph.show({ links, alone: aloneNodes(app, path), lit, selected: state.node === null ? [] : [state.node], places });
  app.shownNodes = graph.scene.nodes.map((node) => node.id);
  fitGraph(app, lit, path !== null || added.length > 0);
  byId("empty").hidden = app.shownNodes.length > 0;
  byId("graph").setAttribute("aria-label", say("graph-label", { actors: app.shownNodes.length, links: links.length }));
}

/** Distance of the first ring of neighbours from the actor in focus, and how many stand on it at most. */
const RING = { radius: 200, places: 12 };

/** Return places on rings around the actor in focus, its neighbours in the order of their directions; null for none. */
function ringPlaces(model, focus, links) {
  if (focus === undefined) return null;
  const { x, y } = model.nodes[focus];
  const around = new Set(links.flatMap((link) => [model.linkSource[link], model.linkTarget[link]]));
  around.delete(focus);
  const angle = (node) => Math.atan2(model.nodes[node].y - y, model.nodes[node].x - x);
  const ordered = [...around].sort((one, other) => angle(one) - angle(other) || one - other);
  const rings = Math.ceil(ordered.length / RING.places);
  const places = new Map([[focus, { x: 0, y: 0 }]]);
  ordered.forEach((node, place) => {
    const turn = (2 * Math.PI * place) / ordered.length - Math.PI;
    const radius = RING.radius * (1 + (place % rings) * 0.6);
    places.set(node, { x: Math.round(1.35 * radius * Math.cos(turn)), y: Math.round(radius * Math.sin(turn)) });
  });
  return places;
}

/** Fit what is seen into the drawing where the reader or the size of the page asks for it, or what stands out. */
function fitGraph(app, lit, closer) {
  const box = byId("graph-box");
  const size = `${box.clientWidth} ${box.clientHeight}`;
  if (closer && lit) app.graph.fit([...lit.nodes].map((node) => app.model.nodes[node].id));
  else if (app.refit || size !== app.size) app.graph.fit(app.shownNodes);
  Object.assign(app, { refit: false, size });
}

/** Links of a chosen actor that are drawn in any case, however weak. */
const ALWAYS = 60;

/** Return the selected links of the actor or pair that the reader has chosen, strongest first. */
function touchingChoice({ model, sums, state }) {
  const link = state.link === null ? undefined : linkOfName(model, state.link);
  if (link !== undefined) return sums.count[link] ? [link] : [];
  const node = model.nodeIndex.get(state.node);
  return node === undefined ? [] : strongestFirst(sums, linksOf(model, sums, node)).slice(0, ALWAYS);
}

/** Return the nodes to draw that no link joins: of events that name no target, where nothing else is left out. */
function aloneNodes({ model, selection, state, chosen }, path) {
  const rest = path?.nodes ?? [];
  if (state.focus || state.minimum > 1 || chosen.links.length < chosen.of) return rest;
  const nodes = new Set(rest);
  for (let event = 0; event < model.count; event++) {
    if (!selection.fails[event]) for (const node of model.sources[event]) if (!selection.hiddenNode[node]) nodes.add(node);
  }
  return [...nodes];
}

/** Return what stands out while the rest is faint: a path, else the chosen actor's or link's surroundings, else all. */
function litParts({ model, state }, path, links) {
  if (path?.nodes) return { nodes: new Set(path.nodes), links: new Set(path.links.map((link) => linkName(model, link))) };
  const node = model.nodeIndex.get(state.node);
  const link = state.link === null ? undefined : linkOfName(model, state.link);
  if (link !== undefined) return { nodes: new Set([model.linkSource[link], model.linkTarget[link]]), links: new Set([state.link]) };
  if (node === undefined) return null;
  const touching = links.filter((one) => model.linkSource[one] === node || model.linkTarget[one] === node);
  return { nodes: new Set([node, ...touching.flatMap((one) => [model.linkSource[one], model.linkTarget[one]])]), links: new Set(touching.map((one) => linkName(model, one))) };
}

function renderSummary(app) {
  const events = selectedEvents(app).length;
  const { links, of } = app.chosen;
  const linked = links.length < of ? say("capped", { n: links.length, of }) : countOf("link", of);
  byId("summary").textContent = [countEvents(events), countOf("actor", app.shownNodes.length), linked].join(" · ");
}

/** Say above the drawing that only a neighbourhood or a path is seen, with the way out. */
function renderBanner(app, path) {
  const { model, state } = app;
  const banner = byId("banner");
  const name = (node) => nodeName(model.nodes[node]);
  const focus = model.nodeIndex.get(state.focus);
  banner.hidden = path === null && focus === undefined;
  if (path !== null) {
    const values = { a: name(path.start), b: name(path.end), n: (path.nodes?.length ?? 1) - 1 };
    const words = say(path.nodes === null ? "path-none" : values.n === 1 ? "path-one" : "path-found", values);
    banner.replaceChildren(words + " ", button(say("path-clear"), () => app.update((now) => (now.path = null))));
  } else if (focus !== undefined) {
    banner.replaceChildren(say("focus-on", { name: name(focus) }) + " ", button(say("unfocus"), () => app.focus(null)));
  }
}
