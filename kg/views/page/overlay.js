/**
 * Draw over vis-network what it cannot: labels that never overlap, codes in the nodes, counts and marks on the links.
 *
 * Labels keep their size on the screen whatever the zoom; the most active actors choose first. Where a name finds no
 * free place, the actor's code does, if it cannot be read in the node itself; what finds none waits until the reader
 * comes closer.
 */
const LABEL_SIZE = 13;
/** Links that may be drawn with their counts and marks; of more, nothing could be read. */
const MARKED = 400;
const LABEL_FACE = "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif";

function drawOverlay(context, scene, colours) {
  const scale = scene.scale;
  context.save();
  context.textAlign = "center";
  context.textBaseline = "middle";
  drawSpecks(context, scene, colours);
  const boxes = placeLabels(context, scene);
  drawMarks(context, scene, colours, boxes);
  drawCodes(context, scene, colours);
  context.font = `${LABEL_SIZE / scale}px ${LABEL_FACE}`;
  context.lineJoin = "round";
  for (const { node, text, x, y } of boxes) {
    context.globalAlpha = node.faint ? 0.35 : 1;
    context.lineWidth = 4 / scale;
    context.strokeStyle = colours.halo;
    context.strokeText(text, x, y);
    context.fillStyle = colours.ink;
    context.fillText(text, x, y);
  }
  context.restore();
}

/** Nodes smaller than this on the screen, in pixels of radius, get a dot of this size. */
const SPECK = 3.5;

function drawSpecks(context, scene, colours) {
  for (const node of scene.nodes) {
    if (node.size * scene.scale >= SPECK) continue;
    context.globalAlpha = node.faint ? 0.2 : 1;
    context.fillStyle = colours[node.kind];
    context.beginPath();
    context.arc(node.x, node.y, SPECK / scene.scale, 0, 2 * Math.PI);
    context.fill();
  }
}

/** Letters smaller than this on the screen are not drawn. */
const READABLE = 6;

/** Return the size of the letters of a node's code that fits into the node; 0 for none. */
function codeSize({ code, shape, size }) {
  const room = size * (shape === "square" ? 1.75 : shape === "dot" ? 1.6 : 1);
  return code ? Math.min(room / (0.68 * Math.max(code.length, 2)), size * 0.7) : 0;
}

function drawCodes(context, scene, colours) {
  context.fillStyle = colours["on-node"];
  for (const node of scene.nodes) {
    const size = codeSize(node);
    if (size * scene.scale < READABLE) continue;
    context.globalAlpha = node.faint ? 0.2 : 1;
    context.font = `600 ${size}px ${LABEL_FACE}`;
    context.fillText(node.code, node.x, node.y + (node.shape === "triangle" ? node.size * 0.15 : 0) + size * 0.04);
  }
}

function drawMarks(context, scene, colours, labels) {
  const size = Math.min(11.5 / scene.scale, 16);
  if (size * scene.scale < 8 || scene.links.length > MARKED) return;
  context.font = `600 ${size}px ${LABEL_FACE}`;
  const placed = [];
  for (const link of scene.links) {
    const text = link.mark || (link.count > 1 ? String(link.count) : "");
    if (!text || link.faint) continue;
    const radius = Math.max(size * 0.72, context.measureText(text).width / 2 + size * 0.3);
    const spot = link.spots.find((point) => isFree(point, radius, [...scene.nodes, ...placed], labels));
    if (spot === undefined) continue;
    placed.push({ ...spot, size: radius });
    drawMark(context, spot, radius, text, colours[link.colour], colours, size);
  }
}

/** Say whether a mark here would touch no node, no other mark and no label. */
function isFree({ x, y }, radius, circles, labels) {
  const inside = ({ box }) => x + radius > box.left && x - radius < box.right && y + radius > box.top && y - radius < box.bottom;
  return !circles.some((other) => Math.hypot(other.x - x, other.y - y) < other.size + radius) && !labels.some(inside);
}

function drawMark(context, { x, y }, radius, text, stroke, colours, size) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = colours.ground;
  context.fill();
  context.lineWidth = size / 9;
  context.strokeStyle = stroke;
  context.stroke();
  context.fillStyle = colours.ink;
  context.fillText(text, x, y + size * 0.06);
}

/** Return the labels that find a place, with their middle, in the drawing's coordinates. */
function placeLabels(context, scene) {
  const unit = 1 / scene.scale;
  const cells = new Map();
  const corner = 48 * unit;
  const taken = (box) => neighboursOf(cells, box, corner).some((other) => meets(box, other));
  const placed = [];
  context.font = `${LABEL_SIZE}px ${LABEL_FACE}`;
  const ranked = [...scene.nodes].sort((one, other) => one.faint - other.faint || other.rank - one.rank);
  for (const node of ranked) {
    if (node.size * scene.scale > 5) occupy(cells, bodyBox(node), corner);
  }
  for (const node of ranked) {
    const label = textsOf(node, scene).flatMap((text) => spotsOf(context, node, text, unit)).find((spot) => isSeen(spot.box, scene.window) && !taken(spot.box));
    if (label === undefined) continue;
    occupy(cells, label.box, corner);
    placed.push(label);
  }
  return placed;
}

/** Return what a node may be called, the best first: its name, else a code that cannot be read in the node. */
function textsOf(node, scene) {
  const isRead = codeSize(node) * scene.scale >= READABLE;
  return node.code && !isRead && node.code !== node.name ? [node.name, node.code] : [node.name];
}

/** Return the places of a label around its node, the best first: below, above, beside, then at the corners. */
function spotsOf(context, node, text, unit) {
  node.widths ??= {};
  node.widths[text] ??= context.measureText(text).width;
  const half = (node.widths[text] / 2 + 3) * unit;
  const high = (LABEL_SIZE / 2 + 2) * unit;
  const [aside, apart] = [node.size + half, node.size + high];
  const steps = [[0, apart], [0, -apart], [aside, 0], [-aside, 0], ...[[1, 1], [-1, 1], [1, -1], [-1, -1]].map(([x, y]) => [x * aside * 0.85, y * apart * 0.85])];
  return steps.map(([stepX, stepY]) => {
    const [x, y] = [node.x + stepX, node.y + stepY];
    return { node, text, x, y, box: { left: x - half, right: x + half, top: y - high, bottom: y + high, owner: node } };
  });
}

/** Say whether a label is not cut by the edge of the drawing, or lies wholly beyond it. */
function isSeen(box, { left, right }) {
  return box.right < left || box.left > right || (box.left >= left && box.right <= right);
}

function bodyBox(node) {
  const reach = node.size * 0.9;
  return { left: node.x - reach, right: node.x + reach, top: node.y - reach, bottom: node.y + reach, owner: node };
}

function meets(one, other) {
  return one.owner !== other.owner && one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

function cellsOf(box, corner) {
  const names = [];
  for (let x = Math.floor(box.left / corner); x <= Math.floor(box.right / corner); x++) {
    for (let y = Math.floor(box.top / corner); y <= Math.floor(box.bottom / corner); y++) names.push(x * 65536 + y);
  }
  return names;
}

function occupy(cells, box, corner) {
  for (const name of cellsOf(box, corner)) {
    if (cells.has(name)) cells.get(name).push(box);
    else cells.set(name, [box]);
  }
}

function neighboursOf(cells, box, corner) {
  return cellsOf(box, corner).flatMap((name) => cells.get(name) ?? []);
}
