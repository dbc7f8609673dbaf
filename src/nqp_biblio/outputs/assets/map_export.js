// What can be taken away: the picture as PNG or SVG, the network for VOSviewer.

const PICTURE_SCALE = 2;

function fileName(map, ending) {
  const stem = folded(map.title).replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 60);
  return `${stem || "map"}.${ending}`;
}

function saveAs(map, blob, name) {
  const link = element("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  say(map, `${name} is saved.`);
}

function savePng(map) {
  const { width, height } = map.stage, below = legendHeight(map, width);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * PICTURE_SCALE);
  canvas.height = Math.round((height + below) * PICTURE_SCALE);
  const ctx = canvas.getContext("2d");
  ctx.scale(PICTURE_SCALE, PICTURE_SCALE);
  drawWhole(ctx, map);
  drawLegend(ctx, map, height, width, below);
  canvas.toBlob((blob) => saveAs(map, blob, fileName(map, "png")), "image/png");
}

function drawWhole(ctx, map) {
  // a picture is sharp at its own scale: lines are painted anew, all of them
  if (map.mode !== "density") {
    const layer = document.createElement("canvas");
    layer.width = ctx.canvas.width;
    layer.height = ctx.canvas.height;
    const lines = layer.getContext("2d");
    lines.scale(PICTURE_SCALE, PICTURE_SCALE);
    lines.globalCompositeOperation = "destination-over";
    const frame = [0, 0, map.stage.width, map.stage.height];
    paintSome(lines, map, { view: map.view, frame, at: 0, thin: 1 }, Infinity);
    const kept = map.edgeLayer, size = [layer.width / PICTURE_SCALE, layer.height / PICTURE_SCALE];
    map.edgeLayer = { view: map.view, extra: [0, 0], size, picture: layer };
    drawScene(ctx, map);
    map.edgeLayer = kept;
  } else drawScene(ctx, map);
}

function legendRows(map) {
  if (map.mode !== "network" || !map.hasClusters) return [];
  return map.clusterNumbers.filter((number) => !map.filter.hidden.has(number)).slice(0, 24)
    .map((number) => [hexOf(clusterColour(map, number)), clusterName(map, number)]);
}

const legendColumns = (width) => Math.max(1, Math.floor(width / 300));

function legendHeight(map, width) {
  if (map.mode === "overlay" && map.scale) return 56;
  const rows = legendRows(map).length;
  return rows ? Math.ceil(rows / legendColumns(width)) * 20 + 20 : 0;
}

function fittedText(map, text, width) {
  map.ruler.font = `13px ${FONT}`;
  let length = Math.min(text.length, 120);
  while (length > 4 && map.ruler.measureText(shortText(text, length)).width > width) length -= 1;
  return shortText(text, length);
}

function legendParts(map, top, width) {
  // one description of the legend for both kinds of picture
  const parts = [];
  const rows = legendRows(map), columns = legendColumns(width), deep = Math.ceil(rows.length / columns);
  rows.forEach(([fill, text], at) => {
    const x = 16 + Math.floor(at / deep) * (width / columns), y = top + 18 + (at % deep) * 20;
    const fitted = fittedText(map, text, width / columns - 40);
    parts.push({ kind: "dot", x: x + 5, y, fill }, { kind: "text", x: x + 17, y, text: fitted, align: "start" });
  });
  if (map.mode === "overlay" && map.scale) {
    const { low, high } = map.scale, long = Math.min(260, width - 40), left = width - long - 20;
    map.theme.scale.forEach((colour, step) => {
      const x = left + (step * long) / STEPS;
      parts.push({ kind: "bar", x, y: top + 18, w: long / STEPS + 0.5, h: 10, fill: hexOf(colour) });
    });
    parts.push({ kind: "text", x: left, y: top + 8, text: nameText(map.scoreBy), align: "start" });
    for (const { share, text } of axisTicks(map, low, high)) {
      parts.push({ kind: "text", x: left + share * long, y: top + 40, text, align: "middle" });
    }
  }
  return parts;
}

function drawLegend(ctx, map, top, width, below) {
  ctx.globalAlpha = 1;
  ctx.fillStyle = map.theme.paper;
  ctx.fillRect(0, top, width, below);
  ctx.font = `13px ${FONT}`;
  ctx.textBaseline = "middle";
  for (const part of legendParts(map, top, width)) {
    ctx.fillStyle = part.fill || map.theme.ink;
    if (part.kind === "bar") ctx.fillRect(part.x, part.y, part.w, part.h);
    if (part.kind === "dot") { ctx.beginPath(); ctx.arc(part.x, part.y, 5, 0, 6.2832); ctx.fill(); }
    if (part.kind !== "text") continue;
    ctx.textAlign = part.align === "middle" ? "center" : part.align;
    ctx.fillText(part.text, part.x, part.y);
  }
}

// SVG, with the elements of the picture one by one

// what XML has no place for: half of a pair of surrogates, and two numbers that are no characters
const NOT_XML = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|[\ufffe\uffff]/g;
const xmlText = (text) => text.replace(NOT_XML, "");

const short = (value) => String(Math.round(value * 100) / 100);

function svgText(map) {
  const { width, height } = map.stage, below = legendHeight(map, width);
  const whole = height + below, xmlns = "http://www.w3.org/2000/svg";
  const svg = svgElement("svg", { xmlns, viewBox: `0 0 ${width} ${whole}`, width, height: whole, "font-family": FONT });
  const title = svgElement("title", {});
  title.textContent = xmlText(map.title);
  svg.append(title, svgElement("rect", { width, height: whole, fill: map.theme.paper }));
  if (map.mode === "density") svg.append(svgDensity(map)); else svg.append(svgEdges(map), svgNodes(map));
  svg.append(svgLabels(map), svgLegend(map, height, width));
  return new XMLSerializer().serializeToString(svg);
}

function svgDensity(map) {
  const clip = svgElement("svg", { width: map.stage.width, height: map.stage.height });
  if (!map.density) paintDensity(map);
  const { canvas, cell, w, h, left, top } = map.density, { k, x, y } = map.view;
  const place = { x: left * k + x, y: top * k + y, width: w * cell * k, height: h * cell * k };
  clip.append(svgElement("image", { href: canvas.toDataURL("image/png"), ...place, preserveAspectRatio: "none" }));
  return clip;
}

function svgEdges(map) {
  const group = svgElement("g", { fill: "none" }), { k, x, y } = map.view;
  const frame = [0, 0, map.stage.width, map.stage.height];
  for (let place = map.nEdges - 1; place >= 0; place--) {
    const e = map.edgeOrder[place];
    if (!map.edgeShown[e] || isOutside(map, e, map.view, frame)) continue;
    const style = edgeStyle(map, e), a = map.source[e], b = map.target[e];
    const at = (px, py) => `${short(px * k + x)} ${short(py * k + y)}`;
    const middle = isCurved(map) ? `Q${at(...bend(map, e))} ` : "L";
    group.append(svgElement("path", {
      d: `M${at(map.x[a], map.y[a])}${middle}${at(map.x[b], map.y[b])}`,
      stroke: edgeColour(map, e), "stroke-width": short(style.width), "stroke-opacity": short(style.alpha),
    }));
  }
  return group;
}

function svgNodes(map) {
  const group = svgElement("g", { stroke: map.theme.paper, "stroke-width": map.n > 1500 ? 0.6 : 1 });
  const { k, x, y } = map.view, { width, height } = map.stage;
  const scale = radiusScale(map);
  for (let place = map.n - 1; place >= 0; place--) {
    const i = map.rank[place], px = map.x[i] * k + x, py = map.y[i] * k + y, r = map.radius[i] * scale;
    if (!map.nodeShown[i] || px < -r || py < -r || px > width + r || py > height + r) continue;
    const fill = map.fills[map.colourOf[i]];
    const circle = svgElement("circle", { cx: short(px), cy: short(py), r: short(r), fill });
    const name = svgElement("title", {});
    name.textContent = xmlText(shortText(map.labels[i], 300));
    circle.append(name);
    group.append(circle);
  }
  return group;
}

function svgLabels(map) {
  const group = svgElement("g", {
    "text-anchor": "middle", "font-weight": 500, fill: map.theme.ink,
    stroke: map.theme.paper, "stroke-linejoin": "round", "paint-order": "stroke",
  });
  const { k, x, y } = map.view;
  for (const { i, size, label, dx, dy } of map.placed) {
    const px = map.x[i] * k + x + dx, py = map.y[i] * k + y + dy, half = (label.width * size) / 2;
    if (px + half < 0 || px - half > map.stage.width || py < 0 || py > map.stage.height) continue;
    label.lines.forEach((line, row) => {
      const at = py + (row - (label.lines.length - 1) / 2) * size * 1.12 + size * 0.35;
      const halo = short(Math.max(2.5, size * 0.24));
      const text = svgElement("text", { x: short(px), y: short(at), "font-size": size, "stroke-width": halo });
      text.textContent = xmlText(line);
      group.append(text);
    });
  }
  return group;
}

function svgLegend(map, top, width) {
  const group = svgElement("g", { "font-size": 13 });
  for (const part of legendParts(map, top, width)) {
    const fill = part.fill || map.theme.ink;
    const at = { x: short(part.x), y: part.y };
    if (part.kind === "bar") group.append(svgElement("rect", { ...at, width: short(part.w), height: part.h, fill }));
    if (part.kind === "dot") group.append(svgElement("circle", { cx: short(part.x), cy: part.y, r: 5, fill }));
    if (part.kind === "text") {
      const text = svgElement("text", { x: short(part.x), y: part.y + 4.5, fill, "text-anchor": part.align });
      text.textContent = xmlText(part.text);
      group.append(text);
    }
  }
  return group;
}

// The network as VOSviewer Online reads it: all of it, with the names clusters have now

function vosviewerText(map) {
  const { nodes, edges, kind, of, directed } = map.data;
  const valuesAt = (group, i) => {
    const found = {};
    for (const [name, values] of Object.entries(group)) if (values[i] !== null) found[name] = values[i];
    return found;
  };
  const items = nodes.label.map((label, i) => {
    const item = { id: nodes.id[i], label };
    for (const name of ["description", "url"]) if (nodes[name] && nodes[name][i]) item[name] = nodes[name][i];
    Object.assign(item, { x: nodes.x[i], y: nodes.y[i] });
    if (map.cluster[i] >= 1 && map.cluster[i] <= 1000) item.cluster = map.cluster[i];
    const scores = valuesAt(nodes.scores, i);
    return { ...item, weights: valuesAt(nodes.weights, i), ...(Object.keys(scores).length ? { scores } : {}) };
  });
  const links = edges.weight.map((strength, e) => (
    { source_id: nodes.id[edges.source[e]], target_id: nodes.id[edges.target[e]], strength }
  ));
  const clusters = map.clusterNumbers.filter((number) => number >= 1 && number <= 1000)
    .map((number) => ({ cluster: number, label: clusterName(map, number) }));
  const info = { title: `${kind} of ${of}`, ...(directed ? { directed } : {}) };
  return JSON.stringify({ info, network: { items, links, ...(clusters.length ? { clusters } : {}) } }, null, 1);
}

function setUpExport(map) {
  map.part("save-png").onclick = () => savePng(map);
  const give = (text, type, ending) => saveAs(map, new Blob([text], { type }), fileName(map, ending));
  map.part("save-svg").onclick = () => give(svgText(map), "image/svg+xml", "svg");
  map.part("save-json").onclick = () => give(vosviewerText(map), "application/json", "json");
}
