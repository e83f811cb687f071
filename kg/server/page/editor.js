// The query editor, and the named queries that it offers as examples.
"use strict";
(async () => {
  Yasgui.Yasqe.defaults.autocompleters = ["variables"]; // the others ask servers elsewhere
  Yasgui.Yasqe.defaults.value = document.getElementById("first").textContent;
  const yasgui = new Yasgui(document.getElementById("editor"), {
    requestConfig: { endpoint: new URL("/sparql", location).href, method: "POST" },
    copyEndpointOnNewTab: false,
    persistenceId: null,
    autofocus: true,
  });
  const show = (text) => {
    yasgui.getTab().setQuery(text);
    yasgui.getTab().query();
  };
  const asked = new URLSearchParams(location.hash.slice(1)).get("query");
  if (asked) show(asked);
  const list = document.getElementById("examples");
  const texts = await (await fetch("/queries.json")).json();
  for (const query of texts) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = query.name;
    button.title = query.purpose;
    button.addEventListener("click", () => show(query.text));
    const item = document.createElement("li");
    item.append(button, " ", query.purpose);
    list.append(item);
  }
  document.getElementById("view").addEventListener("click", () => {
    location.href = "/view?query=" + encodeURIComponent(yasgui.getTab().getQuery());
  });
})();
