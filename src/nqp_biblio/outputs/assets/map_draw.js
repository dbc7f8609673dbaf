// One frame: lines or density, circles, labels, and what is pointed at.

const DIM = 0.16;
const LARGE = 800;
const COARSE = 2500;
const SLOW = 27;
const STILL = 140;
const FIRST_MS = 40;
const MOVING_MS = 5;
const STILL_MS = 11;

function drawScene(ctx, map) {
  const { width, height } = map.stage;
  ctx.globalAlpha = 1;
  ctx.fillStyle = map.theme.paper;
  ctx.fillRect(0, 0, width, height);
  const focus = focusOf(map);
  if (map.mode === "density") {
    drawDensity(ctx, map);
    drawDots(ctx, map, focus);
  } else {
    ctx.globalAlpha = focus ? 0.22 : 1;
    drawEdgeLayer(ctx, map);
    ctx.globalAlpha = 1;
    if (focus) drawFocusEdges(ctx, map, focus);
    drawNodes(ctx, map, focus);
  }
  drawLabels(ctx, map, focus);
}

function focusOf(map) {
  // what is pointed at, else what is selected, with its neighbours
  const at = map.hover || map.selected;
  if (!at || (at.kind === "node" && !map.nodeShown[at.i])) return null;
  const last = map.focus;
  if (last && last.kind === at.kind && last.i === at.i && last.turn === map.turn) return last;
  const nodes = new Set(), edges = [];
  if (at.kind === "edge") {
    nodes.add(map.source[at.i]).add(map.target[at.i]);
    edges.push(at.i);
  } else {
    nodes.add(at.i);
    for (const e of edgesOf(map, at.i)) {
      if (!map.edgeShown[e]) continue;
      nodes.add(otherEnd(map, e, at.i));
      edges.push(e);
    }
  }
  map.focus = { ...at, nodes, edges, turn: map.turn };
  return map.focus;
}

function drawFocusEdges(ctx, map, focus) {
  const few = focus.edges.length < 60;
  for (const e of focus.edges) {
    const style = edgeStyle(map, e);
    ctx.strokeStyle = edgeColour(map, e);
    ctx.globalAlpha = few ? 0.85 : 0.55;
    ctx.lineWidth = focus.kind === "edge" ? Math.max(3, style.width) : style.width;
    ctx.beginPath();
    traceEdge(ctx, map, e, map.view);
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
}

function drawNodes(ctx, map, focus) {
  const { width, height } = map.stage, { k, x, y } = map.view, scale = radiusScale(map);
  ctx.strokeStyle = map.theme.paper;
  ctx.lineWidth = map.n > 1500 ? 0.6 : 1;
  let last = -1, dimmed = false;
  // where frames take long while the map is moved, small circles wait until it stands still
  for (let place = map.isCoarse ? Math.max(0, map.n - COARSE) : 0; place < map.n; place++) {
    const i = map.drawOrder[place];
    if (!map.nodeShown[i]) continue;
    const r = map.radius[i] * scale, px = map.x[i] * k + x, py = map.y[i] * k + y;
    if (px < -r || py < -r || px > width + r || py > height + r) continue;
    const isDim = focus !== null && !focus.nodes.has(i);
    if (isDim !== dimmed) { ctx.globalAlpha = isDim ? DIM : 1; dimmed = isDim; }
    if (map.colourOf[i] !== last) { last = map.colourOf[i]; ctx.fillStyle = map.fills[last]; }
    drawNode(ctx, px, py, r, map.isCoarse);
  }
  ctx.globalAlpha = 1;
  if (focus && focus.kind === "node") ring(ctx, map, focus.i, scale);
}

function orderNodes(map) {
  // the heaviest come last, on top; the many small ones by colour, so that it seldom changes
  const large = map.rank.slice(0, LARGE).reverse(), small = map.rank.slice(LARGE);
  small.sort((a, b) => map.colourOf[a] - map.colourOf[b] || a - b);
  map.drawOrder = Int32Array.from([...small, ...large]);
}

function drawNode(ctx, px, py, r, isCoarse) {
  if (r < 1.6) { ctx.fillRect(px - r, py - r, 2 * r, 2 * r); return; }
  ctx.beginPath();
  ctx.arc(px, py, r, 0, 6.2832);
  ctx.fill();
  if (r > 2.4 && !isCoarse) ctx.stroke();
}

function ring(ctx, map, i, scale) {
  const { k, x, y } = map.view;
  ctx.beginPath();
  ctx.arc(map.x[i] * k + x, map.y[i] * k + y, map.radius[i] * scale + 3, 0, 6.2832);
  ctx.strokeStyle = map.theme.ink;
  ctx.lineWidth = 2;
  ctx.stroke();
}

function drawDots(ctx, map, focus) {
  const { k, x, y } = map.view;
  ctx.fillStyle = map.theme.ink;
  for (let i = 0; i < map.n; i++) {
    if (!map.nodeShown[i]) continue;
    ctx.globalAlpha = focus && focus.nodes.has(i) ? 0.9 : 0.22;
    ctx.fillRect(map.x[i] * k + x - 1, map.y[i] * k + y - 1, 2, 2);
  }
  ctx.globalAlpha = 1;
}

function drawLabels(ctx, map, focus) {
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  const shown = focus ? focusLabels(map, focus) : map.placed;
  for (const placed of shown) drawLabel(ctx, map, placed);
}

function focusLabels(map, focus) {
  // the node itself first; of its neighbours those that have room
  if (focus.labels && focus.labelsAt === map.view.k) return focus.labels;
  const taken = new Map(), found = [], scale = fontScale(map), { k } = map.view;
  const own = focus.kind === "node" ? [focus.i] : [];
  const order = [...own, ...map.rank.filter((i) => focus.nodes.has(i) && i !== own[0])];
  for (const i of order) {
    const label = labelOf(map, i), size = Math.max(12, map.font[i] * scale);
    const half = (label.width * size) / 2 + 3, high = (label.lines.length * size * 1.12) / 2 + 1;
    const x = map.x[i] * k, y = map.y[i] * k;
    const isFirst = found.length < (focus.kind === "edge" ? 2 : 1);
    const hasRoom = isFree(taken, x - half, y - high, x + half, y + high);
    if (hasRoom || isFirst) found.push({ i, size, label, dx: 0, dy: 0 });
  }
  focus.labels = found;
  focus.labelsAt = k;
  return found;
}

function drawLabel(ctx, map, { i, size, label, dx, dy }) {
  const px = map.x[i] * map.view.k + map.view.x + dx, py = map.y[i] * map.view.k + map.view.y + dy;
  const half = label.width * size * 0.5;
  if (px + half < 0 || px - half > map.stage.width || py < -30 || py > map.stage.height + 30) return;
  ctx.font = fontOf(size);
  ctx.strokeStyle = map.theme.paper;
  ctx.lineWidth = Math.max(2.5, size * 0.24);
  ctx.fillStyle = map.theme.ink;
  const first = py - ((label.lines.length - 1) * size * 1.12) / 2;
  label.lines.forEach((line, row) => {
    const y = first + row * size * 1.12;
    ctx.globalAlpha = 0.82;
    ctx.strokeText(line, px, y);
    ctx.globalAlpha = 1;
    ctx.fillText(line, px, y);
  });
}

// Frames are drawn when something has changed, and while lines are still being painted.

function ask(map, what = {}) {
  if (what.edges) { map.edgeLayer.isStale = true; map.turn++; }
  if (what.labels) map.placedAt = 0;
  if (what.density) map.density = null;
  if (!map.frame) map.frame = requestAnimationFrame((now) => drawFrame(map, now));
}

function drawFrame(map, now) {
  map.frame = 0;
  if (!map.stage.width) return;
  const isMoving = now - map.movedAt < STILL;
  if (map.placedAt !== map.view.k && (!isMoving || now - (map.labelsDue || 0) > 90)) {
    placeLabels(map);
    map.labelsDue = now;
  }
  const gap = now - (map.lastFrame || now);
  map.pace = isMoving && gap < 400 ? 0.8 * map.pace + 0.2 * gap : 0;
  map.isCoarse = isMoving && map.n > COARSE && map.pace > (map.isCoarse ? SLOW - 9 : SLOW);
  const goesOn = map.mode !== "density" && paintMore(map, now);
  const { ctx, dpr } = map.stage;
  ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
  drawScene(ctx, map);
  if (goesOn || map.isCoarse || map.placedAt !== map.view.k) ask(map);
  map.lastFrame = now;
}

function paintMore(map, now) {
  // as many lines a frame as leave it short, found by how long they took before
  const layer = map.edgeLayer;
  const isMoving = now - map.movedAt < STILL;
  // while the map is moved the picture of its lines is moved with it, as far as it reaches
  if (isMoving && !layer.isStale && isCovered(map)) return true;
  if (layer.isStale || (!layer.job && isEdgeLayerOld(map))) {
    if (layer.picture === layer.back) layer.view = null;
    beginEdges(map);
  }
  if (!layer.job) return false;
  stepEdges(map, !layer.view ? FIRST_MS : isMoving ? MOVING_MS : STILL_MS);
  return Boolean(layer.job) || isEdgeLayerOld(map);
}
