// Lines: painted a few at a time, the strongest first, onto a picture that is moved meanwhile.

const MARGIN = 0.25;
const LEVELS = 4;
const STRONG = [60, 300, 1500];
const PER_PATH = 16;
const MAX_CURVED = 12000;

function orderEdges(map) {
  // strongest level first; within a level by colour, so that colours seldom change
  const { nEdges, strength, source, target, colourOf } = map;
  const rank = Int32Array.from({ length: nEdges }, (_, e) => e)
    .sort((a, b) => Math.abs(strength[b]) - Math.abs(strength[a]) || a - b);
  const level = new Int8Array(nEdges), key = new Float64Array(nEdges);
  const top = nEdges ? Math.abs(strength[rank[0]]) || 1 : 1;
  rank.forEach((e, place) => {
    const share = Math.sqrt(Math.abs(strength[e]) / top);
    const most = place < STRONG[0] ? 3 : place < STRONG[1] ? 2 : place < STRONG[2] ? 1 : 0;
    level[e] = Math.min(most, Math.floor(share * LEVELS * 0.999));
    const a = colourOf[source[e]], b = colourOf[target[e]];
    key[e] = (LEVELS - level[e]) * 1e6 + Math.min(a, b) * 1000 + Math.max(a, b);
  });
  map.edgeRank = rank;
  map.edgeLevel = level;
  const byStrength = (a, b) => Math.abs(strength[b]) - Math.abs(strength[a]) || a - b;
  map.edgeOrder = rank.slice().sort((a, b) => key[a] - key[b] || byStrength(a, b));
}

function edgeStyle(map, e) {
  const level = map.edgeLevel[e], many = map.nShownEdges;
  const width = [0.8, 1.3, 2.2, 3.4][level] * (many > 400 ? 0.85 : 1.1);
  const base = many > 20000 ? 0.1 : many > 6000 ? 0.14 : many > 1500 ? 0.22 : many > 300 ? 0.34 : 0.45;
  return { width, alpha: Math.min(0.75, base * [1, 1.4, 1.9, 2.3][level]) };
}

function edgeColour(map, e) {
  const a = map.colourOf[map.source[e]], b = map.colourOf[map.target[e]];
  return a === b ? map.fills[a] : hexOf(mixed(map.colours[a], map.colours[b], 0.5));
}

const isCurved = (map) => map.isCurved && map.nShownEdges <= MAX_CURVED;

function bend(map, e) {
  // the point a curve is drawn towards, in the units of the map
  const a = map.source[e], b = map.target[e];
  const dx = map.x[b] - map.x[a], dy = map.y[b] - map.y[a];
  return [(map.x[a] + map.x[b]) / 2 - dy * 0.13, (map.y[a] + map.y[b]) / 2 + dx * 0.13];
}

function traceEdge(ctx, map, e, view) {
  const a = map.source[e], b = map.target[e], { k, x, y } = view;
  ctx.moveTo(map.x[a] * k + x, map.y[a] * k + y);
  if (isCurved(map)) {
    const [cx, cy] = bend(map, e);
    ctx.quadraticCurveTo(cx * k + x, cy * k + y, map.x[b] * k + x, map.y[b] * k + y);
  } else ctx.lineTo(map.x[b] * k + x, map.y[b] * k + y);
}

function isOutside(map, e, view, frame) {
  const a = map.source[e], b = map.target[e], { k, x, y } = view;
  const ax = map.x[a] * k + x, bx = map.x[b] * k + x, ay = map.y[a] * k + y, by = map.y[b] * k + y;
  return (ax < frame[0] && bx < frame[0]) || (ax > frame[2] && bx > frame[2])
    || (ay < frame[1] && by < frame[1]) || (ay > frame[3] && by > frame[3]);
}

function lengthOf(map, e, view, frame) {
  const a = map.source[e], b = map.target[e];
  const length = view.k * (Math.abs(map.x[a] - map.x[b]) + Math.abs(map.y[a] - map.y[b]));
  return Math.min(length, frame[2] - frame[0] + frame[3] - frame[1]) + 30;
}

function paintSome(ctx, map, job, limit) {
  // up to a sum of lengths, which is what painting costs;
  // what is painted later lies beneath what is painted before
  let last = "", inPath = 0, done = 0;
  const flush = () => { if (inPath) ctx.stroke(); inPath = 0; };
  for (; job.at < map.nEdges && done < limit; job.at++) {
    const e = map.edgeOrder[job.at];
    if (!map.edgeShown[e] || isOutside(map, e, job.view, job.frame)) continue;
    const level = map.edgeLevel[e], colour = edgeColour(map, e), look = `${level} ${colour}`;
    if (look !== last || inPath >= PER_PATH) {
      flush();
      if (look !== last) {
        const style = edgeStyle(map, e);
        ctx.lineWidth = style.width * job.thin;
        ctx.globalAlpha = style.alpha;
        ctx.strokeStyle = colour;
        last = look;
      }
      ctx.beginPath();
    }
    traceEdge(ctx, map, e, job.view);
    inPath++;
    done += lengthOf(map, e, job.view, job.frame);
  }
  flush();
  return job.at >= map.nEdges;
}

function makeEdgeLayer(map) {
  const canvases = [document.createElement("canvas"), document.createElement("canvas")];
  const probe = document.createElement("canvas").getContext("2d");
  probe.canvas.width = probe.canvas.height = 1;
  return { front: canvases[0], back: canvases[1], probe, view: null, job: null, isStale: true, rate: 8000 };
}

function beginEdges(map) {
  const layer = map.edgeLayer, { width, height, dpr } = map.stage;
  const extra = [Math.round(width * MARGIN), Math.round(height * MARGIN)];
  const [w, h] = [width + 2 * extra[0], height + 2 * extra[1]];
  layer.back.width = Math.round(w * dpr);
  layer.back.height = Math.round(h * dpr);
  const ctx = layer.back.getContext("2d");
  ctx.setTransform(dpr, 0, 0, dpr, extra[0] * dpr, extra[1] * dpr);
  ctx.globalCompositeOperation = "destination-over";
  const view = { ...map.view };
  const frame = [-extra[0], -extra[1], width + extra[0], height + extra[1]];
  // lines of one point are much quicker to draw than wider ones
  const thin = map.nShownEdges > MAX_CURVED ? 1 / dpr : 1;
  layer.job = { ctx, view, frame, extra, size: [w, h], at: 0, thin };
  layer.isStale = false;
}

function stepEdges(map, milliseconds) {
  const layer = map.edgeLayer, { job } = layer, limit = milliseconds * layer.rate, begun = performance.now();
  const isDone = paintSome(job.ctx, map, job, limit);
  // asking for a point makes the browser draw now, not all at once at the end
  layer.probe.drawImage(layer.back, 0, 0, 1, 1, 0, 0, 1, 1);
  const rate = limit / Math.max(0.5, performance.now() - begun);
  if (!isDone) layer.rate = Math.min(60000, Math.max(400, 0.5 * layer.rate + 0.5 * rate));
  if (!isDone && layer.view) return;
  const shown = { view: job.view, extra: job.extra, size: job.size, isWhole: isDone };
  if (isDone) {
    [layer.front, layer.back] = [layer.back, layer.front];
    layer.job = null;
  }
  Object.assign(layer, shown, { picture: isDone ? layer.front : layer.back });
}

function drawEdgeLayer(ctx, map) {
  const layer = map.edgeLayer;
  if (!layer.view) return;
  const zoom = map.view.k / layer.view.k;
  const x = map.view.x - layer.view.x * zoom - layer.extra[0] * zoom;
  const y = map.view.y - layer.view.y * zoom - layer.extra[1] * zoom;
  ctx.drawImage(layer.picture, x, y, layer.size[0] * zoom, layer.size[1] * zoom);
}

function isCovered(map) {
  const layer = map.edgeLayer, { width, height } = map.stage;
  if (!layer.view || !layer.isWhole) return false;
  const zoom = map.view.k / layer.view.k;
  if (zoom > 1.8 || zoom < 0.75) return false;
  const left = map.view.x - (layer.view.x + layer.extra[0]) * zoom;
  const top = map.view.y - (layer.view.y + layer.extra[1]) * zoom;
  const right = left + layer.size[0] * zoom, bottom = top + layer.size[1] * zoom;
  // beyond the map itself there is nothing to cover
  const reach = [map.view.x - (map.width / 2) * map.view.k, map.view.y - (map.height / 2) * map.view.k,
    map.view.x + (map.width / 2) * map.view.k, map.view.y + (map.height / 2) * map.view.k];
  return left <= Math.max(0, reach[0]) && top <= Math.max(0, reach[1])
    && right >= Math.min(width, reach[2]) && bottom >= Math.min(height, reach[3]);
}

function isEdgeLayerOld(map) {
  const layer = map.edgeLayer;
  if (layer.isStale || !layer.view) return true;
  const { k, x, y } = layer.view;
  return Math.abs(k - map.view.k) > 1e-9 * k || Math.abs(x - map.view.x) + Math.abs(y - map.view.y) > 0.5;
}
