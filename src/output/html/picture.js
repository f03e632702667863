/* picture.js - the drawing: its groups, its colours, what is lit; and the legend. */

/* --- picture ----------------------------------------------------------------------- */

const nodeGroups = nodes.map(() => []), linkGroups = links.map(() => []);
const meant = new Map(); /* group of the picture -> {kind, index} */

function collectGroups() {
  for (const group of picture.querySelectorAll('g[id]')) {
    const parts = /^([nel])(\d+)[a-z]*$/.exec(group.id);
    const list = !parts ? null : parts[1] === 'n' ? nodeGroups : linkGroups;
    const index = parts ? parts[2] - 1 : -1;
    if (!list || !list[index]) continue;
    list[index].push(group);
    meant.set(group, { kind: list === nodeGroups ? 'node' : 'link', index });
  }
}

/* The colours of the drawing become pairs of a light and a dark one. */
function themePicture() {
  const pairs = new Map(), from = data.dark ? 1 : 0;
  const all = Object.values(data.page).concat(
    ...kinds.map((kind) => [kind.fill, kind.stroke]),
    data.classes.map((one) => one.colour).filter(Boolean));
  for (const colours of all) pairs.set(colours[from].toLowerCase(), pair(colours));
  for (const element of picture.querySelectorAll('[fill], [stroke]')) {
    for (const name of ['fill', 'stroke']) {
      const found = pairs.get((element.getAttribute(name) || '').toLowerCase());
      if (found) element.style[name] = found;
    }
  }
  picture.style.background = pair(data.page.background);
  byId('diagram').style.background = pair(data.page.background);
}

function nodeLabel(i) {
  const node = nodes[i];
  return `${nodeName(node)}, ${count(node.triples.length, 'relation', 'relations')}`;
}

function prepareGroups() {
  nodeGroups.forEach((groups, i) => {
    for (const group of groups) {
      fill(group, { tabindex: '0', role: 'button', 'aria-label': nodeLabel(i) });
    }
  });
  for (const group of [].concat(...linkGroups)) {
    for (const path of group.querySelectorAll(':scope > path')) {
      path.after(draw('path', { class: 'hit', d: path.getAttribute('d') }));
    }
  }
}

function showPicture(judged) {
  const { query, found, foundNodes, chosenNodes, chosenLinks } = judged;
  const foundLinks = new Set(found.map((triple) => triple.link));
  const foundEnds = endsOf(found);
  const isLit = {
    node: (i) => (state.chosen ? chosenNodes.has(i)
      : !query || foundNodes.has(i) || foundEnds.has(i)),
    link: (i) => (state.chosen ? chosenLinks.has(i) : !query || foundLinks.has(i)),
  };
  const mark = (groups, kind, i, isLeft) => {
    const { chosen } = state;
    const isChosen = Boolean(chosen) && (chosen.kind === kind ? chosen.index === i
      : chosen.kind === 'triple' && kind === 'link' && chosenLinks.has(i));
    for (const group of groups) {
      group.classList.toggle('gone', !isLeft);
      group.classList.toggle('faint', !isLit[kind](i));
      group.classList.toggle('chosen', isChosen);
      if (kind === 'node') group.setAttribute('aria-pressed', String(isChosen));
    }
  };
  nodeGroups.forEach((groups, i) => mark(groups, 'node', i, judged.leftNodes.has(i)));
  linkGroups.forEach((groups, i) => mark(groups, 'link', i, judged.leftLinks.has(i)));
}

/* --- legend ------------------------------------------------------------------------ */

const SHAPES = {
  ellipse: () => draw('ellipse', { cx: 13, cy: 8, rx: 12, ry: 7 }),
  hexagon: () => draw('polygon', { points: '7,1 19,1 25,8 19,15 7,15 1,8' }),
  note: () => draw('path', { d: 'M1,1H20L25,6V15H1ZM20,1V6H25' }),
  box: (kind) => draw('rect', { x: 1, y: 1, width: 24, height: 14, rx: kind.round ? 4 : 0 }),
};

function swatch(...children) {
  return draw('svg', { class: 'swatch', viewBox: '0 0 26 16', 'aria-hidden': 'true' }, ...children);
}

function kindSwatch(kind) {
  const shape = (SHAPES[kind.shape] || SHAPES.box)(kind);
  shape.style.fill = pair(kind.fill);
  shape.style.stroke = pair(kind.stroke);
  shape.style.strokeWidth = '1.3px';
  return swatch(shape);
}

const DASHES = { solid: '', dashed: '5 2.5', dotted: '1.5 2.5' };

function lineSwatch(colours, line, hasBar) {
  const stroke = draw('path', { d: 'M1,8H19', 'stroke-dasharray': DASHES[line] || 'none' });
  const head = draw('path', { d: hasBar ? 'M20,3V13' : 'M18,4L25,8L18,12Z' });
  stroke.style.stroke = head.style.stroke = pair(colours);
  stroke.style.strokeWidth = hasBar ? '1.5px' : '1.3px';
  head.style.strokeWidth = hasBar ? '2px' : '0.5px';
  head.style.fill = hasBar ? 'none' : pair(colours);
  return swatch(stroke, head);
}

function showLegend() {
  const list = byId('legend').querySelector('ul');
  const add = (picture, word) => list.append(make('li', {}, picture, word));
  kinds.forEach((kind, i) => {
    if (nodes.slice(0, data.drawn).some((node) => node.kind === i)) add(kindSwatch(kind), kind.word);
  });
  manners.forEach((manner, i) => {
    if (links.some((link) => link.manner === i)) {
      add(lineSwatch(data.page.line, manner.line, manner.bar), manner.word);
    }
  });
  data.classes.forEach((one, i) => {
    if (one.colour && links.some((link) => link.class === i)) {
      add(lineSwatch(one.colour, 'solid'), one.word);
    }
  });
}
