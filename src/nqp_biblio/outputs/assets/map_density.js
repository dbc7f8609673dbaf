// Density: a Gaussian kernel at each node, weighed by its size, as VOSviewer has it.

const KERNEL_WIDTH = 0.125;
const GRID = 360;
const REACH = 3;
const SOME = 400;

function meanDistance(map) {
  // over all pairs of nodes, or of some spread evenly over the list where they are many
  const m = Math.min(map.n, SOME);
  const some = Array.from({ length: m }, (_, p) => Math.floor((p * map.n) / m));
  let sum = 0;
  for (let p = 0; p < m; p++) {
    for (let q = 0; q < p; q++) sum += Math.hypot(map.x[some[p]] - map.x[some[q]], map.y[some[p]] - map.y[some[q]]);
  }
  return m > 1 ? sum / ((m * (m - 1)) / 2) : map.width;
}

function densityGrid(map) {
  const kernel = KERNEL_WIDTH * meanDistance(map) || map.width;
  const width = map.width + 2 * REACH * kernel, height = map.height + 2 * REACH * kernel;
  const cell = Math.max(width, height) / GRID;
  const w = Math.max(2, Math.ceil(width / cell)), h = Math.max(2, Math.ceil(height / cell));
  const grid = new Float64Array(w * h), values = map.weights[map.sizeBy];
  for (let i = 0; i < map.n; i++) {
    if (!map.nodeShown[i]) continue;
    const gx = (map.x[i] + width / 2) / cell, gy = (map.y[i] + height / 2) / cell;
    spread(grid, w, h, gx, gy, Math.max(0, values[i] || 0));
  }
  blur(grid, w, h, kernel / cell);
  return { grid, w, h, cell, width: w * cell, left: -width / 2, top: -height / 2 };
}

function spread(grid, w, h, gx, gy, value) {
  // a node between cells gives to each of the four around it
  const cx = Math.min(w - 2, Math.floor(gx)), cy = Math.min(h - 2, Math.floor(gy));
  const fx = gx - cx, fy = gy - cy, at = cy * w + cx;
  grid[at] += value * (1 - fx) * (1 - fy);
  grid[at + 1] += value * fx * (1 - fy);
  grid[at + w] += value * (1 - fx) * fy;
  grid[at + w + 1] += value * fx * fy;
}

function blur(grid, w, h, kernel) {
  // exp(-d²/h²) is a product of one factor along and one across
  const reach = Math.ceil(REACH * kernel), factors = [];
  for (let d = 0; d <= reach; d++) factors.push(Math.exp(-((d / kernel) ** 2)));
  const line = new Float64Array(Math.max(w, h));
  const pass = (start, step, length) => {
    line.fill(0);
    for (let p = 0; p < length; p++) {
      const value = grid[start + p * step];
      if (!value) continue;
      const last = Math.min(length - 1, p + reach);
      for (let q = Math.max(0, p - reach); q <= last; q++) line[q] += value * factors[Math.abs(p - q)];
    }
    for (let p = 0; p < length; p++) grid[start + p * step] = line[p];
  };
  for (let row = 0; row < h; row++) pass(row * w, 1, w);
  for (let column = 0; column < w; column++) pass(column, w, h);
}

function densityColours(map) {
  // on paper the dense is dark, on a dark page it is bright; what is thin fades into the page
  const isDark = map.theme.isDark;
  return isDark ? scaleColours(0.26, 0.95) : scaleColours(0.34, 0.95).reverse();
}

function paintDensity(map) {
  const found = densityGrid(map), { grid, w, h } = found;
  const canvas = document.createElement("canvas");
  canvas.width = w;
  canvas.height = h;
  const ctx = canvas.getContext("2d"), image = ctx.createImageData(w, h);
  const top = range(grid)[1] || 1, colours = densityColours(map);
  for (let p = 0; p < grid.length; p++) {
    // the root keeps the thin parts of a map with few heavy nodes in sight
    const share = Math.sqrt(grid[p] / top), place = share * (STEPS - 1);
    const left = Math.min(STEPS - 2, Math.floor(place));
    const colour = mixed(colours[left], colours[left + 1], place - left);
    image.data.set([...colour.map(Math.round), Math.round(255 * Math.min(1, share / 0.16))], p * 4);
  }
  ctx.putImageData(image, 0, 0);
  map.density = { ...found, canvas, grid: null };
}

function drawDensity(ctx, map) {
  if (!map.density) paintDensity(map);
  const { canvas, cell, w, h, left, top } = map.density, { k, x, y } = map.view;
  ctx.imageSmoothingEnabled = true;
  ctx.drawImage(canvas, left * k + x, top * k + y, w * cell * k, h * cell * k);
}
