/** The query that the tab begins with: who did what to whom, as far as it is stated. */
const FIRST_QUERY = `SELECT ?source ?action ?target (COUNT(*) AS ?events) WHERE {
  ?event kg:source ?source ; kg:action ?action ; kg:target ?target ; kg:support kg:Stated .
} GROUP BY ?source ?action ?target ORDER BY DESC(?events) LIMIT 50`;

/** Fill the pane with a field for SPARQL over the page's own triples; Oxigraph starts when first asked. */
function showSparql(box, sparql) {
  const field = element("textarea", { rows: 6, spellcheck: "false", "aria-label": say("query"), input: () => (sparql.text = field.value) }, sparql.text);
  const result = element("div", { role: "status" });
  const run = button(say("run"), () => runQuery(sparql, field.value, result));
  field.addEventListener("keydown", (event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && run.click());
  box.replaceChildren(field, element("p", { class: "row" }, run), result);
}

function openSparql() {
  return { text: FIRST_QUERY, store: null };
}

async function runQuery(sparql, text, result) {
  try {
    result.replaceChildren(say("starting"));
    sparql.store ??= await startStore();
    const start = performance.now();
    const answer = sparql.store.query(sparqlPrefixes(sparql.store) + text);
    const rows = typeof answer === "boolean" ? [new Map([["answer", { value: String(answer) }]])] : [...answer].map(asRow);
    const time = Math.round(performance.now() - start);
    result.replaceChildren(element("p", { class: "soft" }, say("query-time", { n: rows.length, ms: time })), resultTable(rows));
  } catch (error) {
    result.replaceChildren(element("p", { class: "error" }, String(error.message ?? error)));
  }
}

/** Return a row of variable -> term, of a solution or of a constructed triple. */
function asRow(item) {
  if (item instanceof Map) return item;
  return new Map([["subject", item.subject], ["predicate", item.predicate], ["object", item.object]]);
}

async function startStore() {
  const [bytes, triples] = await Promise.all([unpackBytes("wasm").arrayBuffer(), unpack("triples")]);
  await oxigraph.start({ module_or_path: bytes });
  const store = new oxigraph.Store();
  store.load(triples.text, { format: "application/n-triples" });
  store.prefixes = triples.prefixes;
  return store;
}

function sparqlPrefixes(store) {
  return Object.entries(store.prefixes).map(([name, iri]) => `PREFIX ${name}: <${iri}>\n`).join("");
}

function resultTable(rows) {
  const names = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const head = element("tr", {}, ...names.map((name) => element("th", { scope: "col" }, name)));
  const body = rows.slice(0, 1000).map((row) => element("tr", {}, ...names.map((name) => element("td", {}, shortTerm(row.get(name)?.value ?? "")))));
  return element("table", {}, element("thead", {}, head), element("tbody", {}, ...body));
}

function shortTerm(value) {
  return /^https?:\/\//.test(value) ? value.split(/[/#]/).filter(Boolean).pop() : value;
}
