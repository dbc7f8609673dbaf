// The panel: what is selected and the works behind it, clusters, search and the list of nodes.

const MAX_FOUND = 12;
const MAX_LINKS = 12;
const MAX_WORKS = 30;

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

function svgElement(tag, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

const shortText = (text, length) => (text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text);
const bdi = (text, length = 200) => element("bdi", {}, shortText(text, length));

// A cluster by its colour and name.
function clusterTag(map, number, length) {
  return [swatch(map, number), bdi(clusterName(map, number), length)];
}

function swatch(map, number) {
  const mark = element("span", { class: "nm-swatch", "aria-hidden": "true" });
  mark.style.background = hexOf(clusterColour(map, map.hasClusters ? number : 1));
  return mark;
}

function say(map, text) {
  map.part("live").textContent = text;
}

function showSelection(map) {
  const box = map.part("selection"), what = map.selected;
  box.replaceChildren();
  if (!what) {
    showHint(map);
    say(map, "Nothing is selected.");
  } else if (what.kind === "node") showNode(map, box, what.i);
  else showEdge(map, box, what.i);
}

function select(map, what, options = {}) {
  map.selected = what;
  map.hover = null;
  showSelection(map);
  const list = map.part("list");
  list.value = what && what.kind === "node" ? String(what.i) : "";
  if (what && what.kind === "node" && options.isSought) centreOn(map, map.x[what.i], map.y[what.i], 1.8);
  map.part("side").scrollTop = 0;
  ask(map);
}

function showHint(map) {
  const text = map.behind
    ? "Choose a circle or a line to see the works behind it."
    : "Choose a circle or a line to see what is known of it.";
  map.part("selection").replaceChildren(element("p", { class: "nm-hint" }, text));
}

function clusterName(map, number) {
  return map.clusterLabels.get(number) || (number ? `Cluster ${number}` : "No cluster");
}

function heading(map, children) {
  const close = element("button", { type: "button", class: "nm-close", "aria-label": "Close the selection" }, "×");
  close.onclick = () => { select(map, null); map.stage.canvas.focus(); };
  return element("div", { class: "nm-head" }, element("h3", {}, ...children), close);
}

function showNode(map, box, i) {
  box.append(heading(map, [bdi(map.labels[i])]));
  if (map.hasClusters) {
    box.append(element("p", { class: "nm-kind" }, ...clusterTag(map, map.cluster[i], 80)));
  }
  box.append(numbersOf(map, i));
  showText(map, box, i);
  const edges = Array.from(edgesOf(map, i)).filter((e) => map.edgeShown[e])
    .sort((a, b) => Math.abs(map.strength[b]) - Math.abs(map.strength[a]) || a - b);
  showLinks(map, box, i, edges);
  const works = map.behind ? worksOfNode(map, i) : [];
  showWorks(map, box, works, ["work", "works"]);
  const told = [map.labels[i].slice(0, 200), map.hasClusters && clusterName(map, map.cluster[i]), `${edges.length} links`];
  if (map.behind) told.push(`${works.length} works`);
  say(map, told.filter(Boolean).join(", "));
}

function numbersOf(map, i) {
  const list = element("dl", { class: "nm-numbers" });
  for (const group of [map.weights, map.scores]) {
    for (const [name, values] of Object.entries(group)) {
      if (values[i] === null) continue;
      const told = element("dd", {}, numberText(values[i], name));
      list.append(element("div", {}, element("dt", {}, bdi(nameText(name), 60)), told));
    }
  }
  return list;
}

function showText(map, box, i) {
  const { description, url } = map.data.nodes;
  const told = description && description[i];
  if (told) box.append(element("p", { class: "nm-text", dir: "auto" }, clean(told)));
  const address = url && safeAddress(url[i]);
  if (address) box.append(element("p", {}, anchor(address, "Open its page")));
}

function showLinks(map, box, i, edges) {
  if (!edges.length) return;
  const list = element("ul", { class: "nm-links" });
  for (const e of edges.slice(0, MAX_LINKS)) {
    const other = otherEnd(map, e, i);
    const arrow = map.directed ? (map.source[e] === i ? "→ " : "← ") : "";
    const strength = element("span", { class: "nm-n" }, numberText(map.strength[e]));
    const name = [swatch(map, map.cluster[other]), arrow, bdi(map.labels[other], 90)];
    const button = element("button", { type: "button" }, ...name, strength);
    button.onclick = () => select(map, { kind: "edge", i: e });
    list.append(element("li", {}, button));
  }
  const rest = edges.length - MAX_LINKS;
  box.append(element("h4", {}, rest > 0 ? `Strongest of ${numberText(edges.length)} links` : "Links"), list);
}

function showEdge(map, box, e) {
  const ends = [map.source[e], map.target[e]];
  box.append(heading(map, ["Link"]));
  const list = element("ul", { class: "nm-links" });
  ends.forEach((i, place) => {
    const word = map.directed ? (place ? "to " : "from ") : "";
    const button = element("button", { type: "button" }, swatch(map, map.cluster[i]), word, bdi(map.labels[i], 90));
    button.onclick = () => select(map, { kind: "node", i });
    list.append(element("li", {}, button));
  });
  box.append(list, element("dl", { class: "nm-numbers" },
    element("div", {}, element("dt", {}, "Strength"), element("dd", {}, numberText(map.strength[e])))));
  const works = map.behind ? worksOfEdge(map, e) : [];
  const isShared = map.behind && map.behind.kind === "items";
  showWorks(map, box, works, isShared ? ["shared by both", "shared by both"] : ["work behind it", "works behind it"]);
  say(map, `Link of ${ends.map((i) => map.labels[i].slice(0, 200)).join(" and ")}, ${works.length} works behind it`);
}

function safeAddress(link) {
  if (!link) return null;
  if (link.startsWith("10.")) return `https://doi.org/${link}`;
  return /^https?:\/\//i.test(link) ? link : null;
}

function anchor(address, text) {
  return element("a", { href: address, rel: "noreferrer noopener", target: "_blank" }, text);
}

function showWorks(map, box, all, words) {
  if (!map.behind) return;
  const { year, cited } = map.behind.works, { from, to } = map.filter;
  // of the years that are chosen, as on the map; a reference that is shared has no such year
  const isCut = map.years && map.behind.kind !== "items" && (from > map.years.first || to < map.years.last);
  const works = isCut ? all.filter((w) => year[w] >= from && year[w] <= to) : all;
  const total = `${numberText(all.length)} ${words[all.length === 1 ? 0 : 1]}`;
  const title = isCut ? `${numberText(works.length)} of ${total}, ${from === to ? from : `${from}–${to}`}` : total;
  const byMost = (values, a, b) => (values[b] ?? -1) - (values[a] ?? -1);
  const order = works.slice().sort((a, b) => byMost(cited, a, b) || byMost(year, a, b) || a - b);
  const list = element("ol", { class: "nm-works" });
  box.append(element("h4", {}, title), list);
  const more = element("button", { type: "button", class: "nm-more" });
  const extend = () => {
    const shown = list.children.length;
    list.append(...order.slice(shown, shown + MAX_WORKS).map((w) => workItem(map, w)));
    const rest = order.length - list.children.length;
    more.textContent = `Show ${Math.min(rest, MAX_WORKS)} more of ${numberText(rest)}`;
    more.hidden = rest <= 0;
  };
  more.onclick = extend;
  extend();
  box.append(more);
}

function workItem(map, w) {
  const { title, by, year, link, cited } = map.behind.works, address = safeAddress(link[w]);
  const name = shortText(clean(title[w]), 240);
  const times = cited[w] !== null && `cited ${numberText(cited[w])} times`;
  const told = [by[w] && clean(by[w]), year[w], times].filter(Boolean).join(" · ");
  const head = address ? anchor(address, name) : document.createTextNode(name);
  const below = told ? element("p", { class: "nm-by", dir: "auto" }, told) : null;
  return element("li", {}, element("p", { class: "nm-title", dir: "auto" }, head), below);
}

// The tip beside the pointer; what it says also stands in the panel once it is selected.

function showTip(map, what) {
  const tip = map.part("tip");
  tip.hidden = !what;
  if (!what) return;
  const { k, x, y } = map.view;
  const ends = what.kind === "node" ? [what.i] : [map.source[what.i], map.target[what.i]];
  const px = ends.reduce((sum, i) => sum + map.x[i] * k + x, 0) / ends.length;
  const py = ends.reduce((sum, i) => sum + map.y[i] * k + y, 0) / ends.length;
  tip.replaceChildren(...(what.kind === "node" ? tipOfNode(map, what.i) : tipOfEdge(map, what.i, ends)));
  const over = what.kind === "node" ? map.radius[what.i] * radiusScale(map) : 0;
  const box = tip.getBoundingClientRect(), { width } = map.stage;
  tip.style.left = `${Math.min(width - box.width - 8, Math.max(8, px - box.width / 2))}px`;
  const top = py - over - box.height - 14;
  tip.style.top = `${Math.max(8, top < 8 ? Math.min(map.stage.height - box.height - 8, py + over + 14) : top)}px`;
}

function tipOfNode(map, i) {
  const facts = [`${nameText(map.sizeBy)}: ${numberText(map.weights[map.sizeBy][i])}`];
  const score = map.scoreBy;
  if (map.mode === "overlay") facts.push(`${nameText(score)}: ${numberText(map.scores[score][i], score)}`);
  const parts = [element("b", {}, bdi(map.labels[i], 140)), element("span", {}, facts.join(" · "))];
  if (map.hasClusters) parts.push(element("span", {}, ...clusterTag(map, map.cluster[i], 60)));
  return parts;
}

function tipOfEdge(map, e, ends) {
  const arrow = map.directed ? " → " : " – ";
  return [element("b", {}, bdi(map.labels[ends[0]], 70), arrow, bdi(map.labels[ends[1]], 70)),
    element("span", {}, `Strength: ${numberText(map.strength[e])}`)];
}

// Clusters: a row each, to hide it and to name it.

function nameClusters(map) {
  const numbers = [...new Set(map.cluster)].filter((number) => number > 0).sort((a, b) => a - b);
  map.hasClusters = numbers.length > 0;
  map.clusterNumbers = map.cluster.includes(0) && numbers.length ? [...numbers, 0] : numbers;
  map.clusterLabels = new Map();
  const heaviest = new Map();
  for (const i of map.rank) {
    const found = heaviest.get(map.cluster[i]) || [];
    if (found.length < 2) heaviest.set(map.cluster[i], [...found, shortText(map.labels[i], 30)]);
  }
  for (const number of numbers) {
    const given = map.data.clusters[String(number)];
    map.clusterLabels.set(number, given ? clean(given) : heaviest.get(number).join(" · "));
  }
}

function showClusters(map) {
  const list = map.part("clusters");
  map.part("clusters-box").hidden = !map.hasClusters;
  if (!map.hasClusters) return;
  const sizes = new Map();
  for (const number of map.cluster) sizes.set(number, (sizes.get(number) || 0) + 1);
  list.replaceChildren(...map.clusterNumbers.map((number) => clusterRow(map, number, sizes.get(number))));
}

function clusterRow(map, number, size) {
  const called = number ? `cluster ${number}` : "nodes in no cluster";
  const box = element("input", { type: "checkbox", "aria-label": `Show ${called}` });
  box.checked = !map.filter.hidden.has(number);
  box.onchange = () => {
    if (box.checked) map.filter.hidden.delete(number); else map.filter.hidden.add(number);
    applyFilters(map);
  };
  const looks = { class: "nm-name", dir: "auto", maxlength: "200", spellcheck: "false" };
  const name = element("input", { type: "text", "aria-label": `Name of ${called}`, ...looks });
  name.value = clusterName(map, number);
  name.readOnly = !number;
  name.oninput = () => { map.clusterLabels.set(number, clean(name.value)); };
  name.onkeydown = (event) => { if (event.key === "Enter") name.blur(); };
  return element("li", {}, box, swatch(map, number), name, element("span", { class: "nm-n" }, numberText(size)));
}

function showAllClusters(map, isShown) {
  map.filter.hidden = new Set(isShown ? [] : map.clusterNumbers);
  showClusters(map);
  applyFilters(map);
}

// Search, and the list of all nodes, which shows the map to those who do not see it.

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function setUpSearch(map) {
  const input = map.part("search"), list = map.part("found");
  map.folded = null;
  input.oninput = () => showFound(map, input.value, list);
  input.onkeydown = (event) => {
    const first = list.querySelector("button");
    if (event.key === "Enter" && first) first.click();
    if (event.key === "ArrowDown" && first) { event.preventDefault(); first.focus(); }
    if (event.key === "Escape") closeFound(map);
  };
  list.onkeydown = (event) => {
    const item = event.target.closest("li");
    const near = item && { ArrowDown: item.nextElementSibling, ArrowUp: item.previousElementSibling };
    const next = near && near[event.key];
    if (event.key === "Escape") { closeFound(map); input.focus(); }
    if (event.key === "ArrowUp" && item && !next) input.focus();
    if (!next) return;
    event.preventDefault();
    const button = next.querySelector("button");
    if (button) button.focus();
  };
  map.root.addEventListener("focusin", (event) => { if (!event.target.closest(".nm-search")) closeFound(map); });
}

function closeFound(map) {
  map.part("found").hidden = true;
}

function findNodes(map, text) {
  map.folded = map.folded || map.labels.map(folded);
  const words = folded(text).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  return Array.from(map.rank).filter((i) => words.every((word) => map.folded[i].includes(word)));
}

function showFound(map, text, list) {
  const found = findNodes(map, text);
  list.hidden = !text.trim();
  list.replaceChildren(...found.slice(0, MAX_FOUND).map((i) => {
    const button = element("button", { type: "button" }, swatch(map, map.cluster[i]), bdi(map.labels[i], 80));
    button.onclick = () => { closeFound(map); revealNode(map, i); };
    return element("li", {}, button);
  }));
  const rest = found.length - MAX_FOUND;
  const told = found.length ? `and ${numberText(rest)} more` : "No node has this name";
  if (rest > 0 || !found.length) list.append(element("li", { class: "nm-rest" }, told));
  if (text.trim()) say(map, found.length === 1 ? "1 node found" : `${found.length} nodes found`);
}

function revealNode(map, i) {
  if (!map.nodeShown[i]) resetFilters(map);
  select(map, { kind: "node", i }, { isSought: true });
}

function setUpList(map) {
  const list = map.part("list"), box = map.part("list-box");
  const fill = () => {
    if (list.options.length) return;
    // options are made when the list is opened: there may be thousands
    list.append(...Array.from(map.rank, (i) => element("option", { value: i }, shortText(map.labels[i], 120))));
    if (map.selected && map.selected.kind === "node") list.value = String(map.selected.i);
  };
  box.ontoggle = () => { if (box.open) fill(); };
  list.onchange = () => revealNode(map, Number(list.value));
}
