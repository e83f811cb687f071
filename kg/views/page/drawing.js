/** Return the drawing as SVG: the same places, colours, dashes and marks, as shapes that any editor can change. */
function toSvg(graph, heading) {
  const { scene, colours, network } = graph;
  const frame = frameOf(scene);
  const links = scene.links.map((link) => svgLink(network, link, colours));
  const nodes = scene.nodes.map((node) => svgNode(network, node, colours));
  const labels = svgLabels(scene, colours);
  const svg = drawn("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `${frame.x} ${frame.y} ${frame.width} ${frame.height}`, "font-family": "system-ui, sans-serif" },
    drawn("title", {}, heading), drawn("rect", { ...frame, fill: colours.ground }),
    drawn("text", { x: frame.x + 20, y: frame.y + 34, "font-size": 20, "font-weight": 600, fill: colours.ink }, heading),
    drawn("g", { fill: "none" }, ...links), drawn("g", {}, ...nodes), drawn("g", { "font-size": LABEL_SIZE, "text-anchor": "middle" }, ...labels));
  return new XMLSerializer().serializeToString(svg);
}

function frameOf(scene) {
  const xs = scene.nodes.map((node) => node.x);
  const ys = scene.nodes.map((node) => node.y);
  const [left, right] = [Math.min(...xs) - 110, Math.max(...xs) + 110];
  const [top, bottom] = [Math.min(...ys) - 110, Math.max(...ys) + 80];
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Draw a link as vis-network bends it, with its arrow and mark. */
function svgLink(network, link, colours) {
  const edge = network.body.edges[link.id];
  const at = (share) => edge.edgeType.getPoint(share);
  const [start, middle, end] = [at(0), at(0.5), at(1)];
  const bend = { x: 2 * middle.x - (start.x + end.x) / 2, y: 2 * middle.y - (start.y + end.y) / 2 };
  const radius = edge.to.options.size + 3;
  const length = Math.hypot(end.x - bend.x, end.y - bend.y) || 1;
  const unit = { x: (end.x - bend.x) / length, y: (end.y - bend.y) / length };
  const tip = { x: end.x - unit.x * radius, y: end.y - unit.y * radius };
  const width = edge.options.width;
  const color = colours[link.colour];
  const group = drawn("g", { stroke: color, "stroke-width": width, opacity: edge.options.color.opacity },
    drawn("path", { d: `M${point(start)}Q${point(bend)} ${point(tip)}`, "stroke-dasharray": edge.options.dashes ? "6 5" : null }),
    drawn("path", { d: arrowHead(tip, unit, 7 + width), fill: link.mark ? "none" : color, "stroke-width": 1.5 }));
  const text = link.mark || (link.count > 1 ? String(link.count) : "");
  if (!text) return group;
  const badgeText = drawn("text", { x: middle.x, y: middle.y + 4, "font-size": 11, "font-weight": 600, "text-anchor": "middle", fill: colours.ink, stroke: "none" }, text);
  return drawn("g", {}, group, drawn("circle", { cx: middle.x, cy: middle.y, r: 8, fill: colours.ground, stroke: color, "stroke-width": 1.2 }), badgeText);
}

function point({ x, y }) {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}

function arrowHead(tip, unit, size) {
  const back = { x: tip.x - unit.x * size, y: tip.y - unit.y * size };
  const side = { x: -unit.y * size * 0.45, y: unit.x * size * 0.45 };
  return `M${point({ x: back.x + side.x, y: back.y + side.y })}L${point(tip)}L${point({ x: back.x - side.x, y: back.y - side.y })}`;
}

function svgNode(network, node, colours) {
  const fill = network.body.nodes[node.id].options.color.background;
  const common = { fill, stroke: colours.ground, "stroke-width": 2, opacity: node.faint ? 0.18 : 1 };
  const { x, y, size } = node;
  const corners = { triangle: [[0, -1.05], [0.95, 0.75], [-0.95, 0.75]], diamond: [[0, -1], [1, 0], [0, 1], [-1, 0]] }[node.shape];
  const shape =
    node.shape === "dot" ? drawn("circle", { cx: x, cy: y, r: size, ...common })
    : node.shape === "square" ? drawn("rect", { x: x - size, y: y - size, width: 2 * size, height: 2 * size, ...common })
    : drawn("polygon", { points: corners.map(([dx, dy]) => `${x + dx * size},${y + dy * size}`).join(" "), ...common });
  const letters = codeSize(node);
  return drawn("g", {}, shape, drawn("text", { x, y: y + letters * 0.36, "font-size": letters, "font-weight": 600, "text-anchor": "middle", fill: colours["on-node"] }, node.code));
}

function svgLabels(scene, colours) {
  const context = document.createElement("canvas").getContext("2d");
  return placeLabels(context, { ...scene, scale: 1, window: { left: -Infinity, right: Infinity } }).map(({ node, text, x, y }) =>
    drawn("text", { x, y: y + 4, fill: colours.ink, stroke: colours.halo, "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round", opacity: node.faint ? 0.35 : 1 }, text));
}
