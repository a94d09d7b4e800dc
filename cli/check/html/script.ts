/**
 * The page's one script: it draws the matrix from the data of the page, as far as the filter asks for it, and nothing else.
 * Texts go in by `textContent` alone. In the form of browsers of 2020 and later.
 */
export const script = `"use strict";
(() => {
  const rowsAtOnce = 60;
  const { roles, groups } = JSON.parse(document.getElementById("matrix-data").textContent);
  const [form, place, said, more] = ["filters", "matrix", "matrix-count", "matrix-more"].map((id) =>
    document.getElementById(id),
  );
  const field = (name) => document.getElementById("filter-" + name);
  const number = (amount) => amount.toLocaleString("en");
  const every = groups.flatMap(({ items }) => items);
  let total = every.length;
  let waiting = [];
  let [tables, rows] = [0, 0];
  let found = [];

  /** A name that there is means that one alone; anything else means all that contain it. */
  const asks = (asked, names) => {
    const text = asked.trim().toLowerCase();
    if (text === "") return undefined;
    const exact = names.has(text);
    return (name) => (exact ? name.toLowerCase() === text : name.toLowerCase().includes(text));
  };
  const lower = (names) => new Set(names.map((name) => name.toLowerCase()));
  const known = {
    service: lower(groups.map(({ service }) => service)),
    role: lower(roles.map(({ name }) => name)),
    item: lower(every.map(({ item }) => item)),
  };

  const matching = () => {
    const environment = field("environment").value;
    const [ofService, ofRole, ofItem] = ["service", "role", "item"].map((name) => asks(field(name).value, known[name]));
    const asked = ofItem || field("references") === null || field("references").checked;
    const listed = (one) => asked || !one.isReferences || one.unexpected || one.missing;
    total = every.filter(listed).length;
    const wanted = ofRole && new Set(roles.flatMap(({ name }, at) => (ofRole(name) ? [at] : [])));
    return groups.flatMap((group) => {
      if (environment !== "" && group.environment !== environment) return [];
      if (ofService && !ofService(group.service)) return [];
      const items = group.items.filter((one) => {
        if (!listed(one) || (ofItem && !ofItem(one.item))) return false;
        return !wanted || [...one.readers, ...(one.missing || [])].some((at) => wanted.has(at));
      });
      return items.length === 0 ? [] : [{ ...group, items, wanted }];
    });
  };

  const made = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const unseen = (text) => made("span", { class: "unseen" }, text);
  const turned = (text, first, rest) =>
    made("th", { scope: "col", class: first, ...rest }, made("span", { class: "turned" }, text));

  const cell = (one, at, first) => {
    const td = made("td", { class: first });
    if (one.missing && one.missing.includes(at)) td.append(made("span", { class: "wrong" }, "cannot"));
    else if (one.unexpected && one.unexpected.includes(at))
      td.append(made("span", { class: "wrong" }, "not meant"));
    else if (one.readers.includes(at))
      td.append(made("span", { class: "dot" }), unseen("reads"));
    return td;
  };

  const drawn = ({ service, environment, items, wanted }) => {
    const readers = items.flatMap((one) => [...one.readers, ...(one.missing || [])]);
    const columns = [...new Set(readers)].filter((at) => !wanted || wanted.has(at)).sort((a, b) => a - b);
    const edge = (at) => (at === 0 ? "first" : "");
    const name = environment === "" ? service : service + ", " + environment;
    const gates = ["another service", "administrators", "outsiders"].map((who, at) =>
      turned("gates: " + who, "gate " + edge(at), {}),
    );
    const heads = columns.map((at, index) => turned(roles[at].name, edge(index), { title: roles[at].words }));
    const body = items.map((one) => {
      const about = one.kind + (one.description === "" ? "" : ": " + one.description);
      const counts = one.gates || ["", "", ""];
      return made(
        "tr",
        {},
        made("th", { scope: "row" }, one.item, made("small", {}, about)),
        ...counts.map((amount, at) => made("td", { class: edge(at) }, String(amount))),
        ...columns.map((at, index) => cell(one, at, edge(index))),
      );
    });
    const head = made("tr", {}, made("th", { scope: "col" }, "Item"), ...gates, ...heads);
    return made(
      "div",
      { class: "wide" },
      made(
        "table",
        { class: "matrix" },
        made("caption", {}, name),
        made("thead", {}, head),
        made("tbody", {}, ...body),
      ),
    );
  };

  /** What is wider than the page is scrolled by keyboard, which takes that it can be focused. */
  const reachable = () => {
    for (const wide of place.children) {
      const scrolls = wide.scrollWidth > wide.clientWidth;
      if (scrolls) {
        wide.tabIndex = 0;
        wide.setAttribute("role", "region");
        wide.setAttribute("aria-label", wide.querySelector("caption").textContent);
      } else for (const name of ["tabindex", "role", "aria-label"]) wide.removeAttribute(name);
    }
  };

  const drawMore = () => {
    const fragment = document.createDocumentFragment();
    for (let added = 0; waiting.length > 0 && added < rowsAtOnce; ) {
      const group = waiting.shift();
      added += group.items.length;
      rows += group.items.length;
      tables += 1;
      fragment.append(drawn(group));
    }
    place.append(fragment);
    reachable();
    const items = found.reduce((sum, group) => sum + group.items.length, 0);
    const shown = rows === items ? "" : ", the first " + number(rows) + " shown";
    said.textContent =
      items === 0
        ? "No item matches."
        : number(items) + " of " + number(total) + (total === 1 ? " item" : " items") + shown + ".";
    more.hidden = waiting.length === 0;
    more.textContent = "Show more (" + number(items - rows) + " left)";
  };

  const draw = () => {
    found = matching();
    waiting = [...found];
    [tables, rows] = [0, 0];
    place.replaceChildren();
    drawMore();
  };

  const names = { service: groups.map(({ service }) => service), role: roles.map(({ name }) => name) };
  names.item = every.map(({ item }) => item);
  for (const [name, all] of Object.entries(names))
    document
      .getElementById("known-" + name)
      .append(...[...new Set(all)].map((value) => made("option", { value })));

  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(draw, 80);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(draw));
  more.addEventListener("click", () => {
    const last = tables;
    drawMore();
    const next = place.children[last];
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
  });
  addEventListener("resize", reachable);
  document.addEventListener("click", ({ target }) => {
    const link = target.closest("a[data-service]");
    if (link === null) return;
    form.reset();
    field("service").value = link.dataset.service;
    setTimeout(draw);
  });
  form.hidden = false;
  draw();
})();
`;
