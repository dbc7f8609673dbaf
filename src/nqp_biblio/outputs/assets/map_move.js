// Moving about: mouse, touch and keys; and what lies under the pointer.

const MAX_ZOOM = 60;
const MIN_ZOOM = 0.4;
const NEAR = 6;
const MAX_HOVERED = 3000;

const prefersStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function fitView(map) {
  const { width, height } = map.stage, small = width < 560;
  const side = small ? 46 : map.n < 60 ? 110 : 84, above = small ? 34 : 48;
  const k = Math.min((width - 2 * side) / map.width, (height - 2 * above) / map.height);
  map.fit = { k: Math.max(k, 1e-9), x: width / 2, y: height / 2 };
}

function goTo(map, view, isQuick = false) {
  const low = map.fit.k * MIN_ZOOM, high = map.fit.k * MAX_ZOOM;
  const end = { ...view, k: Math.min(high, Math.max(low, view.k)) };
  cancelAnimationFrame(map.flight);
  if (isQuick || prefersStill()) { setView(map, end); return; }
  const start = { ...map.view }, begun = performance.now();
  const fly = (now) => {
    const t = Math.min(1, (now - begun) / 320), share = t * t * (3 - 2 * t);
    const k = start.k * (end.k / start.k) ** share;
    const part = start.k === end.k ? share : (k - start.k) / (end.k - start.k);
    setView(map, { k, x: start.x + (end.x - start.x) * part, y: start.y + (end.y - start.y) * part });
    if (t < 1) map.flight = requestAnimationFrame(fly);
  };
  map.flight = requestAnimationFrame(fly);
}

function setView(map, view) {
  map.view = view;
  map.movedAt = performance.now();
  ask(map);
}

function zoomAt(map, factor, px, py, isQuick) {
  const { k, x, y } = map.view;
  const to = Math.min(map.fit.k * MAX_ZOOM, Math.max(map.fit.k * MIN_ZOOM, k * factor));
  goTo(map, { k: to, x: px - ((px - x) * to) / k, y: py - ((py - y) * to) / k }, isQuick);
}

function moveBy(map, dx, dy) {
  const { k, x, y } = map.view, { width, height } = map.stage;
  // some of the map stays in sight
  const kept = (at, size, length) => Math.min(length + size / 2 - 40, Math.max(40 - size / 2, at));
  setView(map, { k, x: kept(x + dx, map.width * k, width), y: kept(y + dy, map.height * k, height) });
}

function centreOn(map, px, py, zoom) {
  const k = Math.max(map.view.k, map.fit.k * zoom);
  goTo(map, { k, x: map.stage.width / 2 - px * k, y: map.stage.height / 2 - py * k });
}

function nodeAt(map, px, py, reach) {
  const { k, x, y } = map.view, scale = radiusScale(map);
  let best = -1, least = Infinity;
  for (let i = 0; i < map.n; i++) {
    if (!map.nodeShown[i]) continue;
    const away = Math.hypot(map.x[i] * k + x - px, map.y[i] * k + y - py);
    const over = away - Math.max(map.radius[i] * scale, reach);
    // of circles that lie over one another the smaller is meant
    const rank = over <= 0 ? map.radius[i] * 1e-3 - 1 : Infinity;
    if (rank < least) { least = rank; best = i; }
  }
  return best;
}

function edgeAt(map, px, py, reach) {
  if (map.mode === "density") return -1;
  const { k, x, y } = map.view, { source, target } = map, curved = isCurved(map);
  let best = -1, least = reach;
  for (let e = 0; e < map.nEdges; e++) {
    if (!map.edgeShown[e]) continue;
    const a = source[e], b = target[e];
    const ax = map.x[a] * k + x, ay = map.y[a] * k + y, bx = map.x[b] * k + x, by = map.y[b] * k + y;
    const slack = reach + (curved ? 0.13 * Math.hypot(bx - ax, by - ay) : 0);
    if (px < Math.min(ax, bx) - slack || px > Math.max(ax, bx) + slack) continue;
    if (py < Math.min(ay, by) - slack || py > Math.max(ay, by) + slack) continue;
    const away = curved ? toCurve(map, e, px, py) : toLine(px, py, ax, ay, bx, by);
    if (away < least) { least = away; best = e; }
  }
  return best;
}

function toLine(px, py, ax, ay, bx, by) {
  const dx = bx - ax, dy = by - ay, squared = dx * dx + dy * dy;
  const t = squared ? Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / squared)) : 0;
  return Math.hypot(ax + t * dx - px, ay + t * dy - py);
}

function toCurve(map, e, px, py) {
  const { k, x, y } = map.view, a = map.source[e], b = map.target[e], [mx, my] = bend(map, e);
  const at = (t, p, q, r) => (1 - t) * (1 - t) * p + 2 * t * (1 - t) * q + t * t * r;
  let least = Infinity, lastX = map.x[a] * k + x, lastY = map.y[a] * k + y;
  for (let step = 1; step <= 10; step++) {
    const t = step / 10;
    const cx = at(t, map.x[a], mx, map.x[b]) * k + x, cy = at(t, map.y[a], my, map.y[b]) * k + y;
    least = Math.min(least, toLine(px, py, lastX, lastY, cx, cy));
    [lastX, lastY] = [cx, cy];
  }
  return least;
}

function whatIsAt(map, px, py, isTouch) {
  const i = nodeAt(map, px, py, isTouch ? 14 : 5);
  if (i >= 0) return { kind: "node", i };
  const e = edgeAt(map, px, py, isTouch ? 12 : NEAR);
  return e >= 0 ? { kind: "edge", i: e } : null;
}

function setUpPointers(map) {
  const { canvas } = map.stage, down = new Map();
  let moved = 0;
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  canvas.onpointerdown = (event) => {
    canvas.setPointerCapture(event.pointerId);
    cancelAnimationFrame(map.flight);
    down.set(event.pointerId, at(event));
    moved = down.size > 1 ? 99 : 0;
    hover(map, null);
  };
  canvas.onpointermove = (event) => {
    if (!down.size) { if (event.pointerType === "mouse") hoverSoon(map, at(event)); return; }
    if (!down.has(event.pointerId)) return;
    moved += drag(map, down, event.pointerId, at(event));
  };
  const up = (event) => {
    const wasDown = down.delete(event.pointerId);
    if (!wasDown || event.type === "pointercancel" || moved > 5) return;
    const isTouch = event.pointerType !== "mouse", found = whatIsAt(map, ...at(event), isTouch);
    select(map, found);
    // on a small screen the panel is out of sight
    if (isTouch) showTip(map, found);
  };
  canvas.onpointerup = up;
  canvas.onpointercancel = up;
  canvas.onpointerleave = () => hover(map, null);
  canvas.ondblclick = (event) => zoomAt(map, event.shiftKey ? 0.5 : 2, ...at(event));
  canvas.addEventListener("wheel", (event) => onWheel(map, event, at(event)), { passive: false });
}

function drag(map, down, id, to) {
  // one finger moves the map; two move and zoom it about their middle
  const before = [...down.values()].slice(0, 2), from = down.get(id);
  down.set(id, to);
  const after = [...down.values()].slice(0, 2);
  if (after.length < 2) {
    moveBy(map, to[0] - from[0], to[1] - from[1]);
    return Math.hypot(to[0] - from[0], to[1] - from[1]);
  }
  const middle = ([one, other]) => [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2];
  const apart = ([one, other]) => Math.hypot(one[0] - other[0], one[1] - other[1]) || 1;
  const [bx, by] = middle(before), [ax, ay] = middle(after);
  moveBy(map, ax - bx, ay - by);
  zoomAt(map, apart(after) / apart(before), ax, ay, true);
  return 99;
}

function onWheel(map, event, [px, py]) {
  // within a page the wheel scrolls the page, until the map has been clicked
  const isMeant = map.root.dataset.wheel === "always" || event.ctrlKey || event.metaKey
    || document.activeElement === map.stage.canvas;
  if (!isMeant) return;
  event.preventDefault();
  const way = event.deltaY * (event.deltaMode === 1 ? 30 : 1), rate = event.ctrlKey ? 0.008 : 0.0022;
  zoomAt(map, Math.exp(-Math.max(-240, Math.min(240, way)) * rate), px, py, true);
}

function hoverSoon(map, place) {
  map.pointer = place;
  if (map.hovering) return;
  map.hovering = requestAnimationFrame(() => {
    map.hovering = 0;
    const found = whatIsAt(map, ...map.pointer, false);
    // among many lines there is always one near: they are for clicking then
    hover(map, found && found.kind === "edge" && map.nShownEdges > MAX_HOVERED ? null : found);
  });
}

function hover(map, what) {
  const same = (map.hover && what && map.hover.kind === what.kind && map.hover.i === what.i) || (!map.hover && !what);
  map.hover = what;
  showTip(map, what);
  map.stage.canvas.style.cursor = what ? "pointer" : "grab";
  if (!same) ask(map);
}

const PAN = 60;

const KEYS = {
  ArrowLeft: (map) => moveBy(map, PAN, 0),
  ArrowRight: (map) => moveBy(map, -PAN, 0),
  ArrowUp: (map) => moveBy(map, 0, PAN),
  ArrowDown: (map) => moveBy(map, 0, -PAN),
  "+": (map) => zoomMiddle(map, 1.4),
  "=": (map) => zoomMiddle(map, 1.4),
  "-": (map) => zoomMiddle(map, 1 / 1.4),
  _: (map) => zoomMiddle(map, 1 / 1.4),
  0: (map) => goTo(map, map.fit),
  n: (map) => nextNode(map, 1),
  p: (map) => nextNode(map, -1),
  "/": (map) => map.part("search").focus(),
  Escape: (map) => select(map, null),
};

const zoomMiddle = (map, factor) => zoomAt(map, factor, map.stage.width / 2, map.stage.height / 2);

function nextNode(map, step) {
  const shown = map.rank.filter((i) => map.nodeShown[i]);
  if (!shown.length) return;
  const at = map.selected && map.selected.kind === "node" ? shown.indexOf(map.selected.i) : step > 0 ? -1 : 0;
  const i = shown[(at + step + shown.length) % shown.length];
  select(map, { kind: "node", i }, { isSought: true });
}

function setUpKeys(map) {
  map.stage.canvas.onkeydown = (event) => {
    const act = KEYS[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act(map);
  };
  map.part("zoom-in").onclick = () => zoomMiddle(map, 1.5);
  map.part("zoom-out").onclick = () => zoomMiddle(map, 1 / 1.5);
  map.part("zoom-fit").onclick = () => goTo(map, map.fit);
}
