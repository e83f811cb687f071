/** Return the colours of the theme in use; canvas and SVG take them from the style sheet, so that there is one list. */
function readColours() {
  const style = getComputedStyle(document.documentElement);
  const names = ["ground", "ink", "soft", "line", "coop", "conflict", "mixed", "state", "organisation", "movement", "other", "on-node", "halo", "accent"];
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue("--" + name).trim()]));
}

/** The marks of links and events by support; what is stated needs none. */
const MARKS = ["", "?", "≠", "×"];

function sign(support) {
  return element("span", { class: "sign " + support, "aria-hidden": "true" }, MARKS[SUPPORTS.indexOf(support)]);
}

/**
 * Return how a link looks: colour by cooperation or conflict, dash by words or deeds, width by count (`most` is that of
 * the strongest link), an open arrow and a mark where no event in it is stated as a fact.
 */
function linkLook({ count, cooperation, material, supports }, most) {
  const balance = (2 * cooperation - count) / count;
  const best = supports.findIndex((number) => number > 0);
  return {
    colour: balance > 0.25 ? "coop" : balance < -0.25 ? "conflict" : "mixed",
    dashes: material * 2 < count,
    width: 1.5 + 7 * (Math.log2(count) / Math.max(5, Math.log2(most))),
    mark: MARKS[best],
    sure: best === 0,
  };
}

const SHAPES = { state: "dot", organisation: "square", movement: "triangle", other: "diamond" };

function nodeLook(node, colours, faint) {
  const background = colours[node.kind];
  const border = colours.ground;
  const plain = { background, border, highlight: { background, border: colours.ink }, hover: { background, border: colours.ink } };
  return { color: plain, opacity: faint ? 0.22 : 1 };
}

function edgeLook(look, colours, faint, bent) {
  const color = colours[look.colour];
  return {
    width: look.width,
    color: { color, highlight: color, hover: color, opacity: faint ? 0.13 : look.sure ? 0.85 : 0.5 },
    dashes: look.dashes ? [6, 5] : false,
    arrows: { to: { enabled: true, type: look.sure ? "arrow" : "vee", scaleFactor: Math.max(0.4, 0.75 - look.width * 0.035) } },
    smooth: bent ? { enabled: true, type: "curvedCW", roundness: 0.14 } : { enabled: false },
    selectionWidth: 1.5,
    hoverWidth: 1,
  };
}
