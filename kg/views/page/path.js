/** Return the nodes of a shortest path between two nodes over the selected events, in any direction; null for none. */
function shortestPath(model, sums, start, end) {
  const partners = model.nodes.map(() => []);
  for (let link = 0; link < sums.count.length; link++) {
    if (!sums.count[link]) continue;
    partners[model.linkSource[link]].push(model.linkTarget[link]);
    partners[model.linkTarget[link]].push(model.linkSource[link]);
  }
  const before = new Map([[start, null]]);
  let edge = [start];
  while (edge.length && !before.has(end)) {
    const next = [];
    for (const node of edge) {
      for (const partner of partners[node]) {
        if (before.has(partner)) continue;
        before.set(partner, node);
        next.push(partner);
      }
    }
    edge = next;
  }
  if (!before.has(end)) return null;
  const path = [];
  for (let node = end; node !== null; node = before.get(node)) path.unshift(node);
  return path;
}

/** Return the links that join each two neighbours of a path, in both directions. */
function pathLinks(model, sums, path) {
  const links = [];
  for (let step = 1; step < path.length; step++) {
    for (const [source, target] of [[path[step - 1], path[step]], [path[step], path[step - 1]]]) {
      const link = model.linkOf(source, target);
      if (link !== undefined && sums.count[link]) links.push(link);
    }
  }
  return links;
}
