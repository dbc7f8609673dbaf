// Putting a map on its feet.

function setUpViews(map) {
  for (const input of map.root.querySelectorAll(`input[name="${map.root.id}-view"]`)) {
    input.onchange = () => { if (input.checked) showView(map, input.value); };
    if (input.value === "overlay" && !Object.keys(map.scores).length) input.disabled = true;
  }
  fillSelect(map.part("size"), Object.keys(map.weights), map.sizeBy, (name) => {
    map.sizeBy = name;
    sizeNodes(map);
    setUpFilters(map);
    applyFilters(map);
  });
  fillSelect(map.part("score"), Object.keys(map.scores), map.scoreBy, (name) => {
    map.scoreBy = name;
    recolour(map);
    say(map, `Colour shows ${nameText(name)}.`);
  });
}

function fillSelect(select, names, chosen, take) {
  select.replaceChildren(...names.map((name) => element("option", { value: name }, shortText(nameText(name), 40))));
  select.value = chosen;
  select.onchange = () => take(select.value);
}

function showView(map, name) {
  map.mode = name;
  recolour(map);
  say(map, `${name} view`);
}

function recolour(map) {
  map.scale = map.scoreBy ? scoreScale(map.scores[map.scoreBy]) : null;
  colourNodes(map);
  orderEdges(map);
  showAxis(map);
  ask(map, { edges: true, density: true });
}

function axisTicks(map, low, high) {
  const isYears = /year/i.test(map.scoreBy);
  if (!(high > low)) return [{ share: 0.5, text: numberText(low, map.scoreBy) }];
  return niceTicks(low, high, 4, isYears).map((tick) => (
    { share: (tick - low) / (high - low), text: isYears && isYear(tick) ? String(tick) : numberText(tick) }
  ));
}

function showAxis(map) {
  // the scale of the overlay, or of density, with what it means
  const axis = map.part("axis"), bar = map.part("axis-bar");
  axis.hidden = map.mode === "network" || (map.mode === "overlay" && !map.scale);
  map.part("score-pick").hidden = map.mode !== "overlay";
  if (axis.hidden) return;
  const isDensity = map.mode === "density";
  const colours = isDensity ? densityColours(map) : map.theme.scale;
  bar.style.background = `linear-gradient(90deg, ${colours.map(hexOf).join(",")})`;
  const title = isDensity ? `Density, by ${nameText(map.sizeBy).toLowerCase()}` : axisTitle(map);
  const ends = [{ share: 0, text: "low" }, { share: 1, text: "high" }];
  const ticks = isDensity ? ends : axisTicks(map, map.scale.low, map.scale.high);
  map.part("axis-name").textContent = title;
  map.part("axis-ticks").replaceChildren(...ticks.map(({ share, text }) => {
    const tick = element("span", {}, text);
    tick.style.left = `${share * 100}%`;
    return tick;
  }));
}

function axisTitle(map) {
  const { isCutBelow, isCutAbove } = map.scale;
  const cut = isCutBelow && isCutAbove ? "and beyond" : isCutAbove ? "and above" : isCutBelow ? "and below" : "";
  return cut ? `${nameText(map.scoreBy)} (${cut})` : nameText(map.scoreBy);
}

function setUpTheme(map) {
  const root = document.documentElement;
  const button = map.part("theme"), setting = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : setting.matches);
  const tell = () => button.setAttribute("aria-pressed", String(isDark()));
  button.onclick = () => { root.dataset.theme = isDark() ? "light" : "dark"; };
  const update = () => {
    tell();
    map.theme = makeTheme(map);
    recolour(map);
    showClusters(map);
    if (map.selected) showSelection(map);
  };
  // the page may have a button of its own
  new MutationObserver(update).observe(root, { attributes: true, attributeFilter: ["data-theme"] });
  setting.addEventListener("change", update);
  tell();
}

function setUpStage(map) {
  const canvas = map.part("canvas");
  map.stage = { canvas, ctx: canvas.getContext("2d", { alpha: false }), width: 0, height: 0, dpr: 1 };
  map.ruler = document.createElement("canvas").getContext("2d");
  new ResizeObserver(() => resize(map)).observe(canvas);
  measureStage(map);
}

const sharpness = () => Math.min(2.5, window.devicePixelRatio || 1);

function measureStage(map) {
  const { canvas } = map.stage, width = canvas.clientWidth, height = canvas.clientHeight;
  const dpr = sharpness();
  Object.assign(map.stage, { width, height, dpr });
  canvas.width = Math.round(width * dpr);
  canvas.height = Math.round(height * dpr);
  map.maxLabels = Math.max(12, Math.round((width * height) / 6200));
  return width > 0 && height > 0;
}

function resize(map) {
  const before = { ...map.stage }, { clientWidth, clientHeight } = map.stage.canvas;
  if (before.width === clientWidth && before.height === clientHeight && before.dpr === sharpness()) return;
  if (!measureStage(map)) return;
  // the middle of what was seen stays in the middle
  const zoom = before.width ? map.view.k / map.fit.k : 1;
  const { k: was, x, y } = map.view;
  const middle = before.width ? [(before.width / 2 - x) / was, (before.height / 2 - y) / was] : [0, 0];
  map.labelCache.fill(undefined);
  fitView(map);
  fitSizes(map);
  const k = map.fit.k * zoom;
  map.view = { k, x: map.stage.width / 2 - middle[0] * k, y: map.stage.height / 2 - middle[1] * k };
  map.edgeLayer.view = null;
  ask(map, { edges: true, labels: true });
}

function firstWeight(map) {
  const names = Object.keys(map.weights);
  const wanted = ["Occurrences", "Documents", "Citations"].find((name) => names.includes(name));
  return wanted || names.find((name) => name !== "Links") || names[0];
}

function firstScore(map) {
  const names = Object.keys(map.scores);
  return names.find((name) => /year/i.test(name)) || names[0] || null;
}

function startMap(root) {
  const map = readData(root.querySelector('script[type="application/json"]'));
  map.root = root;
  map.title = root.getAttribute("aria-label");
  map.part = (name) => root.querySelector(`[data-nm="${name}"]`);
  map.palette = JSON.parse(root.dataset.palette);
  Object.assign(map, {
    mode: "network", selected: null, hover: null, isCurved: true,
    turn: 0, frame: 0, pace: 0, isCoarse: false, movedAt: 0, placedAt: 0,
    nodeShown: new Uint8Array(map.n).fill(1), edgeShown: new Uint8Array(map.nEdges).fill(1), nShownEdges: map.nEdges,
    labelCache: new Array(map.n), placed: [],
    filter: { hidden: new Set(), size: -Infinity, strength: -Infinity, isLinked: false, from: 0, to: 0 },
  });
  root.querySelector(".nm-app").hidden = false;
  map.theme = makeTheme(map);
  map.edgeLayer = makeEdgeLayer(map);
  setUpStage(map);
  fitView(map);
  map.view = { ...map.fit };
  map.sizeBy = firstWeight(map);
  map.scoreBy = firstScore(map);
  sizeNodes(map);
  nameClusters(map);
  colourNodes(map);
  orderEdges(map);
  ask(map, { edges: true, labels: true });
  drawFrame(map, performance.now());
  root.dataset.painted = String(Math.round(performance.now()));
  // controls come after the first picture
  setTimeout(() => setUpControls(map), 0);
  return map;
}

function setUpControls(map) {
  findYears(map);
  showHint(map);
  showClusters(map);
  setUpViews(map);
  setUpFilters(map);
  setUpYears(map);
  setUpSearch(map);
  setUpList(map);
  setUpPointers(map);
  setUpKeys(map);
  setUpTheme(map);
  setUpExport(map);
  map.part("all-clusters").onclick = () => showAllClusters(map, true);
  map.part("no-clusters").onclick = () => showAllClusters(map, false);
  map.part("notes").replaceChildren(...map.notes.map((note) => element("li", {}, note)));
  recolour(map);
  applyFilters(map);
  map.root.dataset.ready = "true";
}

// A page may ask a map what it shows, and time its frames.
const maps = new Map();

function startAll() {
  for (const root of document.querySelectorAll(".nm[data-palette]")) {
    if (!maps.has(root.id)) maps.set(root.id, startMap(root));
  }
}

window.nqpMaps = maps;
startAll();
