/**
 * The drawing: vis-network without physics, over the positions that came with the page.
 *
 * `show` takes what is to be seen and changes only what differs from what is seen already.
 */
function openGraph(container, nodes, options, events) {
  const nodeSet = new vis.DataSet();
  const edgeSet = new vis.DataSet();
  const network = new vis.Network(container, { nodes: nodeSet, edges: edgeSet }, options);
  const graph = { network, scene: { nodes: [], links: [], scale: 1 }, colours: readColours() };
  network.on("afterDrawing", (context) => {
    graph.scene.scale = network.getScale();
    graph.scene.window = { left: network.DOMtoCanvas({ x: 0, y: 0 }).x, right: network.DOMtoCanvas({ x: container.clientWidth, y: 0 }).x };
    locate(network, graph.scene);
    drawOverlay(context, graph.scene, graph.colours);
    events.drawn();
  });
  network.on("click", ({ nodes: [node], edges: [edge] }) => events.chosen(node ?? null, node === undefined ? edge ?? null : null));
  network.on("doubleClick", ({ nodes: [node] }) => node !== undefined && events.focused(node));
  network.on("hoverNode", ({ node, event }) => events.pointed(node, null, event));
  network.on("hoverEdge", ({ edge, event }) => events.pointed(null, edge, event));
  for (const name of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(name, () => events.left());
  graph.show = (view) => show(graph, nodeSet, edgeSet, nodes, view);
  graph.fit = (ids) => {
    network.setSize("100%", "100%"); // vis-network would notice a new size of its box too late
    fitInto(network, container, ids);
  };
  container.addEventListener("keydown", (event) => steer(network, event));
  return graph;
}

/** Room around the nodes for their labels, in pixels of the screen. */
const MARGIN = { x: 64, y: 34 };

/** Move and zoom so that these nodes fill the drawing, with room for the labels, which do not shrink. */
function fitInto(network, container, ids) {
  if (!ids.length) return;
  const bodies = ids.map((id) => network.body.nodes[id]).filter(Boolean);
  const reach = (axis, sign) => sign * Math.max(...bodies.map((body) => sign * body[axis] + body.options.size));
  const [left, right, top, bottom] = [reach("x", -1), reach("x", 1), reach("y", -1), reach("y", 1)];
  const room = { x: Math.max(80, container.clientWidth - 2 * MARGIN.x), y: Math.max(80, container.clientHeight - 2 * MARGIN.y) };
  const scale = Math.min(room.x / (right - left), room.y / (bottom - top), 1.5);
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale });
}

/** Where along a link its mark may stand, in order of preference. */
const SHARES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26];

/** Read where vis-network has the nodes and the places on the links for marks. */
function locate(network, scene) {
  const { nodes, edges } = network.body;
  for (const node of scene.nodes) ({ x: node.x, y: node.y } = nodes[node.id]);
  if (scene.links.length > MARKED) return;
  for (const link of scene.links) link.spots = SHARES.map((share) => edges[link.id].edgeType.getPoint(share));
}

/**
 * Show a view: `links` with their looks, `alone` for nodes that no link joins, `lit` for what stands out
 * (null: all), `selected` for the nodes with a frame, `places` for nodes that stand elsewhere than in the whole.
 */
function show(graph, nodeSet, edgeSet, nodes, view) {
  const shown = new Set(view.alone);
  const pairs = new Set();
  for (const { from, to } of view.links) {
    shown.add(from).add(to);
    pairs.add(from + ">" + to);
  }
  graph.network.body.emitter.emit("_blockRedraw"); // else vis-network draws after each change of its sets
  const faintNode = (index) => view.lit !== null && !view.lit.nodes.has(index);
  const indices = [...shown].sort((one, other) => one - other);
  replaceAll(nodeSet, indices.map((index) => {
    const { id, size, kind } = nodes[index];
    const { x, y } = view.places?.get(index) ?? nodes[index];
    return { id, x, y, size, shape: SHAPES[kind], label: undefined, ...nodeLook(nodes[index], graph.colours, faintNode(index)) };
  }));
  replaceAll(edgeSet, view.links.map(({ id, from, to, look, count }) => {
    const faint = view.lit !== null && !view.lit.links.has(id);
    return { id, from: nodes[from].id, to: nodes[to].id, count, ...edgeLook(look, graph.colours, faint, pairs.has(to + ">" + from)) };
  }));
  graph.scene.nodes = indices.map((index) => sceneNode(nodes[index], faintNode(index)));
  graph.scene.links = view.links.map(({ id, look, count }) => ({ id, count, mark: look.mark, colour: look.colour, faint: view.lit !== null && !view.lit.links.has(id), spots: [] }));
  graph.network.selectNodes(view.selected.filter((id) => nodeSet.get(id) !== null), false);
  graph.network.body.emitter.emit("_allowRedraw");
  graph.network.redraw();
}

function sceneNode(node, faint) {
  return { id: node.id, name: nodeName(node), code: node.code, size: node.size, kind: node.kind, shape: SHAPES[node.kind], rank: node.size, faint, x: 0, y: 0 };
}

/** Make a set hold these items, touching only those that changed. */
function replaceAll(set, items) {
  const wanted = new Set(items.map((item) => item.id));
  const gone = set.getIds().filter((id) => !wanted.has(id));
  if (gone.length) set.remove(gone);
  const changed = items.filter((item) => {
    const old = set.get(item.id);
    return old === null || JSON.stringify(old) !== JSON.stringify(item);
  });
  if (changed.length) set.update(changed);
}

/** Move and zoom with the keyboard. */
function steer(network, event) {
  const step = 60 / network.getScale();
  const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
  const zooms = { "+": 1.25, "=": 1.25, "-": 0.8 };
  const { x, y } = network.getViewPosition();
  if (event.key in moves) network.moveTo({ position: { x: x + moves[event.key][0], y: y + moves[event.key][1] } });
  else if (event.key in zooms) network.moveTo({ scale: network.getScale() * zooms[event.key] });
  else if (event.key === "0") network.fit();
  else return;
  event.preventDefault();
}
