/* page.js - the page around the diagram: choose, search, filter, cite.
 *
 * The data block has nodes and links as they are drawn (node i is the group n<i+1> of the
 * picture, link i the groups e<i+1>..., l<i+1>) and all triples. One state says what is
 * asked for; refresh() makes picture, panel, table and address agree with it. All text goes
 * in as text nodes.
 */
(function () {
  'use strict';

  const SVG = 'http://www.w3.org/2000/svg';
  const MOST_CARDS = 100, MOST_ROWS = 500;
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId('data').textContent);
  const { nodes, links, triples, kinds, manners } = data;
  const picture = byId('picture').querySelector('svg');
  const untouched = new XMLSerializer().serializeToString(picture);

  /* --- making elements ------------------------------------------------------------- */

  function fill(element, attributes, children) {
    for (const name of Object.keys(attributes || {})) {
      if (name === 'click') element.addEventListener('click', attributes[name]);
      else element.setAttribute(name, attributes[name]);
    }
    for (const child of children || []) {
      if (child) element.append(child);
    }
    return element;
  }

  function make(tag, attributes, ...children) {
    return fill(document.createElement(tag), attributes, children);
  }

  function draw(tag, attributes, ...children) {
    return fill(document.createElementNS(SVG, tag), attributes, children);
  }

  function count(number, one, many) {
    return number + ' ' + (number === 1 ? one : many);
  }

  /* The first of two colours on a light page, the second on a dark one (page.css). */
  function pair(colours) {
    return `var(--light, ${colours[0]}) var(--dark, ${colours[1]})`;
  }

  /* --- what the data means ---------------------------------------------------------- */

  const nodeName = (node) => node.label + (node.type ? ` (${node.type})` : '');
  const nodeOf = new Map(nodes.map((node, i) => [node.label + '\n' + node.type, i]));
  const named = new Map(nodes.map((node, i) => [nodeName(node), i]));
  const findNode = (label, type) => nodeOf.get(label + '\n' + type);

  for (const node of nodes) node.triples = [];
  for (const link of links) link.triples = [];
  triples.forEach((triple, i) => {
    triple.index = i;
    triple.subjectNode = findNode(triple.subject, triple.subject_type);
    triple.objectNode = findNode(triple.object, triple.object_type);
    triple.ways = [triple.modality].concat(triple.polarity === 'negated' ? ['negated'] : []);
    triple.text = [triple.subject, relationWords(triple), triple.object, triple.evidence]
      .join('\n').toLowerCase();
    if (triple.link >= 0) links[triple.link].triples.push(triple);
    const ends = new Set([triple.subjectNode, triple.objectNode]);
    for (const end of ends) if (end !== undefined) nodes[end].triples.push(triple);
  });

  function relationWords(triple) {
    const words = triple.relation.replace(/(?!^)-(?!$)/g, ' ');
    const way = triple.polarity === 'negated' ? 'negated' : triple.modality;
    const manner = manners.find((one) => one.name === way);
    return (manner ? manner.before : '') + words;
  }

  const FACETS = [
    { key: 'type', title: 'Type', of: (t) => [t.subject_type, t.object_type], none: 'no type' },
    { key: 'relation', title: 'Relation', of: (t) => [t.relation], none: '' },
    { key: 'modality', title: 'How it is said', of: (t) => t.ways, none: '' },
    { key: 'doc', title: 'Document', of: (t) => [t.doc], none: 'no document' },
  ];

  /* --- state, and the address that holds it ------------------------------------------ */

  /* chosen: {kind: 'node' | 'link' | 'triple', index}, or null. */
  const state = { chosen: null, query: '', least: 0, table: false, theme: '', filters: {} };
  for (const facet of FACETS) state.filters[facet.key] = new Set();

  function chosenWords() {
    const { chosen } = state;
    if (!chosen) return null;
    if (chosen.kind === 'node') return ['node', nodeName(nodes[chosen.index])];
    if (chosen.kind === 'link') return ['edge', links[chosen.index].triples[0].id];
    return ['triple', triples[chosen.index].id];
  }

  function writeAddress() {
    const words = new URLSearchParams();
    const chosen = chosenWords();
    if (chosen) words.set(chosen[0], chosen[1]);
    if (state.query) words.set('search', state.query);
    for (const { key } of FACETS) {
      for (const value of state.filters[key]) words.append(key, value);
    }
    if (state.least > 0) words.set('least', state.least.toFixed(2));
    if (state.table) words.set('view', 'table');
    if (state.theme) words.set('theme', state.theme);
    const hash = words.toString();
    if (hash !== location.hash.slice(1)) {
      history.replaceState(null, '', hash ? '#' + hash : location.pathname + location.search);
    }
  }

  function readChosen(words) {
    const node = named.get(words.get('node'));
    if (node !== undefined) return { kind: 'node', index: node };
    const id = words.get('edge') || words.get('triple');
    const triple = id ? triples.find((t) => t.id === id) : undefined;
    if (!triple) return null;
    return words.has('edge') && triple.link >= 0
      ? { kind: 'link', index: triple.link } : { kind: 'triple', index: triple.index };
  }

  function readAddress() {
    const words = new URLSearchParams(location.hash.slice(1));
    const least = Number(words.get('least'));
    state.chosen = readChosen(words);
    state.query = words.get('search') || '';
    state.least = least > 0 && least <= 1 ? least : 0;
    state.table = words.get('view') === 'table';
    state.theme = /^(light|dark)$/.test(words.get('theme')) ? words.get('theme') : '';
    for (const { key } of FACETS) state.filters[key] = new Set(words.getAll(key));
  }

  /* --- what is asked for -------------------------------------------------------------- */

  function passes(triple) {
    return triple.confidence >= state.least && FACETS.every(({ key, of }) => {
      const wanted = state.filters[key];
      return wanted.size === 0 || of(triple).some((value) => wanted.has(value));
    });
  }

  /* The triples that filters leave, those of them that the search finds, and the same for
     nodes and links, by index. `chosen` is a node or a link with its neighbours. */
  function judge() {
    const query = state.query.trim().toLowerCase();
    const left = triples.filter(passes);
    const found = query ? left.filter((triple) => triple.text.includes(query)) : left;
    const foundNodes = new Set(), chosenNodes = new Set(), chosenLinks = new Set();
    const leftLinks = new Set(left.map((triple) => triple.link));
    const leftNodes = endsOf(left);
    nodes.forEach((node, i) => {
      if (query && leftNodes.has(i) && node.label.toLowerCase().includes(query)) foundNodes.add(i);
    });
    for (const triple of chosenTriples().filter(passes)) {
      if (triple.link >= 0) chosenLinks.add(triple.link);
      for (const end of endsOf([triple])) chosenNodes.add(end);
    }
    if (state.chosen && state.chosen.kind === 'node') chosenNodes.add(state.chosen.index);
    return { query, left, found, foundNodes, leftNodes, leftLinks, chosenNodes, chosenLinks };
  }

  function endsOf(list) {
    const ends = new Set();
    for (const triple of list) {
      for (const end of [triple.subjectNode, triple.objectNode]) {
        if (end !== undefined) ends.add(end);
      }
    }
    return ends;
  }

  function chosenTriples() {
    const { chosen } = state;
    if (!chosen) return [];
    if (chosen.kind === 'node') return nodes[chosen.index].triples;
    return chosen.kind === 'link' ? links[chosen.index].triples : [triples[chosen.index]];
  }

  function choose(kind, index) {
    state.chosen = kind ? { kind, index } : null;
    refresh();
    byId('details').parentElement.scrollTop = 0;
  }

  /* A triple is told with the others of its link, if it has one. */
  function chooseTriple(triple) {
    state.table = false;
    choose(triple.link >= 0 ? 'link' : 'triple', triple.link >= 0 ? triple.link : triple.index);
  }

  /* --- picture -------------------------------------------------------------------------- */

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
    const all = Object.values(data.page).concat(...kinds.map((kind) => [kind.fill, kind.stroke]));
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
      node: (i) => (state.chosen ? chosenNodes.has(i) : !query || foundNodes.has(i) || foundEnds.has(i)),
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

  /* --- pan and zoom ----------------------------------------------------------------------- */

  let view = { x: 0, y: 0, width: 1, height: 1 }, all = view;

  function look(next) {
    view = next;
    picture.setAttribute('viewBox', [view.x, view.y, view.width, view.height]
      .map((number) => Math.round(number * 100) / 100).join(' '));
  }

  /* What is drawn, without the room that title and legend take in the picture. */
  function measureAll() {
    const group = picture.querySelector('g');
    const box = group.getBBox(), matrix = group.transform.baseVal.consolidate();
    const { a, d, e, f } = matrix ? matrix.matrix : { a: 1, d: 1, e: 0, f: 0 };
    const space = 14;
    return { x: box.x * a + e - space, y: box.y * d + f - space,
      width: Math.max(box.width * a, 1) + 2 * space, height: Math.max(box.height * d, 1) + 2 * space };
  }

  /* Shows all; a small picture is not blown up over twice its size. */
  function fitView() {
    const width = Math.max(all.width, (picture.clientWidth || 1) / 2);
    const height = Math.max(all.height, (picture.clientHeight || 1) / 2);
    look({ x: all.x - (width - all.width) / 2, y: all.y - (height - all.height) / 2, width, height });
  }

  function toPicture(x, y) {
    const matrix = picture.getScreenCTM();
    return { x: (x - matrix.e) / matrix.a, y: (y - matrix.f) / matrix.d };
  }

  /* Zooms around a point of the picture, which stays where it is. */
  function zoom(factor, point) {
    const width = Math.min(Math.max(view.width * factor, all.width / 40), all.width * 8);
    const real = width / view.width;
    const at = point || { x: view.x + view.width / 2, y: view.y + view.height / 2 };
    look({ x: at.x - (at.x - view.x) * real, y: at.y - (at.y - view.y) * real,
      width, height: view.height * real });
  }

  function pan(x, y) {
    look({ x: view.x + x * view.width, y: view.y + y * view.height,
      width: view.width, height: view.height });
  }

  const pointers = new Map(); /* id -> {x, y} on the screen */
  let hasMoved = false;

  function centreOf(points) {
    const sum = points.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }));
    return { x: sum.x / points.length, y: sum.y / points.length };
  }

  function spread(points) {
    return points.length < 2 ? 1
      : Math.hypot(points[0].x - points[1].x, points[0].y - points[1].y) || 1;
  }

  /* One pointer drags; two also zoom. */
  function movePointer(event) {
    const old = pointers.get(event.pointerId);
    if (!old) return;
    if (!hasMoved && Math.hypot(event.clientX - old.x, event.clientY - old.y) < 4) return;
    if (!hasMoved) {
      hasMoved = true;
      picture.classList.add('moves');
      picture.setPointerCapture(event.pointerId);
    }
    const before = [...pointers.values()];
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const after = [...pointers.values()];
    const from = centreOf(before), to = centreOf(after);
    const start = toPicture(from.x, from.y), end = toPicture(to.x, to.y);
    look({ ...view, x: view.x + start.x - end.x, y: view.y + start.y - end.y });
    if (after.length === 2) zoom(spread(before) / spread(after), toPicture(to.x, to.y));
  }

  function liftPointer(event) {
    pointers.delete(event.pointerId);
    if (pointers.size === 0) picture.classList.remove('moves');
  }

  function clickPicture(event) {
    if (hasMoved) return;
    const group = event.target.closest('g[id]');
    const what = group && meant.get(group);
    if (what) choose(what.kind, what.index);
    else choose(null);
  }

  function watchPicture() {
    picture.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      if (pointers.size === 0) hasMoved = false;
      pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    });
    picture.addEventListener('pointermove', movePointer);
    for (const name of ['pointerup', 'pointercancel', 'pointerleave']) {
      picture.addEventListener(name, liftPointer);
    }
    picture.addEventListener('click', clickPicture);
    picture.addEventListener('wheel', (event) => {
      event.preventDefault();
      const lines = event.deltaY * (event.deltaMode === 1 ? 16 : 1);
      zoom(Math.exp(Math.max(-300, Math.min(300, lines)) / 500), toPicture(event.clientX, event.clientY));
    }, { passive: false });
  }

  /* --- keyboard ------------------------------------------------------------------------------ */

  function middleOf(group) {
    const box = group.getBoundingClientRect();
    return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  }

  /* The nearest node in a direction; what lies aside counts double. */
  function nodeTowards(group, x, y) {
    const from = middleOf(group);
    let best = null, least = Infinity;
    for (const [other] of nodeGroups.filter((groups) => groups.length > 0)) {
      const to = middleOf(other);
      const ahead = (to.x - from.x) * x + (to.y - from.y) * y;
      const aside = Math.abs((to.x - from.x) * y) + Math.abs((to.y - from.y) * x);
      const cost = ahead + 2 * aside;
      if (ahead > 1 && aside < 2 * ahead && cost < least && !other.classList.contains('gone')) {
        best = other;
        least = cost;
      }
    }
    return best;
  }

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  function goTowards(key) {
    const [x, y] = ARROWS[key];
    const group = document.activeElement.closest('g[id]');
    const next = group && nodeTowards(group, x, y);
    if (next) next.focus();
    else if (!group) pan(x / 8, y / 8);
  }

  function escape() {
    const search = byId('search');
    if (document.activeElement === search && search.value) {
      state.query = '';
      refresh();
    } else if (state.chosen) {
      choose(null);
    } else {
      fitView();
    }
  }

  const KEYS = {
    '/': () => byId('search').focus(),
    '+': () => zoom(0.8),
    '=': () => zoom(0.8),
    '-': () => zoom(1.25),
    0: fitView,
    t: () => showTable(!state.table),
    d: switchTheme,
    '?': () => { byId('keys').open = !byId('keys').open; },
  };

  function pressEnter(event) {
    const group = event.target.closest('g[id]');
    if (event.target === byId('search') && event.key === 'Enter') chooseFirstFound();
    if (!group || !meant.has(group)) return;
    event.preventDefault();
    choose(meant.get(group).kind, meant.get(group).index);
  }

  function pressKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const inField = /^(input|textarea|select)$/i.test(event.target.tagName)
      && event.target.type !== 'checkbox';
    const inPicture = byId('diagram').contains(event.target) || event.target === document.body;
    if (event.key === 'Escape') {
      escape();
    } else if (event.key === 'Enter' || event.key === ' ') {
      pressEnter(event);
    } else if (!inField && KEYS[event.key]) {
      event.preventDefault();
      KEYS[event.key]();
    } else if (!inField && inPicture && !state.table && ARROWS[event.key]) {
      event.preventDefault();
      goTowards(event.key);
    }
  }

  function chooseFirstFound() {
    const judged = judge();
    const [node] = judged.foundNodes;
    if (!judged.query) return;
    if (node !== undefined) choose('node', node);
    else if (judged.found.length > 0) chooseTriple(judged.found[0]);
  }

  /* --- legend -------------------------------------------------------------------------------- */

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
      if (nodes.some((node) => node.kind === i)) add(kindSwatch(kind), kind.word);
    });
    manners.forEach((manner, i) => {
      if (links.some((link) => link.manner === i)) {
        add(lineSwatch(data.page.line, manner.line, manner.bar), manner.word);
      }
    });
    if (links.some((link) => link.adverse)) add(lineSwatch(data.page.adverse, 'solid'), 'adverse');
  }

  /* --- evidence ------------------------------------------------------------------------------ */

  function nodeButton(index) {
    const node = nodes[index];
    return make('li', {}, make('button', { click: () => choose('node', index) },
      kindSwatch(kinds[node.kind]), node.label));
  }

  function nameOf(index, label) {
    return index === undefined ? make('strong', {}, label)
      : make('button', { class: 'link', click: () => choose('node', index) }, label);
  }

  function sentence(triple) {
    return triple.marks.map(([role, text]) => (role ? make('mark', { class: role }, text) : text));
  }

  function placeOf(triple) {
    const words = [triple.doc || 'unknown document'];
    if (triple.sentence > 0) words.push('sentence ' + triple.sentence);
    if (triple.start >= 0) words.push(`bytes ${triple.start}\u2013${triple.end}`);
    return words.join(', ');
  }

  function ruleOf(triple) {
    return triple.rule + (triple.rule_place ? ` (${triple.rule_place})` : '');
  }

  function howSaid(triple) {
    const words = triple.ways.filter((way) => way !== 'asserted');
    if (triple.source) words.push('according to ' + triple.source);
    for (const { key, value } of triple.qualifiers) words.push(`${key}: ${value}`);
    return words.join(' \u00b7 ');
  }

  function citation(triple) {
    const words = triple.evidence ? `\u201c${triple.evidence}\u201d (${placeOf(triple)}). ` : '';
    const said = howSaid(triple);
    return `${words}${triple.subject} \u2014 ${relationWords(triple)} \u2192 ${triple.object || '\u2013'}`
      + `${said ? ` [${said}]` : ''}. ${triple.rule ? `Rule ${ruleOf(triple)}, c` : 'C'}onfidence `
      + `${triple.confidence.toFixed(2)}.`;
  }

  /* Where a page may not use the clipboard, an old command of the browser may. */
  function copy(text) {
    const byCommand = () => {
      const field = make('textarea', { 'aria-hidden': 'true' });
      field.value = text;
      document.body.append(field);
      field.select();
      document.execCommand('copy');
      field.remove();
    };
    if (!navigator.clipboard) return Promise.resolve(byCommand());
    return navigator.clipboard.writeText(text).catch(byCommand);
  }

  function copyButton(triple) {
    const button = make('button', {}, 'Copy citation');
    button.addEventListener('click', () => copy(citation(triple)).then(() => {
      byId('status').textContent = 'Citation copied';
      button.focus();
    }));
    return button;
  }

  function isAdverse(triple) {
    return triple.style === 'adverse';
  }

  function card(triple) {
    const said = howSaid(triple);
    return make('article', { class: 'card', 'data-triple': triple.id },
      make('p', {}, nameOf(triple.subjectNode, triple.subject), ' ', relationButton(triple), ' ',
        triple.object ? nameOf(triple.objectNode, triple.object) : ''),
      triple.evidence && make('blockquote', {}, ...sentence(triple)),
      said && make('p', { class: 'said' }, said),
      make('p', { class: 'place' }, placeOf(triple), make('br'),
        triple.rule && `rule ${ruleOf(triple)} \u00b7 `, `confidence\u00a0${triple.confidence.toFixed(2)}`,
        make('br'), copyButton(triple)));
  }

  function cards(list) {
    const shown = list.slice(0, MOST_CARDS).map(card);
    const more = list.length - shown.length;
    return more > 0 ? shown.concat(make('p', {}, `and ${more} more: narrow the search`)) : shown;
  }

  function evidenceHead() {
    return make('h3', {}, 'Evidence', make('mark', { class: 's' }, 'subject'),
      make('mark', { class: 'r' }, 'relation'), make('mark', { class: 'o' }, 'object'));
  }

  function nameList(title, indexes) {
    if (indexes.length === 0) return [];
    const shown = indexes.slice(0, MOST_CARDS);
    return [make('h3', {}, title), make('ul', { class: 'names' }, ...shown.map(nodeButton))];
  }

  function byDegree(indexes) {
    return [...indexes].sort((a, b) => nodes[b].triples.length - nodes[a].triples.length || a - b);
  }

  function tellNode(index, judged) {
    const node = nodes[index], list = node.triples.filter(passes);
    const near = [...judged.chosenNodes].filter((i) => i !== index);
    const relations = count(list.length, 'relation', 'relations');
    byId('status').textContent = `${node.label}: ${relations}, `
      + count(near.length, 'neighbour', 'neighbours');
    return [make('h2', {}, node.label), make('p', {}, node.type || 'no type'),
      ...nameList('Neighbours', byDegree(near)), evidenceHead(), ...cards(list)];
  }

  function tellTriples(list) {
    const [first] = list.length > 0 ? list : chosenTriples();
    byId('status').textContent = `${first.subject}, ${relationWords(first)}, ${first.object}: `
      + count(list.length, 'sentence', 'sentences');
    return [make('h2', {}, first.object ? `${first.subject} \u2192 ${first.object}` : first.subject),
      evidenceHead(), ...cards(list)];
  }

  function tellFound(judged) {
    const names = byDegree(judged.foundNodes);
    byId('status').textContent = `Found ${count(names.length, 'entity', 'entities')} and `
      + count(judged.found.length, 'relation', 'relations');
    return [make('h2', {}, 'Found'), ...nameList('Entities', names), make('h3', {}, 'Relations'),
      ...cards(judged.found)];
  }

  function tellAll(judged) {
    byId('status').textContent = 'Choose an entity or a line to see what the text says.';
    return [make('h2', {}, 'Overview'), ...nameList('Entities', byDegree(judged.leftNodes))];
  }

  function tell(judged) {
    const { chosen } = state;
    if (chosen && chosen.kind === 'node') return tellNode(chosen.index, judged);
    if (chosen) return tellTriples(chosenTriples().filter(passes));
    return judged.query ? tellFound(judged) : tellAll(judged);
  }

  function showCounts(judged) {
    const parts = [count(triples.length, 'relation', 'relations'),
      count(nodes.length, 'entity', 'entities')];
    if (data.documents > 0) parts.push(count(data.documents, 'document', 'documents'));
    if (data.hidden > 0) parts.push(`the diagram shows ${links.length} of ${links.length + data.hidden} connections`);
    if (judged.found.length < triples.length) parts.push(`${judged.found.length} of ${triples.length} relations match`);
    byId('counts').textContent = parts.join(' \u00b7 ');
  }

  /* --- filters ------------------------------------------------------------------------------- */

  function valuesOf(facet) {
    const counts = new Map();
    for (const triple of triples) {
      for (const value of new Set(facet.of(triple))) counts.set(value, (counts.get(value) || 0) + 1);
    }
    return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  }

  function typeSwatch(type) {
    const node = nodes.find((one) => one.type === type);
    return node ? kindSwatch(kinds[node.kind]) : null;
  }

  function choice(facet, value, times) {
    const box = make('input', { type: 'checkbox', 'data-facet': facet.key, value });
    box.addEventListener('change', () => {
      if (box.checked) state.filters[facet.key].add(value);
      else state.filters[facet.key].delete(value);
      refresh();
    });
    const word = facet.key === 'relation' ? value.replace(/(?!^)-(?!$)/g, ' ') : value || facet.none;
    return make('label', {}, box, facet.key === 'type' && typeSwatch(value),
      make('span', {}, word), make('span', {}, String(times)));
  }

  function makeFilters() {
    for (const facet of FACETS) {
      const values = valuesOf(facet);
      if (values.length < 2) continue;
      byId('facets').append(make('fieldset', {}, make('legend', {}, facet.title),
        make('div', { class: 'choices' }, ...values.map(([value, times]) => choice(facet, value, times)))));
    }
  }

  function clearAll() {
    state.query = '';
    state.least = 0;
    for (const { key } of FACETS) state.filters[key].clear();
    refresh();
  }

  function showControls() {
    let set = state.least > 0 ? 1 : 0;
    for (const box of document.querySelectorAll('[data-facet]')) {
      box.checked = state.filters[box.dataset.facet].has(box.value);
    }
    for (const { key } of FACETS) set += state.filters[key].size;
    byId('filters-set').textContent = set > 0 ? `(${set})` : '';
    if (byId('search').value !== state.query) byId('search').value = state.query;
    byId('confidence').value = state.least;
    byId('least-shown').textContent = state.least.toFixed(2);
  }

  /* --- table --------------------------------------------------------------------------------- */

  const COLUMNS = [
    { title: 'Subject', key: (t) => t.subject, cell: (t) => nameOf(t.subjectNode, t.subject) },
    { title: 'Relation', key: relationWords, cell: relationButton },
    { title: 'Object', key: (t) => t.object, cell: (t) => (t.object ? nameOf(t.objectNode, t.object) : '') },
    { title: 'How it is said', key: howSaid, cell: howSaid },
    { title: 'Confidence', key: (t) => t.confidence, cell: (t) => make('span', { class: 'number' }, t.confidence.toFixed(2)) },
    { title: 'Sentence', key: (t) => t.evidence, cell: (t) => make('span', {}, ...sentence(t)) },
    { title: 'Place', key: (t) => t.index, cell: placeOf },
  ];
  const sorting = { column: COLUMNS.length - 1, down: false };
  let rowsShown = MOST_ROWS;

  function relationButton(triple) {
    return make('button', { class: 'link relation' + (isAdverse(triple) ? ' adverse' : ''),
      click: () => chooseTriple(triple) }, relationWords(triple));
  }

  function sorted(list) {
    const { key } = COLUMNS[sorting.column];
    const sign = sorting.down ? -1 : 1;
    const value = (triple) => (typeof key(triple) === 'string' ? key(triple).toLowerCase() : key(triple));
    return list.map((triple) => [value(triple), triple])
      .sort((a, b) => (a[0] < b[0] ? -sign : a[0] > b[0] ? sign : a[1].index - b[1].index))
      .map((both) => both[1]);
  }

  function sortBy(column) {
    sorting.down = sorting.column === column && !sorting.down;
    sorting.column = column;
    refresh();
    byId('table').querySelectorAll('th button')[column].focus();
  }

  function headCell(column, i) {
    const order = i !== sorting.column ? 'none' : sorting.down ? 'descending' : 'ascending';
    const arrow = { none: '', ascending: ' \u2191', descending: ' \u2193' }[order];
    return make('th', { scope: 'col', 'aria-sort': order },
      make('button', { class: 'link', click: () => sortBy(i) }, column.title + arrow));
  }

  function row(triple) {
    const isChosen = chosenTriples().includes(triple);
    return make('tr', isChosen ? { class: 'chosen' } : {}, ...COLUMNS.map(({ cell }) => make('td', {}, cell(triple))));
  }

  function fillTable(judged) {
    byId('diagram').hidden = state.table;
    byId('table').hidden = !state.table;
    byId('show-diagram').setAttribute('aria-pressed', String(!state.table));
    byId('show-table').setAttribute('aria-pressed', String(state.table));
    if (!state.table) return;
    const list = sorted(judged.found), more = list.length - rowsShown;
    byId('table').replaceChildren(make('table', {},
      make('thead', {}, make('tr', {}, ...COLUMNS.map(headCell))),
      make('tbody', {}, ...list.slice(0, rowsShown).map(row))));
    if (more > 0) {
      byId('table').append(make('button', { click: showAllRows }, `Show ${more} more`));
    }
  }

  function showAllRows() {
    rowsShown = Infinity;
    refresh();
  }

  function showTable(table) {
    state.table = table;
    refresh();
  }

  /* --- files, theme, print --------------------------------------------------------------------- */

  const ESCAPES = { '\t': '\\t', '\n': '\\n', '\r': '\\r', '\\': '\\\\' };
  const field = (text) => text.replace(/[\t\n\r\\]/g, (sign) => ESCAPES[sign]);
  const part = (text) => text.split(';').map(field).join('\\;');

  function tsvValue(triple, column) {
    const value = triple[column];
    if (column === 'qualifiers') return value.map((one) => `${part(one.key)}=${part(one.value)}`).join('; ');
    if (column === 'confidence') return value.toFixed(2);
    if (typeof value === 'number') return value < 0 ? '' : String(value);
    return field(value);
  }

  /* What the filters leave, as `relgraph draw -f tsv` writes it. */
  function makeTsv() {
    const lines = [data.columns].concat(judge().found.map((triple) => (
      data.columns.map((column) => tsvValue(triple, column)))));
    return lines.map((line) => line.join('\t') + '\n').join('');
  }

  function save(text, type, ending) {
    const name = (data.title || 'relgraph').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 60);
    const address = URL.createObjectURL(new Blob([text], { type }));
    make('a', { href: address, download: (name || 'relgraph') + ending }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }

  const prefersDark = matchMedia('(prefers-color-scheme: dark)');

  function themeNow() {
    return state.theme || (data.dark || prefersDark.matches ? 'dark' : 'light');
  }

  function switchTheme() {
    state.theme = themeNow() === 'dark' ? 'light' : 'dark';
    refresh();
  }

  function showTheme() {
    document.documentElement.dataset.theme = themeNow();
    byId('dark').setAttribute('aria-pressed', String(themeNow() === 'dark'));
  }

  function watchPrint() {
    let before = null;
    addEventListener('beforeprint', () => {
      before = view;
      look(all);
    });
    addEventListener('afterprint', () => look(before || all));
  }

  /* --- all of it --------------------------------------------------------------------------------- */

  function refresh() {
    const judged = judge();
    showControls();
    showTheme();
    showPicture(judged);
    fillTable(judged);
    byId('details').replaceChildren(...tell(judged));
    showCounts(judged);
    writeAddress();
  }

  function watchControls() {
    const on = (id, name, call) => byId(id).addEventListener(name, call);
    on('search', 'input', () => { state.query = byId('search').value; state.chosen = null; refresh(); });
    on('confidence', 'input', () => { state.least = Number(byId('confidence').value); refresh(); });
    on('clear', 'click', clearAll);
    on('show-diagram', 'click', () => showTable(false));
    on('show-table', 'click', () => showTable(true));
    on('dark', 'click', switchTheme);
    on('print', 'click', () => print());
    on('save-svg', 'click', () => save(untouched, 'image/svg+xml', '.svg'));
    on('save-tsv', 'click', () => save(makeTsv(), 'text/tab-separated-values', '.tsv'));
    on('zoom-in', 'click', () => zoom(0.8));
    on('zoom-out', 'click', () => zoom(1.25));
    on('zoom-fit', 'click', fitView);
    document.addEventListener('keydown', pressKey);
    addEventListener('hashchange', () => { readAddress(); refresh(); });
    prefersDark.addEventListener('change', showTheme);
  }

  function start() {
    document.documentElement.classList.add('live');
    fill(picture, { role: 'group', 'aria-label': 'Diagram of ' + (data.title || 'relations') });
    picture.removeAttribute('width');
    picture.removeAttribute('height');
    collectGroups();
    themePicture();
    prepareGroups();
    showLegend();
    makeFilters();
    all = measureAll();
    watchPicture();
    watchControls();
    watchPrint();
    readAddress();
    refresh();
    fitView();
  }

  start();
}());
